//! What the house does by itself: due, tried, stuck.
use super::frame::{self, No, Show, Spot, at, news, no, see, when};
use crate::House;
use crate::form::Form;
use crate::reply::Sorry;
use crate::ui::console::saved_views;
use crate::ui::tabs::Tab;
use crate::ui::{DataTable, Icon, Row, Tone, button, column, data_table, empty_state, tag};
use crate::who::Here;
use crate::words::format::number;
use app::community::retry_job::{self, RetryJob};
use app::community::who::Who;
use app::jobs::{Kind, State as Job, TRIES};
use app::sale::views_money::JobRow;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use rules::base::{Id, id};

const SHOWN: i64 = 200;

fn state_words(state: Option<Job>) -> [&'static str; 3] {
    match state {
        None => ["全部", "全部", "All"],
        Some(Job::Waiting) => ["等着做", "等著做", "Waiting"],
        Some(Job::Done) => ["做完了", "做完了", "Done"],
        Some(Job::Cancelled) => ["不用做了", "不用做了", "Called off"],
        Some(Job::GaveUp) => ["卡住了", "卡住了", "Stuck"],
    }
}
pub fn kind_words(here: &Here, code: &str) -> String {
    // a newer house may know kinds this page does not
    let words = match Kind::of(code) {
        Some(Kind::ReleaseUnpaid) => {
            ["未付款订单放回库存", "未付款訂單放回庫存", "Give back what an unpaid order holds"]
        }
        Some(Kind::SettleRefund) => {
            ["请支付方退款", "請支付方退款", "Ask the provider for a refund"]
        }
        Some(Kind::ReturnSuspense) => {
            ["退回说不清的钱", "退回說不清的錢", "Return unexplained money"]
        }
        Some(Kind::ReceiveShipped) => {
            ["到期自动收货", "到期自動收貨", "Count shipped goods as received"]
        }
        Some(Kind::CompleteOrder) => {
            ["退货期满，订单完成", "退貨期滿，訂單完成", "Complete when returns end"]
        }
        Some(Kind::EndTeam) => ["团到时间", "團到時間", "End a team at its deadline"],
        Some(Kind::SettleSeat) => {
            ["成团备货或退款", "成團備貨或退款", "Serve or refund a team's member"]
        }
        Some(Kind::EndChain) => ["接龙截单", "接龍截單", "Close a chain order"],
        Some(Kind::SettleChain) => {
            ["接龙备货或退款", "接龍備貨或退款", "Serve or refund an order of a list"]
        }
        Some(Kind::EndPacket) => {
            ["红包到期，余款退回", "紅包到期，餘款退回", "End a red packet, return the rest"]
        }
        Some(Kind::ReleaseCommission) => ["佣金到账", "佣金入帳", "Release commission"],
        Some(Kind::ReleaseService) => ["服务费到账", "服務費入帳", "Release service pay"],
        Some(Kind::ReleasePoints) => ["积分到账", "點數入帳", "Release points"],
        Some(Kind::EndPoints) => ["积分到期", "點數到期", "Tell of points that end, and end them"],
        Some(Kind::WeighTrees) => ["查看佣金层级", "查看佣金層級", "Look at commission trees"],
        Some(Kind::CountTier) => {
            ["计算成长值和等级", "計算成長值和等級", "Count a member's growth and tier"]
        }
        Some(Kind::CountTiers) => {
            ["等级表改了，重新计算", "等級表改了，重新計算", "Count everybody for the new tiers"]
        }
        Some(Kind::SendRelay) => ["转播到一个群", "轉播到一個群", "Relay to a group"],
        Some(Kind::DeliverWebhook) => {
            ["把消息发给别的程序", "把訊息傳給別的程式", "Tell another program"]
        }
        Some(Kind::SendMail) => ["寄通知邮件", "寄通知郵件", "Send a notice by mail"],
        None => return code.to_string(),
    };
    here.pick(words).to_string()
}

pub async fn page(State(house): State<House>, here: Here, form: Form) -> Result<Markup, Sorry> {
    shown(&house, &here, &form, None).await
}

async fn shown(house: &House, here: &Here, form: &Form, no: Option<No>) -> Result<Markup, Sorry> {
    let who = here.staff()?;
    let wanted = Job::of(form.get("state"));
    let code = wanted.map_or("", Job::code);
    let rows = house.app.jobs(who.community, code.to_string(), SHOWN).await?;
    let views: Vec<Option<Job>> =
        std::iter::once(None).chain(Job::ALL.iter().copied().map(Some)).collect();
    let hrefs: Vec<String> = views
        .iter()
        .map(|v| at(here, &format!("/jobs?state={}", v.map_or("", Job::code))))
        .collect();
    let tabs: Vec<(Tab<'_>, Option<i64>)> = views
        .iter()
        .zip(&hrefs)
        .map(|(v, href)| (Tab::new(here.pick(state_words(*v)), href, *v == wanted), None))
        .collect();
    let body = html! {
        (news(here, no, form.get("done")))
        section class="card -flush" {
            (saved_views(here.lang, &tabs, None))
            @if rows.is_empty() {
                (empty_state(
                    here.pick(["这里没有任务", "這裡沒有任務", "No jobs here"]),
                    here.pick(["到点要做的事会排在这里", "到點要做的事會排在這裡",
                        "What is due later lines up here."]), None))
            } @else { (data_table(here.lang, &table(here, who, &rows))) }
        }
        p class="note" {
            (here.pick(["一件事最多试", "一件事最多試", "A job is tried at most"])) " " (TRIES) " "
            (here.pick(["次，每次隔得更久；还不行就停下等人看。", "次，每次隔得更久；還不行就停下等人看。",
                "times, each time after a longer wait; then it stops until somebody looks."]))
        }
    };
    let title = here.pick(["任务", "任務", "Jobs"]);
    frame::show(house, here, who, Show::new(Spot::Jobs, title), body).await
}

fn table<'a>(here: &Here, who: Who, rows: &'a [JobRow]) -> DataTable<'a> {
    let tone = |state: &str| match Job::of(state) {
        Some(Job::Done) => Tone::Green,
        Some(Job::GaveUp) => Tone::Danger,
        Some(Job::Waiting) => Tone::Blue,
        _ => Tone::Plain,
    };
    let row = |j: &JobRow| Row {
        cells: vec![
            html! { (kind_words(here, &j.kind)) },
            subject(here, j),
            tag(
                &Job::of(&j.state)
                    .map_or(j.state.clone(), |s| here.pick(state_words(Some(s))).into()),
                tone(&j.state),
            ),
            html! { (number(j.attempts)) },
            html! { (when(here, j.due_at)) },
            html! { (j.reason) (retry(here, who, j)) },
        ],
        ..Row::default()
    };
    DataTable {
        caption: here.pick(["任务", "任務", "Jobs"]),
        columns: vec![
            column(here.pick(["做什么", "做什麼", "What"])),
            column(here.pick(["为哪一单", "為哪一單", "For"])),
            column(here.pick(["状态", "狀態", "State"])),
            column(here.pick(["试了几次", "試了幾次", "Tries"])).number(),
            column(here.pick(["什么时候", "什麼時候", "Due"])),
            column(here.pick(["为什么没成", "為什麼沒成", "Why it failed"])).grow(),
        ],
        rows: rows.iter().map(row).collect(),
        pick: None,
        foot: None,
    }
}

/// A way to ask once more for what gave up, for who may.
fn retry(here: &Here, who: Who, j: &JobRow) -> Markup {
    let stuck = Job::of(&j.state) == Some(Job::GaveUp);
    let kind = Kind::of(&j.kind).filter(|kind| stuck && retry_job::may(&who, *kind));
    html! {
        @if let Some(kind) = kind {
            form method="post" action=(at(here, "/jobs/retry")) {
                input type="hidden" name="kind" value=(kind.code());
                input type="hidden" name="subject" value=(j.subject);
                (button(here.pick(["再试一次", "再試一次", "Try again"])).small().icon(Icon::Redo)
                    .submit())
            }
        }
    }
}

pub async fn again(State(house): State<House>, here: Here, form: Form) -> Result<Response, Sorry> {
    let who = here.staff()?;
    let cmd = RetryJob {
        community: who.community,
        by: who.member,
        kind: Kind::of(form.get("kind")).ok_or(Sorry::Malformed)?,
        subject: form.int("subject").ok_or(Sorry::Malformed)?,
    };
    match house.app.retry_job(here.now, cmd).await {
        Ok(()) => Ok(see(&at(&here, "/jobs?done=again"))),
        Err(stop) => {
            let no = no(&here, stop)?;
            Ok((no.status, shown(&house, &here, &form, Some(no)).await?).into_response())
        }
    }
}

fn subject(here: &Here, j: &JobRow) -> Markup {
    match Kind::of(&j.kind) {
        Some(
            Kind::ReleaseUnpaid
            | Kind::ReceiveShipped
            | Kind::CompleteOrder
            | Kind::ReleaseCommission
            | Kind::ReleaseService
            | Kind::ReleasePoints,
        ) => {
            let order = Id::<id::Order>::of(j.subject);
            html! { a class="mono" href=(at(here, &format!("/orders/{order}"))) { (order) } }
        }
        Some(Kind::SettleRefund) => {
            let refund = Id::<id::Refund>::of(j.subject);
            html! { a class="mono" href=(at(here, &format!("/ledger/{refund}"))) { (refund) } }
        }
        Some(Kind::ReturnSuspense) => {
            let payment = Id::<id::Payment>::of(j.subject);
            html! { a class="mono" href=(at(here, &format!("/ledger/{payment}"))) { (payment) } }
        }
        Some(Kind::EndPacket) => {
            let packet = Id::<id::RedPacket>::of(j.subject);
            html! { a class="mono" href={ (here.base()) "/packets/" (packet) } { (packet) } }
        }
        _ => html! { span class="mono" { (j.subject) } },
    }
}

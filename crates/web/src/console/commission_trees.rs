//! The compliance report: who was paid through whom, how deep and how wide, and the evidence of
//! every sum as a file.
use super::export::{MARK, cell, sent, stamp};
use super::frame::{self, Show, Spot, at};
use crate::House;
use crate::community::lines::name_or_gone;
use crate::reply::Sorry;
use crate::spread::commission_words::{percent, state_words};
use crate::ui::{Tone, banner, button, card, card_head, empty_state, tag};
use crate::who::Here;
use crate::words::format::number;
use app::Fault;
use app::spread::views_commission::{Evidence, Payees};
use axum::body::Bytes;
use axum::extract::State;
use axum::response::Response;
use futures_util::stream;
use maud::{Markup, html};
use rules::base::{Id, Money, id};
use rules::community::role::Right;
use rules::spread::payee_tree::{DEPTH, PEOPLE, Tree};

/// Rows of one read.
const CHUNK: i64 = 500;
/// Trees that are listed, and people of each that are named.
const TREES: usize = 20;
const NAMED: usize = 60;

pub async fn page(State(house): State<House>, here: Here) -> Result<Markup, Sorry> {
    let who = here.may(Right::Campaigns)?;
    let p = house.app.payees(who.community).await?;
    let body = html! {
        (verdict(&here, &p))
        (card(html! {
            (card_head(here.pick(["看什么", "看什麼", "What is looked at"])))
            p { (here.pick([
                "自己带来的人买了东西、或者带来了订单，自己因此得到佣金，而那个人也得过佣金，\
                 两人就连在一起；最上面的人算第一级。三级、三十人是刑法追究组织传销的起点，\
                 到其中一条就提醒，两条都到，第二级自动停付。",
                "自己帶來的人買了東西、或者帶來了訂單，自己因此得到佣金，而那個人也得過佣金，\
                 兩人就連在一起；最上面的人算第一級。三級、三十人是刑法追究組織傳銷的起點，\
                 到其中一條就提醒，兩條都到，第二級自動停付。",
                "Two people hang together when one was paid commission for what the other, whom \
                 they brought and who was paid too, bought or led to; whoever stands at the top \
                 is level one. Three levels and thirty people are where the law on pyramid \
                 selling begins: there is a warning at either, and at both the second level is \
                 not paid any more.",
            ])) }
            div class="row" {
                (button(here.pick(["下载每一笔的凭据", "下載每一筆的憑據", "Evidence of every sum"]))
                    .to(&at(&here, "/commission.csv")))
            }
        }))
        @for tree in p.trees.iter().take(TREES) { (drawn(&here, &p, tree)) }
    };
    let crumbs = [(here.pick(["佣金", "佣金", "Commission"]), "/commission")];
    let title = here.pick(["合规报告", "合規報告", "Compliance"]);
    let show = Show { above: &crumbs, ..Show::new(Spot::Commission, title) };
    frame::show(&house, &here, who, show, body).await
}

fn verdict(here: &Here, p: &Payees) -> Markup {
    if p.trees.is_empty() {
        return empty_state(
            here.pick([
                "没有连在一起的分佣",
                "沒有連在一起的分佣",
                "Nobody was paid through others",
            ]),
            here.pick([
                "得到佣金的人之间没有上下级",
                "得到佣金的人之間沒有上下級",
                "Those who earned stand beside each other.",
            ]),
            None,
        );
    }
    let stops = p.trees.iter().any(Tree::stops);
    let warns = p.trees.iter().any(|t| t.deep() || t.wide());
    if stops {
        return banner(
            here.pick([
                "有三级并且三十人以上的关系：第二级不再支付。请咨询律师",
                "有三級並且三十人以上的關係：第二級不再支付。請諮詢律師",
                "A tree has three levels and thirty people: the second level is not paid. Ask a \
                 lawyer.",
            ]),
            Tone::Danger,
        );
    }
    if warns {
        return banner(
            here.pick([
                "有关系到了三级或三十人，请留意",
                "有關係到了三級或三十人，請留意",
                "A tree has reached three levels or thirty people. Keep an eye on it.",
            ]),
            Tone::Gold,
        );
    }
    banner(here.pick(["没有需要提醒的", "沒有需要提醒的", "Nothing to warn of."]), Tone::Green)
}

fn drawn(here: &Here, p: &Payees, tree: &Tree) -> Markup {
    let name = |who: i64| {
        let found = p.names.iter().find(|(id, _)| *id == who).map_or("", |(_, name)| name.as_str());
        name_or_gone(here.lang, found).to_string()
    };
    let tone = |over: bool| if over { Tone::Danger } else { Tone::Plain };
    let depth = format!("{} {}", number(tree.depth() as i64), here.pick(["级", "級", "levels"]));
    let people = format!("{} {}", number(tree.people() as i64), here.pick(["人", "人", "people"]));
    card(html! {
        div class="row -wrap" {
            h2 class="t2 grow" { (name(tree.top)) }
            (tag(&format!("{depth} / {DEPTH}"), tone(tree.deep())))
            (tag(&format!("{people} / {PEOPLE}"), tone(tree.wide())))
        }
        @for level in 1..=tree.depth() {
            @let here_are: Vec<i64> =
                tree.levels.iter().filter(|(_, l)| *l == level).map(|(who, _)| *who).collect();
            p {
                b class="num" { (level) } " "
                @for (i, who) in here_are.iter().take(NAMED).enumerate() {
                    @if i > 0 { ", " }
                    a href=(at(here, &format!("/members/{}", Id::<id::Member>::of(*who)))) {
                        (name(*who)) }
                }
                @if here_are.len() > NAMED { " +" (here_are.len() - NAMED) }
            }
        }
    })
}

enum Left {
    Head,
    Before(Option<Id<id::Commission>>),
    Nothing,
}

/// Order, payment and receipt of every sum: what proves that a reward was for a real sale.
pub async fn file(State(house): State<House>, here: Here) -> Result<Response, Sorry> {
    let community = here.may(Right::Campaigns)?.community;
    let name = format!("commission-{}.csv", here.place.slug);
    let rows = stream::try_unfold(Left::Head, move |left| {
        let (house, here) = (house.clone(), here.clone());
        async move {
            let before = match left {
                Left::Nothing => return Ok::<_, Fault>(None),
                Left::Head => return Ok(Some((Bytes::from(head(&here)), Left::Before(None)))),
                Left::Before(before) => before,
            };
            let found = house.app.commissions(community, before, CHUNK).await?;
            let last = found.last().filter(|_| found.len() as i64 == CHUNK).map(|e| e.line.id);
            let next = last.map_or(Left::Nothing, |id| Left::Before(Some(id)));
            let text: String = found.iter().map(|e| row(&here, e)).collect();
            Ok(Some((Bytes::from(text), next)))
        }
    });
    Ok(sent(&name, rows))
}

fn head(here: &Here) -> String {
    let cells = here.pick([
        "编号,给谁,成员,级别,订单,商品,基数,比例,佣金,扣回后,状态,支付,付款时间,收货,到账",
        "編號,給誰,成員,級別,訂單,商品,基數,比例,佣金,扣回後,狀態,支付,付款時間,收貨,入帳",
        "id,to,member,level,order,goods,base,rate,earned,left,state,payment,at,received,available",
    ]);
    format!("{MARK}{cells}\r\n")
}

fn row(here: &Here, e: &Evidence) -> String {
    let l = &e.line;
    let sum = |minor| Money::new(minor, here.place.currency).decimal();
    let time = |at: Option<rules::base::Moment>| at.map_or(String::new(), |t| stamp(here, t));
    let cells = [
        l.id.to_string(),
        l.name.clone(),
        l.member.to_string(),
        l.level.number().to_string(),
        l.order.to_string(),
        l.title.clone(),
        sum(l.base),
        percent(l.rate),
        sum(l.earned),
        sum(l.amount),
        state_words(here.lang, l.state).to_string(),
        e.payment.clone().unwrap_or_default(),
        time(Some(l.at)),
        time(e.received_at),
        time(l.available_at),
    ];
    let cells: Vec<String> = cells.iter().map(|c| cell(c)).collect();
    format!("{}\r\n", cells.join(","))
}

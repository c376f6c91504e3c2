//! What sharing earned a member: what waits, what is in the wallet, and what each sale brought.
use super::commission_words::{level_words, percent, state_tone, state_words};
use crate::House;
use crate::form::Form;
use crate::reply::Sorry;
use crate::ui::{
    Head, Page, Place, SumRow, Tone, Top, banner, button, card, card_flush, card_head, cell,
    cell_of, empty_state, pager, price_xl, rules, sum_list, tag,
};
use crate::who::Here;
use crate::words::format::{date, money};
use app::spread::views_commission::{Earnings, Line};
use app::spread::views_service_pay::ServiceSums;
use axum::extract::State;
use maud::{Markup, Render, html};
use rules::base::{Id, Money, id};
use rules::spread::commission::{Level, State as Stand};

const PAGE: usize = 40;

pub async fn page(State(house): State<House>, here: Here, form: Form) -> Result<Markup, Sorry> {
    let who = here.member()?;
    let before = form.id::<id::Commission>("before");
    let e = house.app.earnings(who.community, who.member, before, PAGE as i64 + 1).await?;
    let served = house.app.service_sums(who.community, who.member).await?;
    let title = here.pick(["我的佣金", "我的佣金", "My commission"]);
    let back = Some(format!("{}/me", here.base()));
    let page = Page {
        title: title.to_string(),
        top: Top::Bar { title: title.to_string(), sub: None, back, end: None },
        head: Head { private: true, ..Head::default() },
        tab: Some(Place::Me),
        unread: crate::reach::unread(&house, &here).await,
        ..here.page()
    };
    Ok(page.render(html! {
        (sums(&here, &e))
        @if before.is_none() { (taking_part(&here, &e)) (served_beside(&here, &served)) }
        (list(&here, &e, before))
    }))
}

fn sum(here: &Here, minor: i64) -> Money {
    Money::new(minor, here.place.currency)
}

fn sums(here: &Here, e: &Earnings) -> Markup {
    let p = |all| here.pick(all);
    let row = |name, minor| SumRow::new(name, html! { (money(sum(here, minor))) });
    let rows = [
        row(p(["等收货", "等收貨", "Pending: not received yet"]), e.pending),
        row(p(["冻结中（退货期）", "凍結中（退貨期）", "Frozen: days of return"]), e.frozen),
        row(p(["一共到账", "一共入帳", "Came in so far"]), e.came),
    ];
    let days = e.terms.wait_days;
    let wait = match here.lang {
        rules::base::Lang::En => format!(
            "It can be used {days} days after the goods were received, never within the days of \
             return."
        ),
        rules::base::Lang::Hans => format!("买家收货 {days} 天后可用，退货期没过不会到账。"),
        rules::base::Lang::Hant => format!("買家收貨 {days} 天後可用，退貨期沒過不會入帳。"),
    };
    let lines = [
        wait.as_str(),
        p([
            "买家退多少，就按比例扣回多少；已经用掉的，从以后的佣金里扣。",
            "買家退多少，就按比例扣回多少；已經用掉的，從以後的佣金裡扣。",
            "What a buyer gives back takes its part with it; what was spent already is taken of \
             later commission.",
        ]),
    ];
    html! {
        section class="card stack" {
            p class="sub" { (p(["现在可用", "現在可用", "To use now"])) }
            (price_xl(sum(here, e.in_wallet)))
            @if e.owed > 0 {
                (banner(&format!("{} {}", p(["待扣", "待扣", "Owed:"]), money(sum(here, e.owed))),
                    Tone::Gold))
            }
            (sum_list(&rows, None))
            (rules(p(["怎么算的", "怎麼算的", "How it goes"]), &lines))
        }
        section class="card -flush" {
            (cell(p(["余额", "餘額", "Wallet"])).to(&format!("{}/wallet", here.base())))
            (cell(p(["提现", "提領", "Payouts"])).to(&format!("{}/payouts", here.base())))
        }
    }
}

/// Inside WeChat nothing is said of it: its rules for links forbid offers for sharing.
fn taking_part(here: &Here, e: &Earnings) -> Markup {
    let offered = (e.terms.on || e.takes_part) && !here.taste.wechat;
    let words = match e.takes_part {
        true => ["佣金计划：已加入", "佣金計畫：已加入", "Commission: taking part"],
        false => ["佣金计划的规则", "佣金計畫的規則", "Terms of commission"],
    };
    html! {
        @if offered {
            (card_flush(cell(here.pick(words)).to(&format!("{}/programme", here.base())).render()))
        }
    }
}

/// What a leader is paid for serving lists is no commission and stands beside it.
fn served_beside(here: &Here, s: &ServiceSums) -> Markup {
    let has = s.waiting + s.came > 0;
    let both = format!(
        "{} {} · {} {}",
        here.pick(["等退货期", "等退貨期", "waiting"]),
        money(sum(here, s.waiting)),
        here.pick(["已到账", "已入帳", "came in"]),
        money(sum(here, s.came))
    );
    html! {
        @if has {
            (card_flush(cell(here.pick(["团长服务费", "團長服務費", "Pay for serving lists"]))
                .note(&both).to(&format!("{}/lead/earnings", here.base())).render()))
        }
    }
}

fn list(here: &Here, e: &Earnings, before: Option<Id<id::Commission>>) -> Markup {
    let (lines, more) = match e.lines.get(PAGE) {
        Some(_) => (&e.lines[..PAGE], true),
        None => (&e.lines[..], false),
    };
    let url = format!("{}/me/earnings", here.base());
    let next = lines.last().filter(|_| more).map(|l| format!("{url}?before={}", l.id));
    let first = before.map(|_| url.clone());
    html! {
        section class="card -flush" {
            div class="cell" { (card_head(here.pick(["明细", "明細", "Sale by sale"]))) }
            @if lines.is_empty() {
                (empty_state(here.pick(["还没有佣金", "還沒有佣金", "Nothing yet"]),
                    here.pick(["有了会列在这里", "有了會列在這裡", "It will be listed here."]), None))
            }
            @for l in lines { (one(here, l)) }
            @if next.is_some() || first.is_some() {
                (pager(here.lang, "", first.as_deref(), next.as_deref()))
            }
        }
    }
}

/// What was bought, never who bought it.
fn one(here: &Here, l: &Line) -> Markup {
    let day = |at| date(here.lang, at, here.now, &here.zone());
    let from = format!("{} × {}", money(sum(here, l.base)), percent(l.rate));
    let mut parts = vec![day(l.at), from];
    if l.level == Level::Second {
        parts.push(level_words(here.lang, l.level).into());
    }
    if l.amount < l.earned && l.state != Stand::Ended {
        let back = money(sum(here, l.earned - l.amount));
        parts.push(format!("{} {back}", here.pick(["扣回", "扣回", "taken back"])));
    }
    let main = html! {
        span class="grow" { b { (l.title) } br; span class="note" { (parts.join(" · ")) } }
    };
    let end = html! {
        b class="num" { (money(sum(here, l.amount))) } br;
        (tag(state_words(here.lang, l.state), state_tone(l.state)))
    };
    cell_of(main).end(html! { span class="right" { (end) } }).render()
}

/// What is agreed to, and the two buttons.
pub async fn programme(State(house): State<House>, here: Here) -> Result<Markup, Sorry> {
    let who = here.member()?;
    let e = house.app.earnings(who.community, who.member, None, 1).await?;
    let title = here.pick(["佣金计划", "佣金計畫", "Commission"]);
    let back = Some(format!("{}/me/earnings", here.base()));
    let page = Page {
        title: title.to_string(),
        top: Top::Bar { title: title.to_string(), sub: None, back, end: None },
        head: Head { private: true, ..Head::default() },
        ..here.page()
    };
    if here.taste.wechat {
        let says = here.pick([
            "请用手机自带的浏览器打开这一页",
            "請用手機內建的瀏覽器開啟這一頁",
            "Open this page in your phone's own browser.",
        ]);
        let title = here.pick(["在浏览器里看", "在瀏覽器裡看", "Open in a browser"]);
        let page = Page { title: title.into(), ..page };
        return Ok(page.render(empty_state(title, says, None)));
    }
    Ok(page.render(html! { (terms(&here, &e)) }))
}

fn terms(here: &Here, e: &Earnings) -> Markup {
    let (p, t) = (|all| here.pick(all), e.terms);
    let off = !t.on && !e.takes_part;
    let action = format!("{}/programme", here.base());
    html! {
        @if off {
            (empty_state(p(["现在没有佣金计划", "現在沒有佣金計畫", "No commission at present"]),
                p(["店家没有开", "店家沒有開", "The shop has not turned it on."]), None))
        } @else {
            (card(html! {
                (card_head(p(["怎么算", "怎麼算", "What there is"])))
                (sum_list(&rates(here, e), None))
                p class="note" { (p([
                    "按买家为商品实际付的钱算，运费、店家送的红包不算；有的商品另有比例。",
                    "按買家為商品實際付的錢算，運費、店家送的紅包不算；有的商品另有比例。",
                    "Of what the buyer really pays for the goods: not of delivery, nor of red \
                     packets the shop gave. Some goods have a rate of their own.",
                ])) }
            }))
            (card(html! {
                (card_head(p(["约定", "約定", "Terms"])))
                ul class="stack" { @for line in law(here) { li { (line) } } }
            }))
            form method="post" action=(action) class="stack" {
                @if e.takes_part {
                    p class="note" { (p(["你已经加入", "你已經加入", "You take part."])) }
                    (button(p(["退出计划", "退出計畫", "Take part no longer"])).block()
                        .value("deed", "leave"))
                } @else {
                    (button(p(["同意并加入", "同意並加入", "Agree and take part"])).primary().block()
                        .value("deed", "join"))
                }
            }
        }
    }
}

fn rates(here: &Here, e: &Earnings) -> Vec<SumRow> {
    let t = e.terms;
    let level = |l| level_words(here.lang, l);
    let mut rows = vec![SumRow::new(level(Level::First), html! { (percent(t.rates.first)) })];
    if t.levels == Level::Second {
        rows.push(SumRow::new(level(Level::Second), html! { (percent(t.rates.second)) }));
    }
    let most = here.pick(["一笔订单合计最多", "一筆訂單合計最多", "Of one order, all together"]);
    rows.push(SumRow::new(most, html! { (percent(t.cap)) }));
    rows
}

/// The law in short, in the words of a neighbour.
fn law(here: &Here) -> [&'static str; 6] {
    [
        here.pick([
            "加入不要钱，也不用先买东西。",
            "加入不要錢，也不用先買東西。",
            "Taking part is free and needs no purchase.",
        ]),
        here.pick([
            "只有真实卖出、没有退掉的商品才有佣金；拉人进来本身没有任何报酬。",
            "只有真實賣出、沒有退掉的商品才有佣金；拉人進來本身沒有任何報酬。",
            "Only goods really sold and kept earn; bringing people in earns nothing by itself.",
        ]),
        here.pick([
            "最多两级，不会有第三级：法律禁止以发展下线计酬的传销。",
            "最多兩級，不會有第三級：法律禁止以發展下線計酬的傳銷。",
            "Two levels at most, never a third: pay for building a line of recruits is forbidden.",
        ]),
        here.pick([
            "会员费、充值和运费都没有佣金。",
            "會員費、儲值和運費都沒有佣金。",
            "Membership fees, top-ups and delivery earn nothing.",
        ]),
        here.pick([
            "从你的链接来的人会看到“分享者得佣金”的说明，不能去掉。",
            "從你的連結來的人會看到「分享者得佣金」的說明，不能去掉。",
            "Whoever comes through your link is told that you earn; that cannot be removed.",
        ]),
        here.pick([
            "佣金收入可能要缴税，请自行申报；自己买的不算。",
            "佣金收入可能要繳稅，請自行申報；自己買的不算。",
            "What you earn may be taxable, which is yours to declare. Your own orders earn \
             nothing.",
        ]),
    ]
}

pub async fn decide(
    State(house): State<House>,
    here: Here,
    form: Form,
) -> Result<axum::response::Redirect, Sorry> {
    let who = here.member()?;
    match form.get("deed") {
        "join" => house.app.join_programme(here.now, who).await?,
        "leave" => house.app.leave_programme(here.now, who).await?,
        _ => return Err(Sorry::Malformed),
    }
    Ok(axum::response::Redirect::to(&format!("{}/me/earnings", here.base())))
}

//! The inbox: sentences that lead to what they are about.
use crate::House;
use crate::content::{go, shown};
use crate::form::Form;
use crate::reply::Sorry;
use crate::ui::{self, Head, Icon, Page, Place, Tab, Top};
use crate::who::Here;
use crate::words::format::ago;
use app::reach::views::{NoticeRow, Unread};
use axum::extract::State;
use axum::response::Response;
use maud::{Markup, Render, html};
use rules::base::{Id, id};
use rules::reach::notice::{Kind, Section};

const MOST: i64 = 30;

pub async fn page(State(house): State<House>, here: Here, form: Form) -> Result<Response, Sorry> {
    let (c, who) = (here.place.id, here.member()?);
    let section = Section::of(form.get("section"));
    let before = form.id("before");
    let inbox = house.app.inbox(c, who.member, here.lang, section, before, MOST).await?;
    let unread = house.app.unread(c, who.member).await?;
    let title = here.pick(["消息", "消息", "Inbox"]);
    let settings = format!("{}/inbox/choices", here.base());
    let word = here.pick(["提醒设置", "提醒設定", "Notice settings"]);
    let end = Some(ui::icon_button(Icon::Gear, word).to(&settings).render());
    let page = Page {
        title: title.into(),
        top: Top::Bar { title: title.into(), sub: None, back: None, end },
        head: Head { private: true, ..Head::default() },
        tab: Some(Place::Inbox),
        flush: true,
        ..here.page()
    };
    let next = inbox.next.map(|n| address(&here, section, Some(n)));
    Ok(shown(page.render(html! {
        (tabs(&here, section, unread))
        @if inbox.rows.is_empty() { (empty(&here)) }
        @else {
            @if of(unread, section) > 0 { (read_all(&here, section)) }
            section class="card -flush" {
                h2 class="sr" { (section_word(&here, section)) }
                @for row in &inbox.rows { (notice(&here, row)) }
            }
        }
        @if let Some(next) = &next {
            (ui::button(here.pick(["更早的", "更早的", "Earlier"])).quiet().block().to(next))
        }
    })))
}

pub async fn read(State(house): State<House>, here: Here, form: Form) -> Result<Response, Sorry> {
    let who = here.member()?;
    let section = Section::of(form.get("section"));
    house.app.mark_all_read(here.now, here.place.id, who.member, section).await?;
    Ok(go(&address(&here, section, None)))
}

fn address(here: &Here, section: Option<Section>, before: Option<Id<id::Notice>>) -> String {
    let mut out = format!("{}/inbox", here.base());
    if let Some(section) = section {
        out.push_str(&format!("?section={}", section.code()));
    }
    if let Some(before) = before {
        let sign = if section.is_some() { '&' } else { '?' };
        out.push_str(&format!("{sign}before={before}"));
    }
    out
}

fn of(unread: Unread, section: Option<Section>) -> i64 {
    match section {
        None => unread.all(),
        Some(Section::Orders) => unread.orders,
        Some(Section::Community) => unread.community,
        Some(Section::System) => unread.system,
    }
}

fn section_word(here: &Here, section: Option<Section>) -> &'static str {
    here.pick(match section {
        None => ["全部", "全部", "All"],
        Some(Section::Orders) => ["订单", "訂單", "Orders"],
        Some(Section::Community) => ["社区", "社區", "Community"],
        Some(Section::System) => ["系统", "系統", "System"],
    })
}

fn tabs(here: &Here, open: Option<Section>, unread: Unread) -> Markup {
    let all = [None, Some(Section::Orders), Some(Section::Community), Some(Section::System)];
    let own: Vec<_> = all
        .iter()
        .map(|one| {
            let word = section_word(here, *one);
            let text = match of(unread, *one) {
                0 => word.to_string(),
                n => format!("{word} {n}"),
            };
            (text, address(here, *one, None), *one == open)
        })
        .collect();
    let items: Vec<Tab> = own.iter().map(|(text, to, on)| Tab::new(text, to, *on)).collect();
    ui::tabs(here.pick(["哪些消息", "哪些消息", "Which notices"]), &items, true)
}

fn empty(here: &Here) -> Markup {
    let to = format!("{}/feed", here.base());
    ui::empty_state(
        here.pick(["还没有消息", "還沒有消息", "Nothing yet"]),
        here.pick([
            "订单到货、有人回复你时会在这里",
            "訂單到貨、有人回覆你時會在這裡",
            "Orders that arrive and answers to you appear here.",
        ]),
        Some(ui::button(here.pick(["去社区看看", "去社區看看", "To the feed"])).to(&to)),
    )
}

fn read_all(here: &Here, section: Option<Section>) -> Markup {
    html! {
        form class="row" method="post" action={ (here.base()) "/inbox/read" } {
            @if let Some(section) = section {
                input type="hidden" name="section" value=(section.code());
            }
            span class="grow" {}
            (ui::button(here.pick(["全部标为已读", "全部標為已讀", "Mark all as read"]))
                .small().submit())
        }
    }
}

fn notice(here: &Here, n: &NoticeRow) -> Markup {
    let (icon, to) = (icon(n.kind), subject(here, n));
    let at = ago(here.lang, n.at, here.now, &here.zone());
    let main = html! {
        @if n.read { (n.said) } @else { b { (n.said) } }
    };
    let new = here.pick(["未读", "未讀", "New"]);
    let cell = ui::cell_of(main).lead(icon).note(&at);
    let cell = if n.read { cell } else { cell.end(ui::tag(new, ui::Tone::Accent)) };
    match &to {
        Some(to) => cell.to(to).render(),
        None => cell.render(),
    }
}

fn icon(kind: Kind) -> Icon {
    match kind {
        Kind::OrderPaid
        | Kind::OrderRefunded
        | Kind::PaymentRefused
        | Kind::CommissionAvailable
        | Kind::PayoutPaid
        | Kind::PayoutFailed
        | Kind::ServiceAvailable => Icon::Wallet,
        Kind::FactorOn | Kind::FactorOff => Icon::Warn,
        Kind::PointsEnding => Icon::Star,
        Kind::RefundAsked | Kind::RefundDeclined => Icon::Redo,
        Kind::OrderShipped => Icon::Truck,
        Kind::OrderReady => Icon::Parcel,
        Kind::ReviewReplied => Icon::Star,
        Kind::TierRaised | Kind::TierEnding | Kind::TierLowered | Kind::TierEnded => Icon::Heart,
        Kind::PostCommented | Kind::CommentReplied | Kind::Mentioned => Icon::Chat,
        Kind::GroupApproved
        | Kind::TeamFilled
        | Kind::TeamFailed
        | Kind::SeatMoved
        | Kind::ChainReached
        | Kind::ChainFailed => Icon::Users,
        Kind::Followed => Icon::User,
        Kind::ReportDecided => Icon::Flag,
        Kind::LowStock => Icon::Warn,
        Kind::ProofWaiting | Kind::OrderPlaced | Kind::OrderedForYou => Icon::Bag,
    }
}

/// The page a notice is about.
fn subject(here: &Here, n: &NoticeRow) -> Option<String> {
    let (base, raw) = (here.base(), n.subject);
    let order = || format!("/orders/{}", Id::<id::Order>::of(raw));
    let path = match n.kind {
        Kind::OrderPaid
        | Kind::OrderShipped
        | Kind::OrderReady
        | Kind::OrderRefunded
        | Kind::PaymentRefused
        | Kind::RefundDeclined
        | Kind::TeamFilled
        | Kind::TeamFailed
        | Kind::SeatMoved
        | Kind::ChainReached
        | Kind::ChainFailed
        | Kind::OrderedForYou => order(),
        Kind::CommissionAvailable => "/me/earnings".into(),
        Kind::PayoutPaid | Kind::PayoutFailed => "/payouts".into(),
        Kind::FactorOn | Kind::FactorOff => "/me/second-factor".into(),
        Kind::ServiceAvailable => "/lead/earnings".into(),
        Kind::TierRaised | Kind::TierEnding | Kind::TierLowered | Kind::TierEnded => {
            "/tiers".into()
        }
        Kind::PointsEnding => "/me/points".into(),
        Kind::ReviewReplied => format!("/products/{}/reviews", Id::<id::Product>::of(raw)),
        Kind::PostCommented | Kind::CommentReplied | Kind::Mentioned => {
            format!("/posts/{}#comments", Id::<id::Post>::of(raw))
        }
        Kind::GroupApproved => format!("/groups/{}", Id::<id::Group>::of(raw)),
        Kind::Followed => format!("/members/{}", Id::<id::Member>::of(raw)),
        Kind::LowStock => format!("/products/{}", Id::<id::Product>::of(raw)),
        Kind::ProofWaiting | Kind::OrderPlaced | Kind::RefundAsked => {
            format!("/console{}", order())
        }
        Kind::ReportDecided => return None,
    };
    Some(format!("{base}{path}"))
}

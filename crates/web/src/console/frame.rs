//! What every console page has in common: the list of places, crumbs, the palette, answers.
use crate::House;
use crate::reply::{Sorry, status_of};
use crate::ui::console::{Command, Console, NavLink, NavPart};
use crate::ui::{Head, Icon, Person, Tone, banner};
use crate::who::Here;
use crate::words::Say;
use crate::words::format;
use app::Stop;
use app::community::who::Who;
use app::sale::views_money::ToDo;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use rules::base::{Moment, Money};
use rules::community::role::{Right, Role};

/// A place in the list at the left.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Spot {
    Home,
    Members,
    Groups,
    Moderation,
    Orders,
    Products,
    Campaigns,
    Coupons,
    Tiers,
    Points,
    Money,
    Payouts,
    Spread,
    Commission,
    Service,
    Packets,
    Insight,
    Log,
    Jobs,
    Settings,
}

/// One line of the list: adding a place is adding one here.
struct Entry {
    spot: Spot,
    icon: Icon,
    words: [&'static str; 3],
    path: &'static str,
    /// Any of these opens it; none: all staff.
    rights: &'static [Right],
    waits: fn(&ToDo) -> i64,
}

const fn entry(
    spot: Spot,
    icon: Icon,
    words: [&'static str; 3],
    path: &'static str,
    rights: &'static [Right],
    waits: fn(&ToDo) -> i64,
) -> Entry {
    Entry { spot, icon, words, path, rights, waits }
}

pub const ORDERS: &[Right] = &[Right::Orders];
pub const ORDER: &[Right] = &[Right::Orders, Right::Money];
const SPREAD: &[Right] = &[Right::Campaigns];
const GOODS: &[Right] = &[Right::Catalogue];
const CAMPAIGNS: &[Right] = &[Right::Campaigns];
const MONEY: &[Right] = &[Right::Money];
const INSIGHT: &[Right] = &[Right::Insight];
pub const PEOPLE: &[Right] = &[Right::Members];
/// Who decides what was reported: posts and reviews by the one right, people by the other.
pub const ORDERLY: &[Right] = &[Right::Members, Right::Content];

#[rustfmt::skip]
const PLACES: [(&[&str; 3], &[Entry]); 6] = [
    (&["", "", ""], &[
        entry(Spot::Home, Icon::Home, ["总览", "總覽", "Overview"], "", &[], |_| 0),
    ]),
    (&["社群", "社群", "Community"], &[
        entry(Spot::Members, Icon::Users, ["成员", "成員", "Members"], "/members", PEOPLE, |_| 0),
        entry(Spot::Groups, Icon::Chat, ["群", "群", "Groups"], "/groups", PEOPLE, |_| 0),
        entry(Spot::Spread, Icon::Share, ["分享", "分享", "Sharing"], "/spread", SPREAD, |_| 0),
        entry(Spot::Moderation, Icon::Shield, ["审核", "審核", "Moderation"], "/moderation",
            ORDERLY, |t| t.moderation),
    ]),
    (&["成交", "成交", "Sale"], &[
        entry(Spot::Orders, Icon::Bag, ["订单", "訂單", "Orders"], "/orders", ORDERS,
            |t| t.to_fulfil + t.cases),
        entry(Spot::Products, Icon::Tag, ["商品", "商品", "Products"], "/products", GOODS, |_| 0),
        entry(Spot::Campaigns, Icon::Users, ["拼团", "團購", "Group buys"], "/campaigns", CAMPAIGNS,
            |_| 0),
        entry(Spot::Coupons, Icon::Ticket, ["优惠券", "優惠券", "Coupons"], "/coupons", CAMPAIGNS, |_| 0),
        entry(Spot::Tiers, Icon::Star, ["会员等级", "會員等級", "Tiers"], "/tiers", CAMPAIGNS, |_| 0),
        entry(Spot::Points, Icon::Star, ["积分", "點數", "Points"], "/points", CAMPAIGNS, |_| 0),
        entry(Spot::Money, Icon::Book, ["账本", "帳本", "Ledger"], "/ledger", MONEY,
            |t| t.proofs + t.refunds_by_hand),
        entry(Spot::Payouts, Icon::Wallet, ["提现", "提領", "Payouts"], "/payouts", MONEY,
            |t| t.payouts),
    ]),
    (&["裂变", "裂變", "Spread"], &[
        entry(Spot::Commission, Icon::Heart, ["佣金", "佣金", "Commission"], "/commission", CAMPAIGNS,
            |_| 0),
        entry(Spot::Service, Icon::Star, ["团长服务费", "團長服務費", "Service pay"], "/service",
            CAMPAIGNS, |_| 0),
        entry(Spot::Packets, Icon::Packet, ["红包", "紅包", "Red packets"], "/packets", MONEY, |_| 0),
    ]),
    (&["洞察", "洞察", "Insight"], &[
        entry(Spot::Insight, Icon::Chart, ["买家洞察", "買家洞察", "Buyers"], "/insight", INSIGHT,
            |_| 0),
    ]),
    (&["店铺", "店鋪", "House"], &[
        entry(Spot::Log, Icon::List, ["操作记录", "操作紀錄", "Audit log"], "/audit-log", PEOPLE, |_| 0),
        entry(Spot::Jobs, Icon::Bolt, ["任务", "任務", "Jobs"], "/jobs", &[], |t| t.stuck_jobs),
        entry(Spot::Settings, Icon::Gear, ["设置", "設定", "Settings"], "/settings", ORDERS, |_| 0),
    ]),
];

/// What a page says of itself.
pub struct Show<'a> {
    pub spot: Spot,
    pub title: &'a str,
    /// The pages above it: name and path behind `/console`.
    pub above: &'a [(&'a str, &'a str)],
    /// A line in place of crumbs.
    pub note: Option<&'a str>,
    pub actions: Option<Markup>,
}

impl<'a> Show<'a> {
    pub fn new(spot: Spot, title: &'a str) -> Show<'a> {
        Show { spot, title, above: &[], note: None, actions: None }
    }
}

/// Whether any of these rights is given; with none asked for, any staff.
pub fn may_any(who: Who, rights: &[Right]) -> bool {
    if rights.is_empty() { who.rights.any() } else { rights.iter().any(|r| who.rights.may(*r)) }
}
/// A member with one of these rights.
pub fn allowed(here: &Here, rights: &[Right]) -> Result<Who, Sorry> {
    let who = here.staff()?;
    if may_any(who, rights) { Ok(who) } else { Err(Sorry::NotAllowed) }
}

/// The address of a console page: `at(here, "/orders")`.
pub fn at(here: &Here, path: &str) -> String {
    format!("{}/console{path}", here.base())
}

fn count(n: i64) -> u32 {
    u32::try_from(n.max(0)).unwrap_or(u32::MAX)
}

/// The whole page around `body`.
pub async fn show(
    house: &House,
    here: &Here,
    who: Who,
    s: Show<'_>,
    body: Markup,
) -> Result<Markup, Sorry> {
    let todo = house.app.to_do(who.community).await?;
    Ok(framed(here, who, &todo, &s, body))
}

/// The same when the caller has looked at what waits already.
pub fn framed(here: &Here, who: Who, todo: &ToDo, s: &Show<'_>, body: Markup) -> Markup {
    let lang = here.lang;
    let hrefs: Vec<Vec<String>> =
        PLACES.iter().map(|(_, p)| p.iter().map(|e| at(here, e.path)).collect()).collect();
    let links: Vec<Vec<NavLink<'_>>> = PLACES
        .iter()
        .zip(&hrefs)
        .map(|((_, places), hrefs)| {
            let mine = places.iter().zip(hrefs).filter(|(e, _)| may_any(who, e.rights));
            mine.map(|(e, href)| nav_link(here, todo, s.spot, e, href)).collect()
        })
        .collect();
    let parts: Vec<NavPart<'_>> = PLACES
        .iter()
        .zip(&links)
        .filter(|(_, links)| !links.is_empty())
        .map(|((title, _), links)| NavPart { title: lang.pick(**title), links })
        .collect();
    let page = crate::ui::Page {
        title: s.title.to_string(),
        head: Head { private: true, ..Head::default() },
        ..here.page()
    };
    let above: Vec<(&str, String)> = s.above.iter().map(|(t, p)| (*t, at(here, p))).collect();
    let mut crumbs: Vec<(&str, Option<&str>)> =
        above.iter().map(|(t, href)| (*t, Some(href.as_str()))).collect();
    crumbs.extend(s.note.map(|n| (n, None)));
    let commands = palette(here, who);
    let commands: Vec<Command<'_>> = commands
        .iter()
        .map(|(icon, text, href)| Command { icon: *icon, text, note: "", href })
        .collect();
    let mine = |rights: &[Right], n: i64| if may_any(who, rights) { n } else { 0 };
    let alerts = mine(MONEY, todo.proofs + todo.refunds_by_hand) + todo.stuck_jobs;
    let (home, size) = (at(here, "#todo"), size(here));
    Console {
        page: &page,
        nav: &parts,
        community: &here.place.name,
        size: &size,
        switch_to: None,
        me: Person::new(who.member.raw(), here.person.as_ref().map_or("", |p| &p.name)),
        role: role(here, who),
        alerts: count(alerts),
        alerts_href: &home,
        member_href: &here.base(),
        crumbs: &crumbs,
        actions: s.actions.as_ref(),
        palette: &commands,
        studio: false,
    }
    .render(body)
}

fn nav_link<'a>(here: &Here, todo: &ToDo, on: Spot, e: &Entry, href: &'a str) -> NavLink<'a> {
    let (text, count) = (here.pick(e.words), count((e.waits)(todo)));
    NavLink { icon: e.icon, text, href, on: on == e.spot, count }
}

fn size(here: &Here) -> String {
    format!("{} · {}", here.place.currency.code(), here.place.zone)
}

fn role(here: &Here, who: Who) -> &'static str {
    here.pick(match who.role {
        Role::Owner => ["店主", "店主", "Owner"],
        Role::Staff => ["管理成员", "管理成員", "Staff"],
        Role::Member => ["成员", "成員", "Member"],
    })
}

fn palette(here: &Here, who: Who) -> Vec<(Icon, &'static str, String)> {
    #[rustfmt::skip]
    const MORE: [(Icon, [&str; 3], &str, &[Right]); 9] = [
        (Icon::Parcel, ["备货中的订单", "備貨中的訂單", "Orders to pack"], "/orders?view=to_pack", ORDERS),
        (Icon::Redo, ["退款中的订单", "退款中的訂單", "Orders being refunded"],
            "/orders?view=after_sale", ORDERS),
        (Icon::Redo, ["待答复的退款申请", "待答覆的退款申請", "Refund requests to answer"],
            "/orders/cases", ORDERS),
        (Icon::Download, ["导出订单", "匯出訂單", "Export orders"], "/orders.csv", ORDERS),
        (Icon::Plus, ["新建商品", "新增商品", "New product"], "/products/new", GOODS),
        (Icon::Copy, ["导入商品表", "匯入商品表", "Import products"], "/products/import", GOODS),
        (Icon::Check, ["待核对的转账", "待核對的轉帳", "Transfers to check"], "/ledger/proofs", MONEY),
        (Icon::Wallet, ["待转账退回", "待轉帳退回", "Refunds to pay back"], "/ledger/refunds", MONEY),
        (Icon::Warn, ["说不清的钱", "說不清的錢", "Unexplained money"], "/ledger/suspense", MONEY),
    ];
    let places = PLACES.iter().flat_map(|(_, places)| places.iter());
    let places = places.map(|e| (e.icon, e.words, e.path, e.rights));
    places
        .chain(MORE)
        .filter(|(_, _, _, rights)| may_any(who, rights))
        .map(|(icon, words, path, _)| (icon, here.pick(words), at(here, path)))
        .collect()
}

/// An amount in the community's currency.
pub fn money(here: &Here, minor: i64) -> String {
    format::money(Money::new(minor, here.place.currency))
}
pub fn when(here: &Here, moment: Moment) -> String {
    format::day_time(here.lang, moment, here.now, &here.zone())
}

/// A refusal to be shown on the page its form stands on.
#[derive(Clone, Copy, Debug)]
pub struct No {
    pub status: StatusCode,
    pub text: &'static str,
}

/// The sentence of a refusal; a fault goes its own way.
pub fn no<R: Say>(here: &Here, stop: Stop<R>) -> Result<No, Sorry> {
    match stop {
        Stop::Refused(r) => Ok(No {
            status: StatusCode::from_u16(status_of(r.code())).unwrap_or(StatusCode::CONFLICT),
            text: here.pick(r.says()),
        }),
        Stop::Fault(fault) => Err(fault.into()),
    }
}
/// A refusal the form itself found.
pub fn unfit(here: &Here, says: [&'static str; 3]) -> No {
    No { status: StatusCode::UNPROCESSABLE_ENTITY, text: here.pick(says) }
}

/// After a post: look at this page.
pub fn see(path: &str) -> Response {
    Redirect::to(path).into_response()
}

/// What stands on top of a page: why something was refused, or that it was done.
pub fn news(here: &Here, no: Option<No>, done: &str) -> Markup {
    let good = match done {
        "refunded" => ["退款已记下", "退款已記下", "The refund is written down."],
        "case_declined" => ["已答复买家", "已答覆買家", "The buyer was told."],
        "shipped" => ["已发货", "已出貨", "Sent on its way."],
        "ready" => [
            "已到货，买家能看到取件码",
            "已到貨，買家能看到取件碼",
            "Ready: the buyer has the code.",
        ],
        "cancelled" => ["订单已取消", "訂單已取消", "The order is cancelled."],
        "confirmed" => ["已确认到账", "已確認入帳", "The payment is confirmed."],
        "refused" => {
            ["已告诉买家转账没有核对上", "已告訴買家轉帳沒有核對上", "The buyer was told."]
        }
        "settled" => ["已记为退回", "已記為退回", "Written down as paid back."],
        "payout_paid" => ["已记为转账完成", "已記為轉帳完成", "Written down as paid out."],
        "payout_failed" => [
            "已记为没有成功，钱回到成员的余额",
            "已記為沒有成功，錢回到成員的餘額",
            "Written down as failed: the money is in the member's balance again.",
        ],
        "payout_unknown" => [
            "已记为查不清，查清以前这笔钱不动",
            "已記為查不清，查清以前這筆錢不動",
            "Written down as not sure: the money stays put until you know.",
        ],
        "saved" => ["已保存", "已儲存", "Saved."],
        "packet_opened" => {
            ["红包已发到群里", "紅包已發到群裡", "The red packet is open in the group."]
        }
        "webhook_ended" => {
            ["已停用，不再发送", "已停用，不再傳送", "Ended: nothing is sent any more."]
        }
        "replayed" => ["马上再发一次", "馬上再傳一次", "It is sent again in a moment."],
        "key_ended" => ["密钥已停用", "金鑰已停用", "The key has ended."],
        "muted" => ["已禁言", "已禁言", "They cannot write until then."],
        "unmuted" => ["已解除禁言", "已解除禁言", "They may write again."],
        "banned" => ["已移出社群", "已移出社群", "They are out of the community."],
        "unbanned" => ["对方可以重新加入了", "對方可以重新加入了", "They may join again."],
        "role" => ["角色已更改", "角色已更改", "The role is changed."],
        "upheld" => ["举报成立，已处理", "檢舉成立，已處理", "The report is upheld."],
        "dismissed" => ["举报不成立，内容保留", "檢舉不成立，內容保留", "Dismissed; it stays."],
        "shown" => ["消息已放行", "訊息已放行", "The message is shown."],
        "declined" => ["消息没有放行", "訊息沒有放行", "The message is not shown."],
        "admitted" => ["已同意入群", "已同意入群", "They are in the group."],
        "not_admitted" => ["没有同意入群", "沒有同意入群", "They were not let in."],
        "again" => ["任务会马上再做一次", "任務會馬上再做一次", "The job runs again in a moment."],
        "stocked" => ["库存已更新", "庫存已更新", "The stock is changed."],
        _ => ["", "", ""],
    };
    html! {
        @if let Some(no) = no { (banner(no.text, Tone::Danger)) }
        @else if !good[0].is_empty() { (banner(here.pick(good), Tone::Green)) }
    }
}

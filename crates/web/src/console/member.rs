//! One member from all sides: who they are, what they bought and said, what may be done.
use super::frame::{self, No, Show, Spot, at, money, news, when};
use super::members::{sees_orders, standing};
use super::{member_acts, member_points, member_spread};
use crate::House;
use crate::community::lines::{name_or_gone, role_word};
use crate::form::Form;
use crate::loyalty::tier_words;
use crate::reply::Sorry;
use crate::ui::tabs::Tab;
use crate::ui::{
    DataTable, Person, Row, Size, Step, TimelineStep, Tone, avatar, button, card, column,
    data_table, empty_state, facts, saved_views, stars, tag, tag_link, timeline,
};
use crate::who::Here;
use crate::words::format::{count, date, number};
use crate::words::insight as words;
use crate::words::states::{order_state, order_tone};
use crate::words::{Lang, deeds};
use app::community::views_members::{MemberFact, MemberSides};
use app::community::who::Who;
use app::learning::views_segments::Doings;
use app::sale::views::OrderRow;
use app::trust::views::ReviewRow;
use axum::extract::{Path, State};
use maud::{Markup, html};
use rules::base::{Id, id};
use rules::community::role::{Membership, Role};
use rules::loyalty::stage::{Bounds, segment, sharer, stage};

/// Facts, orders or reviews of one page.
const PAGE: i64 = 30;

pub async fn page(
    State(house): State<House>,
    here: Here,
    Path((_, member)): Path<(String, String)>,
    form: Form,
) -> Result<Markup, Sorry> {
    shown(&house, &here, &member, &form, None).await
}

/// The page, with what was refused on top and what was typed in its fields.
pub async fn shown(
    house: &House,
    here: &Here,
    member: &str,
    form: &Form,
    no: Option<No>,
) -> Result<Markup, Sorry> {
    let who = frame::allowed(here, frame::PEOPLE)?;
    let id: Id<id::Member> = Id::parse(member).ok_or(Sorry::NotFound)?;
    let them = house.app.member_sides(who.community, id).await?.ok_or(Sorry::NotFound)?;
    let list = match form.get("view") {
        "orders" if sees_orders(who) => orders(house, here, who, id, form).await?,
        "reviews" => reviews(house, here, who, id, form).await?,
        "spread" => member_spread::shown(house, here, who, id).await?,
        _ => past(house, here, who, id, form).await?,
    };
    // the house's own people are no buyers of it
    let doings = match sees_orders(who) && them.row.role == Role::Member {
        true => Some(house.app.doings_of(who.community, id).await?),
        false => None,
    };
    let tier = match sees_orders(who) {
        true => tier(house, here, id).await?,
        false => Vec::new(),
    };
    let name = name_or_gone(here.lang, &them.row.name).to_string();
    let body = html! {
        (news(here, no, form.get("done")))
        div class="cols -side" {
            div class="stack -l" {
                (face(here, who, &them, (doings.as_ref(), tier), &name))
                (member_points::section(house, here, (who, id), form).await?)
                (member_acts::forms(here, who, &them, form))
            }
            section class="card -flush" {
                (views(here, who, id, &them, form.get("view")))
                (list)
            }
        }
    };
    let above = [(here.pick(["成员", "成員", "Members"]), "/members")];
    let seen = format!("{}/members/{id}", here.base());
    let actions = (them.row.state == Membership::Active && id != who.member).then(|| {
        let word = here.pick(["成员看到的", "成員看到的", "Member view"]);
        html! { (button(word).to(&seen)) }
    });
    let show = Show { above: &above, actions, ..Show::new(Spot::Members, &name) };
    frame::show(house, here, who, show, body).await
}

/// Stage, segment, and whether they led to a sale of somebody else. Members never see it.
fn classes(here: &Here, d: &Doings) -> Vec<(&'static str, Markup)> {
    let list = |what: &str, code: &str| at(here, &format!("/members?{what}={code}"));
    let stage = stage(d.largest, Bounds::of(here.place.currency));
    let word = here.pick(words::stage(stage));
    let shares = sharer(d.buyer.led);
    let mut rows = vec![(
        here.pick(["阶段", "階段", "Stage"]),
        html! {
            a href=(list("stage", stage.code())) { (word) }
            @if shares { " " (tag(here.pick(["带来过订单", "帶來過訂單", "Sharer"]), Tone::Green)) }
        },
    )];
    if let Some(segment) = segment(d.buyer) {
        let word = here.pick(words::segment(segment));
        let link = html! { a href=(list("segment", segment.code())) { (word) } };
        rows.push((here.pick(["分群", "分群", "Segment"]), link));
    }
    rows
}

/// Growth, tier, and until when it is kept if the growth is gone; nothing where there are none.
async fn tier(
    house: &House,
    here: &Here,
    m: Id<id::Member>,
) -> Result<Vec<(&'static str, Markup)>, Sorry> {
    let prices = house.app.member_prices(here.place.id, Some(m), Vec::new()).await?;
    if prices.ladder.is_empty() {
        return Ok(Vec::new());
    }
    let sheet = house.app.member_sheet(here.place.id, m).await?;
    let none = here.pick(["没有", "沒有", "None"]);
    let name = prices.mine.as_ref().map_or(none, |t| &t.terms.name);
    let falls = sheet.as_ref().and_then(|s| s.falls_at).map(|at| {
        let day = date(here.lang, at, here.now, &here.zone());
        match here.lang {
            Lang::En => format!(" until {day}"),
            Lang::Hans | Lang::Hant => format!("（保留到 {day}）"),
        }
    });
    let growth = tier_words::growth(here, sheet.map_or(0, |s| s.growth));
    Ok(vec![(
        here.pick(["会员等级", "會員等級", "Tier"]),
        html! { (name) (falls.unwrap_or_default()) " " span class="note" { (growth) } },
    )])
}

/// What insight says of a buyer, and their tier.
type Sides<'d> = (Option<&'d Doings>, Vec<(&'static str, Markup)>);

fn face(
    here: &Here,
    who: Who,
    them: &MemberSides,
    (doings, tier): Sides<'_>,
    name: &str,
) -> Markup {
    let (m, zone) = (&them.row, here.zone());
    let day = |at| date(here.lang, at, here.now, &zone);
    let mut rows: Vec<(&str, Markup)> =
        vec![(here.pick(["加入", "加入", "Joined"]), html! { (day(m.joined_at)) })];
    if let Some((by, name)) = &them.brought_by {
        let href = at(here, &format!("/members/{by}"));
        let name = name_or_gone(here.lang, name);
        let who = html! { a href=(href) { (name) } };
        rows.push((here.pick(["谁带来", "誰帶來", "Brought by"]), who));
    }
    if let Some(ended) = them.ended_at.filter(|_| m.state != Membership::Active) {
        rows.push((here.pick(["离开", "離開", "Ended"]), html! { (day(ended)) }));
    }
    if let Some(until) = m.muted_until.filter(|until| *until > here.now) {
        rows.push((here.pick(["禁言到", "禁言到", "Muted until"]), html! { (when(here, until)) }));
    }
    if sees_orders(who) {
        rows.extend(sums(here, them));
    }
    rows.extend(doings.into_iter().flat_map(|d| classes(here, d)));
    rows.extend(tier);
    rows.push((here.pick(["帖子", "貼文", "Posts"]), html! { (number(them.posts)) }));
    rows.push((here.pick(["评价", "評價", "Reviews"]), html! { (number(them.reviews)) }));
    if them.reports > 0 {
        let n = html! { span class="neg" { (number(them.reports)) } };
        rows.push((here.pick(["被举报", "被檢舉", "Reported"]), n));
    }
    card(html! {
        div class="row" {
            (avatar(Person::new(m.member.raw(), name), Size::Xl))
            div class="grow" {
                p class="t2" { (name) " " (standing(here, m)) }
                p class="note mono" { (m.member) }
            }
        }
        @if !them.bio.is_empty() { p class="pre" { (them.bio) } }
        @if !them.tags.is_empty() {
            div class="chips" {
                @for (id, name) in &them.tags {
                    (tag_link(name, Tone::Plain, &at(here, &format!("/members?tag={id}"))))
                }
            }
        }
        (facts(&rows))
        @if !them.groups.is_empty() {
            div class="chips" aria-label=(here.pick(["群", "群", "Groups"])) {
                @for (id, name, role) in &them.groups {
                    @let text = match role_word(here.lang, *role) {
                        Some(role) => format!("{name} · {role}"),
                        None => name.clone(),
                    };
                    (tag_link(&text, Tone::Blue, &at(here, &format!("/groups/{id}"))))
                }
            }
        }
    })
}

fn sums(here: &Here, them: &MemberSides) -> Vec<(&'static str, Markup)> {
    let b = them.bought;
    let orders = count(here.lang, b.orders, ["单", "單"], ["order", "orders"]);
    let mut rows = vec![
        (here.pick(["付过的订单", "付過的訂單", "Paid orders"]), html! { (orders) }),
        (here.pick(["付款", "付款", "Paid"]), html! { (money(here, b.paid)) }),
        (here.pick(["退款", "退款", "Refunded"]), html! { (money(here, b.refunded)) }),
        (
            here.pick(["净消费", "淨消費", "Spent, net"]),
            html! { b { (money(here, b.paid - b.refunded)) } },
        ),
    ];
    if let Some(last) = b.last {
        let day = date(here.lang, last, here.now, &here.zone());
        rows.push((here.pick(["上次买", "上次買", "Last bought"]), html! { (day) }));
    }
    rows
}

fn address(here: &Here, member: Id<id::Member>, view: &str) -> String {
    at(here, &format!("/members/{member}?view={view}"))
}

fn views(here: &Here, who: Who, m: Id<id::Member>, them: &MemberSides, on: &str) -> Markup {
    let sale = sees_orders(who);
    let views = [
        ("past", ["时间线", "時間線", "Timeline"], None, true),
        ("orders", ["订单", "訂單", "Orders"], None, sale),
        ("reviews", ["评价", "評價", "Reviews"], Some(them.reviews), true),
        ("spread", ["带来的人", "帶來的人", "Brought"], None, true),
    ];
    let views: Vec<_> = views.into_iter().filter(|v| v.3).collect();
    let known = views.iter().any(|v| v.0 == on);
    let on = if known { on } else { "past" };
    let hrefs: Vec<String> = views.iter().map(|v| address(here, m, v.0)).collect();
    let tabs: Vec<(Tab<'_>, Option<i64>)> = views
        .iter()
        .zip(&hrefs)
        .map(|(v, href)| (Tab::new(here.pick(v.1), href, v.0 == on), v.2))
        .collect();
    saved_views(here.lang, &tabs, None)
}

/// "Show more" under a list that is longer.
fn more(here: &Here, href: Option<String>) -> Markup {
    html! {
        @if let Some(href) = href {
            div class="cell" {
                (button(here.pick(["更早的", "更早的", "Earlier"])).small().to(&href))
            }
        }
    }
}

fn none(here: &Here) -> Markup {
    empty_state(
        here.pick(["还没有", "還沒有", "Nothing yet"]),
        here.pick([
            "有了就会出现在这里",
            "有了就會出現在這裡",
            "It will be listed here when there is some.",
        ]),
        None,
    )
}

async fn past(
    house: &House,
    here: &Here,
    who: Who,
    m: Id<id::Member>,
    form: &Form,
) -> Result<Markup, Sorry> {
    let before = form.id::<id::Fact>("before");
    let mut all = house.app.member_facts(who.community, m, before, PAGE + 1).await?;
    let longer = all.len() as i64 > PAGE;
    all.truncate(PAGE as usize);
    if all.is_empty() {
        return Ok(none(here));
    }
    let next = all.last().filter(|_| longer);
    let next = next.map(|f| format!("{}&before={}", address(here, m, "past"), f.id));
    let steps: Vec<TimelineStep> = all.iter().map(|f| step(here, f)).collect();
    Ok(html! {
        div class="cell" { div class="grow" { (timeline(&steps)) } }
        (more(here, next))
    })
}

fn step(here: &Here, f: &MemberFact) -> TimelineStep {
    let how = match f.kind.as_str() {
        "member_muted" | "member_banned" | "member_left" | "order_refunded" => Step::Bad,
        "order_paid" | "order_completed" | "review_written" | "member_joined" => Step::Good,
        _ => Step::Past,
    };
    let mut note = when(here, f.at);
    if f.kind.starts_with("order_") {
        // staff see whose order it was by its number
        note = format!("{note} · {}", Id::<id::Order>::of(f.subject));
    }
    if let Some(by) = &f.by {
        note = format!("{note} · {}", name_or_gone(here.lang, by));
    }
    TimelineStep::new(how, deeds::happened(here.lang, &f.kind), note)
}

async fn orders(
    house: &House,
    here: &Here,
    who: Who,
    m: Id<id::Member>,
    form: &Form,
) -> Result<Markup, Sorry> {
    let before = form.id::<id::Order>("before");
    let mut all = house.app.my_orders(who.community, m, None, before, PAGE + 1).await?;
    let longer = all.len() as i64 > PAGE;
    all.truncate(PAGE as usize);
    if all.is_empty() {
        return Ok(none(here));
    }
    let next = all.last().filter(|_| longer);
    let next = next.map(|o| format!("{}&before={}", address(here, m, "orders"), o.id));
    let row = |o: &OrderRow| Row {
        cells: vec![
            html! { a class="mono" href=(at(here, &format!("/orders/{}", o.id))) { (o.id) } },
            html! { @if let Some(line) = o.lines.first() { (line.title) }
            @if o.lines.len() > 1 { span class="note" { " +" (o.lines.len() - 1) } } },
            tag(order_state(here.lang, o.state), order_tone(o.state)),
            html! {
                (money(here, o.total))
                @if o.refunded > 0 { br; span class="neg" { (money(here, -o.refunded)) } }
            },
            html! { (when(here, o.placed_at)) },
        ],
        ..Row::default()
    };
    let table = DataTable {
        caption: here.pick(["订单", "訂單", "Orders"]),
        columns: vec![
            column(here.pick(["订单", "訂單", "Order"])),
            column(here.pick(["买了什么", "買了什麼", "Items"])).grow(),
            column(here.pick(["状态", "狀態", "State"])),
            column(here.pick(["金额", "金額", "Amount"])).number(),
            column(here.pick(["下单", "下單", "Placed"])).number(),
        ],
        rows: all.iter().map(row).collect(),
        pick: None,
        foot: None,
    };
    Ok(html! { (data_table(here.lang, &table)) (more(here, next)) })
}

async fn reviews(
    house: &House,
    here: &Here,
    who: Who,
    m: Id<id::Member>,
    form: &Form,
) -> Result<Markup, Sorry> {
    let cursor = app::trust::views::Cursor::parse(form.get("before"));
    let page = house.app.my_reviews(who.community, m, cursor).await?;
    if page.rows.is_empty() {
        return Ok(none(here));
    }
    let next = page.next.map(|c| format!("{}&before={c}", address(here, m, "reviews")));
    let one = |r: &ReviewRow| {
        let product = format!("{}/products/{}", here.base(), r.product);
        html! {
            li class="cell" {
                div class="grow stack -xs" {
                    p { @if let Some(n) = r.stars { (stars(here.lang, n.clamp(0, 5) as u8)) " " }
                        span class="note" { (when(here, r.at)) } }
                    @if !r.text.is_empty() { p class="pre" { (r.text) } }
                    a class="note" href=(product) { (here.pick(["看商品", "看商品", "The product"])) }
                }
            }
        }
    };
    Ok(html! {
        ul { @for r in &page.rows { (one(r)) } }
        (more(here, next))
    })
}

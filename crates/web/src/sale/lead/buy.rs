//! A leader opens a group buy in her own group on one page, of what the shop lets leaders open.
use super::super::{chosen, leave, member_or_door, own_page, shown_as, sum};
use super::{bench, status};
use crate::House;
use crate::form::Form;
use crate::reply::{Sorry, said};
use crate::ui::{
    Around, Choice, Tone, banner, card, card_flush, card_head, cell_of, choice_chips, empty_state,
    field,
};
use crate::who::Here;
use crate::words::format;
use app::Stop;
use app::community::who::Who;
use app::sale::open_group_buy::{OpenGroupBuy, Refused};
use app::sale::views_floor::FloorRow;
use app::sale::views_lead::LedGroup;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use maud::{Markup, Render, html};
use rules::base::moment::DAY;
use rules::base::{Id, Money, id};
use rules::sale::group_buy::{Terms, WHOLE, WhoMay};
use rules::sale::{leaders_buy, price};

struct Seen {
    groups: Vec<LedGroup>,
    floors: Vec<FloorRow>,
}

async fn look(house: &House, who: Who) -> Result<Seen, Sorry> {
    let groups = bench::groups(house, who).await?;
    Ok(Seen { groups, floors: house.app.floors(who.community).await? })
}

/// The variants of the product that was chosen; the only product there is needs no choosing.
fn of_product(seen: &Seen, wanted: Option<Id<id::Product>>) -> Vec<&FloorRow> {
    let mut products: Vec<_> = seen.floors.iter().map(|f| f.product).collect();
    products.dedup();
    let only = products.first().copied().filter(|_| products.len() == 1);
    let wanted = wanted.or(only);
    seen.floors.iter().filter(|f| Some(f.product) == wanted).collect()
}

pub async fn new(State(house): State<House>, here: Here, form: Form) -> Result<Response, Sorry> {
    let who = match member_or_door(&here, &here.path) {
        Ok(who) => who,
        Err(door) => return Ok(leave(&here, &door)),
    };
    let seen = look(&house, who).await?;
    let rows = of_product(&seen, form.id("product"));
    let Some(first) = rows.first() else { return Ok(choose(&here, &seen)) };
    let mut typed = form.clone();
    typed.put("id", &house.app.mint::<id::Campaign>(here.now).to_string());
    typed.put("title", &rules::base::text::clip(&first.title, 80));
    let size = rows.iter().map(|f| f.floor.size).max().unwrap_or(2);
    for (name, n) in [("size", size), ("life_hours", 24), ("days", 3), ("per_member", 1)] {
        typed.put(name, &n.to_string());
    }
    if let Some(group) = seen.groups.first() {
        typed.put("group", &group.id.to_string());
    }
    for f in &rows {
        let lowest = Money::new(f.floor.lowest, here.place.currency).decimal();
        typed.put(&format!("price_{}", f.variant), &lowest);
    }
    Ok(page(&here, &seen, &rows, &typed, None))
}

/// Which product: those the shop lets leaders open a group buy of.
fn choose(here: &Here, seen: &Seen) -> Response {
    let title = here.pick(["开拼团", "開團購", "New group buy"]);
    let frame = own_page(here, title, format!("{}/lead", here.base()));
    let mut shown: Vec<&FloorRow> = Vec::new();
    for f in &seen.floors {
        shown.extend((shown.last().is_none_or(|s| s.product != f.product)).then_some(f));
    }
    let body = html! {
        @if shown.is_empty() {
            (empty_state(
                here.pick(["店家还没有放开", "店家還沒有開放", "The shop has not opened this yet"]),
                here.pick(["店家定了哪些商品团长能开拼团、最低多少钱，就列在这里",
                    "店家定了哪些商品團長能開團購、最低多少錢，就列在這裡",
                    "What leaders may open group buys of, and how cheap, is listed here once the \
                     shop has said so."]), None))
        } @else {
            (card_flush(html! { @for f in shown { (product(here, f)) } }))
        }
    };
    shown_as(StatusCode::OK, &frame, body)
}

fn product(here: &Here, f: &FloorRow) -> Markup {
    let to = format!("{}/lead/buy?product={}", here.base(), f.product);
    cell_of(
        html! { span class="grow" { b { (f.title) } br; span class="note" { (bounds(here, f)) } } },
    )
    .to(&to)
    .render()
}

/// `5 人起 · 最低 ¥80.00 · 单买 ¥100.00`.
fn bounds(here: &Here, f: &FloorRow) -> String {
    let (lowest, alone) =
        (format::money(sum(here, f.floor.lowest)), format::money(sum(here, f.alone)));
    let n = f.floor.size;
    match here.lang {
        crate::words::Lang::En => format!("{n} people or more · from {lowest} · alone {alone}"),
        crate::words::Lang::Hans => format!("{n} 人起 · 最低 {lowest} · 单买 {alone}"),
        crate::words::Lang::Hant => format!("{n} 人起 · 最低 {lowest} · 單買 {alone}"),
    }
}

fn field_of(r: Refused) -> Option<&'static str> {
    match r {
        Refused::BadTitle => Some("title"),
        Refused::BadSize => Some("size"),
        Refused::BadLife => Some("life_hours"),
        Refused::BadWindow => Some("days"),
        Refused::BadLimit => Some("per_member"),
        _ => None,
    }
}

/// What a leader has to do with it in her own words: the bounds are the shop's.
fn why(here: &Here, r: Refused) -> &'static str {
    match r {
        Refused::BadSize => here.pick([
            "人数不能少于店家定的",
            "人數不能少於店家定的",
            "A team has at least as many people as the shop says.",
        ]),
        Refused::BadPrice => here.pick([
            "至少填一个团价，在店家的最低价和单买价之间",
            "至少填一個團價，在店家的最低價和單買價之間",
            "Give at least one price, between the shop's lowest and what it costs alone.",
        ]),
        Refused::BadLife => {
            here.pick(["一个团 1 到 72 小时", "一個團 1 到 72 小時", "A team has 1 to 72 hours."])
        }
        Refused::BadWindow => {
            here.pick(["开 1 到 14 天", "開 1 到 14 天", "It runs for 1 to 14 days."])
        }
        Refused::BadLimit => {
            here.pick(["每人 1 到 9 个名额", "每人 1 到 9 個名額", "Each may have 1 to 9 seats."])
        }
        other => said(other, here.lang),
    }
}

fn page(
    here: &Here,
    seen: &Seen,
    rows: &[&FloorRow],
    t: &Form,
    refused: Option<Refused>,
) -> Response {
    let p = |all| here.pick(all);
    let mut frame =
        own_page(here, p(["开拼团", "開團購", "New group buy"]), format!("{}/lead", here.base()));
    frame.bar = Some(html! {
        button class="btn -primary grow" type="submit" form="open" {
            (p(["开拼团", "開團購", "Open it"]))
        }
    });
    let error = |name: &str| refused.filter(|r| field_of(*r) == Some(name)).map(|r| why(here, r));
    let number = |name: &'static str, label: [&'static str; 3], (low, high): (i64, i64)| {
        field::number(name, p(label), t.get(name)).range(low, high).error(error(name)).render()
    };
    let keys: Vec<String> = seen.groups.iter().map(|g| g.id.to_string()).collect();
    let groups: Vec<Choice> = keys
        .iter()
        .zip(&seen.groups)
        .map(|(key, g)| Choice::new(key, &g.name, t.get("group") == key))
        .collect();
    let size = rows.iter().map(|f| f.floor.size).max().unwrap_or(2);
    let body = html! {
        @if let Some(r) = refused.filter(|r| field_of(*r).is_none()) {
            (banner(why(here, r), Tone::Danger))
        }
        form id="open" class="stack -l" method="post" action={ (here.base()) "/lead/buy" } {
            input type="hidden" name="id" value=(t.get("id"));
            @let product = rows.first().map(|f| f.product.to_string());
            input type="hidden" name="product"
                value=(product.unwrap_or_else(|| t.get("product").to_string()));
            (card(html! {
                (choice_chips(Around::new("group", p(["哪个群", "哪個群", "Group"])), &groups, false))
                (field::text("title", p(["标题", "標題", "Title"]), t.get("title")).most(80)
                    .error(error("title")))
                (field::textarea("story", p(["写给邻居的话", "寫給鄰居的話", "A few words"]),
                    t.raw("story")).most(2000))
            }))
            (card(html! {
                (card_head(p(["团价", "團價", "Price together"])))
                @for f in rows { (priced(here, f, t)) }
            }))
            (card(html! {
                div class="fields" {
                    (number("size", ["几人成团", "幾人成團", "People in a team"], (size, 1000)))
                    (number("life_hours", ["每个团几小时", "每個團幾小時", "Hours a team has"],
                        (1, *leaders_buy::LIFE_HOURS.end())))
                    (number("days", ["开几天", "開幾天", "Days it runs"],
                        (1, *leaders_buy::DAYS.end())))
                    (number("per_member", ["每人名额", "每人名額", "Seats each"],
                        (1, *leaders_buy::PER_MEMBER.end())))
                }
                p class="note" { (p([
                    "所有成员都能参团，开团的人和大家一个价；人没满就全部退款。",
                    "所有成員都能參團，開團的人和大家一個價；人沒滿就全部退款。",
                    "Every member may join; whoever opens a team pays what all pay. A team that \
                     does not fill is refunded.",
                ])) }
            }))
        }
    };
    shown_as(refused.map_or(StatusCode::OK, |r| status(app::Refusal::code(r))), &frame, body)
}

/// An empty price leaves the variant out.
fn priced(here: &Here, f: &FloorRow, t: &Form) -> Markup {
    let name = format!("price_{}", f.variant);
    let label = match f.choices.is_empty() {
        true => f.title.clone(),
        false => chosen(&f.choices),
    };
    let hint = bounds(here, f);
    field::money(&name, &label, t.get(&name), here.place.currency).hint(&hint).render()
}

/// None when something typed is no amount.
fn prices(
    here: &Here,
    rows: &[&FloorRow],
    form: &Form,
) -> Option<Vec<(Id<id::Variant>, i64, i64)>> {
    let mut out = Vec::new();
    for f in rows {
        match form.get(&format!("price_{}", f.variant)) {
            "" => {}
            typed => {
                let price = price::price(typed, here.place.currency)?;
                out.push((f.variant, price, price));
            }
        }
    }
    Some(out)
}

pub async fn open(State(house): State<House>, here: Here, form: Form) -> Result<Response, Sorry> {
    let who = match member_or_door(&here, &format!("{}/lead/buy", here.base())) {
        Ok(who) => who,
        Err(door) => return Ok(leave(&here, &door)),
    };
    let seen = look(&house, who).await?;
    let id = form.must_id::<id::Campaign>("id")?;
    let product = form.must_id::<id::Product>("product")?;
    let rows = of_product(&seen, Some(product));
    if rows.is_empty() {
        // the shop took it out while the form was open
        return Ok(page(&here, &seen, &rows, &form, Some(Refused::NotForLeaders)));
    }
    let n = |name: &str| form.int(name).unwrap_or(-1);
    let terms = Terms {
        title: form.get("title").into(),
        story: form.raw("story").into(),
        size: n("size"),
        fill: WHOLE,
        life_hours: n("life_hours"),
        starts: here.now,
        ends: here.now.plus(n("days").saturating_mul(DAY)),
        most: 0,
        per_member: n("per_member"),
        opens: WhoMay::Everyone,
        joins: WhoMay::Everyone,
    };
    let out = match (form.id("group"), prices(&here, &rows, &form)) {
        (None, _) => Err(Stop::Refused(Refused::NoSuchGroup)),
        (_, None) => Err(Stop::Refused(Refused::BadPrice)),
        (group, Some(prices)) => {
            let open = OpenGroupBuy { who, id, product, group, terms, prices };
            house.app.open_group_buy(here.now, open).await
        }
    };
    match out {
        Ok(()) => Ok(leave(&here, &format!("{}/campaigns/{id}", here.base()))),
        Err(Stop::Refused(r)) => Ok(page(&here, &seen, &rows, &form, Some(r))),
        Err(Stop::Fault(fault)) => Err(fault.into()),
    }
}

//! Opening a chain order on one page: the letter, the times, what stands on the list.
use super::super::{Shot, leave, member_or_door, own_page, photo, shown_as, sum};
use super::{bench, status};
use crate::House;
use crate::form::Form;
use crate::reply::{Sorry, said};
use crate::spread::service_words::terms_words;
use crate::ui::{
    Around, Choice, Tone, banner, button, card, card_head, choice_chips, field, thumb,
};
use crate::who::Here;
use crate::words::format;
use app::Stop;
use app::community::who::Who;
use app::sale::open_chain_order::{NewOffer, OpenChainOrder, Refused};
use app::sale::views_catalogue::{List, Order, Product};
use app::sale::views_lead::LedGroup;
use axum::extract::State;
use axum::response::Response;
use maud::{Markup, html};
use rules::base::moment::DAY;
use rules::base::{Id, Moment, id};
use rules::community::role::Role;
use rules::sale::chain::Terms;
use rules::sale::price;
use rules::sale::product::State as Shelf;
use rules::spread::service_pay as service;

/// Products the page offers to choose from, the best-selling first.
const SHELF: i64 = 40;
/// Products one look finds, and how many found before stay on the page.
const FOUND: usize = 10;
const MOST_FOUND: usize = 40;

struct Seen {
    groups: Vec<LedGroup>,
    shelf: Vec<Product>,
    /// Those that were looked for: they stay while the page is filled in.
    found: Vec<Id<id::Product>>,
    /// The last look found nothing.
    none: bool,
    /// What serving a list of a group pays who opens it, by the group's name.
    pays: Vec<(String, service::Terms)>,
}

/// Beside the best-selling: what was looked for now, and before on this page.
async fn look(house: &House, who: Who, t: &Form) -> Result<Seen, Sorry> {
    let groups: Vec<LedGroup> = bench::groups(house, who).await?;
    let list = List { category: None, order: Order::Sold, after: None, most: SHELF };
    let mut shelf = Vec::new();
    let mut ids: Vec<Id<id::Product>> = Vec::new();
    let words: String = t.get("q").chars().take(100).collect();
    if !words.is_empty() {
        let found = house.app.search_products(who.community, &words, FOUND).await?;
        ids.extend(found.iter().filter(|g| g.state == "listed").map(|g| g.id));
    }
    let none = !words.is_empty() && ids.is_empty();
    let before = t.all("found").filter_map(Id::parse).take(MOST_FOUND);
    for id in before {
        ids.extend((!ids.contains(&id)).then_some(id));
    }
    let found = ids.clone();
    for item in house.app.products(who.community, list).await? {
        ids.extend((!ids.contains(&item.id)).then_some(item.id));
    }
    for id in ids {
        let product = house.app.product(who.community, id, false).await?;
        shelf.extend(product.filter(|p| p.state == Shelf::Listed));
    }
    let mut pays = Vec::new();
    // the owner would pay herself, and nobody is paid for a group of others
    if who.role != Role::Owner {
        for group in house.app.led_groups(who.community, who.member, false).await? {
            let terms = house.app.service_terms(who.community, Some(group.id)).await?;
            pays.extend(terms.on().then_some((group.name, terms)));
        }
    }
    let groups = groups.into_iter().filter(|g| !g.pickup.is_empty()).collect();
    Ok(Seen { groups, shelf, found, none, pays })
}

pub async fn new(State(house): State<House>, here: Here, form: Form) -> Result<Response, Sorry> {
    let who = match member_or_door(&here, &here.path) {
        Ok(who) => who,
        Err(door) => return Ok(leave(&here, &door)),
    };
    let seen = look(&house, who, &form).await?;
    let mut typed = form.clone();
    typed.put("id", &house.app.mint::<id::Campaign>(here.now).to_string());
    // tomorrow evening, and the goods the day after
    let evening = |days: i64, hour: i8| {
        let at = jiff::Timestamp::from_millisecond(here.now.plus(days * DAY).0).unwrap_or_default();
        let date = at.to_zoned(here.zone()).date();
        format!("{date}T{hour:02}:00")
    };
    typed.put("cut_off", &evening(1, 22));
    typed.put("arrives", &evening(2, 16));
    if let Some(first) = seen.groups.first().filter(|_| typed.get("group").is_empty()) {
        typed.put("group", &first.id.to_string());
    }
    Ok(page(&here, &seen, &typed, None))
}

fn field_of(r: Refused) -> Option<&'static str> {
    match r {
        Refused::BadTitle => Some("title"),
        Refused::BadCutOff => Some("cut_off"),
        Refused::BadArrival => Some("arrives"),
        Refused::BadMinimum => Some("minimum"),
        _ => None,
    }
}

fn page(here: &Here, seen: &Seen, t: &Form, refused: Option<Refused>) -> Response {
    let title = here.pick(["开接龙", "開接龍", "New chain order"]);
    let mut frame = own_page(here, title, format!("{}/lead", here.base()));
    frame.bar = Some(html! {
        button class="btn -primary grow" type="submit" form="open" {
            (here.pick(["开接龙", "開接龍", "Open it"]))
        }
    });
    let error =
        |name: &str| refused.filter(|r| field_of(*r) == Some(name)).map(|r| said(r, here.lang));
    let keys: Vec<String> = seen.groups.iter().map(|g| g.id.to_string()).collect();
    let names: Vec<String> =
        seen.groups.iter().map(|g| format!("{} · {}", g.name, g.pickup)).collect();
    let groups: Vec<Choice> = keys
        .iter()
        .zip(&names)
        .map(|(key, name)| Choice::new(key, name, t.get("group") == key))
        .collect();
    let p = |all| here.pick(all);
    let currency = here.place.currency;
    let body = html! {
        @if let Some(r) = refused.filter(|r| field_of(*r).is_none()) {
            (banner(said(r, here.lang), Tone::Danger))
        }
        @if groups.is_empty() {
            (banner(p(["先在群资料里填自提点，再开接龙", "先在群資料裡填自取點，再開接龍",
                "Enter a pick-up point on the group's page first."]), Tone::Gold))
        }
        form id="open" class="stack -l" method="post" action={ (here.base()) "/lead/new" } {
            input type="hidden" name="id" value=(t.get("id"));
            (card(html! {
                (choice_chips(Around::new("group", p(["哪个群、在哪取", "哪個群、在哪取",
                    "Group and pick-up point"])), &groups, false))
                @for (name, terms) in &seen.pays { (paid(here, name, *terms)) }
                (field::text("title", p(["标题", "標題", "Title"]), t.get("title")).most(80)
                    .error(error("title")))
                (field::textarea("letter", p(["写给邻居的话", "寫給鄰居的話", "Your letter"]),
                    t.raw("letter")).most(4000))
            }))
            (card(html! {
                (field::date_time("cut_off", p(["截单", "截單", "Cut-off"]), t.get("cut_off"))
                    .error(error("cut_off")))
                (field::date_time("arrives", p(["到货", "到貨", "Goods arrive"]), t.get("arrives"))
                    .error(error("arrives")))
                (field::money("minimum", p(["起送金额（可不填）", "起送金額（可不填）",
                    "Minimum of all orders (may stay empty)"]), t.get("minimum"), currency)
                    .hint(p(["截单时不到就全部退款", "截單時不到就全部退款",
                        "Below it at the cut-off, everybody is refunded."]))
                    .error(error("minimum")))
            }))
            (card(html! {
                (card_head(p(["卖什么", "賣什麼", "What is on the list"])))
                (finder(here, seen, t))
                ul { @for product in &seen.shelf { (shelf(here, product, t)) } }
            }))
        }
    };
    shown_as(refused.map_or(axum::http::StatusCode::OK, |r| status(r.code())), &frame, body)
}

/// Looks for goods without leaving the page: everything typed stays.
fn finder(here: &Here, seen: &Seen, t: &Form) -> Markup {
    let label = here.pick(["找别的商品", "找別的商品", "Find other goods"]);
    html! {
        @for id in &seen.found { input type="hidden" name="found" value=(id); }
        (field::search("q", label, t.get("q")).most(100))
        @if seen.none { p class="note" role="status" { (here.pick(["没有找到，换个词试试",
            "沒有找到，換個詞試試", "Nothing found. Try another word."])) } }
        (button(here.pick(["找", "找", "Find"])).small().value("find", "1"))
    }
}

fn paid(here: &Here, group: &str, terms: service::Terms) -> Markup {
    html! {
        p class="note" {
            (group) " · " (here.pick(["服务费 ", "服務費 ", "you earn "]))
            (terms_words(here, terms))
            (here.pick(["（货交到邻居手上才算，自己的单子不算）",
                "（貨交到鄰居手上才算，自己的單子不算）",
                " (when handed out; not of your own orders)"]))
        }
    }
}

/// A product with its variants: ticked ones go on the list, each with a limit of its own.
fn shelf(here: &Here, product: &Product, t: &Form) -> Markup {
    let shots = Shot::all_of(product);
    html! {
        @for v in product.variants.iter().filter(|v| v.on_hand > 0) {
            @let key = v.id.to_string();
            @let name = format!("{} {}", product.title, v.choices.join(" "));
            @let most = format!("most_{key}");
            li class="pick" {
                label class="row grow" {
                    input class="tick" type="checkbox" name="variant" value=(key)
                        checked[t.all("variant").any(|x| x == key)];
                    @if let Some(shot) = shots.first() { (thumb(&photo(shot), 40)) }
                    span class="grow" {
                        (name.trim()) br;
                        span class="note" {
                            (format::money(sum(here, v.price))) " · "
                            (here.pick(["库存 ", "庫存 ", "in stock "])) (v.on_hand)
                        }
                    }
                }
                input class="input -qty" name=(most) value=(t.get(&most)) inputmode="numeric"
                    maxlength="6" placeholder=(here.pick(["限量", "限量", "limit"]))
                    aria-label={ (here.pick(["限量：", "限量：", "Limit: "])) (name) };
            }
        }
    }
}

/// `2026-07-19T22:00` on the community's clock; what is no time is out of every range.
fn moment(here: &Here, typed: &str) -> Moment {
    let civil = typed.parse::<jiff::civil::DateTime>().ok();
    let zoned = civil.and_then(|t| t.to_zoned(here.zone()).ok());
    zoned.map_or(Moment(0), |z| Moment(z.timestamp().as_millisecond()))
}

pub async fn open(State(house): State<House>, here: Here, form: Form) -> Result<Response, Sorry> {
    let who = match member_or_door(&here, &format!("{}/lead/new", here.base())) {
        Ok(who) => who,
        Err(door) => return Ok(leave(&here, &door)),
    };
    let seen = look(&house, who, &form).await?;
    let id = form.must_id::<id::Campaign>("id")?;
    if form.has("find") {
        return Ok(page(&here, &seen, &form, None));
    }
    // without a pick-up point there was nothing to choose
    let Some(group) = form.id::<id::Group>("group") else {
        return Ok(page(&here, &seen, &form, Some(Refused::NoPickupPoint)));
    };
    let minimum = match form.get("minimum") {
        "" => Some(0),
        typed => price::price(typed, here.place.currency),
    };
    let terms = Terms {
        title: form.get("title").into(),
        letter: form.raw("letter").into(),
        cut_off: moment(&here, form.get("cut_off")),
        arrives: moment(&here, form.get("arrives")),
        minimum: minimum.unwrap_or(-1),
    };
    let most = |key: &str| match form.get(&format!("most_{key}")) {
        "" => 0,
        typed => typed.parse().unwrap_or(-1),
    };
    let offers = form.all("variant").filter_map(|key| {
        let variant = rules::base::Id::parse(key)?;
        Some(NewOffer { variant, price: None, most: most(key) })
    });
    let offers = offers.collect();
    let cmd = OpenChainOrder { who, id, group, terms, offers };
    match house.app.open_chain_order(here.now, cmd).await {
        Ok(()) => Ok(leave(&here, &format!("{}/campaigns/{id}", here.base()))),
        Err(Stop::Refused(r)) => Ok(page(&here, &seen, &form, Some(r))),
        Err(Stop::Fault(fault)) => Err(fault.into()),
    }
}

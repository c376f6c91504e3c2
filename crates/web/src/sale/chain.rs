//! A chain order: the leader's letter, what one may order, until when, and who has.
use super::chain_list::{goal, orders};
use super::{Shot, chosen, photo, shown, shown_as, sum};
use crate::House;
use crate::form::Form;
use crate::live::watched::{Drawn, watched};
use crate::loyalty::tier_words;
use crate::reply::{Sorry, said};
use crate::ui::page::Stream;
use crate::ui::{
    Head, Page, Person, Size, Tone, Top, avatar, banner, banner_of, button, countdown, fragment,
    price, stepper, tag, thumb,
};
use crate::who::Here;
use crate::words::{Lang, format};
use app::community::who::Who;
use app::sale::place_order::Refused;
use app::sale::views_chain::{ChainPage, OfferRow, Own};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use maud::{Markup, html};
use rules::base::{Id, id};
use rules::sale::chain::{self, ChainState, PlaceState};
use rules::spread::link::Shown;

pub(super) async fn found(
    house: &House,
    here: &Here,
    id: Id<id::Campaign>,
) -> Result<Option<ChainPage>, Sorry> {
    let me = here.who.map(|w| w.member);
    let Some(mut page) = house.app.chain_page(here.place.id, id, me).await? else {
        return Ok(None);
    };
    // alone she pays what her tier pays
    let products = page.offers.iter().map(|f| f.product).collect();
    let tiers = tier_words::of_members(house, here, products).await?;
    for f in &mut page.offers {
        f.alone = tiers.price(f.variant, f.alone).unwrap_or(f.alone);
    }
    Ok(Some(page))
}

/// The list for who may order from it: one of a closed group is its own.
pub(super) async fn inside(
    house: &House,
    here: &Here,
    id: Id<id::Campaign>,
) -> Result<Option<ChainPage>, Sorry> {
    let page = found(house, here, id).await?;
    let lists = Lists::of(house, here).await?;
    Ok(page.filter(|p| lists.open_to(p.row.group)))
}

/// Whose lists somebody may see: those of open groups and of their own; staff who serve lists
/// all of them.
pub(crate) struct Lists {
    staff: bool,
    groups: Vec<Id<id::Group>>,
}

impl Lists {
    pub async fn of(house: &House, here: &Here) -> Result<Lists, Sorry> {
        Lists::of_who(house, here.place.id, here.who).await
    }
    pub async fn of_who(
        house: &House,
        c: Id<id::Community>,
        who: Option<Who>,
    ) -> Result<Lists, Sorry> {
        let groups = house.app.readable_groups(c, who.map(|w| w.member)).await?;
        Ok(Lists { staff: who.is_some_and(|w| w.rights.serves_lists()), groups })
    }
    pub fn open_to(&self, group: Id<id::Group>) -> bool {
        self.staff || self.groups.contains(&group)
    }
}

/// Whether it still takes orders.
pub(super) fn runs(here: &Here, p: &ChainPage) -> bool {
    chain::takes(p.row.state, p.row.cut_off, here.now)
}

/// `label` says that somebody earns by what is ordered here.
pub(super) fn page(house: &House, here: &Here, p: &ChainPage, label: &Markup) -> Response {
    shown(&frame(house, here, p), body(here, p, label, &Form::default()))
}

/// The list again, with what was put on it and what is wrong with that.
pub(super) fn refused(
    house: &House,
    here: &Here,
    (p, label): (&ChainPage, &Markup),
    (typed, no): (&Form, Refused),
) -> Response {
    let body = html! {
        (banner(said(no, here.lang), Tone::Danger))
        (body(here, p, label, typed))
    };
    shown_as(StatusCode::UNPROCESSABLE_ENTITY, &frame(house, here, p), body)
}

fn body(here: &Here, p: &ChainPage, label: &Markup, typed: &Form) -> Markup {
    let url = format!("{}/campaigns/{}", here.base(), p.row.id);
    html! {
        @if !runs(here, p) { (over(here, p)) }
        @for own in &p.mine { (own_order(here, own)) }
        (label)
        article class="letter" {
            (leader(here, p))
            div class="letter-text" {
                h1 class="t1" { (p.row.title) }
                @for part in p.letter.split('\n').filter(|t| !t.is_empty()) { p { (part) } }
            }
            (terms(here, p))
            div id="goal" { (goal(here, &p.row)) }
            form id="list" method="get" action={ (url) "/order" } {
                ul class="-rows" { @for f in &p.offers { (offer(here, p, f, typed)) } }
            }
        }
        div id="joins" { (orders(here, &p.orders)) }
        (rules(here, p))
    }
}

fn leader(here: &Here, p: &ChainPage) -> Markup {
    let row = &p.row;
    html! {
        header class="row" {
            (avatar(Person::new(row.leader.raw(), &row.leader_name), Size::L))
            div class="grow" {
                p class="t3" { (row.leader_name) " "
                    (tag(here.pick(["团长", "團長", "Leader"]), Tone::Green)) }
                p class="note" { a class="link" href={ (here.base()) "/groups/" (row.group) } {
                    (row.group_name) } }
            }
        }
    }
}

fn terms(here: &Here, p: &ChainPage) -> Markup {
    let at = |m| format::day_time(here.lang, m, here.now, &here.zone());
    html! {
        dl class="sum" {
            div {
                dt { (here.pick(["截单", "截單", "Cut-off"])) }
                dd {
                    (at(p.row.cut_off))
                    @if runs(here, p) {
                        " " span class="note" {
                            (here.pick(["剩 ", "剩 ", "in "]))
                            (countdown(here.lang, p.row.cut_off, here.now))
                        }
                    }
                }
            }
            div {
                dt { (here.pick(["到货", "到貨", "Arrives"])) }
                dd { (at(p.row.arrives)) @if !p.hours.is_empty() { " · " (p.hours) } }
            }
            div { dt { (here.pick(["取货", "取貨", "Collect at"])) } dd { (p.pickup) } }
        }
    }
}

fn offer(here: &Here, p: &ChainPage, f: &OfferRow, typed: &Form) -> Markup {
    let name = format!("q_{}", f.variant);
    let shot = Shot::of_offer(f);
    let left = f.left().clamp(0, 999);
    let few = f.most > 0 || left < 20;
    html! {
        li class="letter-row" {
            (thumb(&photo(&shot), 64))
            div class="grow stack -xs" {
                h3 class="t3" {
                    a href={ (here.base()) "/products/" (f.product) } { (f.title) }
                }
                @if !f.choices.is_empty() { p class="note" { (chosen(&f.choices)) } }
                div class="row" {
                    (price(sum(here, f.price)))
                    @if f.price < f.alone {
                        span class="note" {
                            (here.pick(["单买 ", "單買 ", "Alone "]))
                            (format::money(sum(here, f.alone)))
                        }
                    }
                    span class="end" {
                        @if !runs(here, p) {}
                        @else if left == 0 {
                            (tag(here.pick(["这次订完了", "這次訂完了", "All ordered"]), Tone::Plain))
                        } @else {
                            @let n = typed.int(&name).unwrap_or(0).clamp(0, left);
                            (stepper(here.lang, &name, n, 0, left, &f.title))
                        }
                    }
                }
                @if few && left > 0 && runs(here, p) {
                    p class="note" { @match here.lang {
                        Lang::En => { (left) " left" },
                        Lang::Hans => { "剩 " (left) " 份" },
                        Lang::Hant => { "剩 " (left) " 份" },
                    } }
                }
            }
        }
    }
}

fn over(here: &Here, p: &ChainPage) -> Markup {
    let words = match p.row.state {
        ChainState::Open => {
            ["截单了，正在结算", "截單了，正在結算", "Closed; it is being settled."]
        }
        ChainState::Standing => {
            ["截单了，团长在备货", "截單了，團長在備貨", "Closed. The leader is getting it ready."]
        }
        ChainState::Failing | ChainState::Failed => [
            "没有达到起送金额，钱原路退回",
            "沒有達到起送金額，錢依原付款方式退回",
            "It stayed below its minimum. Everybody's money goes back.",
        ],
    };
    banner(here.pick(words), Tone::Gold)
}

fn own_order(here: &Here, own: &Own) -> Markup {
    let order = format!("{}/orders/{}", here.base(), own.order);
    let (text, link, to) = match own.state {
        PlaceState::Held => (
            here.pick([
                "付款后就有跟团号",
                "付款後就有跟團號",
                "You get your number when you pay.",
            ])
            .to_string(),
            here.pick(["去付款", "去付款", "Pay"]),
            format!("{order}/pay"),
        ),
        _ => (
            match here.lang {
                Lang::En => format!("You are number {}.", own.number),
                Lang::Hans => format!("你是 {} 号", own.number),
                Lang::Hant => format!("你是 {} 號", own.number),
            },
            here.pick(["看订单", "看訂單", "Your order"]),
            order,
        ),
    };
    banner_of(html! { (text) }, Tone::Green, Some(button(link).to(&to).small()))
}

fn rules(here: &Here, p: &ChainPage) -> Markup {
    let minimum = format::money(sum(here, p.row.minimum));
    let mut lines = vec![
        here.pick([
            "付款后给跟团号，号码不重不漏。没付款的单子最晚到截单就放掉。",
            "付款後給跟團號，號碼不重不漏。沒付款的單子最晚到截單就放掉。",
            "You get a number when you pay. Unpaid orders end with the cut-off at the latest.",
        ])
        .to_string(),
    ];
    if p.row.minimum > 0 {
        lines.push(match here.lang {
            Lang::En => format!(
                "If all orders together come to less than {minimum} at the cut-off, everybody is \
                 refunded."
            ),
            Lang::Hans => format!("截单时大家一共不到 {minimum}，每个人都原路退款。"),
            Lang::Hant => format!("截單時大家一共不到 {minimum}，每個人都依原付款方式退款。"),
        });
    }
    lines.push(
        here.pick([
            "可以下几次单，每次一个号。名字要不要给邻居看，下单时自己选。",
            "可以下幾次單，每次一個號。名字要不要給鄰居看，下單時自己選。",
            "You may order more than once, each with its number. You choose whether neighbours \
             see your name.",
        ])
        .to_string(),
    );
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    crate::ui::card(crate::ui::rules(here.pick(["接龙规则", "接龍規則", "The rules"]), &lines))
}

fn frame(house: &House, here: &Here, p: &ChainPage) -> Page {
    let path = format!("{}/campaigns/{}", here.base(), p.row.id);
    let name = here.pick(["接龙", "接龍", "Chain order"]);
    let until = format::day_time(here.lang, p.row.cut_off, here.now, &here.zone());
    let description = match here.lang {
        Lang::En => format!("{} takes orders until {until}", p.row.leader_name),
        Lang::Hans => format!("{}的接龙，{until} 截单", p.row.leader_name),
        Lang::Hant => format!("{}的接龍，{until} 截單", p.row.leader_name),
    };
    let end = runs(here, p).then(|| crate::spread::button(here, Shown::Campaign, p.row.id.raw()));
    let shot = Shot::of_chain(&p.row);
    Page {
        title: p.row.title.clone(),
        top: Top::Bar {
            title: name.to_string(),
            sub: None,
            back: Some(format!("{}/campaigns", here.base())),
            end,
        },
        bar: runs(here, p).then(|| bar(here, p)),
        head: Head {
            description,
            canonical: Some(format!("{}{path}", house.setup.address)),
            image: Some(format!("{}{}", house.setup.address, shot.file(720))),
            kind: "product",
            ..Head::default()
        },
        stream: Some(Stream { src: format!("{path}/live"), after: String::new() }),
        ..here.page()
    }
}

fn bar(here: &Here, p: &ChainPage) -> Markup {
    let next = p.row.last_number + 1;
    let note = match here.lang {
        Lang::En => format!("You would be number {next}"),
        Lang::Hans => format!("现在付款是 {next} 号"),
        Lang::Hant => format!("現在付款是 {next} 號"),
    };
    let none = p.offers.iter().all(|f| f.left() == 0);
    html! {
        p class="note grow" { (note) }
        button class="btn -primary" type="submit" form="list" disabled[none] {
            (here.pick(["跟团", "跟團", "Order"]))
        }
    }
}

/// `GET …/campaigns/{campaign}/live`: the list and the goal as they are.
pub(super) async fn live(
    house: &House,
    here: Here,
    id: Id<id::Campaign>,
    headers: &HeaderMap,
    form: &Form,
) -> Result<Response, Sorry> {
    let visit = || house.app.mint::<id::Request>(here.now).to_string();
    let session = format!("campaign {}", here.token.clone().unwrap_or_else(visit));
    let topic = (here.place.id.raw(), id.raw());
    let asked = (house.clone(), here);
    let draw = move || {
        let (house, mut here) = asked.clone();
        here.visit.now = house.now();
        async move { drawn(&house, &here, id).await }
    };
    watched(house, (topic, &session), (headers, form), draw).await
}

async fn drawn(house: &House, here: &Here, id: Id<id::Campaign>) -> Option<Drawn> {
    let p = inside(house, here, id).await.ok()??;
    let text =
        fragment().inner("#goal", goal(here, &p.row)).inner("#joins", orders(here, &p.orders));
    let state = ChainState::ALL.iter().position(|s| *s == p.row.state).unwrap_or(0) as i64;
    let shown = p.orders.len() as i64;
    let mark = (p.row.last_number * 64 + shown) * 4 + state;
    Some(Drawn { mark: mark * 100_000_007 + p.row.raised % 100_000_007, text })
}

//! One group buy: what it costs together, who is in, how long it lasts, and the way in.
use super::campaign_parts::{Seen, joined, rules, seats};
use super::chain::Lists;
use super::{Shot, chain, chosen, leave, named, photo, shown, sum};
use crate::House;
use crate::form::Form;
use crate::live::watched::{Drawn, watched};
use crate::loyalty::tier_words;
use crate::reply::Sorry;
use crate::ui::page::{Stream, bar_link};
use crate::ui::{
    Around, Choice, Head, Icon, Page, Tone, Top, banner, button, card, choice_chips, fragment,
    gallery, price_xl, tag, tag_icon,
};
use crate::who::Here;
use crate::words::{Lang, format};
use app::sale::views_group_buy::{CampaignPage, PriceRow};
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use maud::{Markup, Render, html};
use rules::base::{Id, id};
use rules::sale::group_buy::{CampaignState, SeatState};
use rules::spread::link::Shown;

type Of = Path<(String, String)>;

pub async fn campaign(
    State(house): State<House>,
    here: Here,
    Path((_, id)): Of,
    headers: HeaderMap,
    form: Form,
) -> Result<Response, Sorry> {
    let id = named(&id)?;
    let label = crate::spread::commission_words::label(&house, &here, &headers).await?;
    if let Some(list) = chain::found(&house, &here, id).await? {
        if !Lists::of(&house, &here).await?.open_to(list.row.group) {
            // as the group's chat: whoever is not in it finds its door
            return Ok(leave(&here, &format!("{}/groups/{}", here.base(), list.row.group)));
        }
        let serves = crate::spread::service_words::label(&house, &here, id).await?;
        return Ok(chain::page(&house, &here, &list, &html! { (label) (serves) }));
    }
    let seen = look(&house, &here, id, form.id("team")).await?;
    let ticked = form.id::<id::Variant>("variant");
    let frame = frame(&house, &here, &seen);
    Ok(shown(&frame, body(&here, &seen, ticked, label)))
}

async fn look(
    house: &House,
    here: &Here,
    id: Id<id::Campaign>,
    team: Option<Id<id::Team>>,
) -> Result<Seen, Sorry> {
    let c = here.place.id;
    let me = here.who.map(|w| w.member);
    let mut page = house.app.campaign_page(here.now, c, id, me).await?.ok_or(Sorry::NotFound)?;
    // alone she pays what her tier pays
    let tiers = tier_words::of_members(house, here, vec![page.row.product]).await?;
    for v in &mut page.prices {
        v.alone = tiers.price(v.variant, v.alone).unwrap_or(v.alone);
    }
    // the team that was asked for, one's own, or the one nearest to full
    let wanted = team.or(page.mine.map(|m| m.team));
    let team = match wanted {
        Some(team) => house.app.team_of(c, id, team).await?,
        None => page.teams.first().cloned(),
    };
    // a team nobody has paid for is its opener's own affair
    let mine = page.mine.map(|m| m.team);
    let team = team.filter(|t| t.members > 0 || Some(t.id) == mine);
    let running = running(here, &page);
    Ok(Seen { page, team, running })
}

/// What a buyer may choose from now.
fn on_sale(p: &CampaignPage) -> impl Iterator<Item = &PriceRow> {
    p.prices.iter().filter(|v| v.listed && v.on_hand > 0)
}

fn running(here: &Here, p: &CampaignPage) -> bool {
    p.row.state == CampaignState::Open && p.row.starts <= here.now && here.now < p.row.ends
}

fn body(here: &Here, seen: &Seen, ticked: Option<Id<id::Variant>>, label: Markup) -> Markup {
    let p = &seen.page;
    let shot = Shot::of_campaign(&p.row);
    html! {
        (gallery(here.lang, &[photo(&shot)], true))
        (headline(here, p))
        (label)
        @if !running(here, p) { (closed(here, p)) }
        (own_seat(here, p))
        div id="seats" { (seats(here, seen)) }
        @if running(here, p) { (choose(here, p, ticked)) }
        @if !p.story.is_empty() {
            (card(html! { @for part in p.story.split('\n') { p { (part) } } }))
        }
        div id="joins" { (joined(here, seen)) }
        (rules(here, p))
    }
}

fn headline(here: &Here, p: &CampaignPage) -> Markup {
    let alone = p.prices.iter().map(|v| v.alone).min().unwrap_or(p.row.price);
    let size = match here.lang {
        Lang::En => format!("Team of {}", p.row.size),
        Lang::Hans => format!("{} 人团", p.row.size),
        Lang::Hant => format!("{} 人團", p.row.size),
    };
    let leader = p.prices.iter().map(|v| v.leader).min().filter(|l| *l < p.row.price);
    html! {
        section class="card pull" {
            div class="row -base -wrap" {
                (price_xl(sum(here, p.row.price)))
                span class="sub" {
                    (here.pick(["单买 ", "單買 ", "Alone "])) (format::money(sum(here, alone)))
                }
                span class="end" { (tag(&size, Tone::Accent)) }
            }
            h1 class="t1" { (p.row.title) }
            @if !p.brief.is_empty() { p class="sub" { (p.brief) } }
            div class="row -wrap" {
                @if let Some(leader) = leader {
                    @let text = format!("{} {}",
                        here.pick(["开团人", "開團人", "Who opens a team pays"]),
                        format::money(sum(here, leader)));
                    (tag_icon(&text, Tone::Gold, Icon::Star))
                }
                (tag_icon(here.pick(["没有虚拟人数", "沒有虛擬人數", "Real people only"]),
                    Tone::Green, Icon::Shield))
            }
        }
    }
}

fn closed(here: &Here, p: &CampaignPage) -> Markup {
    let early = p.row.starts > here.now;
    let at = format::day_time(here.lang, p.row.starts, here.now, &here.zone());
    html! {
        @if early {
            (banner(&match here.lang {
                Lang::En => format!("Starts {at}"),
                Lang::Hans => format!("{at} 开始"),
                Lang::Hant => format!("{at} 開始"),
            }, Tone::Gold))
        } @else {
            (banner(here.pick([
                "这个拼团结束了，已经开的团照常走完",
                "這個團購結束了，已經開的團照常走完",
                "This group buy is over. Teams that are open run to their ends.",
            ]), Tone::Gold))
        }
    }
}

/// The reader's own seat, and what to do with it.
fn own_seat(here: &Here, p: &CampaignPage) -> Markup {
    let Some(mine) = p.mine else { return html! {} };
    let order = format!("{}/orders/{}", here.base(), mine.order);
    let (text, link, to) = match mine.state {
        SeatState::Held => (
            here.pick([
                "给你留了位子，付款才算数",
                "幫你留了位子，付款才算數",
                "A seat is kept for you. It counts once you pay.",
            ]),
            here.pick(["去付款", "去付款", "Pay"]),
            format!("{order}/pay"),
        ),
        SeatState::Kept => (
            here.pick(["成团了，你在里面", "成團了，你在裡面", "It is complete, and you are in."]),
            here.pick(["看订单", "看訂單", "Your order"]),
            order,
        ),
        _ => (
            here.pick(["你在团里了", "你在團裡了", "You are in."]),
            here.pick(["看订单", "看訂單", "Your order"]),
            order,
        ),
    };
    crate::ui::banner_of(html! { (text) }, Tone::Green, Some(button(link).to(&to).small()))
}

/// Which one and how many; the bar's button sends it.
fn choose(here: &Here, p: &CampaignPage, ticked: Option<Id<id::Variant>>) -> Markup {
    let first = on_sale(p).next().map(|v| v.variant);
    let on = ticked.filter(|t| on_sale(p).any(|v| v.variant == *t)).or(first);
    let keys: Vec<String> = p.prices.iter().map(|v| v.variant.to_string()).collect();
    let texts: Vec<String> = p
        .prices
        .iter()
        .map(|v| format!("{} {}", chosen(&v.choices), format::money(sum(here, v.price))))
        .collect();
    let chips: Vec<Choice> = p
        .prices
        .iter()
        .zip(keys.iter().zip(&texts))
        .map(|(v, (key, text))| {
            let choice = Choice::new(key, text.trim(), on == Some(v.variant));
            if v.listed && v.on_hand > 0 { choice } else { choice.off() }
        })
        .collect();
    let around = Around::new("variant", here.pick(["选规格", "選規格", "Choose"]));
    let most = p.prices.iter().map(|v| v.on_hand).max().unwrap_or(1).clamp(1, 99);
    html! {
        form class="card" id="seat" method="get" action={ (here.base()) "/checkout" } {
            input type="hidden" name="campaign" value=(p.row.id);
            @match (p.prices.len(), on) {
                (1, Some(v)) => { input type="hidden" name="variant" value=(v); }
                _ => (choice_chips(around, &chips, false)),
            }
            div class="row" {
                span class="grow field-label" { (here.pick(["数量", "數量", "Quantity"])) }
                (crate::ui::stepper(here.lang, "qty", 1, 1, most, &p.row.title))
            }
        }
    }
}

fn frame(house: &House, here: &Here, seen: &Seen) -> Page {
    let p = &seen.page;
    let shot = Shot::of_campaign(&p.row);
    let path = format!("{}/campaigns/{}", here.base(), p.row.id);
    let missing = seen.team.as_ref().map_or(p.row.size, |t| t.missing());
    let price = format::money(sum(here, p.row.price));
    let description = match here.lang {
        Lang::En => format!("{price} together, {missing} more to go"),
        Lang::Hans => format!("拼团价 {price}，还差 {missing} 人成团"),
        Lang::Hant => format!("團購價 {price}，還差 {missing} 人成團"),
    };
    let team = seen.team.as_ref().map(|t| format!("?team={}", t.id)).unwrap_or_default();
    let end =
        running(here, p).then(|| crate::spread::button(here, Shown::Campaign, p.row.id.raw()));
    Page {
        title: p.row.title.clone(),
        top: Top::Clear { back: format!("{}/campaigns", here.base()), end },
        flush: true,
        bar: running(here, p).then(|| bar(here, seen)),
        head: Head {
            description,
            canonical: Some(format!("{}{path}", house.setup.address)),
            image: Some(format!("{}{}", house.setup.address, shot.file(720))),
            kind: "product",
            ..Head::default()
        },
        stream: Some(Stream { src: format!("{path}/live{team}"), after: String::new() }),
        ..here.page()
    }
}

fn bar(here: &Here, seen: &Seen) -> Markup {
    let (p, base) = (&seen.page, here.base());
    let alone = p.prices.iter().map(|v| v.alone).min().unwrap_or(0);
    let leader = p.prices.iter().map(|v| v.leader).min().unwrap_or(0);
    let product = format!("{base}/products/{}", p.row.product);
    let room = seen.team.as_ref().filter(|t| t.has_room(here.now));
    let taken = p.mine.is_some_and(|m| Some(m.team) == seen.team.as_ref().map(|t| t.id));
    let sold_out = on_sale(p).next().is_none();
    html! {
        (bar_link(Icon::Home, here.pick(["首页", "首頁", "Home"]), &base))
        a class="btn grow" href=(product) {
            span {
                small { (here.pick(["单独买", "單獨買", "Alone"])) }
                (format::money(sum(here, alone)))
            }
        }
        @if sold_out {
            (button(here.pick(["卖完了", "賣完了", "Sold out"])).grow().disabled(true).render())
        } @else if let (Some(team), false) = (room, taken) {
            button class="btn -primary grow" type="submit" form="seat" name="team" value=(team.id) {
                span {
                    small { (here.pick(["参团", "參團", "Join"])) }
                    (format::money(sum(here, p.row.price)))
                }
            }
        } @else {
            button class="btn -primary grow" type="submit" form="seat" {
                span {
                    small { (here.pick(["开新团", "開新團", "Open a team"])) }
                    (format::money(sum(here, leader)))
                }
            }
        }
    }
}

/// `GET …/campaigns/{campaign}/live?team=`: the seats and the list as they are.
pub async fn live(
    State(house): State<House>,
    here: Here,
    Path((_, id)): Of,
    headers: HeaderMap,
    form: Form,
) -> Result<Response, Sorry> {
    let (id, team) = (named::<id::Campaign>(&id)?, form.id("team"));
    if chain::found(&house, &here, id).await?.is_some() {
        return chain::live(&house, here, id, &headers, &form).await;
    }
    look(&house, &here, id, team).await?;
    // strangers have no session to count by; the house's own limit of connections holds for them
    let visit = || house.app.mint::<id::Request>(here.now).to_string();
    let session = format!("campaign {}", here.token.clone().unwrap_or_else(visit));
    let topic = (here.place.id.raw(), id.raw());
    let asked = (house.clone(), here);
    let draw = move || {
        let (house, mut here) = asked.clone();
        here.visit.now = house.now();
        async move { drawn(&house, &here, id, team).await }
    };
    watched(&house, (topic, &session), (&headers, &form), draw).await
}

async fn drawn(
    house: &House,
    here: &Here,
    id: Id<id::Campaign>,
    team: Option<Id<id::Team>>,
) -> Option<Drawn> {
    let seen = look(house, here, id, team).await.ok()?;
    let text = fragment().inner("#seats", seats(here, &seen)).inner("#joins", joined(here, &seen));
    Some(Drawn { mark: seen.mark(), text })
}

//! A red packet: the envelope, one tap to open it, who had what luck, where the money went, proof.
use super::packet_words::{proof_words, rules_of, taken, wish_words};
use crate::House;
use crate::community::chat::Room;
use crate::community::chat_say::fragment_reply;
use crate::community::lines::name_or_gone;
use crate::form::named;
use crate::reply::{Sorry, said, status_of};
use crate::ui::packet::{Lucky, envelope, luck_list, packet_inside};
use crate::ui::{Page, Person, SumRow, Tone, Top, banner, card_head, fragment, rules, sum_list};
use crate::who::Here;
use crate::words::Lang;
use crate::words::format::{clock, count, day_time, money};
use app::Stop;
use app::community::who::Who;
use app::spread::take_packet::TakePacket;
use app::spread::views_packet::{Luck, PacketPage};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use rules::base::{Id, Money, id};
use rules::community::role::Right;
use rules::spread::packet::State as Stand;

/// So much luck is listed; a packet may have five hundred shares.
const LISTED: usize = 100;

/// The packet, for whoever reads its group or looks after the shop's money.
async fn found(house: &House, here: &Here, packet: &str) -> Result<(Who, PacketPage), Sorry> {
    let (who, id) = (here.member()?, named::<id::RedPacket>(packet)?);
    let page = house.app.packet_page(here.place.id, id).await?.ok_or(Sorry::NotFound)?;
    let room = Room::of(house, here, &page.packet.group.to_string()).await?;
    match room.reads() || who.rights.may(Right::Money) {
        true => Ok((who, page)),
        false => Err(Sorry::NotFound),
    }
}

fn address(here: &Here, id: Id<id::RedPacket>) -> String {
    format!("{}/packets/{id}", here.base())
}

pub async fn page(
    State(house): State<House>,
    here: Here,
    Path((_, packet)): Path<(String, String)>,
) -> Result<Markup, Sorry> {
    let (who, page) = found(&house, &here, &packet).await?;
    let barred = barred(&house, &here, who, &page).await?;
    Ok(shown(&here, (who, &barred), &page, None))
}

pub async fn take(
    State(house): State<House>,
    here: Here,
    Path((_, packet)): Path<(String, String)>,
) -> Result<Response, Sorry> {
    let (who, page) = found(&house, &here, &packet).await?;
    let id = page.packet.id;
    match house.app.take_packet(here.now, TakePacket { who, packet: id }).await {
        Ok(_) if here.fragment => {
            let (who, page) = found(&house, &here, &packet).await?;
            let fresh = fragment()
                .replace("#packet", opened(&here, (who, &None), &page))
                .replace("#luck", luck(&here, &page));
            Ok(fragment_reply(200, fresh))
        }
        Ok(_) => Ok(Redirect::to(&address(&here, id)).into_response()),
        Err(Stop::Fault(fault)) => Err(fault.into()),
        Err(Stop::Refused(no)) => {
            let (status, says) = (status_of(no.code()), said(no, here.lang));
            if here.fragment {
                return Ok(fragment_reply(status, fragment().toast(says, Tone::Danger)));
            }
            // somebody was faster: the page shows how it stands now
            let (who, page) = found(&house, &here, &packet).await?;
            let status = StatusCode::from_u16(status).unwrap_or(StatusCode::CONFLICT);
            let barred = barred(&house, &here, who, &page).await?;
            Ok((status, shown(&here, (who, &barred), &page, Some(says))).into_response())
        }
    }
}

/// Why the reader cannot take a share, in a sentence with the hour.
async fn barred(
    house: &House,
    here: &Here,
    who: Who,
    page: &PacketPage,
) -> Result<Option<String>, Sorry> {
    let p = &page.packet;
    if page.of(who.member).is_some() || !p.runs(here.now) {
        return Ok(None);
    }
    let found = house.app.packet_barred(here.now, who, p.id).await?;
    let day = |at| day_time(here.lang, at, here.now, &here.zone());
    Ok(found.map(|(no, from)| match (from, here.lang) {
        (None, _) => said(no, here.lang).to_string(),
        (Some(from), Lang::Hans) if from >= p.until => {
            format!("入群满 24 小时才能领。你 {} 才满，那时红包已过期", day(from))
        }
        (Some(from), Lang::Hant) if from >= p.until => {
            format!("入群滿 24 小時才能領。你 {} 才滿，那時紅包已過期", day(from))
        }
        (Some(from), Lang::En) if from >= p.until => format!(
            "It is for those who have been in the group for 24 hours. For you that is {}, when \
             it will be over.",
            day(from)
        ),
        (Some(from), Lang::Hans) => format!("入群满 24 小时才能领，你 {} 起可以领", day(from)),
        (Some(from), Lang::Hant) => format!("入群滿 24 小時才能領，你 {} 起可以領", day(from)),
        (Some(from), Lang::En) => format!(
            "It is for those who have been in the group for 24 hours. You can take a share from \
             {}.",
            day(from)
        ),
    }))
}

fn title(here: &Here, page: &PacketPage) -> String {
    let name = name_or_gone(here.lang, &page.packet.by_name);
    match here.lang {
        Lang::Hans => format!("{name}的红包"),
        Lang::Hant => format!("{name}的紅包"),
        Lang::En => format!("A red packet from {name}"),
    }
}

fn shown(
    here: &Here,
    (who, barred): (Who, &Option<String>),
    page: &PacketPage,
    wrong: Option<&str>,
) -> Markup {
    let p = &page.packet;
    let frame = Page {
        title: title(here, page),
        top: Top::Bar {
            title: p.group_name.clone(),
            sub: None,
            back: Some(format!("{}/groups/{}/chat?newest=1", here.base(), p.group)),
            end: None,
        },
        class: "rpage",
        head: crate::ui::Head { private: true, ..Default::default() },
        ..here.page()
    };
    let until = day_time(here.lang, p.until, here.now, &here.zone());
    let lines = rules_of(here.lang, p, here.place.currency, &until);
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    frame.render(html! {
        @if let Some(says) = wrong { (banner(says, Tone::Danger)) }
        (opened(here, (who, barred), page))
        @if let Some(why) = barred.as_ref().filter(|_| wrong.is_none()) {
            (banner(why, Tone::Gold))
        }
        (luck(here, page))
        section class="card" { (rules(here.pick(["规则", "規則", "Rules"]), &lines)) }
        (proof(here, page))
    })
}

/// The envelope, or what was in it.
fn opened(here: &Here, (who, barred): (Who, &Option<String>), page: &PacketPage) -> Markup {
    let p = &page.packet;
    let (mine, title) = (page.of(who.member), title(here, page));
    let wish = wish_words(here.lang, &p.wish);
    let runs = p.runs(here.now) && barred.is_none();
    let to = format!("{}/take", address(here, p.id));
    let by = Person::new(p.by.raw(), name_or_gone(here.lang, &p.by_name));
    html! {
        red-packet id="packet" data-open[mine.is_some()] {
            (envelope(here.lang, by, (&title, wish, &note(here, page)), runs.then_some(&to)))
            @if let Some(mine) = mine { (inside(here, &format!("{title} · {wish}"), mine)) }
        }
    }
}

fn inside(here: &Here, title: &str, mine: &Luck) -> Markup {
    let wallet = format!("{}/wallet", here.base());
    let amount = Money::new(mine.amount, here.place.currency);
    packet_inside(
        title,
        amount,
        html! { (here.pick(["已放进", "已放進", "It is in"])) " "
        a href=(wallet) { (here.pick(["你的余额", "你的餘額", "your wallet"])) } },
    )
}

fn note(here: &Here, page: &PacketPage) -> String {
    let p = &page.packet;
    let until = day_time(here.lang, p.until, here.now, &here.zone());
    let left = p.slots - p.taken;
    match (p.state, p.runs(here.now), here.lang) {
        (Stand::Finished, _, _) => {
            here.pick(["手慢了，已经领完", "手慢了，已經領完", "Every share is taken"]).to_string()
        }
        (_, false, _) => {
            here.pick(["这个红包已过期", "這個紅包已過期", "This red packet is over"]).to_string()
        }
        (_, _, Lang::Hans) => format!("{} 个 · 还剩 {left} 个 · {until} 过期", p.slots),
        (_, _, Lang::Hant) => format!("{} 個 · 還剩 {left} 個 · {until} 過期", p.slots),
        (_, _, Lang::En) => {
            format!("{} · {left} left · until {until}", count(here.lang, p.slots, ["", ""], SHARES))
        }
    }
}
const SHARES: [&str; 2] = ["share", "shares"];

/// Who had what, and where the money is.
fn luck(here: &Here, page: &PacketPage) -> Markup {
    let p = &page.packet;
    let sum = |minor| Money::new(minor, here.place.currency);
    let best = page.luckiest().map(|l| l.slot);
    let row = |l: &Luck| (name_or_gone(here.lang, &l.name).to_string(), l.clone());
    let rows: Vec<(String, Luck)> = page.luck.iter().take(LISTED).map(row).collect();
    let rows: Vec<Lucky<'_>> = rows
        .iter()
        .map(|(name, l)| Lucky {
            who: Person::new(l.member.raw(), name),
            at: clock(l.at, &here.zone()),
            amount: sum(l.amount),
            luckiest: Some(l.slot) == best,
        })
        .collect();
    let given = here.pick(["进了大家的余额", "進了大家的餘額", "In members' wallets"]);
    let rest = match p.state {
        Stand::Expired => here.pick(["退回店家", "退回店家", "Went back to the shop"]),
        _ => here.pick(["还在红包里", "還在紅包裡", "Still in the packet"]),
    };
    let mut money_rows = vec![SumRow::new(given, html! { (money(sum(p.given))) })];
    if p.given < p.total {
        money_rows.push(SumRow::new(rest, html! { (money(sum(p.total - p.given))) }));
    }
    html! {
        section class="card" id="luck" {
            div class="card-head" {
                h2 class="t2" { (taken(here.lang, p)) }
                span class="note" { (here.pick(["共", "共", "in all"])) " " (money(sum(p.total))) }
            }
            (sum_list(&money_rows, None))
            (luck_list(here.lang, &rows))
            @if page.luck.len() > LISTED {
                p class="note" { (here.pick(["这里列出最近 100 人", "這裡列出最近 100 人",
                    "The latest 100 are listed here"])) }
            }
        }
    }
}

/// Everything that anybody needs to draw again.
fn proof(here: &Here, page: &PacketPage) -> Markup {
    let (p, lines) = (&page.packet, proof_words(here.lang, &page.packet));
    let amount = |n: &i64| Money::new(*n, here.place.currency).decimal();
    let drawn: Vec<String> = page.drawn.iter().map(amount).collect();
    html! {
        section class="card stack" {
            (card_head(here.pick(["金额是怎么定的", "金額是怎麼定的", "How the shares were drawn"])))
            p class="sub" { (lines[0]) }
            p class="code" { (p.seed_hash) }
            @for line in &lines[1..] {
                p class="sub" { (line) }
                @if let Some(seed) = p.seed.as_deref().filter(|_| *line == lines[1]) {
                    p class="code" { (seed) }
                }
            }
            @if !drawn.is_empty() {
                details class="rules" {
                    summary { (here.pick(["每一份，按顺序", "每一份，按順序", "Every share, in order"])) }
                    p class="code" { (drawn.join(" ")) }
                }
            }
        }
    }
}

//! The tiers of a community: what each gives and asks, and where the reader stands.
use super::tier_words::{gives, growth, prices};
use crate::House;
use crate::reply::Sorry;
use crate::ui::{Fill, Page, Tone, Top, banner, card, card_head, empty_state, meter, tag};
use crate::who::Here;
use crate::words::{Lang, format};
use app::loyalty::views_tier::{MemberPrices, MemberSheet};
use axum::extract::State;
use maud::{Markup, html};
use rules::loyalty::tier::{Tier, missing};

pub async fn page(State(house): State<House>, here: Here) -> Result<Markup, Sorry> {
    let seen = prices(&house, &here, Vec::new()).await?;
    let sheet = match here.who {
        Some(who) => house.app.member_sheet(here.place.id, who.member).await?,
        None => None,
    };
    let title = here.pick(["会员等级", "會員等級", "Tiers"]);
    let back = match here.who {
        Some(_) => format!("{}/me", here.base()),
        None => format!("{}/shop", here.base()),
    };
    let top = Top::Bar { title: title.into(), sub: None, back: Some(back), end: None };
    let page = Page { title: title.into(), top, ..here.page() };
    Ok(page.render(html! {
        @if seen.ladder.is_empty() {
            (empty_state(here.pick(["这里还没有会员等级", "這裡還沒有會員等級", "No tiers here yet"]),
                here.pick(["大家付一样的价格", "大家付一樣的價格", "Everybody pays the same."]), None))
        } @else {
            @if here.who.is_some() { (own(&here, &seen, sheet.as_ref())) }
            (ladder(&here, &seen))
            (rules_of(&here))
        }
    }))
}

fn own(here: &Here, seen: &MemberPrices, sheet: Option<&MemberSheet>) -> Markup {
    let kept = sheet.map_or(0, |s| s.growth);
    let next = seen.ladder.iter().find(|t| t.terms.growth > kept);
    let none = here.pick(["还没有等级", "還沒有等級", "No tier yet"]);
    let falls = sheet.and_then(|s| s.falls_at).filter(|_| seen.mine.is_some());
    card(html! {
        div class="row -base -wrap" {
            h2 class="t1" { (seen.mine.as_ref().map_or(none, |t| &t.terms.name)) }
            span class="note end" { (growth(here, kept)) }
        }
        @if let Some(mine) = &seen.mine { p { (gives(here, &mine.terms)) } }
        @if let Some(at) = falls { (banner(&kept_until(here, at), Tone::Gold)) }
        @if let Some(next) = next { (way_to(here, next, kept)) }
        @else {
            p class="sub" { (here.pick(["已经是最高一级", "已經是最高一級",
                "This is the highest there is."])) }
        }
    })
}

fn kept_until(here: &Here, at: rules::base::Moment) -> String {
    let day = format::date(here.lang, at, here.now, &here.zone());
    match here.lang {
        Lang::En => format!("Your growth is below what this tier asks. You keep it until {day}."),
        Lang::Hans => format!("成长值低于这一级的要求，等级保留到 {day}。"),
        Lang::Hant => format!("成長值低於這一級的要求，等級保留到 {day}。"),
    }
}

fn way_to(here: &Here, next: &Tier, kept: i64) -> Markup {
    let n = format::number(missing(kept, next.terms.growth, here.place.currency));
    let name = &next.terms.name;
    let words = match here.lang {
        Lang::En => format!("{n} more growth points to {name}"),
        Lang::Hans => format!("离「{name}」还差成长值 {n}"),
        Lang::Hant => format!("離「{name}」還差成長值 {n}"),
    };
    html! {
        (meter(kept, next.terms.growth, &words, Fill::Gold, false))
        p class="sub" { (words) }
    }
}

fn ladder(here: &Here, seen: &MemberPrices) -> Markup {
    let yours = here.pick(["你在这里", "你在這裡", "You are here"]);
    card(html! {
        (card_head(here.pick(["各级", "各級", "The tiers"])))
        ul class="stack" {
            @for t in &seen.ladder {
                li class="row" {
                    div class="grow" {
                        b { (t.terms.name) }
                        @if seen.mine.as_ref().is_some_and(|mine| mine.id == t.id) {
                            " " (tag(yours, Tone::Gold))
                        }
                        p class="note" { (gives(here, &t.terms)) }
                    }
                    span class="note" { (growth(here, t.terms.growth)) }
                }
            }
        }
    })
}

fn rules_of(here: &Here) -> Markup {
    let lines: [[&str; 3]; 4] = [
        [
            "成长值：近 365 天收下的商品，实付一元记 1 点；退掉的不算。",
            "成長值：近 365 天收下的商品，實付一元記 1 點；退掉的不算。",
            "Growth: one point for each whole unit paid for goods received in the last 365 days, \
             less what was given back.",
        ],
        [
            "够了马上升级；不够时先通知，保留一段时间，再一次降一级。",
            "夠了馬上升級；不夠時先通知，保留一段時間，再一次降一級。",
            "You move up at once. Before you move down you are told, keep the tier for a while, \
             and then go down by one.",
        ],
        [
            "会员价不会高于店价。",
            "會員價不會高於店價。",
            "A member price is never above the shop's price.",
        ],
        [
            "拼团和接龙有自己的价格，不再叠加会员价。",
            "團購和接龍有自己的價格，不再疊加會員價。",
            "Group buys and lists have prices of their own; member prices do not add to them.",
        ],
    ];
    let lines: Vec<&str> = lines.iter().map(|l| here.pick(*l)).collect();
    card(crate::ui::rules(here.pick(["怎么算", "怎麼算", "How it is counted"]), &lines))
}

//! Who is worth listening to: the voices of a tag, and one member's record with its numbers.
use crate::House;
use crate::form::named;
use crate::reply::Sorry;
use crate::ui::{
    Head, Icon, Page, Person, Size, Tone, Top, avatar, button, card, card_head, empty_state,
    tag_icon,
};
use crate::who::Here;
use app::learning::insight::recommender::{LEAST, Record};
use app::trust::views_voices::Badge;
use app::trust::voices::{OnTag, OwnRecord, Voice};
use axum::extract::{Path, State};
use maud::{Markup, html};
use rules::base::{Id, id};

type Which = Path<(String, String)>;

fn framed(here: &Here, title: &str, back: String) -> Page {
    Page {
        title: title.into(),
        top: Top::Bar { title: title.into(), sub: None, back: Some(back), end: None },
        head: Head { private: true, ..Head::default() },
        ..here.page()
    }
}

/// Members who agreed to be shown, the surest first.
pub async fn page(
    State(house): State<House>,
    here: Here,
    Path((_, wanted)): Which,
) -> Result<Markup, Sorry> {
    let who = here.member()?;
    let wanted: Id<id::Tag> = named(&wanted)?;
    let found = house.app.voices(who.community, wanted).await?.ok_or(Sorry::NotFound)?;
    let title = here
        .pick(["「{tag}」听谁的", "「{tag}」聽誰的", "Whom to ask about {tag}"])
        .replace("{tag}", &found.tag);
    let page = framed(&here, &title, here.base());
    Ok(page.render(html! {
        (card(html! { p class="note" { (what_it_is(&here)) } }))
        @if found.voices.is_empty() {
            (empty_state(
                here.pick(["还没有人", "還沒有人", "Nobody yet"]),
                here.pick([
                    "有人带来过这类商品的订单、并同意公开记录，就会出现在这里",
                    "有人帶來過這類商品的訂單、並同意公開紀錄，就會出現在這裡",
                    "Who led to orders of such things and agreed to show it appears here.",
                ]), None))
        } @else {
            (card(html! {
                ol class="joins" id="voices" {
                    @for v in &found.voices { (voice(&here, v)) }
                }
            }))
        }
        (own_way(&here))
    }))
}

/// To one's own record, where one agrees to be shown or takes it back.
fn own_way(here: &Here) -> Markup {
    let word = here.pick(["我的推荐记录", "我的推薦紀錄", "My record"]);
    let href = format!("{}/me/record", here.base());
    html! { (button(word).quiet().block().to(&href)) }
}

fn voice(here: &Here, v: &Voice) -> Markup {
    let href = format!("{}/members/{}/record", here.base(), v.member);
    html! {
        li {
            (avatar(Person::new(v.member.raw(), &v.name), Size::S))
            div class="grow" {
                a href=(href) { b { (v.name) } }
                p class="note" { (numbers(here, &v.record)) }
            }
            @if v.record.badge() { (mark(here)) }
        }
    }
}

fn mark(here: &Here) -> Markup {
    tag_icon(here.pick(["靠谱推荐", "靠譜推薦", "Trusted advice"]), Tone::Green, Icon::Check)
}

/// `7 单里 6 单留下 · 90% 的把握在 53–93% · 平均 4.5 星（4 人）`.
fn numbers(here: &Here, r: &Record) -> String {
    let per = |x: f64| format!("{:.0}", 100.0 * x);
    let kept = here
        .pick([
            "{n} 单里 {kept} 单留下，九成把握在 {low}–{high}%",
            "{n} 單裡 {kept} 單留下，九成把握在 {low}–{high}%",
            "{kept} of {n} orders kept: {low}–{high}%, nine times in ten",
        ])
        .replace("{n}", &r.orders.to_string())
        .replace("{kept}", &r.kept.to_string())
        .replace("{low}", &per(r.low))
        .replace("{high}", &per(r.high));
    match r.mean_stars() {
        None => kept,
        Some(mean) => {
            let rated = here
                .pick([
                    " · 买的人给 {mean} 星（{n} 次）",
                    " · 買的人給 {mean} 星（{n} 次）",
                    " · rated {mean} by its buyers ({n})",
                ])
                .replace("{mean}", &format!("{mean:.1}"))
                .replace("{n}", &r.rated.to_string());
            kept + &rated
        }
    }
}

fn what_it_is(here: &Here) -> String {
    here.pick([
        "通过这位成员的链接、帖子或接龙来的订单，收到以后有多少没有退、买的人给几星。只有几单的排不到前面；\
         {n} 单以上而且有把握才有「靠谱推荐」。自己买的、店家的都不算。",
        "透過這位成員的連結、貼文或接龍來的訂單，收到以後有多少沒有退、買的人給幾星。只有幾單的排不到前面；\
         {n} 單以上而且有把握才有「靠譜推薦」。自己買的、店家的都不算。",
        "Orders that came by a member's links, posts or lists: how many were kept once received, \
         and how their buyers rated them. A few orders do not lead the list; the mark needs {n} \
         and certainty. One's own orders and the shop's do not count.",
    ])
    .replace("{n}", &LEAST.to_string())
}

/// A member's record by tag.
pub async fn record(
    State(house): State<House>,
    here: Here,
    Path((_, member)): Which,
) -> Result<Markup, Sorry> {
    shown(&house, &here, named(&member)?).await
}
/// One's own, also before one agreed to show it.
pub async fn mine(State(house): State<House>, here: Here) -> Result<Markup, Sorry> {
    let me = here.member()?.member;
    shown(&house, &here, me).await
}

async fn shown(house: &House, here: &Here, member: Id<id::Member>) -> Result<Markup, Sorry> {
    let who = here.member()?;
    let mine = member == who.member;
    let found = house.app.member_card(who.community, member, Some(who.member)).await?;
    let name = found.ok_or(Sorry::NotFound)?.row.name;
    let own = house.app.recommender_record(who.community, member).await?;
    if !mine && !own.shown {
        return Err(Sorry::NotFound);
    }
    let title = if mine {
        here.pick(["我的推荐记录", "我的推薦紀錄", "My record"]).to_string()
    } else {
        here.pick(["{name}的推荐记录", "{name}的推薦紀錄", "{name}'s record"])
            .replace("{name}", &name)
    };
    let base = here.base();
    let back = if mine { format!("{base}/me") } else { format!("{base}/members/{member}") };
    Ok(framed(here, &title, back).render(html! {
        @if mine { (consent(here, &own)) }
        (card(html! { p class="note" { (what_it_is(here)) } }))
        @if own.tags.is_empty() {
            (empty_state(here.pick(["还没有", "還沒有", "Nothing yet"]),
                here.pick([
                    "有人通过你的链接、帖子或接龙买了东西、收到以后，这里按标签记下来",
                    "有人透過你的連結、貼文或接龍買了東西、收到以後，這裡按標籤記下來",
                    "Once somebody received what they bought by a link, post or list, it is \
                     counted here by tag.",
                ]), None))
        } @else {
            (card(html! { ul class="joins" id="record" {
                @for on in &own.tags { (line(here, on)) }
            } }))
        }
    }))
}

fn line(here: &Here, on: &OnTag) -> Markup {
    html! {
        li {
            div class="grow" {
                a href={ (here.base()) "/voices/" (on.tag) } { b { (on.name) } }
                p class="note" { (numbers(here, &on.record)) }
            }
            @if on.record.badge() { (mark(here)) }
        }
    }
}

fn consent(here: &Here, own: &OwnRecord) -> Markup {
    let next = format!("{}/me/record", here.base());
    let (word, value) = if own.shown {
        (here.pick(["撤回", "撤回", "Take it back"]), "no")
    } else {
        (here.pick(["同意公开", "同意公開", "Agree to show it"]), "yes")
    };
    card(html! {
        (card_head(here.pick(["让大家看到我的推荐记录", "讓大家看到我的推薦紀錄",
            "Members may see how my advice went"])))
        p class="note" { (here.pick([
            "只有单数、留下多少和星级，不说谁买了什么。没同意之前只有你自己看得到；随时可以撤回，立刻生效。",
            "只有單數、留下多少和星級，不說誰買了什麼。沒同意之前只有你自己看得到；隨時可以撤回，立刻生效。",
            "Numbers of orders, how many were kept, and stars; never who bought what. Until you \
             agree only you see it, and you can take it back at any time, at once.",
        ])) }
        form class="row" method="post" action={ (here.base()) "/me/consent" } {
            input type="hidden" name="next" value=(next);
            input type="hidden" name="what" value="record";
            span class="grow" {}
            (button(word).submit().value("given", value))
        }
    })
}

/// On a member's page: the tags they have a badge on, each with its numbers behind it.
pub fn badges(here: &Here, member: Id<id::Member>, all: &[OnTag]) -> Markup {
    let one = |on: &OnTag| {
        let (tag, r) = (on.name.clone(), &on.record);
        badge(here, member, &Badge { tag, orders: r.orders, kept: r.kept })
    };
    html! {
        @if !all.is_empty() {
            div class="row -wrap" id="badges" { @for on in all { (one(on)) } }
        }
    }
}

/// Trusted advice on one tag; it leads to the numbers.
pub fn badge(here: &Here, member: Id<id::Member>, on: &Badge) -> Markup {
    let words = here
        .pick(["靠谱推荐 · {tag}", "靠譜推薦 · {tag}", "Trusted on {tag}"])
        .replace("{tag}", &on.tag);
    let numbers = here
        .pick(["{n} 单里 {kept} 单留下", "{n} 單裡 {kept} 單留下", "{kept} of {n} orders kept"])
        .replace("{n}", &on.orders.to_string())
        .replace("{kept}", &on.kept.to_string());
    html! {
        a href={ (here.base()) "/members/" (member) "/record" } title=(numbers) {
            (tag_icon(&words, Tone::Green, Icon::Check))
        }
    }
}

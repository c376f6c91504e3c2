//! Members by stage and segment: how many of each, with the list behind each number.
use super::frame::at;
use crate::House;
use crate::reply::Sorry;
use crate::ui::{Bar, card, card_head, chart_bars};
use crate::who::Here;
use crate::words::format::number;
use crate::words::insight as words;
use app::community::who::Who;
use maud::{Markup, html};
use rules::community::role::Right;
use rules::loyalty::stage::Bounds;

pub async fn shown(house: &House, here: &Here, who: Who) -> Result<Markup, Sorry> {
    let all = house.app.classes(who.community, Bounds::of(here.place.currency)).await?;
    let sees = who.rights.may(Right::Members);
    let bars = |rows: Vec<([&'static str; 3], i64)>| -> Vec<Bar> {
        let bar = |(k, (name, n)): (usize, ([&'static str; 3], i64))| Bar {
            colour: 1 + (k % 6) as u8,
            ..Bar::new(here.pick(name), n)
        };
        rows.into_iter().enumerate().map(bar).collect()
    };
    let links = |what: &str, codes: Vec<(&'static str, [&'static str; 3])>| {
        let href = |code: &str| at(here, &format!("/members?{what}={code}"));
        html! { @if sees { p class="row sub" {
            @for (code, name) in &codes { a href=(href(code)) { (here.pick(*name)) } }
        } } }
    };
    let codes = all.stages.iter().map(|(s, _)| (s.code(), words::stage(*s))).collect();
    let stages = all.stages.iter().map(|(s, n)| (words::stage(*s), *n)).collect();
    let segments = all.segments.iter().map(|(s, n)| (words::segment(*s), *n)).collect();
    let says = here
        .pick([
            "按留下的最大一单分。{n} 位带来过别人的订单。",
            "按留下的最大一單分。{n} 位帶來過別人的訂單。",
            "By the largest kept order. Led to an order of somebody else: {n}.",
        ])
        .replace("{n}", &number(all.sharers));
    let kinds = here.pick([
        "一个人只算一类，先符合的先算。成员自己看不到。",
        "一個人只算一類，先符合的先算。成員自己看不到。",
        "One class each, the first that fits. Members never see it.",
    ]);
    let (first, second) = (
        here.pick(["走到哪个阶段", "走到哪個階段", "Stages"]),
        here.pick(["哪一类买家", "哪一類買家", "Segments of buyers"]),
    );
    Ok(html! {
        div class="cols" {
            (card(html! {
                (card_head(first))
                div id="stages" { (chart_bars(here.lang, first, &says, &bars(stages), &number)) }
                (links("stage", codes))
            }))
            (card(html! {
                (card_head(second))
                div id="segments" {
                    (chart_bars(here.lang, second, kinds, &bars(segments), &number))
                }
                (links("segment",
                    all.segments.iter().map(|(s, _)| (s.code(), words::segment(*s))).collect()))
            }))
        }
    })
}

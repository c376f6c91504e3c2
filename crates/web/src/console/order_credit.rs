//! Whom an order is credited to, as it was written down when it was placed.
use super::frame::{at, when};
use crate::House;
use crate::community::lines::name_or_gone;
use crate::reply::Sorry;
use crate::ui::{card, card_head, facts};
use crate::who::Here;
use app::community::who::Who;
use maud::{Markup, html};
use rules::base::{Id, id};
use rules::spread::credit::Source;

/// Nothing when nobody showed the buyer the way.
pub async fn shown(
    house: &House,
    here: &Here,
    who: Who,
    order: Id<id::Order>,
) -> Result<Markup, Sorry> {
    let Some(credit) = house.app.credit_of(who.community, order).await? else {
        return Ok(html! {});
    };
    let person = |(id, name): &(Id<id::Member>, String)| {
        let href = at(here, &format!("/members/{id}?view=spread"));
        html! { a href=(href) { (name_or_gone(here.lang, name)) } }
    };
    let by = match credit.source {
        Source::Link => here.pick(["最近打开的链接", "最近開啟的連結", "The last link opened"]),
        Source::Binding => here.pick(["带来买家的人", "帶來買家的人", "Whoever brought the buyer"]),
    };
    let mut rows = vec![
        (here.pick(["算给", "算給", "Credited to"]), person(&credit.to)),
        (
            here.pick(["因为", "因為", "Because of"]),
            html! { (by) @if let Some(code) = &credit.code { " " span class="mono" { (code) } } },
        ),
    ];
    if let Some(second) = &credit.second {
        rows.push((here.pick(["其上一级", "其上一級", "Who brought them"]), person(second)));
    }
    rows.push((here.pick(["记于", "記於", "Written down"]), html! { (when(here, credit.at)) }));
    Ok(card(html! {
        (card_head(here.pick(["谁带来的这单", "誰帶來的這單", "Who led to this order"])))
        (facts(&rows))
    }))
}

//! What was just handed out by its code, and the way back while a mistake may be mended.
use super::handout::{Asked, group_field, refuse};
use super::lead::lists::items;
use super::{leave, member_or_door};
use crate::House;
use crate::form::Form;
use crate::reply::Sorry;
use crate::ui::{Tone, banner, button, card};
use crate::who::Here;
use crate::words::{Lang, format};
use app::community::who::Who;
use app::sale::views_lead::Given;
use axum::extract::State;
use axum::response::Response;
use maud::{Markup, html};
use rules::sale::chain;

/// The hand-out the address names; none to who does not tend the point it happened at.
pub(super) async fn given(house: &House, who: Who, asked: &Asked) -> Result<Option<Given>, Sorry> {
    let Some(id) = asked.done else { return Ok(None) };
    let Some(given) = house.app.given(who.community, id).await? else { return Ok(None) };
    let Some(group) = given.group else { return Ok(None) };
    Ok(house.app.tends(who, group).await?.then_some(given))
}

/// `quiet`: above it stands already why something did not go.
pub(super) fn told(here: &Here, asked: &Asked, given: &Given, quiet: bool) -> Markup {
    let name = &given.recipient;
    if given.undone {
        let back = match here.lang {
            Lang::Hans => format!("已撤销，{name}的还在待取"),
            Lang::Hant => format!("已復原，{name}的還在待取"),
            Lang::En => format!("Taken back: {name} has not collected it."),
        };
        return banner(&back, Tone::Plain);
    }
    let words = match here.lang {
        Lang::Hans => format!("已交给{name}"),
        Lang::Hant => format!("已交給{name}"),
        Lang::En => format!("Handed over to {name}"),
    };
    let may = chain::may_undo(given.handed.at, here.now);
    let undo = here.pick(["撤销", "復原", "Undo"]);
    html! {
        @if !quiet { (banner(&words, Tone::Green)) }
        (card(html! {
            div class="row" {
                div class="grow stack -xs" {
                    p class="t3" { (name) }
                    p class="note" { (items(&given.items)) }
                    p class="note" {
                        (format::ago(here.lang, given.handed.at, here.now, &here.zone()))
                    }
                }
                @if may {
                    form method="post" action={ (here.base()) "/handout/undo" } {
                        (group_field(asked))
                        input type="hidden" name="done" value=(given.handed.id);
                        (button(undo).small().submit().label(&format!("{undo} {name}")))
                    }
                }
            }
        }))
    }
}

pub async fn undo(State(house): State<House>, here: Here, form: Form) -> Result<Response, Sorry> {
    let who = match member_or_door(&here, &format!("{}/handout", here.base())) {
        Ok(who) => who,
        Err(door) => return Ok(leave(&here, &door)),
    };
    let (asked, id) = (Asked::of(&form), form.must_id("done")?);
    match house.app.undo_hand_over(here.now, who, id).await {
        Ok(()) => Ok(leave(&here, &asked.address(&here, &format!("done={id}")))),
        Err(stop) => refuse(&house, &here, who, &asked, stop).await,
    }
}

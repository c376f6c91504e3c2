//! Who came through a link in a browser that other members use: staff say who brought them.
use super::frame::{at, no, see, when};
use crate::House;
use crate::community::lines::name_or_gone;
use crate::form::{Form, named};
use crate::reply::Sorry;
use crate::ui::{button, card_head};
use crate::who::Here;
use app::community::who::Who;
use app::spread::decide_held::DecideHeld;
use app::spread::views_binding::Waiting;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use rules::community::role::Right;

/// Nothing when nobody waits.
pub async fn waiting(house: &House, here: &Here, who: Who) -> Result<Markup, Sorry> {
    let all = house.app.held_bindings(who.community).await?;
    let why = here.pick([
        "在别的成员也用的手机或电脑上打开了链接：可能是家人，也可能是自己的第二个账号",
        "在別的成員也用的手機或電腦上開啟了連結：可能是家人，也可能是自己的第二個帳號",
        "They opened the link on a device another member uses: family perhaps, or one's own \
            second account.",
    ]);
    Ok(html! {
        @if !all.is_empty() {
            section class="card -flush" id="held" {
                div class="cell" { div class="grow" {
                    (card_head(here.pick(["谁带来的，请确认", "誰帶來的，請確認",
                        "Who brought them? Please decide"])))
                    p class="note" { (why) }
                } }
                @for one in &all { (row(here, one)) }
            }
        }
    })
}

fn row(here: &Here, one: &Waiting) -> Markup {
    let member = name_or_gone(here.lang, &one.member.1);
    let by = name_or_gone(here.lang, &one.by.1);
    let action = at(here, &format!("/spread/held/{}", one.member.0));
    html! {
        form class="cell" method="post" action=(action) {
            span class="grow" {
                b { (member) } br;
                span class="note" {
                    (here.pick(["链接是", "連結是", "Link of"])) " " (by) " · " (when(here, one.at))
                }
            }
            (button(here.pick(["不算", "不算", "Nobody"])).small().value("deed", "dismiss"))
            (button(here.pick(["算对方带来的", "算對方帶來的", "They did"])).small()
                .value("deed", "bind"))
        }
    }
}

pub async fn decide(
    State(house): State<House>,
    here: Here,
    Path((_, member)): Path<(String, String)>,
    form: Form,
) -> Result<Response, Sorry> {
    let who = here.may(Right::Campaigns)?;
    let bind = match form.get("deed") {
        "bind" => true,
        "dismiss" => false,
        _ => return Err(Sorry::Malformed),
    };
    let decide = DecideHeld { who, member: named(&member)?, bind };
    match house.app.decide_held(here.now, decide).await {
        Ok(()) => Ok(see(&at(&here, "/spread?done=saved"))),
        Err(stop) => {
            let refused = no(&here, stop)?;
            let page = super::spread::shown_with(&house, &here, Some(refused)).await?;
            Ok((refused.status, page).into_response())
        }
    }
}

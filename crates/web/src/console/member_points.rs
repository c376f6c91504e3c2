//! A member's points at the desk: what there is, and a correction by hand with its reason.
use super::frame::{self, at, no, see, unfit};
use super::member;
use super::members::sees_orders;
use crate::House;
use crate::form::Form;
use crate::loyalty::points_words::{kind, points, signed, title, until};
use crate::reply::Sorry;
use crate::ui::field::text;
use crate::ui::{button, card, card_head, facts};
use crate::who::Here;
use app::community::who::Who;
use app::loyalty::set_points::CorrectPoints;
use app::loyalty::views_points::Points;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use rules::base::{Id, id};
use rules::community::role::Right;

/// The last changes; the whole list stands on the page of points.
const LATEST: usize = 5;

pub async fn section(
    house: &House,
    here: &Here,
    (who, member): (Who, Id<id::Member>),
    form: &Form,
) -> Result<Markup, Sorry> {
    // points tell of purchases
    if !sees_orders(who) {
        return Ok(html! {});
    }
    let of = (who.community, member);
    let p = house.app.points(here.now, of, None, LATEST as i64).await?;
    if !p.any() && p.changes.is_empty() {
        return Ok(html! {});
    }
    Ok(card(html! {
        (card_head(title(here)))
        (facts(&rows(here, &p)))
        @for x in &p.changes {
            p class="note" { (kind(here, x)) " " (signed(here.lang, x.points))
                @if let Some(order) = x.order { " · " span class="mono" { (order) } }
                @else if !x.reason.is_empty() { " · " (x.reason) } }
        }
        @if who.rights.may(Right::Money) { (correction(house, here, member, form)) }
    }))
}

fn rows(here: &Here, p: &Points) -> Vec<(&'static str, Markup)> {
    let say = |n: i64| html! { (points(here.lang, n)) };
    let mut rows = vec![(here.pick(["可以用", "可以用", "To use"]), say(p.balance()))];
    if p.expected() > 0 {
        rows.push((here.pick(["在路上", "在路上", "On the way"]), say(p.expected())));
    }
    if p.held() > 0 {
        rows.push((
            here.pick(["待付款订单留着", "待付款訂單留著", "Kept for orders"]),
            say(p.held()),
        ));
    }
    if let Some(lot) = p.lots.first().filter(|l| l.end.is_some()) {
        let text = html! { (points(here.lang, lot.free)) " · " (until(here, lot.end)) };
        rows.push((here.pick(["最早到期", "最早到期", "Ends first"]), text));
    }
    rows
}

fn correction(house: &House, here: &Here, member: Id<id::Member>, form: &Form) -> Markup {
    let mine = form.has("points");
    let typed = |name: &str| if mine { form.get(name).to_string() } else { String::new() };
    let (n, why) = (typed("points"), typed("reason"));
    let id: Id<id::PointChange> = form.id("change").unwrap_or_else(|| house.app.mint(here.now));
    let label = here.pick([
        "原因（成员会看到，记入操作记录）",
        "原因（成員會看到，記入操作紀錄）",
        "Reason (the member sees it; kept in the log)",
    ]);
    html! {
        details class="rules" open[mine] {
            summary { (here.pick(["调整积分", "調整點數", "Correct the points"])) }
            form method="post" action=(at(here, &format!("/members/{member}/points")))
                class="stack -s" id="points-form" {
                input type="hidden" name="change" value=(id);
                // a phone's pad of digits has no minus
                (text("points", here.pick(["加多少（减就填负数）", "加多少（減就填負數）",
                    "How many (below zero: fewer)"]), &n).most(12))
                (text("reason", label, &why).id("points-reason").most(200).required())
                (button(here.pick(["调整", "調整", "Correct"])).submit())
            }
        }
    }
}

pub async fn correct(
    State(house): State<House>,
    here: Here,
    Path((_, them)): Path<(String, String)>,
    form: Form,
) -> Result<Response, Sorry> {
    let who = here.may(Right::Money)?;
    let member: Id<id::Member> = Id::parse(&them).ok_or(Sorry::NotFound)?;
    let says = [
        "请填整数，少给就填负数，比如 -50",
        "請填整數，少給就填負數，例如 -50",
        "Enter a whole number; below zero takes points away, such as -50.",
    ];
    let refused = match form.int("points") {
        None => unfit(&here, says),
        Some(points) => {
            let (id, reason) = (form.must_id("change")?, form.get("reason").to_string());
            let x = CorrectPoints { who, id, member, points, reason };
            match house.app.correct_points(here.now, x).await {
                Ok(()) => return Ok(see(&at(&here, &format!("/members/{member}?done=saved")))),
                Err(stop) => no(&here, stop)?,
            }
        }
    };
    if !frame::may_any(who, frame::PEOPLE) {
        return Err(Sorry::NotAllowed);
    }
    let page = member::shown(&house, &here, &them, &form, Some(refused)).await?;
    Ok((refused.status, page).into_response())
}

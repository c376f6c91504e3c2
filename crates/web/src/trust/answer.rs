//! What staff do with a review: answer for the shop, hide it and say why; and reporting one.
use super::helpful::find;
use super::{row, write};
use crate::House;
use crate::content::report::{self, Target};
use crate::content::{again, frame, go, shown};
use crate::form::Form;
use crate::reply::{Sorry, said};
use crate::ui::{self, Head, Page, Place, Top, field};
use crate::who::Here;
use app::Stop;
use app::trust::hide_review::HideReview;
use app::trust::reply_as_shop::ReplyAsShop;
use app::trust::views::ReviewRow;
use axum::extract::{Path, State};
use axum::response::Response;
use maud::{Markup, Render, html};
use rules::base::{Id, id};
use rules::community::moderation::Reported;
use rules::community::role::Right;

type Which = Path<(String, String)>;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Deed {
    Reply,
    Hide,
}

async fn review(house: &House, here: &Here, which: &str, form: &Form) -> Result<ReviewRow, Sorry> {
    here.member()?;
    let review: Id<id::Review> = Id::parse(which).ok_or(Sorry::NotFound)?;
    let product = form.id("product").ok_or(Sorry::NotFound)?;
    find(house, here, product, review).await?.ok_or(Sorry::NotFound)
}

/// The shop speaks through staff for content or orders.
fn speaks(here: &Here) -> Result<(), Sorry> {
    here.may(Right::Content).or_else(|_| here.may(Right::Orders)).map(|_| ())
}

pub async fn reply_page(
    State(house): State<House>,
    here: Here,
    Path((_, which)): Which,
    form: Form,
) -> Result<Response, Sorry> {
    speaks(&here)?;
    let r = review(&house, &here, &which, &form).await?;
    let old = r.reply.as_ref().map_or("", |(text, _)| text.as_str());
    Ok(shown(render(&house, &here, Deed::Reply, &r, old, None).await))
}

pub async fn reply(
    State(house): State<House>,
    here: Here,
    Path((_, which)): Which,
    form: Form,
) -> Result<Response, Sorry> {
    let who = here.member()?;
    let r = review(&house, &here, &which, &form).await?;
    let text = form.raw("text").to_string();
    let cmd = ReplyAsShop { community: here.place.id, by: who.member, review: r.id, text };
    match house.app.reply_as_shop(here.now, cmd).await {
        Ok(()) => Ok(go(&list(&here, &r))),
        Err(Stop::Fault(fault)) => Err(fault.into()),
        Err(Stop::Refused(no)) => {
            let error = Some(said(no, here.lang));
            let page = render(&house, &here, Deed::Reply, &r, form.raw("text"), error).await;
            Ok(again(write::status(no.code()), page))
        }
    }
}

pub async fn hide_page(
    State(house): State<House>,
    here: Here,
    Path((_, which)): Which,
    form: Form,
) -> Result<Response, Sorry> {
    here.may(Right::Content)?;
    let r = review(&house, &here, &which, &form).await?;
    Ok(shown(render(&house, &here, Deed::Hide, &r, "", None).await))
}

pub async fn hide(
    State(house): State<House>,
    here: Here,
    Path((_, which)): Which,
    form: Form,
) -> Result<Response, Sorry> {
    let who = here.member()?;
    let r = review(&house, &here, &which, &form).await?;
    let reason = form.raw("text").to_string();
    let cmd = HideReview { community: here.place.id, by: who.member, review: r.id, reason };
    match house.app.hide_review(here.now, cmd).await {
        Ok(()) => Ok(go(&format!("{}/products/{}/reviews", here.base(), r.product))),
        Err(Stop::Fault(fault)) => Err(fault.into()),
        Err(Stop::Refused(no)) => {
            let error = Some(said(no, here.lang));
            let page = render(&house, &here, Deed::Hide, &r, form.raw("text"), error).await;
            Ok(again(write::status(no.code()), page))
        }
    }
}

fn list(here: &Here, r: &ReviewRow) -> String {
    format!("{}/products/{}/reviews?show=newest#{}", here.base(), r.product, r.id)
}

async fn render(
    house: &House,
    here: &Here,
    deed: Deed,
    r: &ReviewRow,
    typed: &str,
    error: Option<&str>,
) -> Markup {
    let (title, label, path) = match deed {
        Deed::Reply => (
            here.pick(["回复评价", "回覆評價", "Answer the review"]),
            here.pick(["店家回复", "店家回覆", "The shop's answer"]),
            "reply",
        ),
        Deed::Hide => (
            here.pick(["隐藏评价", "隱藏評價", "Hide the review"]),
            here.pick(["原因", "原因", "Reason"]),
            "hide",
        ),
    };
    let page = Page {
        title: title.into(),
        top: Top::Bar { title: title.into(), sub: None, back: Some(list(here, r)), end: None },
        head: Head { private: true, ..Head::default() },
        ..frame(house, here, Place::Home).await
    };
    let action = format!("{}/reviews/{}/{path}", here.base(), r.id);
    let send = ui::button(title).block().submit();
    let send = if deed == Deed::Hide { send.danger() } else { send.primary() };
    let note = here.pick([
        "星数仍然计入评分，文字不再显示",
        "星數仍然計入評分，文字不再顯示",
        "Its stars still count; its words are no longer shown.",
    ]);
    page.render(html! {
        (ui::card(html! { ul { (row::review(here, r, false)) } }))
        form class="card" method="post" action=(action) {
            input type="hidden" name="product" value=(r.product);
            @match deed {
                Deed::Reply => (field::textarea("text", label, typed).error(error).most(1000)),
                Deed::Hide => {
                    (field::text("text", label, typed).error(error).most(200))
                    p class="note" { (note) }
                },
            }
            (send.render())
        }
    })
}

async fn target(house: &House, here: &Here, which: &str, query: &Form) -> Result<Target, Sorry> {
    let r = review(house, here, which, query).await?;
    let action = format!("{}/reviews/{}/report?product={}", here.base(), r.id, r.product);
    Ok(Target { kind: Reported::Review, subject: r.id.raw(), action, to: list(here, &r) })
}

pub async fn report_page(
    State(house): State<House>,
    here: Here,
    Path((_, which)): Which,
    form: Form,
) -> Result<Response, Sorry> {
    let target = target(&house, &here, &which, &form).await?;
    Ok(shown(report::ask(&house, &here, &target, &form, None).await))
}

pub async fn report(
    State(house): State<House>,
    here: Here,
    Path((_, which)): Which,
    uri: axum::http::Uri,
    form: Form,
) -> Result<Response, Sorry> {
    let query = Form::parse(uri.query().unwrap_or("").as_bytes());
    let target = target(&house, &here, &which, &query).await?;
    report::sent(&house, &here, &target, &form).await
}

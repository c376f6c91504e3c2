//! Saying once, later, how it went on (追评).
use super::helpful::find;
use super::{row, write};
use crate::House;
use crate::content::{again, frame, go, shown, store};
use crate::form::Form;
use crate::reply::{Sorry, said};
use crate::ui::{self, Head, Page, Place, Tone, Top, field};
use crate::who::Here;
use app::Stop;
use app::trust::follow_up::FollowUp;
use app::trust::views::ReviewRow;
use axum::extract::{Path, State};
use axum::response::Response;
use maud::{Markup, html};
use rules::base::{Id, id};

type Which = Path<(String, String)>;

pub async fn page(
    State(house): State<House>,
    here: Here,
    Path((_, review)): Which,
    form: Form,
) -> Result<Response, Sorry> {
    let mine = mine(&house, &here, &review, &form).await?;
    Ok(shown(render(&house, &here, &mine, "", &[], None).await))
}

async fn mine(house: &House, here: &Here, review: &str, form: &Form) -> Result<ReviewRow, Sorry> {
    here.member()?;
    let review: Id<id::Review> = Id::parse(review).ok_or(Sorry::NotFound)?;
    let product = form.id("product").ok_or(Sorry::NotFound)?;
    let row = find(house, here, product, review).await?;
    row.filter(|r| r.mine).ok_or(Sorry::NotFound)
}

pub async fn send(
    State(house): State<House>,
    here: Here,
    Path((_, review)): Which,
    form: Form,
) -> Result<Response, Sorry> {
    let who = here.member()?;
    let mine = mine(&house, &here, &review, &form).await?;
    let (pictures, bad) = store(&house, &form, "pictures").await?;
    let text = form.raw("text");
    let (code, says) = match bad {
        Some(no) => (no.code(), said(no, here.lang)),
        None => {
            let cmd = FollowUp {
                community: here.place.id,
                by: who.member,
                review: mine.id,
                text: text.to_string(),
                pictures: pictures.clone(),
            };
            match house.app.follow_up(here.now, cmd).await {
                Ok(()) => {
                    let list = format!("{}/products/{}/reviews", here.base(), mine.product);
                    return Ok(go(&format!("{list}?show=newest#{}", mine.id)));
                }
                Err(Stop::Fault(fault)) => return Err(fault.into()),
                Err(Stop::Refused(no)) => (no.code(), said(no, here.lang)),
            }
        }
    };
    let page = render(&house, &here, &mine, text, &pictures, Some((code, says))).await;
    Ok(again(write::status(code), page))
}

async fn render(
    house: &House,
    here: &Here,
    mine: &ReviewRow,
    text: &str,
    pictures: &[String],
    wrong: Option<(&str, &str)>,
) -> Markup {
    let title = here.pick(["追评", "追評", "Follow up"]);
    let back = format!("{}/products/{}/reviews?show=newest", here.base(), mine.product);
    let page = Page {
        title: title.into(),
        top: Top::Bar { title: title.into(), sub: None, back: Some(back), end: None },
        head: Head { private: true, ..Head::default() },
        modules: &["picker.js"],
        ..frame(house, here, Place::Me).await
    };
    let label = here.pick(["后来怎么样", "後來怎麼樣", "How did it go on"]);
    let of_text = wrong.filter(|w| w.0.starts_with("text_")).map(|w| w.1);
    let pictured = wrong.filter(|w| w.0.contains("picture")).map(|w| w.1);
    let action = format!("{}/reviews/{}/follow", here.base(), mine.id);
    page.render(html! {
        (ui::card(html! { ul { (row::review(here, mine, false)) } }))
        form class="card" method="post" action=(action) enctype="multipart/form-data" {
            input type="hidden" name="product" value=(mine.product);
            @if let Some((_, says)) = wrong.filter(|_| of_text.or(pictured).is_none()) {
                (ui::banner(says, Tone::Danger))
            }
            (field::textarea("text", label, text).error(of_text).most(1000))
            (write::picker(here, pictures, pictured))
            (ui::button(here.pick(["发布追评", "發布追評", "Publish"])).primary().block().submit())
        }
    })
}

//! Writing a review of a line that was received.
use super::row;
use crate::House;
use crate::content::shot::{Shot, shots};
use crate::content::{again, frame, go, shown, store};
use crate::form::Form;
use crate::reply::{Sorry, said, status_of};
use crate::ui::{self, Around, Choice, Head, Page, Photo, PicturePicker, Place, Tone, Top, field};
use crate::who::Here;
use crate::words::Say;
use app::Stop;
use app::sale::views::LineRow;
use app::trust::write_review::{Refused, WriteReview};
use axum::extract::{Path, State};
use axum::response::Response;
use maud::{Markup, html};
use rules::base::{Id, id};
use rules::trust::review;

type Which = Path<(String, String, String)>;

#[derive(Default)]
struct Typed {
    id: Option<Id<id::Review>>,
    stars: Option<i64>,
    text: String,
    pictures: Vec<String>,
    anonymous: bool,
}

pub async fn page(
    State(house): State<House>,
    here: Here,
    Path((_, order, line)): Which,
) -> Result<Response, Sorry> {
    let line = find(&house, &here, &order, &line).await?;
    let typed = Typed { id: Some(house.app.mint(here.now)), ..Typed::default() };
    // said before the form is filled in, not after
    let early = review::may_review(false, line.state.code(), line.reviewed).err().map(|no| {
        let no = match no {
            review::Unallowed::AlreadyReviewed => Refused::AlreadyReviewed,
            _ => Refused::NotReceived,
        };
        (no.code(), said(no, here.lang))
    });
    Ok(shown(render(&house, &here, &order, &line, &typed, early).await))
}

/// A line of the reader's own order.
async fn find(house: &House, here: &Here, order: &str, line: &str) -> Result<LineRow, Sorry> {
    let who = here.member()?;
    let order: Id<id::Order> = Id::parse(order).ok_or(Sorry::NotFound)?;
    let line: Id<id::Line> = Id::parse(line).ok_or(Sorry::NotFound)?;
    let found = house.app.order_page(here.place.id, order).await?;
    let row = found.map(|o| o.row).filter(|row| row.member == who.member);
    let line = row.and_then(|row| row.lines.into_iter().find(|l| l.id == line));
    let no = Refused::NoSuchLine;
    line.ok_or(Sorry::Refused { code: no.code(), says: no.says() })
}

pub async fn send(
    State(house): State<House>,
    here: Here,
    Path((_, order, line)): Which,
    form: Form,
) -> Result<Response, Sorry> {
    let who = here.member()?;
    let row = find(&house, &here, &order, &line).await?;
    let (pictures, bad) = store(&house, &form, "pictures").await?;
    let id = form.must_id("id")?;
    let typed = Typed {
        id: Some(id),
        stars: form.int("stars"),
        text: form.raw("text").to_string(),
        pictures,
        anonymous: form.all("anonymous").any(|v| v == "on"),
    };
    let (code, says) = match bad {
        Some(no) => (no.code(), said(no, here.lang)),
        None => {
            let cmd = WriteReview {
                community: here.place.id,
                by: who.member,
                id,
                line: row.id,
                stars: typed.stars,
                text: typed.text.clone(),
                pictures: typed.pictures.clone(),
                anonymous: typed.anonymous,
                imported: false,
            };
            match house.app.write_review(here.now, cmd).await {
                Ok(id) => {
                    let list = format!("{}/products/{}/reviews", here.base(), row.product);
                    return Ok(go(&format!("{list}?show=newest#{id}")));
                }
                Err(Stop::Fault(fault)) => return Err(fault.into()),
                Err(Stop::Refused(no)) => (no.code(), said(no, here.lang)),
            }
        }
    };
    let page = render(&house, &here, &order, &row, &typed, Some((code, says))).await;
    Ok(again(status(code), page))
}

/// Words and pictures that do not fit are 422; what is in the way elsewhere keeps its status.
pub fn status(code: &str) -> u16 {
    match code {
        "stars_unfit" | "text_missing" | "too_many_pictures" | "no_such_picture"
        | "reason_missing" => 422,
        c if c.starts_with("picture_") => 422,
        c => status_of(c),
    }
}

async fn render(
    house: &House,
    here: &Here,
    order: &str,
    line: &LineRow,
    typed: &Typed,
    wrong: Option<(&str, &str)>,
) -> Markup {
    let title = here.pick(["写评价", "寫評價", "Write a review"]);
    let order_to = format!("{}/orders/{order}", here.base());
    let page = Page {
        title: title.into(),
        top: Top::Bar { title: title.into(), sub: None, back: Some(order_to.clone()), end: None },
        head: Head { private: true, ..Head::default() },
        modules: &["picker.js"],
        ..frame(house, here, Place::Me).await
    };
    let shot = Shot::product(line.picture.as_deref(), &line.look, line.product);
    let chosen = line.choices.join(" ");
    let closed = wrong.is_some_and(|w| matches!(w.0, "not_received" | "already_reviewed"));
    let all = format!("{}/products/{}/reviews", here.base(), line.product);
    page.render(html! {
        (ui::card(ui::item_row(&shot.photo(), &line.title, &chosen, "")))
        @if closed {
            (ui::banner(wrong.map_or("", |w| w.1), Tone::Gold))
            (ui::button(here.pick(["看看别人的评价", "看看別人的評價", "See the reviews"]))
                .block().to(&all))
        } @else {
            (form(here, &format!("{order_to}/lines/{}/review", line.id), typed, wrong))
        }
    })
}

fn form(here: &Here, action: &str, typed: &Typed, wrong: Option<(&str, &str)>) -> Markup {
    let at = |codes: &[&str]| wrong.filter(|w| codes.contains(&w.0)).map(|w| w.1);
    let (of_stars, of_text) = (["stars_unfit"], ["text_missing", "text_too_long"]);
    let pictured = wrong.filter(|w| w.0.contains("picture")).map(|w| w.1);
    let known = [at(&of_stars), at(&of_text), pictured].iter().any(Option::is_some);
    let words: Vec<(String, String)> =
        (1..=5).rev().map(|n| (n.to_string(), star_word(here, n))).collect();
    let stars: Vec<Choice> = words
        .iter()
        .map(|(n, word)| {
            Choice::new(n, word, typed.stars.map(|s| s.to_string()) == Some(n.clone()))
        })
        .collect();
    let how = here.pick(["几颗星", "幾顆星", "How many stars"]);
    let text = here.pick(["用下来怎么样", "用下來怎麼樣", "How was it"]);
    let hidden = here.pick(["匿名评价", "匿名評價", "Do not show my name"]);
    html! {
        form class="card" method="post" action=(action) enctype="multipart/form-data" {
            @if let Some(id) = typed.id { input type="hidden" name="id" value=(id); }
            @if let Some((_, says)) = wrong.filter(|_| !known) {
                (ui::banner(says, Tone::Danger))
            }
            (ui::choice_chips(Around::new("stars", how).error(at(&of_stars)), &stars, false))
            (field::textarea("text", text, &typed.text).error(at(&of_text)).most(1000))
            (picker(here, &typed.pictures, pictured))
            (ui::switch("anonymous", hidden, None, typed.anonymous))
            (ui::button(here.pick(["发布评价", "發布評價", "Publish"])).primary().block().submit())
        }
    }
}

pub fn star_word(here: &Here, n: i64) -> String {
    let word = here.pick(match n {
        5 => ["很好", "很好", "very good"],
        4 => ["不错", "不錯", "good"],
        3 => ["一般", "普通", "fair"],
        2 => ["不太行", "不太行", "poor"],
        _ => ["不好", "不好", "bad"],
    });
    format!("{n}★ {word}")
}

/// Pictures of a review, those of an earlier try kept.
pub fn picker(here: &Here, kept: &[String], error: Option<&str>) -> Markup {
    let label = here.pick(["图片", "圖片", "Pictures"]);
    let all = shots(kept, label);
    let kept: Vec<(&str, Photo)> =
        kept.iter().map(String::as_str).zip(all.iter().map(Shot::photo)).collect();
    ui::picture_picker(&PicturePicker {
        lang: here.lang,
        id: "pictures",
        name: "pictures",
        label,
        most: 9,
        kept: &kept,
        error,
    })
}

/// What is reviewed, as one line of text.
pub fn chosen(title: &str, parted: &str) -> String {
    let chosen = row::choices(parted);
    if chosen.is_empty() { title.to_string() } else { format!("{title} · {chosen}") }
}

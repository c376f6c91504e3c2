//! My reviews: what waits for one, and what I wrote.
use super::{row, write};
use crate::House;
use crate::content::shot::Shot;
use crate::content::{frame, shown};
use crate::form::Form;
use crate::reply::Sorry;
use crate::ui::{self, Head, Page, Place, Top};
use crate::who::Here;
use app::trust::views::{Cursor, ReviewableLine};
use axum::extract::State;
use axum::response::Response;
use maud::{Markup, html};

pub async fn page(State(house): State<House>, here: Here, form: Form) -> Result<Response, Sorry> {
    let (c, who) = (here.place.id, here.member()?);
    let waiting = house.app.reviewable(c, who.member).await?;
    let cursor = Cursor::parse(form.get("after"));
    let mine = house.app.my_reviews(c, who.member, cursor).await?;
    let title = here.pick(["我的评价", "我的評價", "My reviews"]);
    let back = Some(format!("{}/me", here.base()));
    let page = Page {
        title: title.into(),
        top: Top::Bar { title: title.into(), sub: None, back, end: None },
        head: Head { private: true, ..Head::default() },
        ..frame(&house, &here, Place::Me).await
    };
    let next = mine.next.map(|n| format!("{}/reviews?after={n}", here.base()));
    let written = here.pick(["写过的", "寫過的", "Written"]);
    Ok(shown(page.render(html! {
        (wait(&here, &waiting))
        @if !mine.rows.is_empty() {
            (ui::card(html! {
                (ui::card_head(written))
                ul { @for r in &mine.rows { (row::review(&here, r, true)) } }
            }))
        } @else if waiting.is_empty() {
            (ui::empty_state(
                here.pick(["还没有评价", "還沒有評價", "No reviews yet"]),
                here.pick([
                    "收到货以后，可以在这里写评价",
                    "收到貨以後，可以在這裡寫評價",
                    "Once something has arrived you can review it here.",
                ]),
                None,
            ))
        }
        @if let Some(next) = &next {
            (ui::button(here.pick(["更早的", "更早的", "Earlier"])).quiet().block().to(next))
        }
    })))
}

fn wait(here: &Here, waiting: &[ReviewableLine]) -> Markup {
    let title = here.pick(["等你评价", "等你評價", "Waiting for your review"]);
    let word = here.pick(["写评价", "寫評價", "Review"]);
    html! {
        @if !waiting.is_empty() {
            (ui::card(html! {
                (ui::card_head(title))
                @for l in waiting {
                    @let to = format!("{}/orders/{}/lines/{}/review", here.base(), l.order, l.line);
                    @let shot = Shot::product(None, &l.look, l.product);
                    @let name = write::chosen(&l.title, &l.choices);
                    @let at = l.received_at.map(|at| row::when(here, at)).unwrap_or_default();
                    (ui::item_row(&shot.photo(), &name, &at, ui::button(word).small().to(&to)))
                }
            }))
        }
    }
}

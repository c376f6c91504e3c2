//! What each figure means: the handbook, chapter by chapter; figures elsewhere lead to it.
use super::frame::{self, Show, Spot};
use super::insight_tabs::insight_tabs;
use crate::House;
use crate::reply::Sorry;
use crate::ui::{card, card_head};
use crate::who::Here;
use app::learning::handbook::chapters;
use axum::extract::State;
use maud::{Markup, PreEscaped, html};
use rules::community::role::Right;

pub async fn page(State(house): State<House>, here: Here) -> Result<Markup, Sorry> {
    let who = here.may(Right::Insight)?;
    let body = html! {
        (insight_tabs(&here, "/definitions"))
        (card(html! {
            (card_head(here.pick(["目录", "目錄", "Contents"])))
            ul lang="en" { @for c in chapters() {
                li { a class="link" href={ "#" (c.id) } { (c.title) } }
            } }
        }))
        @for c in chapters() {
            section class="card" id=(c.id) lang="en" {
                (card_head(c.title))
                div class="prose" { (PreEscaped(&c.html)) }
            }
        }
    };
    let note = here.pick([
        "公式、默认值和算例；这一本只有英文",
        "公式、預設值和算例；這一本只有英文",
        "Formulas, defaults, worked examples",
    ]);
    let title = here.pick(["每个数字的定义", "每個數字的定義", "What each figure means"]);
    let show = Show { note: Some(note), ..Show::new(Spot::Insight, title) };
    frame::show(&house, &here, who, show, body).await
}

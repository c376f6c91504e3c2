//! The leader's phone: lists for the groups one leads, from opening to handing out.
mod asked;
mod behalf;
mod bench;
mod board;
mod buy;
mod buy_board;
mod buys;
mod earnings;
mod hand;
mod hand_row;
pub(super) mod lists;
mod open;
mod paste;
mod paste_view;
mod sheet;
mod workbook;

use super::{leave, member_or_door, named};
use crate::House;
use crate::reply::{Sorry, status_of};
use crate::who::Here;
use app::community::who::Who;
use app::sale::views_chain::ChainPage;
use axum::Router;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use maud::{Markup, html};
use rules::base::{Id, id};

type Of = Path<(String, String)>;

pub fn routes() -> Router<House> {
    Router::new()
        .route("/c/{community}/lead", get(bench::bench))
        .route("/c/{community}/lead/cash", post(bench::cash))
        .route("/c/{community}/lead/buy", get(buy::new).post(buy::open))
        .route("/c/{community}/lead/buys", get(buys::list))
        .route("/c/{community}/lead/buys/{campaign}", get(buy_board::page))
        .route("/c/{community}/lead/buys/{campaign}/close", get(buys::ask).post(buys::close))
        .route("/c/{community}/lead/earnings", get(earnings::page))
        .route("/c/{community}/lead/new", get(open::new).post(open::open))
        .route("/c/{community}/lead/{campaign}", get(board::board))
        .route("/c/{community}/lead/{campaign}/close", post(asked::close))
        .route("/c/{community}/lead/{campaign}/arrived", post(board::arrived))
        .route("/c/{community}/lead/{campaign}/short", post(asked::short))
        .route("/c/{community}/lead/{campaign}/behalf", get(behalf::form).post(behalf::order))
        .route("/c/{community}/lead/{campaign}/paste", get(paste::form).post(paste::send))
        .route("/c/{community}/lead/{campaign}/sheet", get(sheet::sheet))
        .route("/c/{community}/lead/{campaign}/sheet.xlsx", get(workbook::file))
        .route("/c/{community}/lead/{campaign}/handout", get(hand::page).post(hand::hand))
        .route("/c/{community}/lead/{campaign}/undo", post(hand::undo))
}

/// A list and who tends it.
struct Led {
    who: Who,
    page: ChainPage,
}

impl Led {
    fn path(&self, here: &Here, more: &str) -> String {
        format!("{}/lead/{}{more}", here.base(), self.page.row.id)
    }
}

/// The list, if the reader leads its group or is staff with the right to orders; to others it is
/// not there. The answer of the second kind is the way to sign in.
async fn led(house: &House, here: &Here, list: &str) -> Result<Result<Led, Response>, Sorry> {
    let id: Id<id::Campaign> = named(list)?;
    // acts have no page of their own to come back to
    let who = match member_or_door(here, &format!("{}/lead/{id}", here.base())) {
        Ok(who) => who,
        Err(door) => return Ok(Err(leave(here, &door))),
    };
    let page = super::chain::found(house, here, id).await?.ok_or(Sorry::NotFound)?;
    if !house.app.tends(who, page.row.group).await? {
        return Err(Sorry::NotFound);
    }
    Ok(Ok(Led { who, page }))
}

fn status(code: &str) -> StatusCode {
    StatusCode::from_u16(status_of(code)).unwrap_or(StatusCode::CONFLICT)
}

/// Sends what was tapped without a network, wherever the leader is.
fn queue(here: &Here, inside: Markup) -> Markup {
    html! {
        hand-queue data-key={ "handout " (here.base()) } {
            p class="banner -gold" role="status" data-waiting hidden {}
            (inside)
        }
    }
}

//! Community (社群): coming in, groups, chat.
pub mod chat;

use crate::{House, live};
use axum::Router;
use axum::routing::get;

pub fn routes() -> Router<House> {
    Router::new().route("/c/{community}/groups/{group}/live", get(live::stream))
}

//! Trust (信任): reviews of what was received.
use crate::House;
use axum::Router;
pub fn routes() -> Router<House> {
    Router::new()
}

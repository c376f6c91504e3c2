//! Pictures and drawings by address; what they show never changes, so they are kept for a year.
use crate::House;
use crate::reply::Sorry;
use app::pictures::Served;
use axum::Router;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use rules::base::{Id, id};

pub fn routes() -> Router<House> {
    Router::new()
        .route("/pictures/{picture}/{width}", get(stored))
        .route("/look/{look}/{product}/{width}", get(drawing))
        .route("/cover/{seed}/{width}", get(cover))
}

fn sent(served: Option<Served>) -> Result<Response, Sorry> {
    let served = served.ok_or(Sorry::NotFound)?;
    let headers = [
        (header::CONTENT_TYPE, served.mime),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
    ];
    Ok((headers, served.bytes).into_response())
}

async fn stored(
    State(house): State<House>,
    Path((picture, width)): Path<(String, u32)>,
) -> Result<Response, Sorry> {
    if app::pictures::is_private(&picture) {
        return Err(Sorry::NotFound);
    }
    sent(house.app.stored_picture(picture, width).await)
}

async fn drawing(
    State(house): State<House>,
    Path((look, product, width)): Path<(String, String, u32)>,
) -> Result<Response, Sorry> {
    let product: Id<id::Product> = Id::parse(&product).ok_or(Sorry::NotFound)?;
    sent(house.app.drawing(look, product.raw().unsigned_abs(), width).await)
}

async fn cover(
    State(house): State<House>,
    Path((seed, width)): Path<(String, u32)>,
) -> Result<Response, Sorry> {
    // the id of a group or post seeds its scene
    let digits = seed.rsplit('_').next().unwrap_or("");
    let seed = u64::from_str_radix(digits, 36).map_err(|_| Sorry::NotFound)?;
    sent(house.app.cover(seed % 4096, width).await)
}

//! Every URL on one screen.
use crate::ui::gallery::gallery;
use crate::who::Visit;
use crate::{House, assets, edge, health};
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::get;

pub fn router(house: House) -> Router {
    let aids = match house.setup.development {
        true => Router::new().route("/_gallery", get(async |v: Visit| gallery(v.lang))),
        false => Router::new(),
    };
    Router::new()
        .merge(aids)
        .merge(health::routes())
        .merge(assets::routes())
        .merge(crate::pictures::routes())
        .merge(crate::community::routes())
        // sale
        .merge(crate::sale::routes())
        .merge(crate::console::routes())
        .merge(crate::content::routes())
        .merge(crate::trust::routes())
        .merge(crate::loyalty::routes())
        .merge(crate::spread::routes())
        .merge(crate::reach::routes())
        .merge(crate::api::routes(&house))
        .layer(DefaultBodyLimit::max(crate::form::UPLOAD))
        .layer(from_fn_with_state(house.clone(), edge::edge))
        .layer(from_fn(health::measure))
        .with_state(house)
}

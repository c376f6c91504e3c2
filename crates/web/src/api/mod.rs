//! The JSON API, `/api/v1`: the same verbs and views as the pages, described by its own OpenAPI.
mod account;
mod ask;
mod caller;
mod chain_orders;
mod chat;
mod commissions;
mod communities;
mod coupons;
mod describe;
mod docs;
mod follows;
mod fulfilment;
mod group_buys;
mod group_figures;
mod groups;
mod insight;
mod key_people;
mod keys;
mod limit;
mod order_shape;
mod orders;
mod packets;
mod payments;
mod payouts;
mod points;
mod posts;
mod product_changes;
mod products;
mod recommenders;
mod relays;
mod reviews;
mod shapes;
mod spread;
mod stock;
mod the_loop;
mod tiers;
mod webhooks;

pub use chat::line_event;
pub use limit::Limits;

use crate::House;
use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::get;
use utoipa::openapi::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Every operation on one screen; its method and path stand above its handler.
fn operations() -> OpenApiRouter<House> {
    OpenApiRouter::new()
        .routes(routes!(account::request_code))
        .routes(routes!(account::sign_in, account::sign_out))
        .routes(routes!(account::get_me))
        .routes(routes!(communities::open_community))
        .routes(routes!(communities::get_community))
        .routes(routes!(communities::join_community, communities::list_members))
        .routes(routes!(communities::get_member))
        .routes(routes!(follows::follow_member))
        .routes(routes!(communities::list_tags))
        .routes(routes!(keys::create_key, keys::list_keys))
        .routes(routes!(keys::end_key))
        .routes(routes!(groups::create_group, groups::list_groups))
        .routes(routes!(groups::get_group))
        .routes(routes!(groups::join_group, groups::leave_group))
        .routes(routes!(chat::post_message, chat::list_messages))
        .routes(routes!(chat::stream_events))
        .routes(routes!(posts::create_post, posts::list_posts))
        .routes(routes!(posts::get_post))
        .routes(routes!(products::list_products, product_changes::create_product))
        .routes(routes!(products::get_product, product_changes::update_product))
        .routes(routes!(stock::import_products))
        .routes(routes!(stock::adjust_stock))
        .routes(routes!(group_buys::open_group_buy, group_buys::list_campaigns))
        .routes(routes!(group_buys::get_campaign))
        .routes(routes!(group_buys::close_campaign))
        .routes(routes!(chain_orders::open_chain_order))
        .routes(routes!(chain_orders::list_chain_orders))
        .routes(routes!(chain_orders::get_chain_order))
        .routes(routes!(coupons::claim_coupon, coupons::list_coupons))
        .routes(routes!(tiers::list_tiers))
        .routes(routes!(points::get_points))
        .routes(routes!(orders::place_order, orders::list_orders))
        .routes(routes!(orders::get_order))
        .routes(routes!(fulfilment::cancel_order))
        .routes(routes!(fulfilment::ship_order))
        .routes(routes!(fulfilment::mark_ready))
        .routes(routes!(fulfilment::hand_out))
        .routes(routes!(fulfilment::confirm_receipt))
        .routes(routes!(payments::pay_order))
        .routes(routes!(payments::give_proof))
        .routes(routes!(payments::confirm_payment))
        .routes(routes!(payments::refund_order))
        .routes(routes!(relays::relay_message, relays::list_relays))
        .routes(routes!(relays::get_relay, relays::cancel_relay))
        .routes(routes!(webhooks::create_webhook, webhooks::list_webhooks))
        .routes(routes!(webhooks::delete_webhook))
        .routes(routes!(webhooks::rotate_webhook_secret))
        .routes(routes!(webhooks::list_webhook_deliveries))
        .routes(routes!(webhooks::replay_webhook_delivery))
        .routes(routes!(packets::open_red_packet))
        .routes(routes!(packets::get_red_packet))
        .routes(routes!(packets::take_red_packet))
        .routes(routes!(packets::get_wallet))
        .routes(routes!(payouts::request_payout, payouts::list_payouts))
        .routes(routes!(reviews::write_review, reviews::list_reviews))
        .routes(routes!(recommenders::get_recommender_record))
        .routes(routes!(recommenders::list_voices))
        .routes(routes!(spread::create_share_link))
        .routes(routes!(spread::get_credit))
        .routes(routes!(commissions::list_commissions))
        .routes(routes!(insight::get_rfm))
        .routes(routes!(insight::get_cohorts))
        .routes(routes!(the_loop::get_funnel))
        .routes(routes!(key_people::get_key_people))
        .routes(routes!(key_people::get_spread))
        .routes(routes!(group_figures::get_groups_figures))
        .routes(routes!(group_figures::get_group_figures))
}

/// The description, as `GET /api/v1/openapi.json` and `kith openapi` give it.
pub fn description() -> OpenApi {
    describe::whole(operations().into_openapi())
}

pub fn routes(house: &House) -> Router<House> {
    let (router, _) = operations().split_for_parts();
    router
        .layer(from_fn_with_state(house.clone(), limit::limit))
        .route("/api/v1/openapi.json", get(docs::openapi))
        .route("/api/v1/docs", get(docs::page))
}

//! The operator's console: every page a desk needs, one file each.
mod audit_log;
mod campaign_floors;
mod campaign_new;
mod campaigns;
mod commission;
mod commission_trees;
mod coupons;
pub(crate) mod export;
mod frame;
mod group;
mod groups;
mod home;
mod import;
mod insight;
mod insight_cell;
mod insight_classes;
mod insight_export;
mod insight_funnel;
mod insight_group;
mod insight_groups;
mod insight_growth;
mod insight_handbook;
mod insight_people;
mod insight_tabs;
mod jobs;
mod keys;
mod ledger;
mod ledger_words;
mod member;
mod member_acts;
mod member_points;
mod member_spread;
mod members;
mod members_export;
mod moderation;
mod moderation_acts;
mod money_lists;
mod order;
mod order_acts;
mod order_case;
mod order_credit;
mod order_money;
mod order_points;
mod order_refund;
mod orders;
mod orders_bulk;
mod packets;
mod payouts;
mod points;
mod product;
mod product_form;
mod product_pictures;
mod product_stock;
mod product_tiers;
mod products;
mod service_pay;
mod settings;
mod spread;
mod spread_held;
mod tiers;
mod tiers_wrong;
mod webhooks;

use crate::House;
use axum::Router;
use axum::routing::{get, post};

/// Every URL of the console.
pub fn routes() -> Router<House> {
    let order = "/c/{community}/console/orders/{order}";
    let at = |act: &str| format!("{order}/{act}");
    Router::new()
        .route("/c/{community}/console", get(home::page))
        .merge(people())
        .merge(insights())
        .merge(outside())
        .merge(loyalty())
        .route("/c/{community}/console/orders", get(orders::page).post(orders_bulk::bulk))
        .route("/c/{community}/console/orders.csv", get(export::file))
        .route(
            "/c/{community}/console/orders/ship",
            get(orders_bulk::ship_form).post(orders_bulk::ship),
        )
        .route(order, get(order::page))
        .route(&at("refund"), post(order_refund::refund))
        .route(&at("ship"), post(order_acts::ship))
        .route(&at("ready"), post(order_acts::ready))
        .route(&at("cancel"), post(order_acts::cancel))
        .route(&at("confirm"), post(order_acts::confirm))
        .route(&at("refuse"), post(order_acts::refuse))
        .route(&at("settle"), post(order_acts::settle))
        .route(&at("decline"), post(order_case::decline))
        .route("/c/{community}/console/orders/cases", get(order_case::list))
        .route("/c/{community}/console/products", get(products::page))
        .route("/c/{community}/console/products/new", get(product::new))
        .route("/c/{community}/console/products/import", get(import::page).post(import::upload))
        .route("/c/{community}/console/products/{product}", get(product::page).post(product::save))
        .route("/c/{community}/console/products/{product}/row", post(product::row))
        .route("/c/{community}/console/products/{product}/stock", post(product_stock::change))
        .route("/c/{community}/console/campaigns", get(campaigns::page))
        .route(
            "/c/{community}/console/campaigns/leaders",
            get(campaign_floors::page).post(campaign_floors::save),
        )
        .route(
            "/c/{community}/console/campaigns/new",
            get(campaign_new::new).post(campaign_new::open),
        )
        .route("/c/{community}/console/campaigns/{campaign}", get(campaigns::one))
        .route("/c/{community}/console/campaigns/{campaign}/close", post(campaigns::close))
        .route("/c/{community}/console/payouts", get(payouts::page))
        .route("/c/{community}/console/payouts/list", post(payouts::list))
        .route("/c/{community}/console/payouts/terms", post(payouts::terms))
        .route("/c/{community}/console/payouts/{payout}/settle", post(payouts::settle))
        .route("/c/{community}/console/ledger", get(ledger::page))
        .route("/c/{community}/console/ledger/proofs", get(money_lists::proofs))
        .route("/c/{community}/console/ledger/refunds", get(money_lists::refunds))
        .route("/c/{community}/console/ledger/suspense", get(money_lists::suspense))
        .route("/c/{community}/console/ledger/suspense/{payment}", post(money_lists::give_back))
        .route("/c/{community}/console/ledger/{cause}", get(ledger::cause))
        .route("/c/{community}/console/commission", get(commission::page).post(commission::save))
        .route("/c/{community}/console/commission/compliance", get(commission_trees::page))
        .route("/c/{community}/console/service", get(service_pay::page).post(service_pay::save))
        .route("/c/{community}/console/commission.csv", get(commission_trees::file))
        .route("/c/{community}/console/packets", get(packets::page))
        .route("/c/{community}/console/packets/new", get(packets::new).post(packets::create))
        .route("/c/{community}/console/jobs", get(jobs::page))
        .route("/c/{community}/console/jobs/retry", post(jobs::again))
        .route("/c/{community}/console/spread", get(spread::page).post(spread::save))
        .route("/c/{community}/console/spread/held/{member}", post(spread_held::decide))
        .route("/c/{community}/console/settings", get(settings::page).post(settings::save))
        .route("/c/{community}/console/settings/keys", get(keys::page).post(keys::make_key))
        .route("/c/{community}/console/settings/keys/{key}/end", post(keys::end_key))
}

/// What regulars get.
fn loyalty() -> Router<House> {
    Router::new()
        .route("/c/{community}/console/coupons", get(coupons::page).post(coupons::open))
        .route("/c/{community}/console/coupons/{coupon}/close", post(coupons::close))
        .route("/c/{community}/console/tiers", get(tiers::page).post(tiers::save))
        .route("/c/{community}/console/products/{product}/tiers", post(product_tiers::save))
        .route("/c/{community}/console/points", get(points::page).post(points::save))
        .route("/c/{community}/console/members/{member}/points", post(member_points::correct))
}

/// Other programs.
fn outside() -> Router<House> {
    let webhook = "/c/{community}/console/settings/webhooks/{webhook}";
    let at = |act: &str| format!("{webhook}/{act}");
    Router::new()
        .route(webhook, get(webhooks::one))
        .route(&at("turn"), post(webhooks::turn))
        .route(&at("end"), post(webhooks::end))
        .route(&at("replay"), post(webhooks::replay))
        .route(
            "/c/{community}/console/settings/webhooks",
            get(webhooks::page).post(webhooks::create),
        )
}

/// Members, groups, what was reported.
fn people() -> Router<House> {
    let member = "/c/{community}/console/members/{member}";
    let at = |act: &str| format!("{member}/{act}");
    Router::new()
        .route("/c/{community}/console/members", get(members::page))
        .route("/c/{community}/console/members.csv", get(members_export::file))
        .route(member, get(member::page))
        .route(&at("role"), post(member_acts::role))
        .route(&at("mute"), post(member_acts::mute))
        .route(&at("ban"), post(member_acts::ban))
        .route("/c/{community}/console/groups", get(groups::page))
        .route("/c/{community}/console/groups/new", get(groups::new).post(groups::create))
        .route("/c/{community}/console/groups/{group}", get(group::page).post(group::save))
        .route("/c/{community}/console/groups/{group}/role", post(group::role))
        .route("/c/{community}/console/groups/{group}/invite", post(group::invite))
        .route("/c/{community}/console/moderation", get(moderation::page))
        .route("/c/{community}/console/moderation/reports/{report}", post(moderation_acts::report))
        .route("/c/{community}/console/moderation/lines/{line}", post(moderation_acts::line))
        .route(
            "/c/{community}/console/moderation/applications/{application}",
            post(moderation_acts::application),
        )
        .route("/c/{community}/console/audit-log", get(audit_log::page))
}

/// What the orders say.
fn insights() -> Router<House> {
    Router::new()
        .route("/c/{community}/console/insight", get(insight::page))
        .route("/c/{community}/console/insight/funnel", get(insight_funnel::page))
        .route("/c/{community}/console/insight/funnel.csv", get(insight_funnel::file))
        .route("/c/{community}/console/insight/spread", get(insight_growth::page))
        .route("/c/{community}/console/insight/weeks.csv", get(insight_growth::weeks))
        .route("/c/{community}/console/insight/links.csv", get(insight_growth::link_file))
        .route("/c/{community}/console/insight/people", get(insight_people::page))
        .route("/c/{community}/console/insight/people.csv", get(insight_people::file))
        .route("/c/{community}/console/insight/people/{member}", get(insight_people::one))
        .route("/c/{community}/console/insight/groups", get(insight_groups::page))
        .route("/c/{community}/console/insight/groups.csv", get(insight_groups::file))
        .route("/c/{community}/console/insight/groups/{group}", get(insight_group::page))
        .route("/c/{community}/console/insight/groups/{group}/weeks.csv", get(insight_group::file))
        .route("/c/{community}/console/insight/definitions", get(insight_handbook::page))
        .route("/c/{community}/console/insight/cells/{cell}", get(insight_cell::page))
        .route("/c/{community}/console/insight/orders.csv", get(insight_export::orders))
        .route("/c/{community}/console/insight/buyers.csv", get(insight_export::buyers))
        .route("/c/{community}/console/insight/rfm.csv", get(insight_export::rfm))
        .route("/c/{community}/console/insight/cohorts.csv", get(insight_export::cohorts))
}

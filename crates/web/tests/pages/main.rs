//! Pages, as a browser without script gets them: the router is asked, forms are sent as they came.
mod after_sale;
mod browser;
mod chain;
mod commission;
mod coupons;
mod leaders_buy;
mod money;
mod packets;
mod payouts;
mod relays;
mod sale;
mod service_pay;
mod spread;
mod together;
mod town;
mod wallet;
mod webhooks;

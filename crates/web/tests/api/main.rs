//! The JSON API over HTTP, on both databases: a world made by nothing but its calls.
mod chain_orders;
mod description;
mod events;
mod packets;
mod program;
mod rules_of_calls;
mod shop;
mod spread;
mod tiers;
mod who_may;

//! Spread (裂变): share links and visits, who brought whom, whose order came of it; thanks that are
//! not commission.
pub mod attribute;
pub mod bind;
pub mod create_share_link;
pub mod decide_held;
pub mod draw_poster;
mod earn_commission;
pub mod end_packet;
pub mod forget_member;
pub mod join_programme;
pub mod known_visitor;
pub mod open_link;
pub mod open_packet;
pub mod release_commission;
pub mod set_commission;
pub mod set_terms;
pub mod tables;
pub mod tables_binding;
mod tables_commission;
pub mod tables_held;
mod tables_packet;
pub mod take_packet;
pub mod views;
pub mod views_binding;
pub mod views_commission;
pub mod views_figures;
pub mod views_packet;
pub mod views_thing;
pub mod views_wallet;
pub mod weigh_trees;

pub use attribute::attribute;
pub use bind::came_through;
pub(crate) use earn_commission::{earn, expect, freeze, take_back};
pub use forget_member::forget_member;
pub use known_visitor::Visitor;

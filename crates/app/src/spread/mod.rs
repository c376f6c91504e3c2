//! Spread (裂变): share links and visits, who brought whom, whose order came of it.
pub mod attribute;
pub mod bind;
pub mod create_share_link;
pub mod draw_poster;
pub mod forget_member;
pub mod known_visitor;
pub mod open_link;
pub mod set_terms;
pub mod tables;
pub mod tables_binding;
pub mod views;
pub mod views_binding;
pub mod views_figures;
pub mod views_thing;

pub use attribute::attribute;
pub use bind::came_through;
pub use forget_member::forget_member;
pub use known_visitor::Visitor;

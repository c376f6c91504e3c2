//! Learning (洞察): what the community's own orders and ways say, by the figures of `insight`.
pub mod buyers;
pub mod groups;
pub mod growth;
pub mod handbook;
pub mod key_people;
pub mod segments;
pub mod the_loop;
pub mod views;
pub mod views_groups;
pub mod views_record;
pub mod views_segments;

pub use insight;

//! Content (内容): posts, comments, likes, product cards, the feed, search.
pub mod bookmark_post;
pub mod comment;
pub mod count_cards;
pub mod create_post;
pub mod edit_post;
pub mod end_comment;
pub mod end_post;
pub mod feed;
pub mod forget_member;
pub mod html;
pub mod index_product;
pub mod like_post;
pub mod search;
pub mod tables;
pub mod tables_search;
pub mod views;
pub mod words;

pub use count_cards::note_order;
pub use forget_member::forget_member;
pub use index_product::{ProductWords, index_product, product_terms, unindex_product};
pub use views::Reader;
pub use words::Terms;

use crate::community::who::{self, Who};
use crate::db::{Fault, Rx};
use rules::base::{Id, Moment, id};
use rules::community::role::Right;
use rules::content::post::Writer;

/// The acting member as the laws of content want it; `None`: not a member any more.
fn writer(
    rx: &mut Rx<'_>,
    c: Id<id::Community>,
    member: Id<id::Member>,
    now: Moment,
) -> Result<Option<(Who, Writer)>, Fault> {
    let who = who::member_is(rx, c, member)?;
    Ok(who.map(|who| {
        let muted = who.muted_until.is_some_and(|until| until > now);
        (who, Writer { muted, tends_content: who.rights.may(Right::Content) })
    }))
}

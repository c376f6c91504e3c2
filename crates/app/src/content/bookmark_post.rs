//! Keep a post for later, or not any more. Nobody else sees it, so it leaves no fact.
use super::{tables, writer};
use crate::db::Tx;
use crate::{App, Stop, p};
use rules::base::{Id, Moment, id};
use rules::content::post::State;

#[derive(Clone, Debug)]
pub struct BookmarkPost {
    pub community: Id<id::Community>,
    pub by: Id<id::Member>,
    pub post: Id<id::Post>,
    /// The groups this person may see into.
    pub groups: Vec<Id<id::Group>>,
    pub kept: bool,
}

crate::refusals! {
    NotAMember = "not_a_member", NoSuchPost = "no_such_post",
}

impl App {
    pub async fn bookmark_post(&self, now: Moment, x: BookmarkPost) -> Result<(), Stop<Refused>> {
        self.db.write(now, move |tx| bookmark(tx, &x)).await
    }
}

fn bookmark(tx: &mut Tx<'_>, x: &BookmarkPost) -> Result<(), Stop<Refused>> {
    let (c, now) = (x.community, tx.now());
    let (_, acting) = writer(tx, c, x.by, now)?.ok_or(Refused::NotAMember)?;
    let post = tables::post(tx, c, x.post)?.ok_or(Refused::NoSuchPost)?;
    let seen = post.group.is_none_or(|g| acting.tends_content || x.groups.contains(&g));
    if x.kept && (post.state != State::Published || !seen) {
        return Err(Refused::NoSuchPost.into());
    }
    // after this point it must succeed, unless another was faster
    let touched = match x.kept {
        true => tx.exec(tables::BOOKMARK, p![c, x.by, x.post, now])?,
        false => tx.exec(tables::UNBOOKMARK, p![c, x.by, x.post])?,
    };
    if touched > 0 {
        let step: i64 = if x.kept { 1 } else { -1 };
        tx.exec(tables::MORE_BOOKMARKS, p![c, x.post, step])?;
    }
    Ok(())
}

//! Like a post, or take it back. The row is the truth: doing it twice does it once.
use super::{tables, writer};
use crate::db::{Tx, Writes};
use crate::facts::{self, Fact};
use crate::{App, Stop, p};
use rules::base::{Id, Moment, id};
use rules::content::post::State;

#[derive(Clone, Debug)]
pub struct LikePost {
    pub community: Id<id::Community>,
    pub by: Id<id::Member>,
    pub post: Id<id::Post>,
    /// The groups this person may see into.
    pub groups: Vec<Id<id::Group>>,
    /// What it shall be, not a switch: a repeated form does not undo itself.
    pub liked: bool,
}

crate::refusals! {
    NotAMember = "not_a_member", Muted = "muted", NoSuchPost = "no_such_post",
}

impl App {
    /// Returns how many like it now.
    pub async fn like_post(&self, now: Moment, x: LikePost) -> Result<i64, Stop<Refused>> {
        self.db.write(now, move |tx| like(tx, &x)).await
    }
}

fn like(tx: &mut Tx<'_>, x: &LikePost) -> Result<i64, Stop<Refused>> {
    let (c, now) = (x.community, tx.now());
    let (_, acting) = writer(tx, c, x.by, now)?.ok_or(Refused::NotAMember)?;
    if acting.muted && x.liked {
        return Err(Refused::Muted.into());
    }
    let post = tables::post(tx, c, x.post)?.ok_or(Refused::NoSuchPost)?;
    let seen = post.group.is_none_or(|g| acting.tends_content || x.groups.contains(&g));
    if post.state != State::Published || !seen {
        return Err(Refused::NoSuchPost.into());
    }
    // after this point it must succeed, unless another was faster
    let touched = match x.liked {
        true => tx.exec(tables::LIKE, p![c, x.post, x.by, now])?,
        false => tx.exec(tables::UNLIKE, p![c, x.post, x.by])?,
    };
    if touched == 0 {
        return Ok(tx.one(tables::LIKES, p![c, x.post], |r| r.int(0))?.unwrap_or(0));
    }
    let step: i64 = if x.liked { 1 } else { -1 };
    let likes = tx.exec_one(tables::MORE_LIKES, p![c, x.post, step], |r| r.int(0))?;
    let likes = likes.ok_or(Refused::NoSuchPost)?;
    let mut w: Writes<Refused> = Writes::default();
    let kind = if x.liked { "post_liked" } else { "post_unliked" };
    let fact = Fact { kind, subject: x.post.raw(), actor: Some(x.by), body: "{}" };
    facts::write(tx, &mut w, c, fact);
    tx.run(w)?;
    Ok(likes)
}

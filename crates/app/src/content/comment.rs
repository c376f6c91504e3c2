//! Say something under a post, or answer somebody who did.
use super::create_post::{self, Published};
use super::tables::{self, NewComment};
use super::{html, writer};
use crate::db::{Tx, Writes};
use crate::facts::{self, Fact};
use crate::reach::{self, Notice};
use crate::{App, Stop};
use rules::base::{Id, Moment, id, text};
use rules::content::comment::{self as law, State as Shown};
use rules::content::post::{MENTIONS, State};
use rules::content::reading;
use rules::reach::notice::Kind as NoticeKind;

#[derive(Clone, Debug)]
pub struct CommentPost {
    pub community: Id<id::Community>,
    pub by: Id<id::Member>,
    /// Minted into the form: sending it twice says it once.
    pub id: Id<id::Comment>,
    pub post: Id<id::Post>,
    /// The comment that is answered.
    pub answers: Option<Id<id::Comment>>,
    /// The groups this person may see into.
    pub groups: Vec<Id<id::Group>>,
    pub text: String,
    pub mentions: Vec<Id<id::Member>>,
}

crate::refusals! {
    NotAMember = "not_a_member", Muted = "muted", NoSuchPost = "no_such_post",
    NoSuchComment = "no_such_comment", TextMissing = "text_missing",
    TextTooLong = "text_too_long", TooManyMentions = "too_many_mentions",
    /// Somebody else's comment carries this id.
    IdTaken = "id_taken",
    /// The same form arrived twice at once; the verb runs once more, so callers do not see this.
    Faster = "said_meanwhile",
}

impl App {
    pub async fn comment(
        &self,
        now: Moment,
        x: CommentPost,
    ) -> Result<Id<id::Comment>, Stop<Refused>> {
        let verb = move |tx: &mut Tx<'_>| say(tx, &x);
        let again = verb.clone();
        match self.db.write(now, verb).await {
            Err(Stop::Refused(Refused::Faster)) => self.db.write(now, again).await,
            out => out,
        }
    }
}

fn say(tx: &mut Tx<'_>, x: &CommentPost) -> Result<Id<id::Comment>, Stop<Refused>> {
    let (c, now) = (x.community, tx.now());
    let (_, acting) = writer(tx, c, x.by, now)?.ok_or(Refused::NotAMember)?;
    if let Some(before) = tables::comment(tx, c, x.id)? {
        return if before.member == x.by { Ok(x.id) } else { Err(Refused::IdTaken.into()) };
    }
    if acting.muted {
        return Err(Refused::Muted.into());
    }
    let sees =
        |g: Option<Id<id::Group>>| g.is_none_or(|g| acting.tends_content || x.groups.contains(&g));
    let post = tables::post(tx, c, x.post)?;
    let post = post.filter(|p| p.state == State::Published && sees(p.group));
    let post = post.ok_or(Refused::NoSuchPost)?;
    let mut answered = None;
    if let Some(id) = x.answers {
        let there = tables::comment(tx, c, id)?;
        let there = there.filter(|a| a.post == x.post && a.state == Shown::Shown);
        answered = Some((id, there.ok_or(Refused::NoSuchComment)?));
    }
    let said = law::check(&x.text).map_err(|u| match u {
        text::Unfit::TooLong => Refused::TextTooLong,
        _ => Refused::TextMissing,
    })?;
    if x.mentions.len() > MENTIONS {
        return Err(Refused::TooManyMentions.into());
    }
    // after this point it must succeed, unless another was faster
    let mut w = Writes::default();
    let parent = answered.as_ref().map(|(id, a)| law::under(*id, a.parent));
    let made = html::plain(&said).html;
    let new = NewComment { id: x.id, post: x.post, parent, by: x.by, text: &said, html: &made };
    tables::say(&mut w, c, new, now, Refused::Faster, Refused::NoSuchPost);
    let body = format!("{{\"post\":{}}}", x.post.raw());
    let fact = Fact { kind: "comment_made", subject: x.id.raw(), actor: Some(x.by), body: &body };
    facts::write(tx, &mut w, c, fact);
    let title = match post.title.is_empty() {
        true => reading::lead(&post.source),
        false => post.title.clone(),
    };
    let args = [("title", title.as_str())];
    let told = |kind| Notice { kind, subject: x.post.raw(), actor: Some(x.by), args: &args };
    let answered = answered.map(|(_, a)| a.member);
    if let Some(member) = answered {
        reach::notify(tx, &mut w, c, member, told(NoticeKind::CommentReplied))?;
    }
    // whoever was answered or wrote the post hears of this comment once
    if answered != Some(post.member) {
        reach::notify(tx, &mut w, c, post.member, told(NoticeKind::PostCommented))?;
    }
    let fresh = |m: &&Id<id::Member>| **m != post.member && Some(**m) != answered;
    let mentions: Vec<_> = x.mentions.iter().filter(fresh).copied().collect();
    let what = Published { c, by: x.by, id: x.post, title: &title, mentions: &mentions };
    create_post::mention(tx, &mut w, what)?;
    tx.run(w)?;
    Ok(x.id)
}

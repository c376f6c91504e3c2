//! Choose one's own tags.
use super::tables_house as tables;
use super::who;
use crate::db::{Tx, Writes};
use crate::facts::{self, Fact};
use crate::{App, Stop};
use rules::base::{Id, Moment, id};
use rules::community::tag;

#[derive(Clone, Debug)]
pub struct ChooseTags {
    pub community: Id<id::Community>,
    pub member: Id<id::Member>,
    /// All of the member's own choice; what is not here is no longer chosen.
    pub tags: Vec<Id<id::Tag>>,
}

crate::refusals! {
    /// At most 20.
    TooMany = "too_many_tags",
    NotAMember = "not_a_member",
    NoSuchTag = "no_such_tag",
}

impl App {
    pub async fn choose_tags(&self, now: Moment, cmd: ChooseTags) -> Result<(), Stop<Refused>> {
        if cmd.tags.len() > tag::MOST {
            return Err(Refused::TooMany.into());
        }
        let verb = move |tx: &mut Tx<'_>| {
            let (c, member) = (cmd.community, cmd.member);
            who::member_is(tx, c, member)?.ok_or(Refused::NotAMember)?;
            if !tables::are_tags(tx, c, &cmd.tags)? {
                return Err(Refused::NoSuchTag.into());
            }
            let mut w = Writes::default();
            tables::choose(&mut w, c, member, &cmd.tags, tx.now());
            let body = format!(r#"{{"tags":{}}}"#, cmd.tags.len());
            let (kind, subject, actor) = ("tags_chosen", member.raw(), Some(member));
            facts::write(tx, &mut w, c, Fact { kind, subject, actor, body: &body });
            tx.run(w)
        };
        self.db.write(now, verb).await
    }
}

//! Become a member: an explicit yes to the rules, a name, and tags to be shown something fitting.
use super::tables_house::{self as tables, NewMember};
use super::who::Membership;
use crate::db::{Tx, Writes};
use crate::facts::{self, Fact};
use crate::spread::{self, Visitor};
use crate::{App, Stop};
use rules::base::{Id, Moment, id};
use rules::community::role::Role;
use rules::community::{open, tag};

#[derive(Clone, Debug)]
pub struct JoinCommunity {
    pub community: Id<id::Community>,
    pub account: Id<id::Account>,
    /// What the member is called here.
    pub name: String,
    pub tags: Vec<Id<id::Tag>>,
    /// The yes to the rules of the house.
    pub agreed: bool,
}

crate::refusals! {
    NotAgreed = "not_agreed",
    BadName = "bad_name",
    TooManyTags = "too_many_tags",
    NoSuchCommunity = "no_such_community",
    Banned = "banned",
    NoSuchTag = "no_such_tag",
    /// The same person joined twice at one moment; asked once more by itself.
    Faster = "faster",
}

impl App {
    /// Joining twice is being a member once.
    pub async fn join_community(
        &self,
        now: Moment,
        cmd: JoinCommunity,
    ) -> Result<Id<id::Member>, Stop<Refused>> {
        self.join_through(now, cmd, None).await
    }
    /// The same in a browser that may have opened somebody's link before: they brought the member.
    pub async fn join_through(
        &self,
        now: Moment,
        cmd: JoinCommunity,
        visitor: Option<Visitor>,
    ) -> Result<Id<id::Member>, Stop<Refused>> {
        if !cmd.agreed {
            return Err(Refused::NotAgreed.into());
        }
        let name = open::person(&cmd.name).map_err(|_| Refused::BadName)?;
        let cmd = JoinCommunity { name, ..cmd };
        if cmd.tags.len() > tag::MOST {
            return Err(Refused::TooManyTags.into());
        }
        let verb = move |tx: &mut Tx<'_>| joins(tx, &cmd, visitor.as_ref());
        match self.db.write(now, verb.clone()).await {
            Err(Stop::Refused(Refused::Faster)) => self.db.write(now, verb).await,
            out => out,
        }
    }
}

fn joins(
    tx: &mut Tx<'_>,
    cmd: &JoinCommunity,
    visitor: Option<&Visitor>,
) -> Result<Id<id::Member>, Stop<Refused>> {
    let (c, now) = (cmd.community, tx.now());
    if !tables::is_open(tx, c)? {
        return Err(Refused::NoSuchCommunity.into());
    }
    let before = tables::member_of(tx, c, cmd.account)?;
    match before {
        Some((member, Membership::Active)) => return Ok(member),
        Some((_, Membership::Banned | Membership::Closed)) => return Err(Refused::Banned.into()),
        Some((_, Membership::Left)) | None => {}
    }
    if !tables::are_tags(tx, c, &cmd.tags)? {
        return Err(Refused::NoSuchTag.into());
    }
    // after this point it must succeed, unless another was faster
    let mut w = Writes::default();
    let (member, back) = match before {
        Some((member, _)) => {
            tables::come_back(&mut w, c, member, &cmd.name, Refused::Faster);
            (member, true)
        }
        None => {
            let id = tx.mint();
            let new = NewMember { id, account: cmd.account, name: &cmd.name, role: Role::Member };
            tables::add_member(&mut w, c, &new, now, Refused::Faster);
            if let Some(visitor) = visitor {
                let by = spread::came_through(tx, &mut w, (c, id), visitor, Refused::Faster)?;
                if let Some(by) = by {
                    tables::brought(&mut w, c, id, by);
                }
            }
            (id, false)
        }
    };
    tables::choose(&mut w, c, member, &cmd.tags, now);
    let body = format!(r#"{{"back":{back},"tags":{}}}"#, cmd.tags.len());
    let fact =
        Fact { kind: "member_joined", subject: member.raw(), actor: Some(member), body: &body };
    facts::write(tx, &mut w, c, fact);
    tx.run(w)?;
    Ok(member)
}

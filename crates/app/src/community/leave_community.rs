//! Leave a community and all its groups. One may come back.
use super::tables_house as tables;
use super::tables_rooms;
use super::who::{self, Membership};
use crate::db::{Tx, Writes};
use crate::facts::{self, Fact};
use crate::{App, Stop};
use rules::base::{Id, Moment, id};
use rules::community::role::Role;

crate::refusals! {
    NotAMember = "not_a_member",
    /// Hand it over or close it first.
    OwnerStays = "owner_stays",
}

impl App {
    pub async fn leave_community(
        &self,
        now: Moment,
        c: Id<id::Community>,
        member: Id<id::Member>,
    ) -> Result<(), Stop<Refused>> {
        let verb = move |tx: &mut Tx<'_>| {
            let who = who::member_is(tx, c, member)?.ok_or(Refused::NotAMember)?;
            if who.role == Role::Owner {
                return Err(Refused::OwnerStays.into());
            }
            // after this point it must succeed, unless another was faster
            let (mut w, now) = (Writes::default(), tx.now());
            tables::end(&mut w, c, member, Membership::Left, now, Refused::NotAMember);
            tables_rooms::stand_everywhere(tx, &mut w, c, member)?;
            let fact = Fact {
                kind: "member_left",
                subject: member.raw(),
                actor: Some(member),
                body: "{}",
            };
            facts::write(tx, &mut w, c, fact);
            tx.run(w)
        };
        self.db.write(now, verb).await
    }
}

//! Leave a group; its seat is free for another.
use super::tables_rooms as tables;
use crate::db::{Tx, Writes};
use crate::facts::{self, Fact};
use crate::{App, Stop};
use rules::base::{Id, Moment, id};

crate::refusals! {
    NotIn = "not_in_group",
}

impl App {
    pub async fn leave_group(
        &self,
        now: Moment,
        c: Id<id::Community>,
        member: Id<id::Member>,
        group: Id<id::Group>,
    ) -> Result<(), Stop<Refused>> {
        let verb = move |tx: &mut Tx<'_>| {
            let mut w = Writes::default();
            tables::stand(&mut w, c, group, member, Refused::NotIn);
            let body = format!(r#"{{"member":{}}}"#, member.raw());
            let (kind, subject, actor) = ("group_left", group.raw(), Some(member));
            facts::write(tx, &mut w, c, Fact { kind, subject, actor, body: &body });
            tx.wake(c.raw(), group.raw());
            tx.run(w)
        };
        self.db.write(now, verb).await
    }
}

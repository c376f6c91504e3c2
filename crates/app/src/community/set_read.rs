//! How far a member has read in a group. Only forward.
use super::tables_rooms as tables;
use crate::db::{Tx, Writes};
use crate::{App, Stop};
use rules::base::{Id, Moment, id};

crate::refusals! {
    /// Reading is never refused; who is not in the group has nothing to remember.
    Never = "never",
}

impl App {
    pub async fn set_read(
        &self,
        now: Moment,
        c: Id<id::Community>,
        member: Id<id::Member>,
        group: Id<id::Group>,
        seq: i64,
    ) -> Result<(), Stop<Refused>> {
        let verb = move |tx: &mut Tx<'_>| {
            let mut w = Writes::default();
            tables::set_read(&mut w, c, group, member, seq);
            tx.run(w)
        };
        self.db.write(now, verb).await
    }
}

//! What a member wants to hear of, and where.
use super::tables;
use crate::community::who;
use crate::db::{Tx, Writes};
use crate::{App, Stop};
use rules::base::{Id, Moment, id};
use rules::reach::notice::{Channel, Kind};

crate::refusals! {
    NotAMember = "not_a_member",
}

impl App {
    /// Several choices of one form at once; what is not named stays as it is.
    pub async fn choose_notices(
        &self,
        now: Moment,
        c: Id<id::Community>,
        member: Id<id::Member>,
        choices: Vec<(Kind, Channel, bool)>,
    ) -> Result<(), Stop<Refused>> {
        let verb = move |tx: &mut Tx<'_>| {
            who::member_is(tx, c, member)?.ok_or(Refused::NotAMember)?;
            let mut w = Writes::default();
            for (kind, channel, wanted) in &choices {
                tables::choose(&mut w, c, member, *kind, *channel, *wanted);
            }
            tx.run(w)
        };
        self.db.write(now, verb).await
    }
}

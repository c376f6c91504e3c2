//! Close an account: the words go, the money rows stay.
//!
//! Each community is left in a transaction of its own, the account closes in the last one: a
//! person whose request was cut short asks again and it goes on.
use super::closed_member::closed_member;
use super::tables_house as tables;
use super::{tables_people, tables_second_factor};
use crate::db::{Tx, Writes};
use crate::{App, Stop};
use rules::base::{Id, Moment, id};

crate::refusals! {
    NoSuchAccount = "no_such_account",
    /// Hand over or close the communities one owns first.
    Owner = "owns_a_community",
    /// A community was joined meanwhile; asked once more by itself.
    Faster = "faster",
}

impl App {
    pub async fn close_account(
        &self,
        now: Moment,
        account: Id<id::Account>,
    ) -> Result<(), Stop<Refused>> {
        let round = async || -> Result<(), Stop<Refused>> {
            let list = self
                .db
                .read(move |rx| {
                    let owns = tables::owns_one(rx, account)?;
                    Ok((owns, tables::memberships(rx, account)?))
                })
                .await?;
            if list.0 {
                return Err(Refused::Owner.into());
            }
            for (c, member, _) in list.1 {
                let leave = move |tx: &mut Tx<'_>| {
                    let mut w: Writes<Refused> = Writes::default();
                    closed_member(tx, &mut w, c, member)?;
                    tx.run(w)
                };
                self.db.write(now, leave).await?;
            }
            let close = move |tx: &mut Tx<'_>| {
                if !tables::memberships(tx, account)?.is_empty() {
                    return Err(Refused::Faster.into());
                }
                let mut w = Writes::default();
                tables_people::close_account(&mut w, account, now, Refused::NoSuchAccount);
                tables_second_factor::remove(&mut w, account);
                tx.wake(0, account.raw());
                tx.run(w)
            };
            self.db.write(now, close).await
        };
        match round().await {
            Err(Stop::Refused(Refused::Faster)) => round().await,
            out => out,
        }
    }
}

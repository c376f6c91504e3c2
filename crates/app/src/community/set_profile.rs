//! What an account is called and which language it reads.
use super::tables_people as tables;
use crate::db::{Tx, Writes};
use crate::{App, Stop};
use rules::base::{Id, Lang, Moment, id};
use rules::community::open;

#[derive(Clone, Debug)]
pub struct SetProfile {
    pub account: Id<id::Account>,
    pub name: String,
    pub lang: Lang,
}

crate::refusals! {
    BadName = "bad_name",
    NoSuchAccount = "no_such_account",
}

impl App {
    pub async fn set_profile(&self, now: Moment, cmd: SetProfile) -> Result<(), Stop<Refused>> {
        let name = open::person(&cmd.name).map_err(|_| Refused::BadName)?;
        let verb = move |tx: &mut Tx<'_>| {
            let mut w = Writes::default();
            tables::set_profile(&mut w, cmd.account, &name, cmd.lang, Refused::NoSuchAccount);
            tx.run(w)
        };
        self.db.write(now, verb).await
    }
}

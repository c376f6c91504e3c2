//! Choose a password. All other sessions of the account end.
use super::hashing;
use super::tables_people as tables;
use crate::db::{Tx, Writes};
use crate::digest::sha256;
use crate::{App, Stop};
use rules::base::{Id, Moment, id};
use rules::community::password::Weak;
use rules::community::{password, session, throttle};

#[derive(Clone, Debug)]
pub struct SetPassword {
    pub account: Id<id::Account>,
    /// The session that asks; it stays.
    pub session: Id<id::Session>,
    /// Needed when there is a password already, unless the person came in minutes ago.
    pub old: Option<String>,
    pub new: String,
}

crate::refusals! {
    TooShort = "password_too_short",
    TooLong = "password_too_long",
    Common = "password_common",
    /// The session or the account is gone: sign in again.
    SignedOut = "signed_out",
    TooMany = "too_many_tries",
    WrongOld = "wrong_old_password",
}
impl From<Weak> for Refused {
    fn from(w: Weak) -> Refused {
        match w {
            Weak::TooShort => Refused::TooShort,
            Weak::TooLong => Refused::TooLong,
            Weak::Common => Refused::Common,
        }
    }
}

impl App {
    pub async fn set_password(&self, now: Moment, cmd: SetPassword) -> Result<(), Stop<Refused>> {
        password::check(&cmd.new).map_err(Refused::from)?;
        let (account, session) = (cmd.account, cmd.session);
        let bucket = sha256(&format!("old password of {}", account.raw()));
        let look = move |tx: &mut Tx<'_>| {
            let known = tables::account(tx, account)?.ok_or(Refused::SignedOut)?;
            let born = tables::session_born(tx, account, session, now)?;
            let born = born.ok_or(Refused::SignedOut)?;
            let fine = tables::tried(tx, &bucket, throttle::PASSWORD_FOR_ACCOUNT)?;
            Ok::<_, Stop<Refused>>((fine, known.password, session::fresh(born, now)))
        };
        let (fine, stored, fresh) = self.db.write(now, look).await?;
        if !fine {
            return Err(Refused::TooMany.into());
        }
        if stored.is_some() && !fresh {
            let old = cmd.old.unwrap_or_default();
            if !hashing::matches(old, stored).await? {
                return Err(Refused::WrongOld.into());
            }
        }
        let hashed = hashing::hashed(cmd.new, self.chance.bytes()).await?;
        let verb = move |tx: &mut Tx<'_>| {
            let mut w = Writes::default();
            tables::set_password(&mut w, account, Some(&hashed), Refused::SignedOut);
            tables::end_others(&mut w, account, Some(session));
            tx.wake(0, account.raw());
            tx.run(w)
        };
        self.db.write(now, verb).await
    }
}

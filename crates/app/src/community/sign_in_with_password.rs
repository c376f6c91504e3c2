//! Come in with a password. An unknown address takes the same work and the same words.
use super::hashing;
use super::sessions::{self, SignedIn, Token};
use super::tables_people as tables;
use crate::db::{Tx, Writes};
use crate::digest::sha256;
use crate::{App, Stop};
use rules::base::Moment;
use rules::community::contact::{self, Contact, ContactKind};
use rules::community::{password, throttle};

#[derive(Clone, Debug)]
pub struct SignInWithPassword {
    pub kind: ContactKind,
    pub target: String,
    pub password: String,
    pub agent: String,
    /// The client's network address, for the throttle.
    pub address: String,
}

crate::refusals! {
    BadTarget = "bad_target",
    TooMany = "too_many_tries",
    /// The password or the account is not right; which one is not told.
    Wrong = "wrong_password",
}

pub(super) fn bucket(contact: &Contact) -> String {
    sha256(&format!("password of {} {}", contact.kind.code(), contact.value))
}

impl App {
    pub async fn sign_in_with_password(
        &self,
        now: Moment,
        cmd: SignInWithPassword,
    ) -> Result<SignedIn, Stop<Refused>> {
        let contact = contact::contact(cmd.kind, &cmd.target).ok_or(Refused::BadTarget)?;
        let (whose, from) = (bucket(&contact), sha256(&format!("password from {}", cmd.address)));
        let asked = contact.clone();
        let whose_tries = whose.clone();
        let look = move |tx: &mut Tx<'_>| {
            let fine = tables::tried(tx, &whose_tries, throttle::PASSWORD_FOR_ACCOUNT)?
                & tables::tried(tx, &from, throttle::PASSWORD_FROM_ADDRESS)?;
            let known = if fine { tables::identity(tx, &asked)? } else { None };
            Ok::<_, Stop<Refused>>((fine, known.and_then(|k| k.password)))
        };
        let (fine, stored) = self.db.write(now, look).await?;
        if !fine {
            return Err(Refused::TooMany.into());
        }
        if cmd.password.chars().count() > password::MOST {
            return Err(Refused::Wrong.into());
        }
        if !hashing::matches(cmd.password, stored.clone()).await? {
            return Err(Refused::Wrong.into());
        }
        let token = Token::draw(&self.chance);
        let verb = move |tx: &mut Tx<'_>| {
            // the account may have been closed, or its password changed, while we computed
            let known = tables::identity(tx, &contact)?.ok_or(Refused::Wrong)?;
            if known.password != stored {
                return Err(Refused::Wrong.into());
            }
            let mut w: Writes<Refused> = Writes::default();
            tables::forget_tries(&mut w, &whose);
            let session = sessions::open(tx, &mut w, &token, known.account, &cmd.agent);
            tx.run(w)?;
            let (account, nameless) = (known.account, known.name.is_empty());
            Ok(SignedIn { account, session, token: token.text.clone(), is_new: false, nameless })
        };
        self.db.write(now, verb).await
    }
}

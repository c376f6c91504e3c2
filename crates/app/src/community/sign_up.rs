//! Make an account with a password.
use super::hashing;
use super::sessions::{self, SignedIn, Token};
use super::tables_people as tables;
use crate::db::{Tx, Writes};
use crate::digest::sha256;
use crate::{App, Stop};
use rules::base::{Lang, Moment};
use rules::community::contact::{self, ContactKind};
use rules::community::password::Weak;
use rules::community::{open, password, throttle};

#[derive(Clone, Debug)]
pub struct SignUp {
    pub kind: ContactKind,
    pub target: String,
    pub password: String,
    pub name: String,
    pub lang: Lang,
    pub agent: String,
    /// The client's network address, for the throttle.
    pub address: String,
}

crate::refusals! {
    BadTarget = "bad_target",
    BadName = "bad_name",
    TooShort = "password_too_short",
    TooLong = "password_too_long",
    /// Among the commonest passwords.
    Common = "password_common",
    TooMany = "too_many_tries",
    /// There is an account with this address or number: sign in instead.
    Taken = "taken",
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
    pub async fn sign_up(&self, now: Moment, cmd: SignUp) -> Result<SignedIn, Stop<Refused>> {
        let contact = contact::contact(cmd.kind, &cmd.target).ok_or(Refused::BadTarget)?;
        let name = open::person(&cmd.name).map_err(|_| Refused::BadName)?;
        password::check(&cmd.password).map_err(Refused::from)?;
        let from = sha256(&format!("password from {}", cmd.address));
        let throttle = move |tx: &mut Tx<'_>| {
            Ok::<_, Stop<Refused>>(tables::tried(tx, &from, throttle::PASSWORD_FROM_ADDRESS)?)
        };
        if !self.db.write(now, throttle).await? {
            return Err(Refused::TooMany.into());
        }
        let hashed = hashing::hashed(cmd.password, self.chance.bytes()).await?;
        let token = Token::draw(&self.chance);
        let verb = move |tx: &mut Tx<'_>| {
            let (account, mut w) = (tx.mint(), Writes::default());
            let new = tables::NewAccount {
                id: account,
                name: &name,
                lang: cmd.lang,
                password: Some(&hashed),
            };
            tables::add_identity(&mut w, &contact, account, None, Refused::Taken);
            tables::add_account(&mut w, &new, tx.now());
            let session = sessions::open(tx, &mut w, &token, account, &cmd.agent);
            tx.run(w)?;
            let token = token.text.clone();
            Ok(SignedIn { account, session, token, is_new: true, nameless: false })
        };
        self.db.write(now, verb).await
    }
}

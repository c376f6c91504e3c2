//! Come in with a one-time code. The first code of a new target makes the account.
use super::request_code::code_hash;
use super::sessions::{self, SignedIn, Token};
use super::tables_people as tables;
use crate::db::{Tx, Writes};
use crate::digest::sha256;
use crate::{App, Stop};
use rules::base::{Id, Lang, Moment, id, secret};
use rules::community::sign_in::{self, Found, Wrong};
use rules::community::{contact::Contact, open};

#[derive(Clone, Debug)]
pub struct SignInWithCode {
    pub sign_in: Id<id::SignIn>,
    pub code: String,
    pub browser: String,
    /// For a new account; may stay empty and be asked for later.
    pub name: String,
    pub lang: Lang,
    /// What the browser says it is, for the list of sessions.
    pub agent: String,
}

crate::refusals! {
    BadName = "bad_name",
    NoSuchCode = "no_such_code",
    /// The code was asked for in another browser.
    OtherBrowser = "other_browser",
    Used = "code_used",
    Expired = "code_expired",
    /// Five wrong ones: ask for a new code.
    TooManyTries = "too_many_tries",
    WrongCode = "wrong_code",
    /// The same person came in twice at one moment; asked once more by itself.
    Faster = "faster",
}
impl From<Wrong> for Refused {
    fn from(w: Wrong) -> Refused {
        match w {
            Wrong::OtherBrowser => Refused::OtherBrowser,
            Wrong::Used => Refused::Used,
            Wrong::Expired => Refused::Expired,
            Wrong::TooManyTries => Refused::TooManyTries,
            Wrong::WrongCode => Refused::WrongCode,
        }
    }
}

impl App {
    pub async fn sign_in_with_code(
        &self,
        now: Moment,
        mut cmd: SignInWithCode,
    ) -> Result<SignedIn, Stop<Refused>> {
        if !cmd.name.trim().is_empty() {
            cmd.name = open::person(&cmd.name).map_err(|_| Refused::BadName)?;
        }
        cmd.code = sign_in::typed(&cmd.code);
        let token = Token::draw(&self.chance);
        let verb = move |tx: &mut Tx<'_>| come_in(tx, &cmd, &token);
        match self.db.write(now, verb.clone()).await {
            Err(Stop::Refused(Refused::Faster)) => Ok(self.db.write(now, verb).await??),
            out => Ok(out??),
        }
    }
}

/// The inner refusal is one whose try has to be counted: the transaction ends well.
fn come_in(
    tx: &mut Tx<'_>,
    cmd: &SignInWithCode,
    token: &Token,
) -> Result<Result<SignedIn, Refused>, Stop<Refused>> {
    let asked = tables::sign_in(tx, cmd.sign_in)?.ok_or(Refused::NoSuchCode)?;
    let same_browser = secret::same(sha256(&cmd.browser).as_bytes(), asked.browser_hash.as_bytes());
    if !same_browser {
        return Err(Refused::OtherBrowser.into()); // uses up none of the owner's tries
    }
    let typed = code_hash(cmd.sign_in, &cmd.code);
    let found = Found {
        same_browser,
        until: asked.until,
        used: asked.used,
        tries: tables::try_code(tx, cmd.sign_in)?,
        same_code: secret::same(typed.as_bytes(), asked.code_hash.as_bytes()),
    };
    if let Err(wrong) = sign_in::judge(found, tx.now()) {
        return Ok(Err(wrong.into()));
    }
    // after this point it must succeed, unless another was faster
    let mut w = Writes::default();
    tables::use_code(&mut w, cmd.sign_in, tx.now(), Refused::Used);
    let (account, is_new, nameless) = account(tx, &mut w, cmd, &asked.contact)?;
    let session = sessions::open(tx, &mut w, token, account, &cmd.agent);
    tx.run(w)?;
    Ok(Ok(SignedIn { account, session, token: token.text.clone(), is_new, nameless }))
}

fn account(
    tx: &mut Tx<'_>,
    w: &mut Writes<Refused>,
    cmd: &SignInWithCode,
    contact: &Contact,
) -> Result<(Id<id::Account>, bool, bool), Stop<Refused>> {
    let now = tx.now();
    let Some(known) = tables::identity(tx, contact)? else {
        let id = tx.mint();
        let new = tables::NewAccount { id, name: cmd.name.trim(), lang: cmd.lang, password: None };
        tables::add_identity(w, contact, id, Some(now), Refused::Faster);
        tables::add_account(w, &new, now);
        return Ok((id, true, new.name.is_empty()));
    };
    if !known.proved {
        // whoever signed up with a target that is not theirs must not stay in the owner's account
        tables::proved(w, contact, now);
        tables::set_password(w, known.account, None, Refused::Faster);
        tables::end_others(w, known.account, None);
    }
    Ok((known.account, false, known.name.is_empty()))
}

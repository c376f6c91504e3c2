//! Sessions: opened, kept, listed, ended. The token is shown once, its hash is stored.
use super::tables_people as tables;
use crate::db::{Tx, Writes};
use crate::digest::sha256;
use crate::{App, Chance, Fault, Stop};
use rules::base::{Id, Moment, id, secret, text};
use rules::community::session;

crate::refusals! {
    /// The account is closed or was never there.
    NoSuchAccount = "no_such_account",
}

/// What a browser keeps: the token goes into its cookie and nowhere else.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SignedIn {
    pub account: Id<id::Account>,
    pub session: Id<id::Session>,
    pub token: String,
    /// This sign-in made the account.
    pub is_new: bool,
    /// Nobody asked for the name yet: the page does next.
    pub nameless: bool,
}

/// 256 bits, drawn before the transaction that stores their hash.
#[derive(Clone)]
pub(super) struct Token {
    pub text: String,
    pub hash: String,
}
impl Token {
    pub fn draw(chance: &Chance) -> Token {
        let text = secret::hex(&chance.bytes::<32>());
        let hash = sha256(&text);
        Token { text, hash }
    }
}

/// Inside the transaction of a sign-in.
pub(super) fn open<R>(
    tx: &Tx<'_>,
    w: &mut Writes<R>,
    token: &Token,
    account: Id<id::Account>,
    agent: &str,
) -> Id<id::Session> {
    let (now, id) = (tx.now(), tx.mint());
    let agent = text::clip(&text::line(agent), 120);
    let until = session::until(now, now);
    let new = tables::NewSession { id, hash: &token.hash, account, agent: &agent, until };
    tables::add_session(w, &new, now);
    id
}

impl App {
    /// Signs an account in without asking it anything: for demonstrations, tests and set-up.
    pub async fn open_session_for(
        &self,
        now: Moment,
        account: Id<id::Account>,
        agent: &str,
    ) -> Result<SignedIn, Stop<Refused>> {
        let (token, agent) = (Token::draw(&self.chance), agent.to_string());
        let verb = move |tx: &mut Tx<'_>| {
            let known = tables::account(tx, account)?.ok_or(Refused::NoSuchAccount)?;
            let mut w: Writes<Refused> = Writes::default();
            let session = open(tx, &mut w, &token, account, &agent);
            tx.run(w)?;
            let token = token.text.clone();
            let nameless = known.name.is_empty();
            Ok(SignedIn { account, session, token, is_new: false, nameless })
        };
        self.db.write(now, verb).await
    }
    /// Slides a session on; writes at most once an hour, so it may follow every page.
    pub async fn keep_session(&self, now: Moment, token: &str) -> Result<(), Stop<Refused>> {
        let hash = sha256(token);
        let looked = hash.clone();
        let seen = self.db.read(move |rx| tables::session(rx, &looked, now)).await?;
        let Some(s) = seen.filter(|s| session::worth_noting(s.seen, now)) else { return Ok(()) };
        let until = session::until(s.created, now);
        self.people_write(now, move |w| tables::keep_session(w, &hash, now, until)).await
    }
    pub async fn sign_out(&self, now: Moment, token: &str) -> Result<(), Stop<Refused>> {
        let hash = sha256(token);
        self.people_write(now, move |w| tables::end_token(w, &hash)).await
    }
    /// Ends one of one's own sessions; one that is already over stays over.
    pub async fn end_session(
        &self,
        now: Moment,
        account: Id<id::Account>,
        session: Id<id::Session>,
    ) -> Result<(), Stop<Refused>> {
        self.people_write(now, move |w| tables::end_session(w, account, session)).await
    }
    /// Ends all sessions of the account but the one that asks.
    pub async fn end_all_sessions(
        &self,
        now: Moment,
        account: Id<id::Account>,
        but: Option<Id<id::Session>>,
    ) -> Result<(), Stop<Refused>> {
        self.people_write(now, move |w| tables::end_others(w, account, but)).await
    }
    /// Forgets sessions that are over, and codes and throttles a day old. Once an hour is enough.
    pub async fn sweep_people(&self, now: Moment) -> Result<(), Stop<Refused>> {
        self.people_write(now, move |w| tables::sweep(w, now)).await
    }
    async fn people_write(
        &self,
        now: Moment,
        f: impl Fn(&mut Writes<Refused>) + Send + 'static,
    ) -> Result<(), Stop<Refused>> {
        let verb = move |tx: &mut Tx<'_>| {
            let mut w = Writes::default();
            f(&mut w);
            tx.run(w)
        };
        self.db.write(now, verb).await
    }
    /// The account and session behind a token.
    pub async fn session(
        &self,
        now: Moment,
        token: &str,
    ) -> Result<Option<super::views_people::SessionRow>, Fault> {
        let hash = sha256(token);
        self.db.read(move |rx| super::views_people::session(rx, &hash, now)).await
    }
}

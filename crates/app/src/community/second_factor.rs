//! The second factor of an account: set up with an app, asked for where money leaves, removed.
use super::hashing;
use super::tables_people as people;
use super::tables_second_factor::{self as tables, Factor};
use super::who::Who;
use crate::db::{Fault, Rx, Tx, Writes};
use crate::digest::sha256;
use crate::reach::{self, Notice};
use crate::{App, Stop};
use rules::base::{Id, Moment, id};
use rules::community::second_factor::{self as law, RECOVERY, SECRET, State, Typed};
use rules::community::{session, throttle};
use rules::reach::notice::Kind;

type Account = Id<id::Account>;

#[derive(Clone, Debug)]
pub struct BeginSecondFactor {
    pub account: Account,
    pub session: Id<id::Session>,
    /// Needed unless the person came in minutes ago.
    pub password: Option<String>,
}

crate::refusals! {
    /// The session or the account is gone: sign in again.
    SignedOut = "signed_out",
    TooMany = "too_many_tries",
    /// Neither a right password nor a fresh session.
    NotFresh = "sign_in_again_first",
    AlreadyOn = "second_factor_on",
    NotBegun = "second_factor_not_begun",
    WrongCode = "wrong_code",
}

/// A setup as its page shows it.
#[derive(Clone, Debug)]
pub struct SecondFactorPage {
    pub state: Option<State>,
    pub since: Option<Moment>,
    /// Codes on paper that were not used.
    pub left: i64,
    /// Of a setup that waits for its first code.
    pub secret: Option<[u8; SECRET]>,
}

/// What a right code is good for, once.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Proof {
    Step(i64),
    Recovery(String),
}

/// What a typed code turned out to be.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Looked {
    Good(Proof),
    Wrong,
    TooMany,
    /// The account has no second factor.
    None,
}

fn tries(account: Account) -> String {
    sha256(&format!("second factor of {}", account.raw()))
}
fn hash(account: Account, code: &str) -> String {
    sha256(&format!("recovery of {}: {code}", account.raw()))
}

impl App {
    fn code_steps(&self, account: Account, f: &Factor, now: Moment) -> Vec<(i64, String)> {
        let made = &self.gateway.second_factor;
        law::steps(now).map(|s| (s, made.code(account.raw(), f.version, s))).to_vec()
    }
    fn proof(
        &self,
        rx: &mut Rx<'_>,
        account: Account,
        f: &Factor,
        (typed, now): (&str, Moment),
    ) -> Result<Option<Proof>, Fault> {
        Ok(match law::read(typed) {
            Some(Typed::Code(code)) => {
                law::fits(&code, &self.code_steps(account, f, now), f.last_step).map(Proof::Step)
            }
            Some(Typed::Recovery(code)) => {
                let hash = hash(account, &code);
                tables::unused(rx, account, &hash)?.then_some(Proof::Recovery(hash))
            }
            None => None,
        })
    }
    /// Looks at a code and counts the try; the verb it is typed for uses it up.
    pub(crate) async fn look_at_code(
        &self,
        now: Moment,
        account: Account,
        typed: String,
    ) -> Result<Looked, Fault> {
        let (app, bucket) = (self.clone(), tries(account));
        let look = move |tx: &mut Tx<'_>| {
            let Some(f) = tables::factor(tx, account)?.filter(|f| f.state == State::On) else {
                return Ok::<_, Stop<Refused>>(Looked::None);
            };
            if !people::tried(tx, &bucket, throttle::SECOND_FACTOR)? {
                return Ok(Looked::TooMany);
            }
            let Some(proof) = app.proof(tx, account, &f, (&typed, now))? else {
                return Ok(Looked::Wrong);
            };
            let mut w: Writes<Refused> = Writes::default();
            people::forget_tries(&mut w, &bucket);
            tx.run(w)?;
            Ok(Looked::Good(proof))
        };
        match self.db.write(now, look).await {
            Ok(looked) => Ok(looked),
            Err(Stop::Fault(fault)) => Err(fault),
            Err(Stop::Refused(_)) => Ok(Looked::Wrong),
        }
    }
    pub async fn second_factor(
        &self,
        now: Moment,
        account: Account,
    ) -> Result<SecondFactorPage, Fault> {
        let read =
            move |rx: &mut Rx<'_>| Ok((tables::factor(rx, account)?, tables::left(rx, account)?));
        let (factor, left) = self.db.read(read).await?;
        let young = |f: &Factor| now.since(f.since) < law::UNFINISHED_MS;
        let factor = factor.filter(|f| f.state == State::On || young(f));
        let begun = factor.filter(|f| f.state == State::Begun);
        let secret = |f: Factor| self.gateway.second_factor.secret(account.raw(), f.version);
        Ok(SecondFactorPage {
            state: factor.map(|f| f.state),
            since: factor.map(|f| f.since),
            left,
            secret: begun.map(secret),
        })
    }
    /// The secret of a setup as a picture for an app; none when no setup waits.
    pub async fn second_factor_qr(
        &self,
        now: Moment,
        account: Account,
        issuer: String,
    ) -> Result<Option<Vec<u8>>, Fault> {
        let Some(secret) = self.second_factor(now, account).await?.secret else {
            return Ok(None);
        };
        let drawn = tokio::task::spawn_blocking(move || {
            media::qr::png(&law::address(&issuer, &secret), 240)
        });
        let drawn = drawn.await.map_err(|e| Fault::broken(format!("a drawing thread: {e}")))?;
        Ok(drawn.ok())
    }
    /// A setup with a secret of its own; asked for a code before it counts.
    pub async fn begin_second_factor(
        &self,
        now: Moment,
        b: BeginSecondFactor,
    ) -> Result<(), Stop<Refused>> {
        let (account, session) = (b.account, b.session);
        let fresh = self.with_password(now, account, Some(session), b.password).await?;
        if !fresh {
            return Err(Refused::NotFresh.into());
        }
        let begin = move |tx: &mut Tx<'_>| {
            let mut w = Writes::default();
            let version = tx.mint::<id::Request>().raw();
            tables::begin(&mut w, account, version, now, Refused::AlreadyOn);
            tx.run(w)
        };
        self.db.write(now, begin).await
    }
    /// Whether the password is right, or the session (if one is named) so young that none is asked.
    async fn with_password(
        &self,
        now: Moment,
        account: Account,
        session: Option<Id<id::Session>>,
        password: Option<String>,
    ) -> Result<bool, Stop<Refused>> {
        let bucket = sha256(&format!("old password of {}", account.raw()));
        let asked = password.is_some();
        let look = move |tx: &mut Tx<'_>| {
            let known = people::account(tx, account)?.ok_or(Refused::SignedOut)?;
            let fresh = match session {
                Some(session) => {
                    let born = people::session_born(tx, account, session, now)?;
                    session::fresh(born.ok_or(Refused::SignedOut)?, now)
                }
                None => false,
            };
            let tries = !fresh && asked;
            if tries && !people::tried(tx, &bucket, throttle::PASSWORD_FOR_ACCOUNT)? {
                // the count stays, so the refusal is told outside
                return Ok::<_, Stop<Refused>>((false, None, false));
            }
            Ok((true, known.password, fresh))
        };
        let (fine, stored, fresh) = self.db.write(now, look).await?;
        if !fine {
            return Err(Refused::TooMany.into());
        }
        match (fresh, password, stored) {
            (true, _, _) => Ok(true),
            (false, Some(typed), Some(stored)) => Ok(hashing::matches(typed, Some(stored)).await?),
            _ => Ok(false),
        }
    }
    /// The first code: from now on it is asked for. Returns the codes on paper, shown this once.
    pub async fn confirm_second_factor(
        &self,
        now: Moment,
        who: Who,
        typed: String,
    ) -> Result<Vec<String>, Stop<Refused>> {
        let account = who.account;
        let codes: Vec<String> =
            (0..RECOVERY).map(|_| law::recovery(self.chance.bytes())).collect();
        let (app, bucket, fresh) = (self.clone(), tries(account), codes.clone());
        let confirm = move |tx: &mut Tx<'_>| {
            let f = tables::factor(tx, account)?.ok_or(Refused::NotBegun)?;
            if f.state == State::On {
                return Err(Refused::AlreadyOn.into());
            }
            if now.since(f.since) >= law::UNFINISHED_MS {
                return Err(Refused::NotBegun.into());
            }
            if !people::tried(tx, &bucket, throttle::SECOND_FACTOR)? {
                return Ok(Some(Refused::TooMany));
            }
            let Some(Proof::Step(step)) = app.proof(tx, account, &f, (&typed, now))? else {
                return Ok(Some(Refused::WrongCode));
            };
            let mut w = Writes::default();
            people::forget_tries(&mut w, &bucket);
            tables::confirm(&mut w, account, (f.version, step), now, Refused::NotBegun);
            for code in &fresh {
                tables::add_recovery(&mut w, account, &hash(account, code));
            }
            tell(tx, &mut w, who, Kind::FactorOn)?;
            tx.run(w)?;
            Ok(None)
        };
        match self.db.write(now, confirm).await? {
            Some(refused) => Err(refused.into()),
            None => Ok(codes),
        }
    }
    /// Needs a code, from the app or from the paper, or the password. Who has only the password
    /// wins nothing: whatever is set up instead rests before it opens money.
    pub async fn remove_second_factor(
        &self,
        now: Moment,
        who: Who,
        (typed, password): (String, Option<String>),
    ) -> Result<(), Stop<Refused>> {
        let account = who.account;
        let proof = match self.look_at_code(now, account, typed).await? {
            Looked::Good(proof) => Some(proof),
            Looked::None => return Err(Refused::NotBegun.into()),
            _ if password.is_none() => return Err(Refused::WrongCode.into()),
            _ if self.with_password(now, account, None, password).await? => None,
            _ => return Err(Refused::WrongCode.into()),
        };
        let remove = move |tx: &mut Tx<'_>| {
            let mut w = Writes::default();
            if let Some(proof) = &proof {
                use_up(&mut w, account, proof, now, Refused::WrongCode);
            }
            tables::remove(&mut w, account);
            tell(tx, &mut w, who, Kind::FactorOff)?;
            tx.run(w)
        };
        self.db.write(now, remove).await
    }
}

/// In the community where it was done.
fn tell(tx: &mut Tx<'_>, w: &mut Writes<Refused>, who: Who, kind: Kind) -> Result<(), Fault> {
    let notice = Notice { kind, subject: who.member.raw(), actor: None, args: &[] };
    reach::notify(tx, w, who.community, who.member, notice)
}

/// From when on the account's second factor opens money; none: it has none.
pub(crate) fn rested(rx: &mut Rx<'_>, account: Account) -> Result<Option<Moment>, Fault> {
    let on = tables::factor(rx, account)?.filter(|f| f.state == State::On);
    Ok(on.map(|f| law::rested(f.since)))
}

/// A code is used once, whatever comes at the same moment.
pub(crate) fn use_up<R>(w: &mut Writes<R>, account: Account, proof: &Proof, now: Moment, used: R) {
    match proof {
        Proof::Step(step) => tables::use_step(w, account, *step, used),
        Proof::Recovery(hash) => tables::use_recovery(w, account, hash, now, used),
    }
}

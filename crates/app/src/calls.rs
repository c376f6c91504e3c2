//! Calls of the API that may be sent twice: the first gets a number, the others get its answer.
//!
//! The number names what the call makes (an order, a refund), so a call that was cut off before its
//! answer was kept runs again under the same number and the verb gives what it gave before.
use crate::db::{Fault, Row, Rx, Tx, Writes};
use crate::{App, Stop, p};
use rules::base::moment::DAY;
use rules::base::{Id, Moment, id};

/// An answer is kept this long; afterwards the name is free again.
const KEPT: i64 = DAY;

// a row that is over its time is taken anew, as if it were not there
const BEGIN: &str = "INSERT INTO api_call (community_id, actor, name, ask, number, at, status,
      answer) VALUES ($1,$2,$3,$4,$5,$6,NULL,'')
    ON CONFLICT (community_id, actor, name) DO UPDATE SET ask = $4, number = $5, at = $6,
      status = NULL, answer = '' WHERE api_call.at <= $7";
const CALL: &str = "SELECT ask, number, status, answer FROM api_call
    WHERE community_id = $1 AND actor = $2 AND name = $3";
const ANSWER: &str = "UPDATE api_call SET status = $5, answer = $6
    WHERE community_id = $1 AND actor = $2 AND name = $3 AND number = $4 AND status IS NULL";
const OLD: &str = "DELETE FROM api_call WHERE at <= $1";

/// Who calls, by which name, asking what.
#[derive(Clone, Debug)]
pub struct Call {
    /// 0 outside any community.
    pub community: i64,
    /// The raw id of the member or account.
    pub actor: i64,
    /// The idempotency key, chosen by the caller.
    pub name: String,
    /// A digest of the request: method, path and body.
    pub ask: String,
}

/// How a call goes on.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Begun {
    /// Run the verb; what it makes carries this number.
    Run(i64),
    /// It was answered before, with this status and body.
    Answered(i64, String),
}

crate::refusals! {
    BadName = "bad_idempotency_key",
    /// Within a day one name stands for one request.
    OtherRequest = "idempotency_key_reused",
}

fn read(r: Row<'_>) -> (String, i64, Option<i64>, String) {
    (r.text(0), r.int(1), r.opt_int(2), r.text(3))
}

fn known(rx: &mut Rx<'_>, c: &Call) -> Result<Option<(String, i64, Option<i64>, String)>, Fault> {
    rx.one(CALL, p![c.community, c.actor, &c.name], read)
}

fn begin(tx: &mut Tx<'_>, c: &Call) -> Result<Begun, Stop<Refused>> {
    let (now, number) = (tx.now(), tx.mint::<id::Request>());
    let over = now.plus(-KEPT);
    let args = p![c.community, c.actor, &c.name, &c.ask, number, now, over];
    if tx.exec(BEGIN, args)? == 1 {
        return Ok(Begun::Run(number.raw()));
    }
    match known(tx, c)? {
        Some((ask, ..)) if ask != c.ask => Err(Refused::OtherRequest.into()),
        Some((_, _, Some(status), answer)) => Ok(Begun::Answered(status, answer)),
        Some((_, number, None, _)) => Ok(Begun::Run(number)),
        // swept between two statements: it was a day old
        None => Err(Refused::OtherRequest.into()),
    }
}

impl App {
    pub async fn begin_call(&self, now: Moment, call: Call) -> Result<Begun, Stop<Refused>> {
        let length = call.name.len();
        if !(1..=200).contains(&length) || call.name.chars().any(|c| !c.is_ascii_graphic()) {
            return Err(Refused::BadName.into());
        }
        self.db.write(now, move |tx| begin(tx, &call)).await
    }
    /// Keeps the answer; of two that ran at once the first one's stays.
    pub async fn end_call(
        &self,
        now: Moment,
        (call, number): (Call, i64),
        (status, answer): (i64, String),
    ) -> Result<(), Stop<Refused>> {
        let end = move |tx: &mut Tx<'_>| {
            let mut w = Writes::<Refused>::default();
            let args = p![call.community, call.actor, &call.name, number, status, &answer];
            w.put(ANSWER, args);
            tx.run(w)
        };
        self.db.write(now, end).await
    }
    /// Forgets answers a day old. Once an hour is enough.
    pub async fn sweep_calls(&self, now: Moment) -> Result<(), Stop<Refused>> {
        let sweep = move |tx: &mut Tx<'_>| {
            let mut w = Writes::<Refused>::default();
            w.put(OLD, p![now.plus(-KEPT)]);
            tx.run(w)
        };
        self.db.write(now, sweep).await
    }
}

/// The number under the noun of what a call makes.
pub fn numbered<T>(number: i64) -> Id<T> {
    Id::of(number)
}

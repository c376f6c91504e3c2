//! A browser that opened links turns out to be a member's: what was opened with it was theirs.
use super::bind;
use super::tables;
use crate::community::who::Who;
use crate::db::{Tx, Writes};
use crate::digest::sha256;
use crate::{App, Stop};
use rules::base::{Moment, secret};

/// A browser's token, of which only the hash is kept.
#[derive(Clone, Debug)]
pub struct Visitor(String);

impl Visitor {
    /// From a cookie; `None` when it is none of ours.
    pub fn of(token: &str) -> Option<Visitor> {
        let fits = token.len() == 32 && token.bytes().all(|b| b.is_ascii_hexdigit());
        fits.then(|| Visitor(sha256(&format!("visitor {token}"))))
    }
    /// A new token, to be put into a cookie.
    pub fn token(random: [u8; 16]) -> String {
        secret::hex(&random)
    }
    pub(crate) fn hash(&self) -> &str {
        &self.0
    }
}

crate::refusals! {
    /// Another request of the same member was faster.
    Faster = "another_was_faster",
}

impl App {
    /// Before a member orders: the links they opened before signing in count for the order.
    pub async fn known_visitor(
        &self,
        now: Moment,
        who: Who,
        visitor: Visitor,
    ) -> Result<(), Stop<Refused>> {
        let verb = move |tx: &mut Tx<'_>| {
            let c = who.community;
            let mut w = Writes::default();
            tables::claim(&mut w, c, visitor.hash(), who.member, now);
            tx.run(w)?;
            let seen = bind::opened(tx, c, who.member, &visitor)?;
            let mut w = Writes::default();
            if let Some(last) = seen.last() {
                bind::take_over(tx, &mut w, (c, who.member), *last, Refused::Faster)?;
            }
            tx.run(w)
        };
        self.db.write(now, verb).await
    }
}

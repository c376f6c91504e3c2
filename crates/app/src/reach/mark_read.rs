//! Read one notice, a section of the inbox, or all of it.
use super::tables;
use crate::db::{Fault, Tx, Writes};
use crate::{App, Stop};
use rules::base::{Id, Moment, id};
use rules::reach::notice::Section;

crate::refusals! {
    NoSuchNotice = "no_such_notice",
}

/// The badges of other open pages look again.
fn wake(tx: &mut Tx<'_>, c: Id<id::Community>, member: Id<id::Member>) -> Result<(), Fault> {
    if let Some(account) = tables::account_of(tx, c, member)? {
        tx.wake(c.raw(), account);
    }
    Ok(())
}

impl App {
    /// Reading twice is reading once.
    pub async fn mark_read(
        &self,
        now: Moment,
        c: Id<id::Community>,
        member: Id<id::Member>,
        notice: Id<id::Notice>,
    ) -> Result<(), Stop<Refused>> {
        let verb = move |tx: &mut Tx<'_>| {
            if !tables::there(tx, c, notice, member)? {
                return Err(Refused::NoSuchNotice.into());
            }
            let mut w = Writes::default();
            tables::read(&mut w, c, notice, member, tx.now());
            wake(tx, c, member)?;
            tx.run(w)
        };
        self.db.write(now, verb).await
    }
    /// `None` reads the whole inbox.
    pub async fn mark_all_read(
        &self,
        now: Moment,
        c: Id<id::Community>,
        member: Id<id::Member>,
        section: Option<Section>,
    ) -> Result<(), Stop<Refused>> {
        let verb = move |tx: &mut Tx<'_>| {
            let mut w = Writes::default();
            for one in Section::ALL.iter().filter(|s| section.is_none_or(|only| only == **s)) {
                tables::read_section(&mut w, c, member, *one, tx.now());
            }
            wake(tx, c, member)?;
            tx.run(w)
        };
        self.db.write(now, verb).await
    }
}

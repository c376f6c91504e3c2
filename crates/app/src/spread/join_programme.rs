//! A member accepts the terms of commission, or takes part no longer. Free, and tied to nothing.
use super::tables_commission as tables;
use crate::community::who::{self, Who};
use crate::db::{Tx, Writes};
use crate::facts::{self, Fact};
use crate::{App, Stop};
use rules::base::Moment;

crate::refusals! {
    NotAMember = "not_a_member",
    /// The community pays no commission.
    Off = "commission_is_off",
}

impl App {
    pub async fn join_programme(&self, now: Moment, who: Who) -> Result<(), Stop<Refused>> {
        self.db.write(now, move |tx| change(tx, who, true)).await
    }
    /// What was earned stays; later orders earn nothing.
    pub async fn leave_programme(&self, now: Moment, who: Who) -> Result<(), Stop<Refused>> {
        self.db.write(now, move |tx| change(tx, who, false)).await
    }
}

fn change(tx: &mut Tx<'_>, who: Who, joins: bool) -> Result<(), Stop<Refused>> {
    let (c, now) = (who.community, tx.now());
    let by = who::member_is(tx, c, who.member)?.ok_or(Refused::NotAMember)?;
    if joins && !tables::terms(tx, c)?.0.on {
        return Err(Refused::Off.into());
    }
    if tables::takes_part(tx, c, by.member)? == joins {
        return Ok(());
    }
    let mut w: Writes<Refused> = Writes::default();
    let kind = if joins {
        tables::join(&mut w, c, by.member, now);
        "programme_joined"
    } else {
        tables::leave(&mut w, c, by.member, now);
        "programme_left"
    };
    let (subject, actor) = (by.member.raw(), Some(by.member));
    facts::write(tx, &mut w, c, Fact { kind, subject, actor, body: "{}" });
    tx.run(w)
}

//! Make an invite code: so many uses, until a day. It is shown once; its hash is kept.
use super::join_group::code_hash;
use super::keeper::keeper;
use super::tables_audit_log::{self as audit_log, Deed as Logged};
use super::tables_rooms::{self as tables, NewInvite};
use crate::db::{Tx, Writes};
use crate::facts::{self, Fact};
use crate::{App, Stop};
use rules::base::{Id, Moment, id, secret};
use rules::community::group::{self, Deed};

#[derive(Clone, Debug)]
pub struct CreateInvite {
    pub community: Id<id::Community>,
    pub by: Id<id::Member>,
    pub id: Id<id::Invite>,
    pub group: Id<id::Group>,
    /// 1 to 500.
    pub uses: i64,
    /// 1 to 90.
    pub days: i64,
}

crate::refusals! {
    BadTerms = "bad_terms",
    NoSuchGroup = "no_such_group",
    NotAllowed = "not_allowed",
    /// This form was sent before; its code was shown then.
    Twice = "already_made",
}

impl App {
    /// The code, to be shown once.
    pub async fn create_invite(
        &self,
        now: Moment,
        cmd: CreateInvite,
    ) -> Result<String, Stop<Refused>> {
        if !group::invite(cmd.uses, cmd.days) {
            return Err(Refused::BadTerms.into());
        }
        // 64 bits: with 20 tries an hour nobody finds one
        let code = secret::hex(&self.chance.bytes::<8>());
        let verb = move |tx: &mut Tx<'_>| {
            let (c, now) = (cmd.community, tx.now());
            if !tables::exists(tx, c, cmd.group)? {
                return Err(Refused::NoSuchGroup.into());
            }
            let by = keeper(tx, c, cmd.by, cmd.group)?.filter(|k| k.may(Deed::Admit));
            let by = by.ok_or(Refused::NotAllowed)?.who.member;
            let mut w = Writes::default();
            let new = NewInvite {
                id: cmd.id,
                group: cmd.group,
                code_hash: &code_hash(&code),
                most: cmd.uses,
                until: now.plus_days(cmd.days),
                by,
            };
            tables::add_invite(&mut w, c, &new, now, Refused::Twice);
            let (what, subject, became) = ("create_invite", cmd.group.raw(), cmd.uses.to_string());
            let (was, reason, became) = ("", "", became.as_str());
            audit_log::write(
                tx,
                &mut w,
                c,
                Logged { actor: by, what, subject, was, became, reason },
            );
            let body = format!(r#"{{"group":{},"uses":{}}}"#, cmd.group.raw(), cmd.uses);
            let (kind, subject, actor) = ("invite_created", cmd.id.raw(), Some(by));
            facts::write(tx, &mut w, c, Fact { kind, subject, actor, body: &body });
            tx.run(w)?;
            Ok(code.clone())
        };
        self.db.write(now, verb).await
    }
}

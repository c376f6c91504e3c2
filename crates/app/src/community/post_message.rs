//! Say something in a group.
use super::tables_chat::{self as tables, NewLine};
use super::who;
use crate::db::{Tx, Writes};
use crate::facts::{self, Fact};
use crate::{App, Stop};
use rules::base::{Id, Moment, id};
use rules::community::group::GroupRole;
use rules::community::message::{self, LineState, MessageKind, Unsayable};

#[derive(Clone, Debug)]
pub struct PostMessage {
    pub community: Id<id::Community>,
    pub member: Id<id::Member>,
    pub group: Id<id::Group>,
    /// Minted into the form: sending it twice says it once.
    pub id: Id<id::Message>,
    pub text: String,
    /// Makes it a product card; the text may then be empty.
    pub product: Option<Id<id::Product>>,
    pub reply_to: Option<Id<id::Message>>,
}
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Posted {
    pub seq: i64,
    /// `Waiting`: only its author and the leaders see it yet.
    pub state: LineState,
}

crate::refusals! {
    Empty = "empty",
    TooLong = "too_long",
    NotAMember = "not_a_member",
    NotIn = "not_in_group",
    Muted = "muted",
    /// What it answers is not in this group, or not there any more.
    NoSuchReply = "no_such_reply",
    /// Slow mode: wait a little.
    TooFast = "too_fast",
    /// The same form at the same moment; asked once more by itself.
    Twice = "twice",
}
impl From<Unsayable> for Refused {
    fn from(u: Unsayable) -> Refused {
        match u {
            Unsayable::Empty => Refused::Empty,
            Unsayable::TooLong => Refused::TooLong,
        }
    }
}

impl App {
    pub async fn post_message(
        &self,
        now: Moment,
        cmd: PostMessage,
    ) -> Result<Posted, Stop<Refused>> {
        let kind = if cmd.product.is_some() { MessageKind::Product } else { MessageKind::Text };
        let text = message::words(&cmd.text, kind).map_err(Refused::from)?;
        let cmd = PostMessage { text, ..cmd };
        let verb = move |tx: &mut Tx<'_>| posts(tx, &cmd, kind);
        match self.db.write(now, verb.clone()).await {
            // the loser gives the winner's answer
            Err(Stop::Refused(Refused::Twice)) => self.db.write(now, verb).await,
            out => out,
        }
    }
}

fn posts(tx: &mut Tx<'_>, cmd: &PostMessage, kind: MessageKind) -> Result<Posted, Stop<Refused>> {
    let (c, group, member, now) = (cmd.community, cmd.group, cmd.member, tx.now());
    let Some(voice) = tables::voice(tx, c, group, member)? else {
        who::member_is(tx, c, member)?.ok_or(Refused::NotAMember)?;
        return Err(Refused::NotIn.into());
    };
    if let Some(said) = tables::line(tx, c, cmd.id)? {
        let own = said.member == Some(member) && said.group == group;
        return match own {
            true => Ok(Posted { seq: said.seq, state: said.state }),
            false => Err(Refused::NotIn.into()),
        };
    }
    if voice.muted_until.is_some_and(|until| until > now) {
        return Err(Refused::Muted.into());
    }
    if let Some(to) = cmd.reply_to {
        let to = tables::line(tx, c, to)?;
        to.filter(|l| l.group == group && l.state == LineState::Shown)
            .ok_or(Refused::NoSuchReply)?;
    }
    let trusted = voice.staff || voice.role != GroupRole::Member;
    let slow = if trusted { 0 } else { voice.slow_seconds };
    let not_since = now.plus(-slow * rules::base::moment::SECOND);
    if voice.said_at > not_since && slow > 0 {
        return Err(Refused::TooFast.into());
    }
    let waits = message::waits(&cmd.text, &voice.keywords, trusted);
    let state = if waits.is_some() { LineState::Waiting } else { LineState::Shown };
    // after this point it must succeed, unless another was faster
    let shown = state == LineState::Shown;
    let seq = tables::number(tx, c, group, shown)?.ok_or(Refused::NotIn)?;
    let mut w = Writes::default();
    let line = NewLine {
        group,
        seq,
        id: cmd.id,
        member,
        kind,
        body: &cmd.text,
        product: cmd.product,
        reply_to: cmd.reply_to,
        state,
    };
    tables::say(&mut w, c, &line, now, Refused::Twice);
    // without slow mode a clock that stepped back must not refuse anybody
    let not_since = if slow > 0 { not_since } else { Moment(i64::MAX) };
    tables::said(&mut w, c, (group, member), (now, not_since), seq, Refused::TooFast);
    let (kind, state) = (kind.code(), state.code());
    let body = format!(r#"{{"group":{},"kind":"{kind}","state":"{state}"}}"#, group.raw());
    let fact =
        Fact { kind: "message_posted", subject: cmd.id.raw(), actor: Some(member), body: &body };
    facts::write(tx, &mut w, c, fact);
    wakes(tx, cmd)?;
    tx.run(w)?;
    Ok(Posted { seq, state: line.state })
}

/// The group, and the person who is answered.
fn wakes(tx: &mut Tx<'_>, cmd: &PostMessage) -> Result<(), Stop<Refused>> {
    let c = cmd.community;
    tx.wake(c.raw(), cmd.group.raw());
    if let Some(to) = cmd.reply_to
        && let Some(account) = tables::account_of(tx, c, to)?
    {
        tx.wake(c.raw(), account.raw());
    }
    Ok(())
}

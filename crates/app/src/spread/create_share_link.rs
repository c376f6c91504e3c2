//! Make a link that shows something to somebody: one a member and thing, always the same one.
use super::known_visitor::Visitor;
use super::tables::{self, NewLink};
use super::views_thing;
use crate::community::who;
use crate::db::{Tx, Writes};
use crate::facts::{self, Fact};
use crate::{App, Stop};
use rules::base::{Id, Moment, id};
use rules::spread::link::{self, Shown};

#[derive(Clone, Debug)]
pub struct CreateShareLink {
    pub community: Id<id::Community>,
    pub by: Id<id::Member>,
    pub kind: Shown,
    /// The raw id of the product, group, post or campaign.
    pub thing: i64,
    /// The browser it is made in: through whose link the thing was found.
    pub visitor: Option<Visitor>,
}

crate::refusals! {
    NotAMember = "not_a_member",
    /// It is not there, or not for everybody's eyes.
    NoSuchThing = "no_such_thing",
    /// The code was somebody's already, or the same form was sent twice; asked again by itself.
    Faster = "another_was_faster",
}

/// Codes of 40 bits: two in a row that are taken do not happen.
const TRIES: usize = 3;

impl App {
    /// The link's code.
    pub async fn create_share_link(
        &self,
        now: Moment,
        x: CreateShareLink,
    ) -> Result<String, Stop<Refused>> {
        let mut out = Err(Refused::Faster.into());
        for _ in 0..TRIES {
            let (code, x) = (link::code(self.chance.number()), x.clone());
            out = self.db.write(now, move |tx| create(tx, &x, &code)).await;
            if !matches!(out, Err(Stop::Refused(Refused::Faster))) {
                break;
            }
        }
        out
    }
}

fn create(tx: &mut Tx<'_>, x: &CreateShareLink, code: &str) -> Result<String, Stop<Refused>> {
    let (c, now) = (x.community, tx.now());
    who::member_is(tx, c, x.by)?.ok_or(Refused::NotAMember)?;
    views_thing::thing(tx, c, (x.kind, x.thing))?.ok_or(Refused::NoSuchThing)?;
    let visitor = x.visitor.as_ref().map_or("", Visitor::hash);
    let before = tables::code_of(tx, c, x.by, (x.kind, x.thing))?;
    let mut w = Writes::default();
    if !visitor.is_empty() {
        tables::claim(&mut w, c, visitor, x.by, now);
    }
    if let Some(code) = before {
        tx.run(w)?;
        return Ok(code);
    }
    let parent = tables::shown_by(tx, c, (x.by, visitor), (x.kind, x.thing))?;
    // after this point it must succeed, unless another was faster
    let id = tx.mint();
    let new = NewLink { id, code, member: x.by, kind: x.kind, thing: x.thing, parent };
    tables::add_link(&mut w, c, &new, now, Refused::Faster);
    let body = format!(
        r#"{{"kind":"{}","thing":{},"parent":{}}}"#,
        x.kind.code(),
        x.thing,
        parent.map_or(0, Id::raw)
    );
    let fact = Fact { kind: "link_created", subject: id.raw(), actor: Some(x.by), body: &body };
    facts::write(tx, &mut w, c, fact);
    tx.run(w)?;
    Ok(code.to_string())
}

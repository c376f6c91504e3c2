//! Orders of a list pasted from a chat outside, all of them or none. Who ordered there has no
//! account here: each order stands in the leader's name with its person as who collects, and its
//! cash is hers to hand over.
use super::order_on_behalf::{self, OnBehalf};
use super::place_order::{Placed, Refused};
use crate::community::who::Who;
use crate::db::Tx;
use crate::{App, Refusal, Stop};
use rules::base::{Id, Moment, id};

#[derive(Clone, Debug)]
pub struct Pasted {
    /// Minted into the form, both: sending the page twice makes nothing new.
    pub id: Id<id::Order>,
    pub payment: Id<id::Payment>,
    pub name: String,
    pub phone: String,
    pub note: String,
    pub lines: Vec<(Id<id::Variant>, i64)>,
}
#[derive(Clone, Debug)]
pub struct ImportList {
    /// Who leads the group the list is for.
    pub who: Who,
    pub campaign: Id<id::Campaign>,
    pub orders: Vec<Pasted>,
}

/// Which of them was refused, from 0, and why; none was made.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct At {
    pub order: usize,
    pub why: Refused,
}
impl Refusal for At {
    fn code(self) -> &'static str {
        self.why.code()
    }
}

impl App {
    pub async fn import_list(&self, now: Moment, i: ImportList) -> Result<Vec<Placed>, Stop<At>> {
        let again = i.clone();
        match self.db.write(now, move |tx| import(tx, &i)).await {
            // the same list was faster by a moment: look again, and give its answer
            Err(Stop::Refused(At { why: Refused::OtherOrderWithThisId, .. })) => {
                self.db.write(now, move |tx| import(tx, &again)).await
            }
            out => out,
        }
    }
}

fn import(tx: &mut Tx<'_>, i: &ImportList) -> Result<Vec<Placed>, Stop<At>> {
    let mut out = Vec::with_capacity(i.orders.len());
    for (order, o) in i.orders.iter().enumerate() {
        let one = OnBehalf {
            who: i.who,
            member: i.who.member,
            id: o.id,
            payment: o.payment,
            campaign: i.campaign,
            lines: o.lines.clone(),
            recipient: o.name.clone(),
            phone: o.phone.clone(),
            note: o.note.clone(),
            // nobody asked them whether neighbours may see the name
            named: false,
        };
        let placed = order_on_behalf::order(tx, &one);
        out.push(placed.map_err(|stop| stop.map(|why| At { order, why }))?);
    }
    Ok(out)
}

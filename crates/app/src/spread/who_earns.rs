//! Who would earn by what a visitor buys now: pages say so before anything is bought.
use super::attribute::would_be;
use super::known_visitor::Visitor;
use super::{tables as links, tables_binding, tables_commission as tables};
use crate::App;
use crate::db::{Fault, Rx};
use rules::base::{Id, Moment, id};
use rules::spread::credit;

type C = Id<id::Community>;
type Member = Id<id::Member>;

impl App {
    /// Who would earn by what this visitor buys now: a member by their own visits and who brought
    /// them, a stranger by the last link opened in the browser.
    pub async fn earner(
        &self,
        now: Moment,
        c: C,
        buyer: Option<Member>,
        visitor: Option<Visitor>,
    ) -> Result<Option<Member>, Fault> {
        self.db.read(move |rx| earner(rx, (c, now), buyer, visitor.as_ref())).await
    }
}

fn earner(
    rx: &mut Rx<'_>,
    (c, now): (C, Moment),
    buyer: Option<Member>,
    visitor: Option<&Visitor>,
) -> Result<Option<Member>, Fault> {
    if !tables::terms(rx, c)?.0.on {
        return Ok(None);
    }
    let since = credit::window(tables_binding::terms(rx, c)?.credit_days, now);
    let nobody = Id::of(0);
    let mut seen = None;
    if let Some(visitor) = visitor {
        let who = buyer.unwrap_or(nobody);
        // in a browser that others use too, a link shows nobody the way
        if buyer.is_none() || links::others(rx, c, visitor.hash(), who)? == 0 {
            seen = links::opened_with(rx, c, (visitor.hash(), who), since)?.pop();
        }
    }
    let to = match buyer {
        None => seen.map(|s| s.by),
        Some(buyer) => {
            let own = links::last_seen(rx, c, buyer, (since, now))?;
            match [seen, own].into_iter().flatten().max_by_key(|s| s.at) {
                Some(last) => Some(last.by),
                None => would_be(rx, c, buyer, now)?.map(|(credit, ..)| credit.to),
            }
        }
    };
    match to {
        Some(to) if tables::takes_part(rx, c, to)? => Ok(Some(to)),
        _ => Ok(None),
    }
}

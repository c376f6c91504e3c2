//! Records of recommenders: orders led to by somebody's links, posts and lists, by tag of what was
//! bought. Nobody is shown who did not agree to it.
use super::views::ReviewRow;
use super::views_voices::{Badge, Led as Line, agreed, of_member, of_tag, of_writers};
use crate::App;
use crate::db::{Fault, Rx};
use insight::recommender::{Led, Record, by_certainty};
use rules::base::{Id, id};
use std::collections::BTreeMap;

type C = Id<id::Community>;
type M = Id<id::Member>;
type Tag = Id<id::Tag>;

/// A member's record on one tag.
#[derive(Clone, Debug, PartialEq)]
pub struct OnTag {
    pub tag: Tag,
    pub name: String,
    pub record: Record,
}
/// One of the voices of a tag.
#[derive(Clone, Debug, PartialEq)]
pub struct Voice {
    pub member: M,
    pub name: String,
    pub record: Record,
}
#[derive(Clone, Debug, PartialEq)]
pub struct Voices {
    pub tag: String,
    /// Who agreed to be shown, the surest first.
    pub voices: Vec<Voice>,
}
/// A member's record on every tag, and whether others may see it.
#[derive(Clone, Debug, PartialEq)]
pub struct OwnRecord {
    pub shown: bool,
    /// The surest first.
    pub tags: Vec<OnTag>,
}

/// An order is kept when nothing of these lines went back; it is as good as its worst rating.
fn led(lines: &[Line]) -> Vec<Led> {
    let one = |same: &[Line]| Led {
        kept: same.iter().all(|l| l.refunded == 0),
        stars: same.iter().filter_map(|l| l.stars).min(),
    };
    lines.chunk_by(|a, b| a.order == b.order).map(one).collect()
}

/// One member's lines under their tags, the surest tag first.
fn by_tag(all: impl IntoIterator<Item = ((Tag, String), Line)>) -> Vec<OnTag> {
    let mut tags: BTreeMap<(Tag, String), Vec<Line>> = BTreeMap::new();
    for (tag, line) in all {
        tags.entry(tag).or_default().push(line);
    }
    let on = |((tag, name), lines): ((Tag, String), Vec<Line>)| OnTag {
        tag,
        name,
        record: Record::of(&led(&lines)),
    };
    let mut out: Vec<OnTag> = tags.into_iter().map(on).collect();
    out.sort_by(|a, b| by_certainty(&a.record, &b.record).then(a.tag.cmp(&b.tag)));
    out
}

fn badge(on: OnTag) -> Badge {
    Badge { tag: on.name, orders: on.record.orders, kept: on.record.kept }
}

fn voices(rx: &mut Rx<'_>, c: C, tag: Tag) -> Result<Option<Voices>, Fault> {
    let Some(found) = of_tag(rx, c, tag)? else { return Ok(None) };
    let mut lines: BTreeMap<M, Vec<Line>> = BTreeMap::new();
    for (member, line) in found.lines {
        lines.entry(member).or_default().push(line);
    }
    let voice = |(member, name): (M, String)| {
        let record = Record::of(&led(lines.get(&member)?));
        Some(Voice { member, name, record })
    };
    let mut voices: Vec<Voice> = found.agreed.into_iter().filter_map(voice).collect();
    voices.sort_by(|a, b| by_certainty(&a.record, &b.record).then(a.member.cmp(&b.member)));
    Ok(Some(Voices { tag: found.name, voices }))
}

impl App {
    /// A member's record on every tag; who looks at somebody else's asks `shown` first.
    pub async fn recommender_record(&self, c: C, member: M) -> Result<OwnRecord, Fault> {
        let read = move |rx: &mut Rx<'_>| {
            let shown = agreed(rx, c, member)?;
            Ok(OwnRecord { shown, tags: by_tag(of_member(rx, c, member)?) })
        };
        self.db.read(read).await
    }
    /// Tags on which a member who agreed to it has a badge.
    pub async fn badges(&self, c: C, member: M) -> Result<Vec<OnTag>, Fault> {
        let read = move |rx: &mut Rx<'_>| {
            if !agreed(rx, c, member)? {
                return Ok(vec![]);
            }
            let mut all = by_tag(of_member(rx, c, member)?);
            all.retain(|t| t.record.badge());
            Ok(all)
        };
        self.db.read(read).await
    }
    /// Gives each review of a product the surest badge its writer has on one of its tags; one
    /// statement for a page of them.
    pub async fn add_badges(
        &self,
        c: C,
        product: Id<id::Product>,
        rows: &mut [ReviewRow],
    ) -> Result<(), Fault> {
        let mut writers: Vec<M> = rows.iter().filter_map(|r| Some(r.by.as_ref()?.id)).collect();
        writers.sort_unstable();
        writers.dedup();
        let read = move |rx: &mut Rx<'_>| {
            let mut out = BTreeMap::new();
            for some in writers.chunks(20) {
                let all = of_writers(rx, c, product, some)?;
                for lines in all.chunk_by(|a, b| a.0 == b.0) {
                    let of_one = by_tag(lines.iter().map(|(_, line)| line.clone()));
                    let surest = of_one.into_iter().find(|t| t.record.badge());
                    out.extend(surest.map(|t| (lines[0].0, badge(t))));
                }
            }
            Ok(out)
        };
        let found = self.db.read(read).await?;
        for row in rows {
            row.voice = row.by.as_ref().and_then(|by| found.get(&by.id).cloned());
        }
        Ok(())
    }
    /// Who can be asked about a tag, the surest first; None: there is no such tag.
    pub async fn voices(&self, c: C, tag: Tag) -> Result<Option<Voices>, Fault> {
        self.db.read(move |rx| voices(rx, c, tag)).await
    }
}

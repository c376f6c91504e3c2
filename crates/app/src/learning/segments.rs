//! Members by stage and segment: how many there are of each, and who.
use super::views_segments::Doings;
use crate::App;
use crate::community::views_members::{FindMembers, FoundMember};
use crate::db::Fault;
use rules::base::{Id, Moment, id};
use rules::loyalty::stage::{Bounds, Segment, Stage, segment, sharer, stage};

type C = Id<id::Community>;

/// Members of one read.
const CHUNK: i64 = 200;

/// Which of them a list shows; both: who is both.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Class {
    pub stage: Option<Stage>,
    pub segment: Option<Segment>,
}
impl Class {
    pub fn asks(self) -> bool {
        self != Class::default()
    }
    fn holds(self, d: &Doings, bounds: Bounds) -> bool {
        self.stage.is_none_or(|s| stage(d.largest, bounds) == s)
            && self.segment.is_none_or(|s| segment(d.buyer) == Some(s))
    }
}

#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Classes {
    /// In the order of `Stage::ALL` and `Segment::ALL`.
    pub stages: Vec<(Stage, i64)>,
    pub segments: Vec<(Segment, i64)>,
    pub sharers: i64,
}

impl App {
    /// How many members there are of each stage and segment.
    pub async fn classes(&self, c: C, bounds: Bounds) -> Result<Classes, Fault> {
        let all = self.doings(c).await?;
        let stages = |s: &Stage| {
            (*s, all.values().filter(|d| stage(d.largest, bounds) == *s).count() as i64)
        };
        let segments = |s: &Segment| {
            (*s, all.values().filter(|d| segment(d.buyer) == Some(*s)).count() as i64)
        };
        Ok(Classes {
            stages: Stage::ALL.iter().map(stages).collect(),
            segments: Segment::ALL.iter().map(segments).collect(),
            sharers: all.values().filter(|d| sharer(d.buyer.led)).count() as i64,
        })
    }
    /// Members as `find_members` finds them, those of a class only.
    pub async fn find_of_class(
        &self,
        now: Moment,
        c: C,
        mut find: FindMembers,
        (class, bounds): (Class, Bounds),
    ) -> Result<Vec<FoundMember>, Fault> {
        if !class.asks() {
            return self.find_members(now, c, find).await;
        }
        let (all, most) = (self.doings(c).await?, find.most);
        let holds = |m: &Id<id::Member>| all.get(m).is_some_and(|d| class.holds(d, bounds));
        let mut out = vec![];
        find.most = CHUNK;
        loop {
            let page = self.find_members(now, c, find.clone()).await?;
            let last = page.last().filter(|_| page.len() as i64 == CHUNK).map(|f| f.row.member);
            out.extend(page.into_iter().filter(|f| holds(&f.row.member)));
            out.truncate(usize::try_from(most).unwrap_or(0));
            // who is asked for by number is one
            match last.filter(|last| (out.len() as i64) < most && find.before != Some(*last)) {
                Some(last) => find.before = Some(last),
                None => return Ok(out),
            }
        }
    }
}

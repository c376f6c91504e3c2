//! What fits a newcomer: by the tags they share, so that they see something for them at once.

/// A group or a person that could be shown.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Candidate {
    pub id: i64,
    /// Tags in common.
    pub shared: i64,
    /// Members of the group, or tags of the person: the tie-breaker.
    pub weight: i64,
    /// Room for one more; people always have it.
    pub open: bool,
}

/// The best first. Those that share nothing come only when nobody shares anything: an empty page
/// helps no newcomer.
pub fn fitting(mut all: Vec<Candidate>, most: usize) -> Vec<Candidate> {
    all.retain(|c| c.open);
    if all.iter().any(|c| c.shared > 0) {
        all.retain(|c| c.shared > 0);
    }
    all.sort_by_key(|c| (-c.shared, -c.weight, c.id));
    all.truncate(most);
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::community::table::check;

    #[test]
    fn ranked() {
        // each candidate: shared/weight, `x` when full; numbered from 1
        check(
            "
            1/10 2/5 1/20  | 2 3 1
            1/10 1/10      | 1 2
            0/10 1/5       | 2
            0/10 0/50      | 2 1
            3/10x 1/5      | 2
            1/1 1/2 1/3 1/4 | 4 3 2
                            |",
            |c| {
                let all = c[0].split_whitespace().zip(1..).map(|(cell, id)| {
                    let (shared, weight) = cell.split_once('/').expect("shared/weight");
                    let full = weight.ends_with('x');
                    let weight = weight.trim_end_matches('x').parse().expect("a weight");
                    let shared = shared.parse().expect("a number");
                    Candidate { id, shared, weight, open: !full }
                });
                let ids = fitting(all.collect(), 3);
                ids.iter().map(|c| c.id.to_string()).collect::<Vec<_>>().join(" ")
            },
        );
    }
}

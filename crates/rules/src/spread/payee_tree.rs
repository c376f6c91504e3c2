//! Trees of people who were paid commission through each other: what the law on pyramid selling
//! counts. A tree of three levels and thirty people is where it begins to ask.
use std::collections::{BTreeMap, BTreeSet};

/// Levels, whoever stands at the top counted, from which there is a warning.
pub const DEPTH: usize = 3;
/// People in one tree from which there is a warning.
pub const PEOPLE: usize = 30;

/// Who was paid (`above`) for what somebody they had brought (`below`) bought or led to.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Paid {
    pub above: i64,
    pub below: i64,
}

/// Those who hang together, from one who has nobody above.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Tree {
    pub top: i64,
    /// Everybody's level, the top's is one.
    pub levels: Vec<(i64, usize)>,
}

impl Tree {
    pub fn depth(&self) -> usize {
        self.levels.iter().map(|(_, level)| *level).max().unwrap_or(0)
    }
    pub fn people(&self) -> usize {
        self.levels.len()
    }
    pub fn deep(&self) -> bool {
        self.depth() >= DEPTH
    }
    pub fn wide(&self) -> bool {
        self.people() >= PEOPLE
    }
    /// The second level is not paid while there is such a tree.
    pub fn stops(&self) -> bool {
        self.deep() && self.wide()
    }
}

/// All trees, the largest first. `payees` are those who were paid; an edge to somebody who was not
/// is a customer's and no part of a tree. Who stands below two is in both trees; where bindings
/// changed in the course of time so that a circle closes, it is walked once.
pub fn trees(edges: &[Paid], payees: &BTreeSet<i64>) -> Vec<Tree> {
    let mut below: BTreeMap<i64, BTreeSet<i64>> = BTreeMap::new();
    let mut has_above: BTreeSet<i64> = BTreeSet::new();
    for e in edges.iter().filter(|e| e.above != e.below) {
        if payees.contains(&e.above) && payees.contains(&e.below) {
            below.entry(e.above).or_default().insert(e.below);
            has_above.insert(e.below);
        }
    }
    let mut out: Vec<Tree> = Vec::new();
    let mut seen: BTreeSet<i64> = BTreeSet::new();
    // a circle has no top: whoever is left stands for it
    let tops = below.keys().filter(|k| !has_above.contains(k)).chain(below.keys());
    for top in tops {
        if seen.contains(top) {
            continue;
        }
        let tree = Tree { top: *top, levels: levels(*top, &below) };
        seen.extend(tree.levels.iter().map(|(who, _)| *who));
        out.push(tree);
    }
    out.sort_by_key(|t| (std::cmp::Reverse(t.people()), std::cmp::Reverse(t.depth()), t.top));
    out
}

/// The level of everybody below `top`, by the shortest way.
fn levels(top: i64, below: &BTreeMap<i64, BTreeSet<i64>>) -> Vec<(i64, usize)> {
    let mut at: BTreeMap<i64, usize> = BTreeMap::from([(top, 1)]);
    let mut row: Vec<i64> = vec![top];
    for level in 2.. {
        let all = row.iter().filter_map(|who| below.get(who)).flatten();
        let next: BTreeSet<i64> = all.filter(|who| !at.contains_key(who)).copied().collect();
        if next.is_empty() {
            break;
        }
        at.extend(next.iter().map(|who| (*who, level)));
        row = next.into_iter().collect();
    }
    at.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `1>2`: one was paid for what two bought or led to.
    fn read(text: &str, customers: &[i64]) -> Vec<Tree> {
        let edges: Vec<Paid> = text
            .split_whitespace()
            .map(|e| {
                let (above, below) = e.split_once('>').expect("above>below");
                let number = |n: &str| n.parse().expect("a number");
                Paid { above: number(above), below: number(below) }
            })
            .collect();
        let mut payees: BTreeSet<i64> = edges.iter().flat_map(|e| [e.above, e.below]).collect();
        payees.retain(|p| !customers.contains(p));
        trees(&edges, &payees)
    }
    fn said(trees: &[Tree]) -> String {
        let one = |t: &Tree| format!("{}: {} deep, {} people", t.top, t.depth(), t.people());
        trees.iter().map(one).collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn trees_of_payees() {
        crate::spread::table::check(
            "
            # edges | customers | trees
            1>2 2>3 | - | 1: 3 deep, 3 people
            1>2 2>3 | 3 | 1: 2 deep, 2 people
            1>2 1>3 1>4 | 2 3 4 | -
            1>2 3>4 | - | 1: 2 deep, 2 people; 3: 2 deep, 2 people
            1>2 1>3 2>3 | - | 1: 2 deep, 3 people
            1>3 2>3 | - | 1: 2 deep, 2 people; 2: 2 deep, 2 people
            1>2 2>1 | - | 1: 2 deep, 2 people
            1>1 | - | -",
            |c| {
                let customers: Vec<i64> = c[1].split(' ').filter_map(|n| n.parse().ok()).collect();
                let found = read(c[0], &customers);
                if found.is_empty() { "-".into() } else { said(&found) }
            },
        );
    }

    #[test]
    fn the_line_of_the_law() {
        let wide: Vec<Paid> = (2..=30).map(|below| Paid { above: 1, below }).collect();
        let everybody: BTreeSet<i64> = (1..=31).collect();
        let flat = &trees(&wide, &everybody)[0];
        assert!(flat.wide() && !flat.deep() && !flat.stops());
        let mut both = wide.clone();
        both.push(Paid { above: 30, below: 31 });
        assert!(trees(&both, &everybody)[0].stops());
        let narrow = [Paid { above: 1, below: 2 }, Paid { above: 2, below: 3 }];
        let narrow = &trees(&narrow, &everybody)[0];
        assert!(narrow.deep() && !narrow.wide() && !narrow.stops());
    }
}

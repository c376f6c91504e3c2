//! Cascades: who came through whom, as trees; how wide each generation is, and K between two.
use std::collections::HashMap;

/// One tree.
#[derive(Clone, Debug, PartialEq)]
pub struct Tree {
    pub root: u64,
    pub size: u64,
    /// Members by generation; the first is the root alone.
    pub widths: Vec<u64>,
    /// Mean distance over pairs of members (Goel and others 2016): two in a star, more where it
    /// goes on from hand to hand. None for a root alone.
    pub virality: Option<f64>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Broken {
    /// A member stands in two rows.
    Twice(u64),
    /// A member came, over others, through himself.
    Round(u64),
}

/// Trees from rows (member, referrer), in the order of their roots' rows. A referrer without a row
/// of his own is nobody's to know: his member begins a tree.
pub fn trees(rows: &[(u64, Option<u64>)]) -> Result<Vec<Tree>, Broken> {
    let mut place: HashMap<u64, usize> = HashMap::with_capacity(rows.len());
    for (k, (member, _)) in rows.iter().enumerate() {
        if place.insert(*member, k).is_some() {
            return Err(Broken::Twice(*member));
        }
    }
    let parent: Vec<Option<usize>> =
        rows.iter().map(|(_, by)| by.and_then(|by| place.get(&by).copied())).collect();
    let mut children: Vec<Vec<u32>> = vec![vec![]; rows.len()];
    for (k, parent) in parent.iter().enumerate() {
        if let Some(parent) = parent {
            children[*parent].push(k as u32);
        }
    }
    let mut seen = vec![false; rows.len()];
    let roots = (0..rows.len()).filter(|k| parent[*k].is_none());
    let out = roots.map(|root| tree(rows[root].0, root, &children, &parent, &mut seen)).collect();
    // whoever hangs on no root hangs on himself
    match seen.iter().position(|s| !s) {
        Some(k) => Err(Broken::Round(rows[k].0)),
        None => Ok(out),
    }
}

fn tree(
    name: u64,
    root: usize,
    children: &[Vec<u32>],
    parent: &[Option<usize>],
    seen: &mut [bool],
) -> Tree {
    let mut met = vec![root];
    let mut widths = vec![];
    let mut begin = 0;
    while begin < met.len() {
        let end = met.len();
        widths.push((end - begin) as u64);
        for k in begin..end {
            seen[met[k]] = true;
            met.extend(children[met[k]].iter().map(|c| *c as usize));
        }
        begin = end;
    }
    let size = met.len() as u64;
    // an edge with s members below it lies on s (n - s) paths
    let mut below: HashMap<usize, u64> = HashMap::with_capacity(met.len());
    let mut steps = 0_u64;
    for node in met.iter().skip(1).rev() {
        let own = below.get(node).copied().unwrap_or(0) + 1;
        steps += own * (size - own);
        if let Some(parent) = parent[*node] {
            *below.entry(parent).or_insert(0) += own;
        }
    }
    let pairs = size * (size - 1) / 2;
    let virality = (pairs > 0).then(|| steps as f64 / pairs as f64);
    Tree { root: name, size, widths, virality }
}

/// The generations of many trees, one upon the other.
pub fn widths(trees: &[Tree]) -> Vec<u64> {
    let deepest = trees.iter().map(|t| t.widths.len()).max().unwrap_or(0);
    (0..deepest).map(|d| trees.iter().filter_map(|t| t.widths.get(d)).sum()).collect()
}

/// K by generation: how many a member of a generation brought, on average.
pub fn k_by_generation(widths: &[u64]) -> Vec<f64> {
    widths.windows(2).map(|pair| pair[1] as f64 / pair[0] as f64).collect()
}

/// K of those who were brought themselves: what a wave does after its seeds. None where nobody was.
pub fn k_of_brought(widths: &[u64]) -> Option<f64> {
    let brought: u64 = widths.iter().skip(1).sum();
    let by_them: u64 = widths.iter().skip(2).sum();
    (brought > 0).then(|| by_them as f64 / brought as f64)
}

#[cfg(test)]
mod tests {
    use super::{Broken, k_by_generation, k_of_brought, trees, widths};

    /// `1 2<1 3<1` is member 1, and 2 and 3 through 1.
    fn check(rows: &str, want: Result<&str, Broken>) {
        let number = |t: &str| t.parse::<u64>().expect("a number in the table");
        let rows: Vec<(u64, Option<u64>)> = rows
            .split_whitespace()
            .map(|r| match r.split_once('<') {
                Some((member, by)) => (number(member), Some(number(by))),
                None => (number(r), None),
            })
            .collect();
        let got = trees(&rows).map(|all| {
            let one = |t: &super::Tree| {
                let w: Vec<String> = t.widths.iter().map(u64::to_string).collect();
                let v = t.virality.map_or("-".into(), |v| format!("{v:.3}"));
                format!("{}: {} v {v}", t.root, w.join("+"))
            };
            all.iter().map(one).collect::<Vec<_>>().join(", ")
        });
        assert_eq!(got.as_deref().map_err(|b| *b), want, "{rows:?}");
    }

    #[test]
    fn members_hang_on_who_brought_them() {
        check("", Ok(""));
        check("1", Ok("1: 1 v -"));
        check("1 2<1 3<1", Ok("1: 1+2 v 1.333"));
        check("3<2 2<1 1", Ok("1: 1+1+1 v 1.333"));
        check("1 2<1 5 6<5 7<6", Ok("1: 1+1 v 1.000, 5: 1+1+1 v 1.333"));
        check("2<9 3<2", Ok("2: 1+1 v 1.000"));
        check("1 1<2", Err(Broken::Twice(1)));
        check("1 2<3 3<2", Err(Broken::Round(2)));
        check("4<4", Err(Broken::Round(4)));
    }
    #[test]
    fn k_is_what_one_brings() {
        let rows = [(1, None), (2, Some(1)), (3, Some(1)), (4, Some(2)), (9, None)];
        let all = widths(&trees(&rows).expect("rows are sound"));
        assert_eq!(all, [2, 2, 1]);
        assert_eq!(k_by_generation(&all), [1.0, 0.5]);
        assert_eq!(k_of_brought(&all), Some(1.0 / 3.0));
        assert_eq!(k_of_brought(&[3]), None);
    }
}

//! Thirty real repost trees: generations, K and structural virality.
use crate::files::{near, number, rows};
use insight::cascade::{self, Tree, k_by_generation, k_of_brought, widths};
use std::collections::BTreeMap;

fn cascades() -> BTreeMap<String, Tree> {
    let mut of: BTreeMap<String, Vec<(u64, Option<u64>)>> = BTreeMap::new();
    for row in rows("weibo_casflow.csv.gz") {
        let member = row[3].parse().expect("a member");
        let referrer = row[4].parse().ok();
        of.entry(row[0].clone()).or_default().push((member, referrer));
    }
    let tree = |rows: &[_]| {
        let mut trees = cascade::trees(rows).expect("a tree");
        assert_eq!(trees.len(), 1);
        trees.remove(0)
    };
    of.into_iter().map(|(name, rows)| (name, tree(&rows))).collect()
}

#[test]
fn each_tree_is_as_its_reference() {
    let got = cascades();
    let want = rows("weibo_casflow_reference.csv");
    assert_eq!(got.len(), want.len());
    for want in want {
        let tree = &got[&want[0]];
        assert_eq!(tree.size.to_string(), want[1]);
        let widths: Vec<String> = tree.widths.iter().map(u64::to_string).collect();
        assert_eq!(widths.join(" "), want[2], "{}", want[0]);
        near(&want[0], tree.virality.expect("more than a root"), number(&want[3]), 1e-6);
    }
}

#[test]
fn k_by_generation_is_that_of_all_together() {
    let trees: Vec<Tree> = cascades().into_values().collect();
    let all = widths(&trees);
    assert_eq!(all, [30, 4_612, 2_137, 314, 3]);
    for (got, want) in
        k_by_generation(&all).iter().zip([153.733_333, 0.463_356, 0.146_935, 0.009_554])
    {
        near("K", *got, want, 1e-6);
    }
    near("K of the brought", k_of_brought(&all).expect("some were"), 0.347_297, 1e-6);
    let virality: f64 = trees.iter().filter_map(|t| t.virality).sum();
    near("virality", virality / 30.0, 2.191_088, 1e-6);
}

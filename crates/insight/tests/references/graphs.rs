//! PageRank and betweenness of Zachary's karate club, as igraph and networkx give them.
use crate::files::{near, number, rows};
use insight::betweenness::betweenness;
use insight::graph::Graph;
use insight::pagerank::pagerank;

#[test]
fn the_karate_club_is_as_its_reference() {
    let node = |text: &String| text.parse::<u32>().expect("a member") - 1;
    let edges: Vec<_> =
        rows("karate.csv.gz").iter().map(|r| (node(&r[0]), node(&r[1]), 1.0)).collect();
    let graph = Graph::undirected(34, &edges);
    let rank = pagerank(&graph, 1e-12);
    let between = betweenness(&graph, 0, 0);
    assert_eq!(between.sample, None);
    near("sum", rank.iter().sum(), 1.0, 1e-9);
    for want in rows("karate_reference.csv") {
        let k = node(&want[0]) as usize;
        near(&want[0], rank[k], number(&want[1]), 1e-9);
        if !want[2].is_empty() {
            near(&want[0], between.score[k], number(&want[2]), 1e-6);
        }
    }
}

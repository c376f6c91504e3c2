//! A graph in compressed rows: the neighbours of each node are one slice.

#[derive(Clone, Debug, PartialEq)]
pub struct Graph {
    begins: Vec<usize>,
    to: Vec<u32>,
    weight: Vec<f64>,
    /// Every edge stands in it twice, once from each end.
    pub undirected: bool,
}

/// One edge, from, to and how heavy.
pub type Edge = (u32, u32, f64);

impl Graph {
    /// Edges with the same ends become one, their weights added. An end beyond `nodes` is our
    /// mistake.
    pub fn directed(nodes: usize, edges: &[Edge]) -> Graph {
        Graph::build(nodes, edges.to_vec(), false)
    }
    pub fn undirected(nodes: usize, edges: &[Edge]) -> Graph {
        let mut both = edges.to_vec();
        both.extend(edges.iter().filter(|(a, b, _)| a != b).map(|(a, b, w)| (*b, *a, *w)));
        Graph::build(nodes, both, true)
    }
    fn build(nodes: usize, mut edges: Vec<Edge>, undirected: bool) -> Graph {
        edges.sort_unstable_by_key(|(from, to, _)| (*from, *to));
        edges.dedup_by(|later, kept| {
            let same = (later.0, later.1) == (kept.0, kept.1);
            if same {
                kept.2 += later.2;
            }
            same
        });
        let mut begins = vec![0; nodes + 1];
        for (from, _, _) in &edges {
            begins[*from as usize + 1] += 1;
        }
        for k in 0..nodes {
            begins[k + 1] += begins[k];
        }
        let (to, weight) = edges.iter().map(|(_, to, weight)| (*to, *weight)).unzip();
        Graph { begins, to, weight, undirected }
    }
    pub fn nodes(&self) -> usize {
        self.begins.len() - 1
    }
    pub fn next(&self, node: usize) -> &[u32] {
        &self.to[self.begins[node]..self.begins[node + 1]]
    }
    pub fn weights(&self, node: usize) -> &[f64] {
        &self.weight[self.begins[node]..self.begins[node + 1]]
    }
}

//! Betweenness: on how many shortest paths between others a node stands (Brandes 2001).
use crate::graph::Graph;
use std::collections::BTreeSet;

mod peeled;

/// Up to this many nodes every source is taken; above it a sample of them.
pub const EXACT: usize = 50_000;

#[derive(Clone, Debug, PartialEq)]
pub struct Betweenness {
    /// Not normalised; in an undirected graph each pair counts once. Ends do not count.
    pub score: Vec<f64>,
    pub sample: Option<Sample>,
}

/// How the scores were estimated, if they were.
#[derive(Clone, Debug, PartialEq)]
pub struct Sample {
    pub sources: usize,
    pub seed: u64,
    /// Standard error of each score.
    pub error: Vec<f64>,
}

/// Exact up to `EXACT` nodes; above it from `sources` nodes that `seed` draws without repetition.
pub fn betweenness(graph: &Graph, sources: usize, seed: u64) -> Betweenness {
    let n = graph.nodes();
    if n <= EXACT || sources >= n { exact(graph) } else { sampled(graph, sources, seed) }
}

/// From every source.
pub fn exact(graph: &Graph) -> Betweenness {
    if graph.undirected {
        return Betweenness { score: peeled::exact(graph), sample: None };
    }
    let all: Vec<u32> = (0..graph.nodes() as u32).collect();
    let (sum, _) = from(graph, &all);
    Betweenness { score: sum, sample: None }
}

/// From a sample: what a source adds is an observation, and the mean of `sources` of them, times n,
/// is the estimate. Its standard error is that of a mean without repetition.
pub fn sampled(graph: &Graph, sources: usize, seed: u64) -> Betweenness {
    let n = graph.nodes();
    let drawn = draw(n, sources.max(2), seed);
    let k = drawn.len() as f64;
    let (sum, squares) = from(graph, &drawn);
    let half = if graph.undirected { 0.5 } else { 1.0 };
    let scale = half * n as f64 / k;
    let left = (1.0 - k / n as f64).max(0.0);
    let error = |s: &f64, q: &f64| {
        let variance = ((q - s * s / k) / (k - 1.0)).max(0.0);
        half * n as f64 * (variance / k * left).sqrt()
    };
    let error = sum.iter().zip(&squares).map(|(s, q)| error(s, q)).collect();
    let score = sum.into_iter().map(|s| s * scale).collect();
    Betweenness { score, sample: Some(Sample { sources: drawn.len(), seed, error }) }
}

/// Numbers below n, each once (Floyd's way; splitmix64 as the source).
fn draw(n: usize, k: usize, seed: u64) -> Vec<u32> {
    let mut state = seed;
    let mut next = || {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    };
    let mut out = BTreeSet::new();
    for top in n.saturating_sub(k)..n {
        let at = (next() % (top as u64 + 1)) as u32;
        if !out.insert(at) {
            out.insert(top as u32);
        }
    }
    out.into_iter().collect()
}

/// Sums and sums of squares of what each source adds, shared out over the processors in a fixed
/// order, so that the same machine gives the same double twice.
fn from(graph: &Graph, sources: &[u32]) -> (Vec<f64>, Vec<f64>) {
    let threads = std::thread::available_parallelism().map_or(1, |t| t.get()).min(8);
    let part = sources.len().div_ceil(threads).max(1);
    let parts = std::thread::scope(|scope| {
        let one = |part| scope.spawn(move || walk(graph, part));
        let running: Vec<_> = sources.chunks(part).map(one).collect();
        let joined = running.into_iter().map(|t| t.join());
        joined.map(|r| r.unwrap_or_else(|p| std::panic::resume_unwind(p))).collect::<Vec<_>>()
    });
    let mut sum = vec![0.0; graph.nodes()];
    let mut squares = vec![0.0; graph.nodes()];
    for (s, q) in parts {
        sum.iter_mut().zip(&s).for_each(|(a, b)| *a += b);
        squares.iter_mut().zip(&q).for_each(|(a, b)| *a += b);
    }
    (sum, squares)
}

/// Breadth first from each source, counting shortest paths; then backwards, handing down what hangs
/// on each node. Neighbours one step further on are the followers, so no list of them is kept.
fn walk(graph: &Graph, sources: &[u32]) -> (Vec<f64>, Vec<f64>) {
    let n = graph.nodes();
    let (mut sum, mut squares) = (vec![0.0; n], vec![0.0; n]);
    let mut distance = vec![u32::MAX; n];
    let mut paths = vec![0.0_f64; n];
    let mut hangs = vec![0.0_f64; n];
    let mut met: Vec<u32> = Vec::with_capacity(n);
    for &source in sources {
        for &node in &met {
            distance[node as usize] = u32::MAX;
            paths[node as usize] = 0.0;
            hangs[node as usize] = 0.0;
        }
        met.clear();
        met.push(source);
        distance[source as usize] = 0;
        paths[source as usize] = 1.0;
        let mut at = 0;
        while at < met.len() {
            let node = met[at] as usize;
            at += 1;
            for &next in graph.next(node) {
                let next = next as usize;
                if distance[next] == u32::MAX {
                    distance[next] = distance[node] + 1;
                    met.push(next as u32);
                }
                if distance[next] == distance[node] + 1 {
                    paths[next] += paths[node];
                }
            }
        }
        for &node in met.iter().skip(1).rev() {
            let node = node as usize;
            let further = distance[node] + 1;
            let followers = graph.next(node).iter().map(|next| *next as usize);
            let follows = followers.filter(|next| distance[*next] == further);
            let down: f64 = follows.map(|next| (1.0 + hangs[next]) / paths[next]).sum();
            hangs[node] = paths[node] * down;
            sum[node] += hangs[node];
            squares[node] += hangs[node] * hangs[node];
        }
    }
    (sum, squares)
}

#[cfg(test)]
mod tests {
    use super::{draw, exact, from, sampled};
    use crate::graph::Graph;

    fn check(graph: &Graph, want: &[f64]) {
        assert_eq!(exact(graph).score, want);
    }

    #[test]
    fn who_stands_between_is_counted() {
        let line = [(0, 1, 1.0), (1, 2, 1.0), (2, 3, 1.0)];
        check(&Graph::undirected(4, &line), &[0.0, 2.0, 2.0, 0.0]);
        check(&Graph::directed(4, &line), &[0.0, 2.0, 2.0, 0.0]);
        let star = [(0, 1, 1.0), (0, 2, 1.0), (0, 3, 1.0)];
        check(&Graph::undirected(4, &star), &[3.0, 0.0, 0.0, 0.0]);
        // two ways around a square: each carries half
        let square = [(0, 1, 1.0), (1, 2, 1.0), (2, 3, 1.0), (3, 0, 1.0)];
        check(&Graph::undirected(4, &square), &[0.5, 0.5, 0.5, 0.5]);
        check(&Graph::directed(2, &[]), &[0.0, 0.0]);
    }
    #[test]
    fn a_sample_of_all_is_exact_and_without_error() {
        let edges: Vec<_> = (0..30_u32).map(|k| (k, (k * 7 + 1) % 31, 1.0)).collect();
        let graph = Graph::undirected(31, &edges);
        let (all, some) = (exact(&graph), sampled(&graph, 31, 1));
        for (a, b) in all.score.iter().zip(&some.score) {
            assert!((a - b).abs() < 1e-9);
        }
        assert!(some.sample.is_some_and(|s| s.error.iter().all(|e| *e == 0.0)));
    }
    /// Trees, chains, edges to oneself, several parts: taking trees off first changes nothing.
    #[test]
    fn with_the_trees_taken_off_it_is_the_same() {
        for seed in 0..60_u64 {
            let n = 3 + seed as u32 % 37;
            let ends = draw(n as usize * n as usize, n as usize * (1 + seed as usize % 3), seed);
            let edges: Vec<_> = ends.into_iter().map(|e| (e / n, e % n, 1.0)).collect();
            let graph = Graph::undirected(n as usize, &edges);
            let all: Vec<u32> = (0..n).collect();
            let (plain, _) = from(&graph, &all);
            for (k, (a, b)) in exact(&graph).score.iter().zip(plain).enumerate() {
                assert!((a - b / 2.0).abs() < 1e-9, "node {k} of seed {seed}: {a} and {b}");
            }
        }
    }
    #[test]
    fn a_draw_takes_each_once() {
        for seed in 0..50 {
            let drawn = draw(100, 30, seed);
            assert_eq!(drawn.len(), 30);
            assert!(drawn.iter().all(|k| *k < 100));
        }
        assert_eq!(draw(5, 5, 9), [0, 1, 2, 3, 4]);
    }
}

//! PageRank: how often a walker who follows edges, and now and then starts anew anywhere, is met.
use crate::graph::Graph;

/// The share of steps that follow an edge.
pub const DAMPING: f64 = 0.85;
const MOST_ROUNDS: usize = 1_000;

/// Sums to one. Edges are taken in proportion to their weight; who has none jumps anywhere. Ends
/// when a round moves less than `close` in sum.
pub fn pagerank(graph: &Graph, close: f64) -> Vec<f64> {
    let n = graph.nodes();
    if n == 0 {
        return vec![];
    }
    let out: Vec<f64> = (0..n).map(|k| graph.weights(k).iter().sum()).collect();
    let mut rank = vec![1.0 / n as f64; n];
    let mut next = vec![0.0; n];
    for _ in 0..MOST_ROUNDS {
        let lost: f64 = (0..n).filter(|k| out[*k] <= 0.0).map(|k| rank[k]).sum();
        next.fill((1.0 - DAMPING + DAMPING * lost) / n as f64);
        for k in (0..n).filter(|k| out[*k] > 0.0) {
            let give = DAMPING * rank[k] / out[k];
            for (to, weight) in graph.next(k).iter().zip(graph.weights(k)) {
                next[*to as usize] += give * weight;
            }
        }
        let moved: f64 = rank.iter().zip(&next).map(|(a, b)| (a - b).abs()).sum();
        std::mem::swap(&mut rank, &mut next);
        if moved < close {
            break;
        }
    }
    rank
}

#[cfg(test)]
mod tests {
    use super::pagerank;
    use crate::graph::Graph;

    fn check(nodes: usize, edges: &[(u32, u32, f64)], want: &[f64]) {
        let got = pagerank(&Graph::directed(nodes, edges), 1e-12);
        for (got, want) in got.iter().zip(want) {
            assert!((got - want).abs() < 1e-9, "{edges:?}: {got} and not {want}");
        }
        assert_eq!(got.len(), want.len());
    }

    #[test]
    fn a_walker_is_met_where_edges_lead() {
        check(0, &[], &[]);
        check(2, &[], &[0.5, 0.5]);
        check(2, &[(0, 1, 1.0), (1, 0, 1.0)], &[0.5, 0.5]);
        // b keeps what a gives it: a = (1 - d)/2 + d b/2, b = a + d a
        check(2, &[(0, 1, 1.0)], &[1.0 / 2.85, 1.85 / 2.85]);
        // thrice as heavy is thrice as likely: 0.85 a is parted 3 to 1
        let a = 1.0 / 3.85;
        check(3, &[(0, 1, 3.0), (0, 2, 1.0)], &[a, 1.6375 * a, 1.2125 * a]);
        check(3, &[(0, 1, 1.0), (0, 1, 2.0), (0, 2, 1.0)], &[a, 1.6375 * a, 1.2125 * a]);
    }
}

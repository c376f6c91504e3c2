//! Key people: who is followed, answered, bought through and come through, and what that led to.
use crate::betweenness;
use crate::graph::{Edge, Graph};
use crate::pagerank::pagerank;

/// How heavy an edge from one to whom they lean on is.
pub const REFERRAL: f64 = 3.0;
/// Of each order that is credited to somebody.
pub const SALE: f64 = 2.0;
pub const FOLLOW: f64 = 1.0;
/// Of each answer, up to `ANSWERS` of them between two.
pub const ANSWER: f64 = 0.25;
pub const ANSWERS: u32 = 8;
/// What counts of each generation below the first.
pub const DECAY: f64 = 0.5;
/// Sources of the sample above the size that is computed whole.
const SOURCES: usize = 2_000;

/// What happened between people, by their places.
#[derive(Clone, Debug, Default)]
pub struct Ties {
    /// Who came, and who brought them.
    pub referrals: Vec<(u32, u32)>,
    /// Who bought, who led to it, and for how much.
    pub sales: Vec<(u32, u32, i64)>,
    /// Who answered whom, as often as it happened.
    pub answers: Vec<(u32, u32)>,
    /// Who follows whom.
    pub follows: Vec<(u32, u32)>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Person {
    /// Place among the people that came in.
    pub who: u32,
    /// 0 to 100: the mean of the three below, each against the highest.
    pub score: f64,
    pub rank: f64,
    pub between: f64,
    /// Net sales credited to them.
    pub sales: i64,
    pub orders: u32,
    /// Brought by them, and still of weight by generation: 1, a half, a quarter ..
    pub brought: u32,
    pub downstream: f64,
}

/// The graph of who leans on whom; what is between two becomes one edge.
pub fn graph(people: usize, ties: &Ties) -> Graph {
    let mut answers = ties.answers.clone();
    answers.sort_unstable();
    let answer = |same: &[(u32, u32)]| {
        let count = (same.len() as u32).min(ANSWERS);
        (same[0].0, same[0].1, ANSWER * f64::from(count))
    };
    let mut edges: Vec<Edge> = answers.chunk_by(|a, b| a == b).map(answer).collect();
    edges.extend(ties.referrals.iter().map(|(a, b)| (*a, *b, REFERRAL)));
    edges.extend(ties.sales.iter().map(|(a, b, _)| (*a, *b, SALE)));
    edges.extend(ties.follows.iter().map(|(a, b)| (*a, *b, FOLLOW)));
    edges.retain(|(a, b, _)| a != b);
    Graph::directed(people, &edges)
}

/// Everybody by score, the highest first. `effective` says of each whether they count downstream.
pub fn people(effective: &[bool], ties: &Ties, seed: u64) -> Vec<Person> {
    let n = effective.len();
    let leans = graph(n, ties);
    let rank = pagerank(&leans, 1e-12);
    let edges = |k: usize| leans.next(k).iter().map(move |to| (k as u32, *to, 1.0));
    let both: Vec<Edge> = (0..n).flat_map(edges).collect();
    let between = betweenness::betweenness(&Graph::undirected(n, &both), SOURCES, seed).score;
    let fresh = |k: usize| Person {
        who: k as u32,
        rank: rank[k],
        between: between[k],
        ..Person::default()
    };
    let mut out: Vec<Person> = (0..n).map(fresh).collect();
    for (_, by, net) in &ties.sales {
        out[*by as usize].sales += net;
        out[*by as usize].orders += 1;
    }
    downstream(&mut out, effective, &ties.referrals);
    let share = |of: f64, most: f64| if most > 0.0 { of / most } else { 0.0 };
    let most = |of: &dyn Fn(&Person) -> f64| out.iter().map(of).fold(0.0, f64::max);
    let (ranks, betweens, sales) =
        (most(&|p| p.rank), most(&|p| p.between), most(&|p| p.sales as f64));
    // who leans on nobody and is leaned on by nobody has a rank too: what all have
    let least = out.iter().map(|p| p.rank).fold(f64::INFINITY, f64::min);
    for p in &mut out {
        let parts = share(p.rank - least, ranks - least)
            + share(p.between, betweens)
            + share(p.sales as f64, sales);
        p.score = 100.0 * parts / 3.0;
    }
    out.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.who.cmp(&b.who)));
    out
}

/// Adds up what each brought, generation by generation; nobody is met twice from one start.
fn downstream(out: &mut [Person], effective: &[bool], referrals: &[(u32, u32)]) {
    let mut below: Vec<Vec<u32>> = vec![vec![]; out.len()];
    for (who, by) in referrals {
        below[*by as usize].push(*who);
    }
    let mut seen = vec![u32::MAX; out.len()];
    for (start, p) in out.iter_mut().enumerate() {
        p.brought = below[start].len() as u32;
        let (mut wave, mut weight) = (vec![start as u32], 1.0);
        seen[start] = start as u32;
        while !wave.is_empty() && weight > 1e-6 {
            let mut next = vec![];
            for one in wave.iter().flat_map(|one| &below[*one as usize]) {
                if seen[*one as usize] != start as u32 {
                    seen[*one as usize] = start as u32;
                    p.downstream += if effective[*one as usize] { weight } else { 0.0 };
                    next.push(*one);
                }
            }
            wave = next;
            weight *= DECAY;
        }
    }
}

/// What share of `orders` the first of these people led to together: after each of them.
pub fn concentration(people: &[Person], orders: u32) -> Vec<f64> {
    let mut by: Vec<u32> = people.iter().map(|p| p.orders).collect();
    by.sort_unstable_by_key(|n| std::cmp::Reverse(*n));
    let mut sum = 0;
    by.into_iter()
        .map(|n| {
            sum += n;
            if orders == 0 { 0.0 } else { f64::from(sum) / f64::from(orders) }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{Ties, concentration, graph, people};

    /// Ann brought Ben and Cat, Cat brought Dan; Dan and Eve bought through Cat.
    fn town() -> Ties {
        Ties {
            referrals: vec![(1, 0), (2, 0), (3, 2)],
            sales: vec![(3, 2, 5_000), (4, 2, 3_000), (1, 0, 2_000)],
            answers: vec![(1, 2); 20],
            follows: vec![(4, 2)],
        }
    }

    #[test]
    fn edges_are_what_happened_together() {
        let g = graph(5, &town());
        assert_eq!((g.next(3), g.weights(3)), (&[2][..], &[5.0][..]));
        assert_eq!((g.next(4), g.weights(4)), (&[2][..], &[3.0][..]));
        // twenty answers weigh as much as eight
        assert_eq!((g.next(1), g.weights(1)), (&[0, 2][..], &[5.0, 2.0][..]));
    }
    #[test]
    fn who_led_to_most_stands_first() {
        let all = people(&[true, true, false, true, true], &town(), 1);
        let first: Vec<u32> = all.iter().map(|p| p.who).collect();
        assert_eq!(first[..2], [2, 0]);
        let cat = all[0];
        assert_eq!((cat.sales, cat.orders, cat.brought, cat.downstream), (8_000, 2, 1, 1.0));
        assert!(cat.between > 0.0 && cat.score > 50.0);
        // Ben counts whole, Cat has not stayed, Dan is one generation further down
        let ann = all[1];
        assert_eq!((ann.brought, ann.downstream), (2, 1.5));
        assert_eq!(concentration(&all, 4), [0.5, 0.75, 0.75, 0.75, 0.75]);
        assert_eq!(concentration(&all, 0)[0], 0.0);
        assert_eq!(people(&[], &Ties::default(), 1), []);
    }
}

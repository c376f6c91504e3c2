//! Who stands between the others in a file of edges, from every source and from a sample, and how
//! long each took: `cargo run --release -p insight --example betweenness EDGES.csv [SOURCES]`.
//!
//! Every line but the first is `a,b`, members numbered from 0. With a second file of `member,score`
//! lines in descending order the first ten must stand in that order: `.. EDGES.csv 2000 TOP.csv`.
use insight::betweenness::{Betweenness, exact, sampled};
use insight::graph::Graph;
use std::process::ExitCode;
use std::time::Instant;

const SEED: u64 = 1;

fn main() -> ExitCode {
    let mut args = std::env::args().skip(1);
    let Some(path) = args.next() else {
        eprintln!("which file?");
        return ExitCode::FAILURE;
    };
    let sources = args.next().and_then(|n| n.parse().ok()).unwrap_or(2_000);
    let edges: Vec<_> = pairs(&path).into_iter().map(|(a, b)| (a as u32, b as u32, 1.0)).collect();
    let nodes = edges.iter().map(|(a, b, _)| 1 + *a.max(b) as usize).max().unwrap_or(0);
    let graph = Graph::undirected(nodes, &edges);
    let began = Instant::now();
    let all = exact(&graph);
    println!("{nodes} members, {} ties; every source: {:.1?}", edges.len(), began.elapsed());
    let began = Instant::now();
    let some = sampled(&graph, sources, SEED);
    println!("{sources} sources: {:.1?}", began.elapsed());
    let first = top(&all);
    for (place, member) in first.iter().enumerate() {
        let error = some.sample.as_ref().map_or(0.0, |s| s.error[*member]);
        let (score, guess) = (all.score[*member], some.score[*member]);
        println!(
            "{:>2}. {member:>7} {score:>16.2}, of the sample {guess:.0} +- {error:.0}",
            place + 1
        );
    }
    let same = top(&some) == first;
    println!("the sample {} the same ten in the same order", if same { "has" } else { "has not" });
    let Some(want) = args.next() else { return ExitCode::SUCCESS };
    let want: Vec<usize> = pairs(&want).into_iter().map(|(member, _)| member as usize).collect();
    let right = !want.is_empty() && want.iter().zip(&first).all(|(a, b)| a == b);
    println!("{}", if right { "in the order of the reference" } else { "NOT THE SAME ORDER" });
    if right { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn top(of: &Betweenness) -> Vec<usize> {
    let mut order: Vec<usize> = (0..of.score.len()).collect();
    order.sort_by(|a, b| of.score[*b].total_cmp(&of.score[*a]));
    order.truncate(10);
    order
}

fn pairs(path: &str) -> Vec<(f64, f64)> {
    let text = std::fs::read_to_string(path).expect("the file can be read");
    let pair = |line: &str| {
        let (a, b) = line.split_once(',')?;
        Some((a.trim().parse().ok()?, b.trim().parse().ok()?))
    };
    text.lines().filter_map(pair).collect()
}

//! Exact betweenness of an undirected graph, quicker than from every source: what hangs on the rest
//! by one edge is counted by its size, and walks go over the rest alone.
//!
//! Trees (a member who was brought and brought nobody, a chain of such) carry no choice of path:
//! all pairs that part at a node of a tree are a product of sizes. They are taken off from the
//! leaves inwards, and each node keeps how many hang on it as its weight (Baglioni and others,
//! 2012). The walks then start at what is left only, weigh both ends, and number the nodes by how
//! many neighbours they have, so that what is met most often lies together in the processor's
//! cache.
use crate::graph::Graph;

/// The level of a node that the walk has not met.
const UNMET: u8 = 3;

/// What is left when the trees are off, numbered anew, and how much hangs on each.
struct Core {
    /// The number in the graph of each.
    names: Vec<u32>,
    begins: Vec<u32>,
    to: Vec<u32>,
    weight: Vec<f64>,
}

pub(super) fn exact(graph: &Graph) -> Vec<f64> {
    let n = graph.nodes();
    let (size, parent, order) = peel(graph);
    let whole = wholes(graph, n);
    let mut score = vec![0.0; n];
    // squares of what hangs on each by one edge, and how much it is together
    let mut squares = vec![0.0; n];
    for &leaf in &order {
        let (leaf, on) = (leaf as usize, parent[leaf as usize] as usize);
        if on != leaf {
            squares[on] += size[leaf] * size[leaf];
        }
    }
    for node in 0..n {
        let (below, beyond) = (size[node] - 1.0, whole[node] - size[node]);
        // pairs of different branches below, and of what is below with what is beyond
        score[node] = (below * below - squares[node]) / 2.0 + below * beyond;
    }
    let core = Core::of(graph, &size, &parent);
    let between = core.walks();
    for (sum, name) in between.into_iter().zip(&core.names) {
        score[*name as usize] += sum / 2.0;
    }
    score
}

/// What hangs on each with itself, on whom each that was taken off hangs (others: nobody), and in
/// which order they were taken off.
fn peel(graph: &Graph) -> (Vec<f64>, Vec<u32>, Vec<u32>) {
    let n = graph.nodes();
    let others = |node: usize| graph.next(node).iter().filter(move |to| **to as usize != node);
    let mut degree: Vec<usize> = (0..n).map(|node| others(node).count()).collect();
    let mut parent = vec![u32::MAX; n];
    let mut size = vec![1.0; n];
    let mut order: Vec<u32> = (0..n as u32).filter(|node| degree[*node as usize] == 1).collect();
    let mut at = 0;
    while at < order.len() {
        let leaf = order[at] as usize;
        at += 1;
        // the last two of a tree hang on each other: the later one stays
        let on = others(leaf).find(|to| parent[**to as usize] == u32::MAX).copied();
        let Some(on) = on else {
            parent[leaf] = leaf as u32;
            continue;
        };
        parent[leaf] = on;
        size[on as usize] += size[leaf];
        degree[on as usize] -= 1;
        if degree[on as usize] == 1 {
            order.push(on);
        }
    }
    (size, parent, order)
}

/// How many nodes hang together with each.
fn wholes(graph: &Graph, n: usize) -> Vec<f64> {
    let mut whole = vec![0.0; n];
    let mut met: Vec<u32> = Vec::new();
    for first in 0..n {
        if whole[first] > 0.0 {
            continue;
        }
        met.clear();
        met.push(first as u32);
        whole[first] = 1.0;
        let mut at = 0;
        while at < met.len() {
            for &next in graph.next(met[at] as usize) {
                if whole[next as usize] == 0.0 {
                    whole[next as usize] = 1.0;
                    met.push(next);
                }
            }
            at += 1;
        }
        met.iter().for_each(|node| whole[*node as usize] = met.len() as f64);
    }
    whole
}

impl Core {
    fn of(graph: &Graph, size: &[f64], parent: &[u32]) -> Core {
        let stays = |node: u32| parent[node as usize] == u32::MAX;
        let of = |node: u32| {
            let next = graph.next(node as usize).iter().copied();
            next.filter(move |to| *to != node && stays(*to))
        };
        let mut names: Vec<u32> = (0..graph.nodes() as u32)
            .filter(|node| stays(*node) && of(*node).count() > 0)
            .collect();
        names.sort_by_key(|node| std::cmp::Reverse(of(*node).count()));
        let mut number = vec![0_u32; graph.nodes()];
        names.iter().enumerate().for_each(|(k, node)| number[*node as usize] = k as u32);
        let (mut begins, mut to) = (vec![0_u32], vec![]);
        for name in &names {
            let from = to.len();
            to.extend(of(*name).map(|next| number[next as usize]));
            to[from..].sort_unstable();
            begins.push(to.len() as u32);
        }
        let weight = names.iter().map(|node| size[*node as usize]).collect();
        Core { names, begins, to, weight }
    }
    fn next(&self, node: u32) -> &[u32] {
        &self.to[self.begins[node as usize] as usize..self.begins[node as usize + 1] as usize]
    }
    /// From every source, each thread taking every so manieth: shares are alike, and the same
    /// machine gives the same double twice.
    fn walks(&self) -> Vec<f64> {
        let threads = std::thread::available_parallelism().map_or(1, |t| t.get()).min(8);
        let sums: Vec<Vec<f64>> = std::thread::scope(|scope| {
            let one = |first| scope.spawn(move || self.some(first, threads));
            let running: Vec<_> = (0..threads).map(one).collect();
            let joined = running.into_iter().map(|t| t.join());
            joined.map(|r| r.unwrap_or_else(|p| std::panic::resume_unwind(p))).collect()
        });
        let mut sum = vec![0.0; self.names.len()];
        for part in sums {
            sum.iter_mut().zip(part).for_each(|(a, b)| *a += b);
        }
        sum
    }
    fn some(&self, first: usize, threads: usize) -> Vec<f64> {
        let mut walk = Walk::of(self);
        (first..self.names.len()).step_by(threads).for_each(|k| walk.from(self, k as u32));
        walk.sum
    }
}

/// One thread's tables.
struct Walk {
    sum: Vec<f64>,
    /// Steps from the source, by threes: neighbours are a step apart at most.
    level: Vec<u8>,
    paths: Vec<f64>,
    /// What a node hands to each path that leads to it.
    hands: Vec<f64>,
    met: Vec<u32>,
    /// Neighbours one step further on, of each that was met in its turn.
    further: Vec<u32>,
    ends: Vec<u32>,
}

impl Walk {
    fn of(core: &Core) -> Walk {
        let n = core.names.len();
        Walk {
            sum: vec![0.0; n],
            level: vec![UNMET; n],
            paths: vec![0.0; n],
            hands: vec![0.0; n],
            met: Vec::with_capacity(n),
            further: vec![0; core.to.len() + 1],
            ends: Vec::with_capacity(n),
        }
    }
    fn from(&mut self, core: &Core, source: u32) {
        self.level.fill(UNMET);
        self.paths.fill(0.0);
        self.met.clear();
        self.ends.clear();
        self.met.push(source);
        self.level[source as usize] = 0;
        self.paths[source as usize] = 1.0;
        let (mut at, mut end) = (0, 0);
        while at < self.met.len() {
            let node = self.met[at];
            at += 1;
            let below = (self.level[node as usize] + 1) % 3;
            let paths = self.paths[node as usize];
            for &next in core.next(node) {
                let level = &mut self.level[next as usize];
                if *level == UNMET {
                    *level = below;
                    self.met.push(next);
                }
                if *level == below {
                    self.paths[next as usize] += paths;
                    self.further[end] = next;
                    end += 1;
                }
            }
            self.ends.push(end as u32);
        }
        let times = core.weight[source as usize];
        for at in (1..self.met.len()).rev() {
            let node = self.met[at] as usize;
            let further = &self.further[self.ends[at - 1] as usize..self.ends[at] as usize];
            let down: f64 = further.iter().map(|next| self.hands[*next as usize]).sum();
            let hangs = self.paths[node] * down;
            self.hands[node] = (core.weight[node] + hangs) / self.paths[node];
            self.sum[node] += times * hangs;
        }
    }
}

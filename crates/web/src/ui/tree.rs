//! Trees of people as inline SVG: generations below each other, and the same as a table.
use maud::{Markup, html};

/// A node and its place in the list of whoever it hangs on; None: a root.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    pub name: String,
    pub parent: Option<usize>,
}

const STEP: f64 = 56.0;
const WIDE: f64 = 18.0;
const TOP: f64 = 14.0;

/// Where each node stands: leaves side by side, whoever has some in the middle of them.
fn places(nodes: &[Node]) -> Vec<(f64, usize)> {
    let mut below: Vec<Vec<usize>> = vec![vec![]; nodes.len()];
    for (k, node) in nodes.iter().enumerate() {
        if let Some(parent) = node.parent.filter(|p| *p < k) {
            below[parent].push(k);
        }
    }
    let mut out = vec![(0.0, 0); nodes.len()];
    let mut leaf = 0.0;
    // parents stand before their children: from the roots down for depths ..
    for (k, node) in nodes.iter().enumerate() {
        out[k].1 = node.parent.filter(|p| *p < k).map_or(0, |p| out[p].1 + 1);
    }
    // .. and along each tree for places
    for root in (0..nodes.len()).filter(|k| nodes[*k].parent.is_none_or(|p| p >= *k)) {
        let mut way = vec![(root, 0)];
        while let Some((node, next)) = way.pop() {
            match below[node].get(next) {
                Some(child) => {
                    way.push((node, next + 1));
                    way.push((*child, 0));
                }
                None if below[node].is_empty() => {
                    out[node].0 = leaf;
                    leaf += 1.0;
                }
                None => {
                    let sum: f64 = below[node].iter().map(|c| out[*c].0).sum();
                    out[node].0 = sum / below[node].len() as f64;
                }
            }
        }
    }
    out
}

/// Parents stand before their children. Hovering over a point tells the name.
pub fn chart_tree(title: &str, sentence: &str, nodes: &[Node]) -> Markup {
    let places = places(nodes);
    let widest = places.iter().map(|p| p.0).fold(0.0, f64::max);
    let deepest = places.iter().map(|p| p.1).max().unwrap_or(0);
    let (width, height) = ((widest + 1.0) * WIDE, deepest as f64 * STEP + 2.0 * TOP);
    let x = |k: usize| format!("{:.1}", (places[k].0 + 0.5) * WIDE);
    let y = |k: usize| format!("{:.1}", places[k].1 as f64 * STEP + TOP);
    html! {
        div class="scroll-x" {
            chart-tip {
                svg class="chart cascade" role="img" aria-label=(sentence) width=(width)
                    height=(height) viewBox={ "0 0 " (width) " " (height) } {
                    title { (title) }
                    @for (k, node) in nodes.iter().enumerate() {
                        @if let Some(p) = node.parent.filter(|p| *p < k) {
                            line class="gl" x1=(x(p)) y1=(y(p)) x2=(x(k)) y2=(y(k)) {}
                        }
                    }
                    @for (k, node) in nodes.iter().enumerate() {
                        @let root = places[k].1 == 0;
                        circle class={ "pt" @if root { " b1" } } cx=(x(k)) cy=(y(k))
                            r=(if root { "6" } else { "4.5" }) data-tip=(node.name) {}
                    }
                }
            }
        }
        p class="sub" { (sentence) }
    }
}

#[cfg(test)]
mod tests {
    use super::{Node, chart_tree, places};

    fn nodes(parents: &[Option<usize>]) -> Vec<Node> {
        let node =
            |(k, parent): (usize, &Option<usize>)| Node { name: k.to_string(), parent: *parent };
        parents.iter().enumerate().map(node).collect()
    }

    #[test]
    fn whoever_brought_people_stands_above_their_middle() {
        let all = nodes(&[None, Some(0), Some(0), Some(2), None]);
        assert_eq!(places(&all), [(0.5, 0), (0.0, 1), (1.0, 1), (1.0, 2), (2.0, 0)]);
        let drawn = chart_tree("t", "s", &all).into_string();
        assert_eq!((drawn.matches("<line").count(), drawn.matches("<circle").count()), (3, 5));
        assert!(places(&[]).is_empty());
        // a parent that comes later is none: the drawing ends
        assert_eq!(places(&nodes(&[Some(1), None])).len(), 2);
    }
}

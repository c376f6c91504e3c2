//! Parts of a whole by time: columns of stacked bars, and the same numbers as a table.
use super::chart::data_twin;
use maud::{Markup, html};
use rules::base::Lang;

/// Parts from the bottom up; `values` has one list a label, as long as the parts.
#[derive(Clone, Copy)]
pub struct StackChart<'a> {
    pub title: &'a str,
    /// What there is to see in it; printed under the picture.
    pub sentence: &'a str,
    pub labels: &'a [String],
    pub parts: &'a [&'a str],
    pub values: &'a [Vec<i64>],
}

const HEIGHT: f64 = 180.0;
const FOOT: f64 = 20.0;

/// Bottom and height of each part of one column, in the picture's units.
fn heights(column: &[i64], most: i64) -> Vec<(f64, f64)> {
    let unit = (HEIGHT - FOOT) / most.max(1) as f64;
    let mut from = HEIGHT - FOOT;
    let part = |n: &i64| {
        let high = unit * (*n).max(0) as f64;
        from -= high;
        (from, high)
    };
    column.iter().map(part).collect()
}

pub fn chart_stack(lang: Lang, c: &StackChart) -> Markup {
    let most = c.values.iter().map(|v| v.iter().sum()).max().unwrap_or(0);
    let count = c.values.len().max(1);
    let (step, every) = (100.0 / count as f64, count.div_ceil(8));
    let tip = |label: &str, column: &[i64]| {
        let all: Vec<String> =
            c.parts.iter().zip(column).map(|(name, n)| format!("{name} {n}")).collect();
        format!("{label} · {}", all.join(" · "))
    };
    let rows = c.labels.iter().zip(c.values).map(|(label, column)| {
        let numbers = column.iter().map(i64::to_string);
        std::iter::once(label.clone()).chain(numbers).collect()
    });
    let heads: Vec<&str> = std::iter::once(c.title).chain(c.parts.iter().copied()).collect();
    html! {
        chart-tip {
            svg class="chart" role="img" aria-label=(c.sentence) width="100%" height=(HEIGHT) {
                title { (c.title) }
                @for (k, (label, column)) in c.labels.iter().zip(c.values).enumerate() {
                    @let x = format!("{:.2}%", step * k as f64);
                    @for (n, (y, high)) in heights(column, most).into_iter().enumerate() {
                        @if high > 0.0 {
                            rect class={ "pt b" (n % 6 + 1) } x=(x) y=(format!("{y:.1}"))
                                width=(format!("{:.2}%", 0.8 * step)) height=(format!("{high:.1}"))
                                data-tip=(tip(label, column)) {}
                        }
                    }
                    @if k % every == 0 { text x=(x) y=(HEIGHT - 5.0) { (label) } }
                }
            }
        }
        p class="legend" {
            @for (n, name) in c.parts.iter().enumerate() {
                span { i class={ "-box -c" (n % 6 + 1) } {} (name) }
            }
        }
        p class="sub" { (c.sentence) }
        (data_twin(lang, &heads, &rows.collect::<Vec<Vec<String>>>()))
    }
}

#[cfg(test)]
mod tests {
    use super::{FOOT, HEIGHT, StackChart, chart_stack, heights};
    use rules::base::Lang;

    #[test]
    fn parts_stand_on_each_other() {
        let all = HEIGHT - FOOT;
        let got = heights(&[1, 0, 3], 8);
        assert_eq!(
            got,
            [(all * 7.0 / 8.0, all / 8.0), (all * 7.0 / 8.0, 0.0), (all / 2.0, all * 3.0 / 8.0)]
        );
        assert_eq!(heights(&[0, 0], 0), [(all, 0.0), (all, 0.0)]);
    }
    #[test]
    fn a_part_of_nobody_is_not_drawn() {
        let (labels, values) = (["03-02".to_string()], [vec![2, 0]]);
        let c = StackChart {
            title: "t",
            sentence: "s",
            labels: &labels,
            parts: &["core", "dormant"],
            values: &values,
        };
        let text = chart_stack(Lang::En, &c).into_string();
        assert_eq!(text.matches("<rect").count(), 1, "{text}");
        assert!(
            text.contains("03-02 · core 2 · dormant 0") && text.contains("<td class=\"num\">0")
        );
    }
}

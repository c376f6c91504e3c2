//! What charts draw: ticks, points, labels, the table beside them.
use super::*;

#[test]
fn ticks_are_round_and_hold_everything() {
    let table: [(i64, i64, &[i64]); 6] = [
        (0, 21_380, &[0, 5_000, 10_000, 15_000, 20_000, 25_000]),
        (0, 0, &[0, 1]),
        (3, 7, &[0, 2, 4, 6, 8]),
        (-50, 120, &[-50, 0, 50, 100, 150]),
        (0, 100, &[0, 20, 40, 60, 80, 100]),
        (0, 4, &[0, 1, 2, 3, 4]),
    ];
    for (low, high, want) in table {
        assert_eq!(nice_ticks(low, high), want, "{low} to {high}");
    }
    let most = nice_ticks(i64::MIN, i64::MAX);
    assert!(most.len() < 10 && most[0] < 0);
}

#[test]
fn a_chart_has_its_sentence_and_its_table() {
    let labels = ["周一".to_owned(), "<b>".to_owned()];
    let chart = LineChart {
        title: "成交额",
        sentence: "周二更高。",
        labels: &labels,
        values: &[5, 9],
        compare: &[4, 4],
        format: &|v| format!("¥{v}"),
        area: true,
    };
    let html = chart_line(Lang::Hans, &chart).into_string();
    for part in ["aria-label=\"周二更高。\"", "<details", "¥9", "&lt;b&gt;", "class=\"l2\""] {
        assert!(html.contains(part), "{part}");
    }
    assert!(!html.contains("NaN") && !html.contains("<b>"));
    let one = LineChart { labels: &labels[..1], values: &[0], compare: &[], ..chart };
    assert!(!chart_line(Lang::En, &one).into_string().contains("NaN"));
    let empty = LineChart { values: &[], ..chart };
    assert!(chart_line(Lang::En, &empty).into_string().contains("No data yet."));
}

#[test]
fn labels_keep_their_distance() {
    // how many points | which of them have a label
    let table: [(usize, &[usize]); 4] = [
        (1, &[0]),
        (7, &[0, 1, 2, 3, 4, 5, 6]),
        (14, &[0, 2, 4, 6, 8, 10, 13]),
        (30, &[0, 4, 8, 12, 16, 20, 24, 29]),
    ];
    for (count, want) in table {
        let labels: Vec<String> = (0..count).map(|k| format!("<{k}>")).collect();
        let html = x_labels(&labels, &Scale { low: 0.0, high: 1.0, count }).into_string();
        let shown = |k: &usize| html.contains(&format!("&lt;{k}&gt;"));
        let got: Vec<usize> = (0..count).filter(shown).collect();
        assert_eq!(got, want, "{count} points");
    }
}

#[test]
fn bars_draw_their_interval() {
    let bars = [Bar { interval: Some((3, 5)), ..Bar::new("0 次", 4) }, Bar::new("6 次", 0)];
    let html = chart_bars(Lang::Hans, "t", "s", &bars, &|v| format!("{v}%")).into_string();
    assert!(html.contains("class=\"ci\"") && html.contains("3%–5%"));
    assert_eq!(sparkline("x", &[1]).into_string(), "");
}

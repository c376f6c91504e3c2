//! Charts as inline SVG: a sentence first, the picture, then the same numbers as a table.
use maud::{Markup, PreEscaped, html};
use rules::base::Lang;

use super::price::percent;

/// How numbers of a chart are written: `¥1,204`, `38%`.
pub type Format<'a> = &'a dyn Fn(i64) -> String;

/// One line over labels; `compare` is the period before, drawn dashed.
#[derive(Clone, Copy)]
pub struct LineChart<'a> {
    /// What the chart shows, as a title for the table and readers' software.
    pub title: &'a str,
    /// What there is to see in it; printed under the picture.
    pub sentence: &'a str,
    pub labels: &'a [String],
    pub values: &'a [i64],
    pub compare: &'a [i64],
    pub format: Format<'a>,
    /// Tints the ground under the line.
    pub area: bool,
}

/// One bar of a chart, with an interval if it is an estimate.
#[derive(Clone, Debug)]
pub struct Bar {
    pub name: String,
    pub value: i64,
    pub interval: Option<(i64, i64)>,
    /// Colour 1 to 6; 0 is grey.
    pub colour: u8,
}

impl Bar {
    pub fn new(name: impl Into<String>, value: i64) -> Self {
        Bar { name: name.into(), value, interval: None, colour: 1 }
    }
}

const HEIGHT: f64 = 220.0;
const TOP: f64 = 12.0;
const BOTTOM: f64 = 26.0;

/// Ticks at 1, 2 or 5 times a power of ten: from at or below the lowest to at or above the highest.
pub fn nice_ticks(low: i64, high: i64) -> Vec<i64> {
    let (low, high) = (i128::from(low.min(0)), i128::from(high.max(1)));
    let rough = ((high - low + 4) / 5).max(1);
    let mut power = 1_i128;
    while power * 10 <= rough {
        power *= 10;
    }
    let step = [1, 2, 5, 10].iter().map(|m| m * power).find(|s| *s >= rough).unwrap_or(power * 10);
    let first = low.div_euclid(step) * step;
    let mut ticks = Vec::new();
    let mut at = first;
    loop {
        ticks.push(at.clamp(i64::MIN.into(), i64::MAX.into()) as i64);
        if at >= high || ticks.len() > 8 {
            return ticks;
        }
        at += step;
    }
}

/// One decimal; coordinates need no more.
fn r1(x: f64) -> String {
    let text = format!("{x:.1}");
    text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
}

fn r2(x: f64) -> String {
    let text = format!("{x:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

struct Scale {
    low: f64,
    high: f64,
    count: usize,
}

impl Scale {
    /// In thousandths of the width. Text and dots use it as per cent, so that the picture may be
    /// as wide as its card while its letters keep their size.
    fn x(&self, k: usize) -> f64 {
        if self.count < 2 { 500.0 } else { 1000.0 * k as f64 / (self.count - 1) as f64 }
    }
    fn percent(&self, k: usize) -> String {
        format!("{}%", r2(self.x(k) / 10.0))
    }
    fn y(&self, v: i64) -> f64 {
        let part = (v as f64 - self.low) / (self.high - self.low).max(1.0);
        TOP + (HEIGHT - TOP - BOTTOM) * (1.0 - part)
    }
    fn path(&self, values: &[i64]) -> String {
        let mut d = String::new();
        for (k, v) in values.iter().take(self.count).enumerate() {
            d.push(if k == 0 { 'M' } else { 'L' });
            d.push_str(&format!("{} {}", r1(self.x(k)), r1(self.y(*v))));
        }
        d
    }
}

/// A line with labels, grid and, if given, the period before.
pub fn chart_line(lang: Lang, c: &LineChart) -> Markup {
    if c.values.is_empty() {
        return none(lang);
    }
    let both = || c.values.iter().chain(c.compare).copied();
    let ticks = nice_ticks(both().min().unwrap_or(0), both().max().unwrap_or(0));
    let (low, high) = (ticks[0] as f64, ticks[ticks.len() - 1] as f64);
    let s = Scale { low, high, count: c.values.len() };
    let base = r1(s.y(0));
    let line = s.path(c.values);
    let (first, last) = (r1(s.x(0)), r1(s.x(c.values.len() - 1)));
    html! {
        chart-tip {
            svg class="chart -line" role="img" aria-label=(c.sentence) width="100%"
                height=(HEIGHT) {
                title { (c.title) }
                @for t in &ticks {
                    @let y = r1(s.y(*t));
                    line class="gl" x1="0" x2="100%" y1=(y) y2=(y) {}
                    text x="-8" y=(r1(s.y(*t) + 4.0)) text-anchor="end" { ((c.format)(*t)) }
                }
                svg width="100%" height=(HEIGHT) viewBox={ "0 0 1000 " (HEIGHT) }
                    preserveAspectRatio="none" {
                    @if c.area {
                        path class="a1"
                            d={ (line) "L" (last) " " (base) "L" (first) " " (base) "z" } {}
                    }
                    @if !c.compare.is_empty() { path class="l2" d=(s.path(c.compare)) {} }
                    path class="l1" d=(line) {}
                }
                (points(lang, c, &s))
                (x_labels(c.labels, &s))
            }
        }
        @if !c.compare.is_empty() { (legend(lang)) }
        p class="sub" { (c.sentence) }
        (line_table(lang, c))
    }
}

fn points(lang: Lang, c: &LineChart, s: &Scale) -> Markup {
    let before = lang.pick(["上期", "上期", "before"]);
    // Beyond a month of days the dots would touch; the hover still needs them.
    let r = if c.values.len() > 32 { "0" } else { "3.5" };
    html! {
        @for (k, v) in c.values.iter().enumerate() {
            @let name = c.labels.get(k).map_or("", String::as_str);
            @let old = c.compare.get(k).map(|v| format!(" · {before} {}", (c.format)(*v)));
            circle class="pt" cx=(s.percent(k)) cy=(r1(s.y(*v))) r=(r)
                data-tip={ (name) " " ((c.format)(*v)) (old.unwrap_or_default()) } {}
        }
    }
}

/// At most eight labels, the first and last always; every second one steps back on phones.
fn x_labels(labels: &[String], s: &Scale) -> Markup {
    let n = labels.len().min(s.count);
    let every = n.div_ceil(8).max(1);
    html! {
        @for (k, label) in labels.iter().take(n).enumerate() {
            @if k + 1 == n || (k % every == 0 && n - 1 - k >= every) {
                @let anchor = if k == 0 { "start" } else if k + 1 == n { "end" } else { "middle" };
                @let back = n > 5 && k + 1 != n && (k / every) % 2 == 1;
                text class=[back.then_some("-opt")] x=(s.percent(k)) y=(HEIGHT - 6.0)
                    text-anchor=(anchor) { (label) }
            }
        }
    }
}

fn legend(lang: Lang) -> Markup {
    html! {
        p class="legend" {
            span { i {} (lang.pick(["本期", "本期", "This period"])) }
            span { i class="-dash" {} (lang.pick(["上期", "上期", "Period before"])) }
        }
    }
}

fn line_table(lang: Lang, c: &LineChart) -> Markup {
    let (now, before) = (lang.pick(["本期", "本期", "Now"]), lang.pick(["上期", "上期", "Before"]));
    let mut heads = vec![c.title, now];
    if !c.compare.is_empty() {
        heads.push(before);
    }
    let rows = c.values.iter().enumerate().map(|(k, v)| {
        let mut row = vec![c.labels.get(k).cloned().unwrap_or_default(), (c.format)(*v)];
        if !c.compare.is_empty() {
            row.push(c.compare.get(k).map_or("–".into(), |v| (c.format)(*v)));
        }
        row
    });
    data_twin(lang, &heads, &rows.collect::<Vec<_>>())
}

/// Horizontal bars, the longest filling the width.
pub fn chart_bars(lang: Lang, title: &str, sentence: &str, bars: &[Bar], format: Format) -> Markup {
    if bars.is_empty() {
        return none(lang);
    }
    let top = |b: &Bar| b.interval.map_or(b.value, |i| i.1.max(b.value));
    let high = bars.iter().map(top).max().unwrap_or(1).max(1);
    let wide = |v: i64| format!("{}%", percent(v, high));
    let rows: Vec<Vec<String>> = bars
        .iter()
        .map(|b| {
            let mut row = vec![b.name.clone(), format(b.value)];
            if let Some((low, high)) = b.interval {
                row.push(format!("{}–{}", format(low), format(high)));
            }
            row
        })
        .collect();
    let mut heads = vec![title, lang.pick(["数值", "數值", "Value"])];
    if bars.iter().any(|b| b.interval.is_some()) {
        heads.push(lang.pick(["区间", "區間", "Interval"]));
    }
    html! {
        ul class="bars" aria-label=(title) {
            @for b in bars {
                li {
                    span class="clip" title=(b.name) { (b.name) }
                    svg class="chart" aria-hidden="true" {
                        rect class={ "b" (b.colour.min(6)) } y="3" width=(wide(b.value)) height="14"
                            rx="3" {}
                        @if let Some((low, high)) = b.interval {
                            line class="ci" x1=(wide(low)) x2=(wide(high)) y1="10" y2="10" {}
                            @for end in [low, high] {
                                line class="ci" x1=(wide(end)) x2=(wide(end)) y1="6" y2="14" {}
                            }
                        }
                    }
                    b class="num" { (format(b.value)) }
                }
            }
        }
        p class="sub" { (sentence) }
        (data_twin(lang, &heads, &rows))
    }
}

/// A small line without axes beside a number.
pub fn sparkline(label: &str, values: &[i64]) -> Markup {
    let (low, high) = (
        values.iter().copied().min().unwrap_or(0) as f64,
        values.iter().copied().max().unwrap_or(0) as f64,
    );
    let step = 100.0 / (values.len().max(2) - 1) as f64;
    let mut d = String::new();
    for (k, v) in values.iter().enumerate() {
        let part = if high > low { (*v as f64 - low) / (high - low) } else { 0.5 };
        let (x, y) = (r1(step * k as f64), r1(28.0 - part * 26.0));
        d.push_str(&format!("{}{x} {y}", if k == 0 { 'M' } else { 'L' }));
    }
    html! {
        @if values.len() > 1 {
            svg class="spark" viewBox="0 0 100 30" preserveAspectRatio="none" role="img"
                aria-label=(label) { path d=(d) {} }
        }
    }
}

/// The numbers of a chart as a table, folded.
pub fn data_twin(lang: Lang, heads: &[&str], rows: &[Vec<String>]) -> Markup {
    html! {
        details class="twin" {
            summary { (lang.pick(["看数据表", "看資料表", "Show as a table"])) }
            div class="scroll-x" {
                table class="grid" {
                    thead { tr { @for (k, h) in heads.iter().enumerate() {
                        th scope="col" class=[(k > 0).then_some("num")] { (h) }
                    } } }
                    tbody {
                        @for row in rows {
                            tr { @for (k, text) in row.iter().enumerate() {
                                @if k == 0 { th scope="row" { (text) } }
                                @else { td class="num" { (text) } }
                            } }
                        }
                    }
                }
            }
        }
    }
}

fn none(lang: Lang) -> Markup {
    html! { p class="sub" { (lang.pick(["还没有数据。", "還沒有資料。", "No data yet."])) } }
}

/// How a number moved against the period before.
#[derive(Clone, Copy, Debug)]
pub struct Delta<'a> {
    pub text: &'a str,
    pub up: bool,
    /// Whether this direction is the wished one: fewer refunds are good.
    pub good: bool,
}

/// A key number: what, how much, against what, and its way there.
#[derive(Clone, Copy, Debug)]
pub struct Kpi<'a> {
    pub name: &'a str,
    pub value: &'a str,
    pub delta: Option<Delta<'a>>,
    /// "上期 ¥84,770".
    pub note: &'a str,
    pub trend: &'a [i64],
}

pub fn kpi(lang: Lang, k: &Kpi) -> Markup {
    let trend = format!("{} {}", k.name, lang.pick(["走势", "走勢", "trend"]));
    html! {
        section class="card kpi" {
            h2 class="sub" { (k.name) }
            p class="kpi-v" { (k.value) }
            p class="row sub" {
                @if let Some(d) = k.delta {
                    span class={ (if d.good { "up" } else { "down" }) " nowrap" } {
                        (PreEscaped(if d.up { "▲" } else { "▼" })) " " (d.text)
                    }
                }
                span class="note" { (k.note) }
            }
            (sparkline(&trend, k.trend))
        }
    }
}

#[cfg(test)]
#[path = "chart_tests.rs"]
mod tests;

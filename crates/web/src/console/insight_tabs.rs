//! What the pages of figures have in common: their tabs, shares in words, tables as files.
use super::export::{MARK, cell, sent};
use super::frame::at;
use crate::ui::{Tab, tabs};
use crate::who::Here;
use axum::body::Bytes;
use axum::response::Response;
use futures_util::stream;
use maud::{Markup, html};

/// Path behind `/insight` and name.
const PAGES: [(&str, [&str; 3]); 6] = [
    ("", ["买家", "買家", "Buyers"]),
    ("/funnel", ["漏斗", "漏斗", "Funnel"]),
    ("/spread", ["播传力", "播傳力", "Spread"]),
    ("/people", ["关键人", "關鍵人", "Key people"]),
    ("/groups", ["群", "群", "Groups"]),
    ("/definitions", ["定义", "定義", "Definitions"]),
];

pub fn insight_tabs(here: &Here, on: &str) -> Markup {
    let hrefs: Vec<String> =
        PAGES.iter().map(|(path, _)| at(here, &format!("/insight{path}"))).collect();
    let tab = |((path, words), href)| {
        let (path, words): (&str, [&'static str; 3]) = (path, words);
        Tab::new(here.pick(words), href, path == on)
    };
    let all: Vec<Tab<'_>> =
        PAGES.into_iter().zip(hrefs.iter().map(String::as_str)).map(tab).collect();
    tabs(here.pick(["洞察", "洞察", "Insight"]), &all, false)
}

pub fn export_link(here: &Here, path: &str) -> Markup {
    html! { a class="link" href=(at(here, path)) { (here.pick(["导出", "匯出", "Export"])) " CSV" } }
}

/// To the chapter of the handbook that says what is shown.
pub fn meaning(here: &Here, chapter: &str) -> Markup {
    let href = at(here, &format!("/insight/definitions#{chapter}"));
    html! { a class="link" href=(href) {
        (here.pick(["怎么算的", "怎麼算的", "How it is computed"]))
    } }
}

/// `38%`, or a dash where nobody was asked.
pub fn share(of: Option<f64>) -> String {
    of.map_or("–".into(), |s| format!("{:.0}%", 100.0 * s))
}
/// `23–88%`.
pub fn between(interval: Option<(f64, f64)>) -> String {
    interval.map_or("–".into(), |(a, b)| format!("{:.0}–{:.0}%", 100.0 * a, 100.0 * b))
}

/// A whole table at once, its heads in English in every language.
pub fn table_file(here: &Here, name: &str, heads: &[&str], rows: Vec<Vec<String>>) -> Response {
    let line = |cells: Vec<String>| format!("{}\r\n", cells.join(","));
    let mut text = line(heads.iter().map(|h| (*h).to_string()).collect());
    text.extend(rows.iter().map(|row| line(row.iter().map(|c| cell(c)).collect())));
    let all = stream::iter([Ok(Bytes::from(format!("{MARK}{text}")))]);
    sent(&format!("{name}-{}.csv", here.place.slug), all)
}

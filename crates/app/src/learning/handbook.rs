//! What each figure means: the chapters of `docs/metrics.md`, for the page that figures lead to.
use pulldown_cmark::{Options, Parser, html::push_html};
use std::sync::LazyLock;

const TEXT: &str = include_str!("../../../../docs/metrics.md");

pub struct Chapter {
    /// Where a link ends: `before-who` for "Before, who".
    pub id: String,
    pub title: &'static str,
    pub html: String,
}

static CHAPTERS: LazyLock<Vec<Chapter>> =
    LazyLock::new(|| TEXT.split("\n## ").skip(1).filter_map(chapter).collect());

fn chapter(text: &'static str) -> Option<Chapter> {
    let (title, body) = text.split_once('\n')?;
    let plain = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' };
    let id: String = title.chars().map(plain).collect();
    let parts: Vec<&str> = id.split('-').filter(|part| !part.is_empty()).collect();
    let mut html = String::with_capacity(2 * body.len());
    push_html(&mut html, Parser::new_ext(body, Options::ENABLE_TABLES));
    Some(Chapter { id: parts.join("-"), title, html })
}

pub fn chapters() -> &'static [Chapter] {
    &CHAPTERS
}

#[cfg(test)]
mod tests {
    use super::chapters;

    #[test]
    fn chapters_are_found_by_their_titles() {
        let ids: Vec<&str> = chapters().iter().map(|c| c.id.as_str()).collect();
        assert!(ids.contains(&"groups") && ids.contains(&"orders-to-come-bg-nbd"), "{ids:?}");
        let groups = chapters().iter().find(|c| c.id == "groups").map_or("", |c| &c.html);
        assert!(groups.contains("<table>") && groups.contains("Gini"), "{groups}");
    }
}

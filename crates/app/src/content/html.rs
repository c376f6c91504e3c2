//! Words of people as HTML, made once, when they are written. Nothing a person typed reaches a
//! page without passing here or the template engine's escaping.
use ammonia::{Builder, UrlRelative};
use pulldown_cmark::{CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use rules::content::post;
use rules::content::reading::han;
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

pub struct Rendered {
    pub html: String,
    /// The same words without marks, for search and previews.
    pub plain: String,
}

const TAGS: [&str; 28] = [
    "p",
    "br",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "li",
    "blockquote",
    "pre",
    "code",
    "em",
    "strong",
    "del",
    "a",
    "img",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "hr",
    "sup",
    "sub",
    "s",
];
const REL: &str = "nofollow ugc";

static SIEVE: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut sieve = Builder::default();
    let some = |names: &[&'static str]| names.iter().copied().collect::<HashSet<_>>();
    sieve
        .tags(some(&TAGS))
        .tag_attributes(HashMap::from([
            ("a", some(&["href", "title"])),
            ("img", some(&["src", "alt", "title"])),
            ("ol", some(&["start"])),
        ]))
        .generic_attributes(HashSet::new())
        .url_schemes(some(&["http", "https", "mailto"]))
        .url_relative(UrlRelative::PassThrough)
        .link_rel(Some(REL))
        .attribute_filter(|tag, name, value| match (tag, name) {
            ("img", "src") if !ours(value) => None,
            _ => Some(Cow::Borrowed(value)),
        });
    sieve
});

/// A picture of this house: a path, never another host's.
fn ours(address: &str) -> bool {
    address.starts_with('/') && !address.starts_with("//") && !address.contains('\\')
}

/// The page has its own first heading.
fn lower(level: HeadingLevel) -> HeadingLevel {
    match level {
        HeadingLevel::H1 => HeadingLevel::H2,
        HeadingLevel::H2 => HeadingLevel::H3,
        HeadingLevel::H3 => HeadingLevel::H4,
        HeadingLevel::H4 => HeadingLevel::H5,
        HeadingLevel::H5 | HeadingLevel::H6 => HeadingLevel::H6,
    }
}

/// Markdown. Raw HTML in it is shown as the text it is; a foreign picture leaves its description.
pub fn article(source: &str) -> Rendered {
    let mut plain = String::new();
    let mut foreign: Vec<bool> = Vec::new();
    let options = Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TABLES;
    let events = Parser::new_ext(source, options).filter_map(|event| {
        let event = match event {
            Event::Html(text) | Event::InlineHtml(text) => Event::Text(text),
            Event::Start(Tag::HtmlBlock) => Event::Start(Tag::Paragraph),
            Event::End(TagEnd::HtmlBlock) => Event::End(TagEnd::Paragraph),
            Event::Start(Tag::Heading { level, .. }) => Event::Start(Tag::Heading {
                level: lower(level),
                id: None,
                classes: Vec::new(),
                attrs: Vec::new(),
            }),
            Event::End(TagEnd::Heading(level)) => Event::End(TagEnd::Heading(lower(level))),
            Event::Start(Tag::Image { ref dest_url, .. }) => {
                foreign.push(!ours(dest_url));
                if !ours(dest_url) {
                    return None;
                }
                event
            }
            Event::End(TagEnd::Image) if foreign.pop() == Some(true) => return None,
            other => other,
        };
        match &event {
            Event::Text(t) | Event::Code(t) => plain.push_str(t),
            Event::SoftBreak | Event::HardBreak | Event::End(_) => between(&mut plain),
            _ => {}
        }
        Some(soft(event))
    });
    let mut html = String::with_capacity(source.len() * 2);
    pulldown_cmark::html::push_html(&mut html, events);
    let html = SIEVE.clean(&html).to_string();
    Rendered { html, plain: plain.trim().to_string() }
}

/// Paragraphs and inline marks both end here; a second blank would be seen.
fn between(plain: &mut String) {
    if !plain.ends_with('\n') {
        plain.push('\n');
    }
}

/// People end lines where they mean it.
fn soft(event: Event<'_>) -> Event<'_> {
    match event {
        Event::SoftBreak => Event::HardBreak,
        Event::Text(CowStr::Borrowed(t)) => Event::Text(CowStr::Borrowed(t)),
        other => other,
    }
}

/// Plain text: paragraphs, line ends, and http(s) addresses made into links.
pub fn plain(text: &str) -> Rendered {
    let mut html = String::with_capacity(text.len() + 64);
    for paragraph in text.split("\n\n").map(str::trim).filter(|p| !p.is_empty()) {
        html.push_str("<p>");
        for (i, line) in paragraph.lines().enumerate() {
            if i > 0 {
                html.push_str("<br>");
            }
            with_links(&mut html, line);
        }
        html.push_str("</p>");
    }
    Rendered { html, plain: text.to_string() }
}

fn with_links(html: &mut String, line: &str) {
    let mut rest = line;
    while let Some(at) = ["https://", "http://"].iter().filter_map(|s| rest.find(s)).min() {
        escape(html, &rest[..at]);
        let found = &rest[at..];
        let end = found.find(ends_address).unwrap_or(found.len());
        let stop = |c: char| ".,;:!?)]'*".contains(c);
        let typed = found[..end].trim_end_matches(stop);
        match post::address(typed) {
            Some(address) => {
                html.push_str("<a href=\"");
                escape(html, &address);
                html.push_str("\" rel=\"");
                html.push_str(REL);
                html.push_str("\">");
                escape(html, &address);
                html.push_str("</a>");
                rest = &found[typed.len()..];
            }
            None => {
                // not an address after all; go on behind its scheme
                let scheme = found.find("//").map_or(found.len(), |i| i + 2);
                escape(html, &found[..scheme]);
                rest = &found[scheme..];
            }
        }
    }
    escape(html, rest);
}

/// Chinese text follows an address without a blank.
fn ends_address(c: char) -> bool {
    c.is_whitespace() || han(c) || "<>\"`{}|\\^，。；：！？、（）「」『』《》【】“”‘’…".contains(c)
}

fn escape(html: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            c => html.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn laws(table: &[(&str, &str)], made: impl Fn(&str) -> String) {
        for (typed, want) in table {
            assert_eq!(made(typed).replace('\n', ""), *want, "{typed}");
        }
    }

    #[test]
    fn articles() {
        let table = [
            ("# 标题", "<h2>标题</h2>"),
            ("###### six", "<h6>six</h6>"),
            ("**好** *吃*", "<p><strong>好</strong> <em>吃</em></p>"),
            ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
            ("a <b onclick=x>b</b>", "<p>a &lt;b onclick=x&gt;b&lt;/b&gt;</p>"),
            ("[x](https://a.cn)", "<p><a href=\"https://a.cn\" rel=\"nofollow ugc\">x</a></p>"),
            ("[x](javascript:alert(1))", "<p><a rel=\"nofollow ugc\">x</a></p>"),
            ("[x](data:text/html,1)", "<p><a rel=\"nofollow ugc\">x</a></p>"),
            ("![茶](/media/a.webp)", "<p><img src=\"/media/a.webp\" alt=\"茶\"></p>"),
            ("![茶](https://evil.example/a.gif)", "<p>茶</p>"),
            ("![茶](//evil.example/a.gif)", "<p>茶</p>"),
            ("<img src=https://evil.example/a>", "<p>&lt;img src=https://evil.example/a&gt;</p>"),
            ("一\n二", "<p>一<br>二</p>"),
        ];
        laws(&table, |t| article(t).html);
        assert_eq!(article("# 春茶\n\n**明前**龙井").plain, "春茶\n明前\n龙井");
    }

    #[test]
    fn notes() {
        let link = |a: &str| format!("<a href=\"{a}\" rel=\"nofollow ugc\">{a}</a>");
        let one = format!("<p>看{}，很好</p>", link("https://a.cn/x?y=1"));
        let two = format!("<p>({}).</p>", link("http://a.cn"));
        let amp = "<p><a href=\"https://a.cn/?a=1&amp;b=2\" rel=\"nofollow ugc\">\
            https://a.cn/?a=1&amp;b=2</a></p>";
        let table = [
            ("看https://a.cn/x?y=1，很好", one.as_str()),
            ("(http://a.cn).", two.as_str()),
            ("https://a.cn/?a=1&b=2", amp),
            ("https:// nothing", "<p>https:// nothing</p>"),
            ("http://\"onclick=x", "<p>http://&quot;onclick=x</p>"),
            ("<b>1</b>\n2\n\n3", "<p>&lt;b&gt;1&lt;/b&gt;<br>2</p><p>3</p>"),
            ("javascript:alert(1)", "<p>javascript:alert(1)</p>"),
        ];
        laws(&table, |t| plain(t).html);
    }
}

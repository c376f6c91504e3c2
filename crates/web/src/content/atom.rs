//! The newest posts for feed readers (Atom, RFC 4287).
use super::card;
use crate::House;
use crate::reply::Sorry;
use crate::who::Here;
use crate::words::format::iso;
use app::content::Reader;
use app::content::feed::{Of, Order};
use app::content::views::PostCard;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use rules::base::Moment;

const MOST: usize = 30;

/// Always as a stranger sees it: a feed reader carries no session.
pub async fn feed(State(house): State<House>, here: Here) -> Result<Response, Sorry> {
    let (c, site) = (here.place.id, &house.setup.address);
    let mut posts: Vec<PostCard> = Vec::new();
    let mut cursor = None;
    loop {
        let stranger = Reader::default();
        let page =
            house.app.feed(here.now, c, Of::Community, Order::Latest, stranger, cursor).await?;
        posts.extend(page.posts);
        cursor = page.next;
        if cursor.is_none() || posts.len() >= MOST {
            break;
        }
    }
    posts.truncate(MOST);
    let home = format!("{site}{}", here.base());
    let newest = posts.iter().map(changed).max().unwrap_or(here.now);
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    out.push_str("<feed xmlns=\"http://www.w3.org/2005/Atom\">");
    element(&mut out, "title", &here.place.name);
    element(&mut out, "id", &format!("{home}/feed.atom"));
    element(&mut out, "updated", &iso(newest));
    out.push_str(&format!("<link href=\"{}\"/>", escaped(&home)));
    let own = escaped(&format!("{home}/feed.atom")).into_owned();
    out.push_str(&format!("<link rel=\"self\" href=\"{own}\"/>"));
    for post in &posts {
        entry(&mut out, &here, site, post);
    }
    out.push_str("</feed>\n");
    Ok(([(header::CONTENT_TYPE, "application/atom+xml; charset=utf-8")], out).into_response())
}

fn changed(post: &PostCard) -> Moment {
    post.changed_at.max(post.published_at.unwrap_or(post.changed_at))
}

fn entry(out: &mut String, here: &Here, site: &str, post: &PostCard) {
    let url = format!("{site}{}", card::address(here, post));
    let title = if post.title.is_empty() { &post.lead } else { &post.title };
    out.push_str("<entry>");
    element(out, "title", title);
    element(out, "id", &format!("{site}{}/posts/{}", here.base(), post.id));
    out.push_str(&format!("<link href=\"{}\"/>", escaped(&url)));
    element(out, "published", &iso(post.published_at.unwrap_or(post.changed_at)));
    element(out, "updated", &iso(changed(post)));
    out.push_str("<author>");
    element(out, "name", card::name(here, &post.author));
    out.push_str("</author>");
    element(out, "summary", &post.lead);
    out.push_str("</entry>");
}

pub fn element(out: &mut String, name: &str, text: &str) {
    out.push_str(&format!("<{name}>{}</{name}>", escaped(text)));
}

/// Text for XML; characters XML does not know are left out.
pub fn escaped(text: &str) -> std::borrow::Cow<'_, str> {
    let odd = |c: char| matches!(c, '&' | '<' | '>' | '"' | '\'') || unknown(c);
    if !text.contains(odd) {
        return text.into();
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars().filter(|c| !unknown(*c)) {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out.into()
}
fn unknown(c: char) -> bool {
    (c.is_control() && !matches!(c, '\t' | '\n' | '\r')) || matches!(c, '\u{fffe}' | '\u{ffff}')
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn text_stays_text() {
        assert_eq!(escaped("a<b>&\"'\u{1}c"), "a&lt;b&gt;&amp;&quot;&#39;c");
        assert_eq!(escaped("茶"), "茶");
    }
}

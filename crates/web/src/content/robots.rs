//! What search engines may read, and the list of it.
use super::atom::escaped;
use super::card;
use crate::House;
use crate::reply::Sorry;
use crate::who::Here;
use crate::words::format::iso;
use app::content::Reader;
use app::content::feed::{Of, Order};
use app::sale::views_catalogue::{self, List};
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};

/// A sitemap stays small; older posts are found by links.
const GOODS: i64 = 2_000;
const POSTS: usize = 1_000;
/// An index of sitemaps may name so many.
const COMMUNITIES: i64 = 50_000;

/// Pages about one person or one order are nobody's search result.
pub async fn robots(State(house): State<House>) -> Response {
    let text = "User-agent: *\n\
        Disallow: /api/\n\
        Disallow: /sign-in\n\
        Disallow: /c/*/cart\n\
        Disallow: /c/*/checkout\n\
        Disallow: /c/*/orders\n\
        Disallow: /c/*/inbox\n\
        Disallow: /c/*/me\n\
        Disallow: /c/*/members\n\
        Disallow: /c/*/search\n\
        Disallow: /c/*/console\n";
    let text = format!("{text}Sitemap: {}/sitemap.xml\n", house.setup.address);
    ([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response()
}

/// Which communities have a sitemap of their own.
pub async fn index(State(house): State<House>) -> Result<Response, Sorry> {
    let site = &house.setup.address;
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    out.push_str("<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">");
    for one in house.app.open_communities(COMMUNITIES).await? {
        let at = format!("{site}/c/{}/sitemap.xml", one.slug);
        out.push_str(&format!("<sitemap><loc>{}</loc></sitemap>", escaped(&at)));
    }
    out.push_str("</sitemapindex>\n");
    Ok(([(header::CONTENT_TYPE, "application/xml; charset=utf-8")], out).into_response())
}

/// Home, feed, goods and public posts of one community.
pub async fn sitemap(State(house): State<House>, here: Here) -> Result<Response, Sorry> {
    let (c, site) = (here.place.id, &house.setup.address);
    let home = format!("{site}{}", here.base());
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    out.push_str("<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">");
    url(&mut out, &home, None);
    url(&mut out, &format!("{home}/feed"), None);
    url(&mut out, &format!("{home}/shop"), None);
    let order = views_catalogue::Order::Sold;
    let list = List { category: None, order, after: None, most: GOODS };
    for item in house.app.products(c, list).await? {
        url(&mut out, &format!("{home}/products/{}", item.id), None);
    }
    let (mut cursor, mut posts) = (None, 0);
    loop {
        let stranger = Reader::default();
        let page =
            house.app.feed(here.now, c, Of::Community, Order::Latest, stranger, cursor).await?;
        for post in &page.posts {
            let changed = iso(post.changed_at);
            url(&mut out, &format!("{site}{}", card::address(&here, post)), Some(&changed));
        }
        (cursor, posts) = (page.next, posts + page.posts.len());
        if cursor.is_none() || posts >= POSTS {
            break;
        }
    }
    out.push_str("</urlset>\n");
    Ok(([(header::CONTENT_TYPE, "application/xml; charset=utf-8")], out).into_response())
}

fn url(out: &mut String, address: &str, changed: Option<&str>) {
    out.push_str(&format!("<url><loc>{}</loc>", escaped(address)));
    if let Some(changed) = changed {
        out.push_str(&format!("<lastmod>{changed}</lastmod>"));
    }
    out.push_str("</url>");
}

//! Content (内容): the home page, the feed, posts, search, and what search engines read.
pub mod atom;
pub mod card;
pub mod comments;
pub mod compose;
pub mod compose_form;
pub mod end;
pub mod feed;
pub mod home;
pub mod post;
pub mod post_acts;
pub mod report;
pub mod robots;
pub mod search;
pub mod shot;

use crate::House;
use crate::reply::Sorry;
use crate::ui::{Fragment, Page, Place, fragment};
use crate::who::Here;
use app::Fault;
use app::community::who::Who;
use app::content::Reader;
use app::pictures::Refused;
use axum::Router;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::{get, post as posted};
use maud::Markup;
use rules::base::{Id, id};
use rules::community::role::Right;

pub fn routes() -> Router<House> {
    Router::new()
        .route("/c/{community}", get(home::page))
        .route("/c/{community}/feed", get(feed::page))
        .route("/c/{community}/feed.atom", get(atom::feed))
        .route("/c/{community}/search", get(search::page))
        .route("/c/{community}/posts/new", get(compose::new).post(compose::create))
        .route("/c/{community}/posts/{post}", get(post::page))
        .route("/c/{community}/posts/{post}/edit", get(compose::open).post(compose::change))
        .route("/c/{community}/posts/{post}/like", posted(post_acts::like))
        .route("/c/{community}/posts/{post}/bookmark", posted(post_acts::bookmark))
        .route("/c/{community}/posts/{post}/comments", posted(post_acts::comment))
        .route("/c/{community}/posts/{post}/end", get(end::page).post(end::end))
        .route("/c/{community}/posts/{post}/report", get(report::page).post(report::send))
        .route("/c/{community}/sitemap.xml", get(robots::sitemap))
        .route("/robots.txt", get(robots::robots))
        .route("/sitemap.xml", get(robots::index))
}

/// Who reads posts here: a stranger, a member with groups and tags, staff. What is said in a group
/// that anybody may enter, anybody may read.
pub async fn reader(house: &House, here: &Here) -> Result<Reader, Sorry> {
    Ok(reader_of(house, here.place.id, here.who).await?)
}
/// The same for a member by name.
pub async fn reader_of(
    house: &House,
    c: Id<id::Community>,
    who: Option<Who>,
) -> Result<Reader, Fault> {
    let groups = house.app.readable_groups(c, who.map(|w| w.member)).await?;
    let Some(who) = who else { return Ok(Reader { groups, ..Reader::default() }) };
    Ok(Reader {
        member: Some(who.member),
        groups,
        tags: house.app.member_tags(c, who.member).await?,
        tends_content: who.rights.may(Right::Content),
    })
}

/// A page frame of the member side with the tab bar and its badge.
pub async fn frame(house: &House, here: &Here, tab: Place) -> Page {
    Page { tab: Some(tab), unread: crate::reach::unread(house, here).await, ..here.page() }
}

/// A page as an answer.
pub fn shown(page: Markup) -> Response {
    Html(page.into_string()).into_response()
}
/// A form again, with the status its refusal has.
pub fn again(status: u16, page: Markup) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::UNPROCESSABLE_ENTITY);
    (status, Html(page.into_string())).into_response()
}
/// Steps for the page that is open.
pub fn steps(steps: Fragment) -> Response {
    ([(fragment::HEADER, "1")], Html(steps.into_string())).into_response()
}
pub fn go(to: &str) -> Response {
    Redirect::to(to).into_response()
}

/// The page the form was on when it is one of this community, else `other`.
pub fn back(headers: &HeaderMap, base: &str, other: &str) -> String {
    let from = headers.get(header::REFERER).and_then(|v| v.to_str().ok()).unwrap_or("");
    let path = from.split_once("://").and_then(|(_, rest)| rest.find('/').map(|i| &rest[i..]));
    let inside = |p: &&str| {
        p.strip_prefix(base).is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?']))
    };
    path.filter(inside).unwrap_or(other).to_string()
}

/// Keeps the pictures of a form: names of those kept from an earlier try, then the new ones.
pub async fn store(
    house: &House,
    form: &crate::form::Form,
    name: &str,
) -> Result<(Vec<String>, Option<Refused>), Sorry> {
    let kept = format!("{name}_kept");
    let mut names: Vec<String> =
        form.all(&kept).filter(|n| app::pictures::shape(n).is_some()).map(str::to_string).collect();
    let mut refused = None;
    for file in form.files.iter().filter(|f| f.field == name).take(12) {
        match house.app.store_picture(file.bytes.to_vec()).await {
            Ok(stored) if names.contains(&stored) => {}
            Ok(stored) => names.push(stored),
            Err(app::Stop::Refused(why)) => refused = Some(why),
            Err(app::Stop::Fault(fault)) => return Err(fault.into()),
        }
    }
    Ok((names, refused))
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[test]
    fn back_stays_inside() {
        let table = [
            ("https://a.cn/c/tao/feed?tab=latest", "/c/tao/feed?tab=latest"),
            ("https://a.cn/c/tao", "/c/tao"),
            ("https://evil.cn/x", "/other"),
            ("https://a.cn/c/taoyuan", "/other"),
            ("", "/other"),
        ];
        for (from, want) in table {
            let mut headers = HeaderMap::new();
            headers.insert(header::REFERER, HeaderValue::from_static(from));
            assert_eq!(back(&headers, "/c/tao", "/other"), want, "{from}");
        }
    }
}

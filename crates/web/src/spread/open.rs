//! `/s/{code}`: people go on to what they were shown and are counted; software that makes previews
//! gets a page with title, picture and words, and is not.
use super::commission_words::EARNS;
use super::{VISITOR, address, picture};
use crate::House;
use crate::community::cookies::{self, Address, agent, see};
use crate::reply::Sorry;
use crate::ui::{Fit, Head, Page, Photo, button, empty_state, picture as shot};
use crate::who::Visit;
use crate::words::format;
use app::spread::Visitor;
use app::spread::open_link::OpenLink;
use app::spread::views::Link;
use app::spread::views_thing::Thing;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use rules::base::{Money, text};
use rules::spread::link;
use rules::spread::visit::{self, REMEMBERED};

pub async fn open(
    State(house): State<House>,
    visit: Visit,
    Path(code): Path<String>,
    method: Method,
    headers: HeaderMap,
    Address(from): Address,
) -> Result<Response, Sorry> {
    let link = found(&house, &code).await?;
    let Some(thing) = &link.thing else {
        return Ok((StatusCode::GONE, gone(&visit, &link)).into_response());
    };
    let browser = agent(&headers);
    if method == Method::HEAD || !visit::is_person(&browser) || is_ahead(&headers) {
        // one page for each who shared it is nothing to be found by a search
        let quiet = [(header::HeaderName::from_static("x-robots-tag"), "noindex")];
        let earns = house.app.earns(link.community, link.by).await?;
        return Ok((quiet, preview(&house, &visit, &link, (thing, earns))).into_response());
    }
    let to = see(&format!("/c/{}{}", link.slug, link::page(link.kind, link.thing_id)));
    if wants_no_traces(&headers) && visit.person.is_none() {
        return Ok(to);
    }
    let known = crate::who::cookie(&headers, VISITOR).filter(|t| Visitor::of(t).is_some());
    let token = known.map_or_else(|| Visitor::token(house.app.chance.bytes()), str::to_string);
    let Some(who) = Visitor::of(&token) else { return Ok(to) };
    let referrer = headers.get(header::REFERER).and_then(|v| v.to_str().ok()).unwrap_or("");
    let opened = OpenLink {
        community: link.community,
        link: link.id,
        visitor: who,
        account: visit.person.as_ref().map(|p| p.account),
        channel: visit::channel(&browser, referrer),
        address: from,
    };
    if let Err(stop) = house.app.open_link(visit.now, opened).await {
        // a count that does not come about is no reason to withhold the page
        tracing::warn!(?stop, "a visit was not counted");
    }
    Ok(cookies::with(&house, to, VISITOR, &token, REMEMBERED / 1000))
}

pub async fn found(house: &House, code: &str) -> Result<Link, Sorry> {
    let code = link::code_of(code).ok_or(Sorry::NotFound)?;
    house.app.share_link(&code).await?.ok_or(Sorry::NotFound)
}

/// A browser that loads a page nobody asked for yet, or as a picture or frame of another page.
fn is_ahead(headers: &HeaderMap) -> bool {
    if headers.get("sec-fetch-dest").is_some_and(|dest| dest != "document") {
        return true;
    }
    ["sec-purpose", "purpose", "x-moz"].iter().any(|name| {
        let value = headers.get(*name).and_then(|v| v.to_str().ok()).unwrap_or("");
        value.contains("prefetch") || value.contains("preview")
    })
}
/// Global Privacy Control, or its elder.
fn wants_no_traces(headers: &HeaderMap) -> bool {
    ["sec-gpc", "dnt"].iter().any(|name| headers.get(*name).is_some_and(|v| v == "1"))
}

/// What was shown is no longer there.
fn gone(visit: &Visit, link: &Link) -> Markup {
    let title = visit.pick(["已经不在了", "已經不在了", "No longer here"]);
    let says = visit.pick([
        "朋友分享给你的内容已经下架或收起来了。看看这里还有什么。",
        "朋友分享給你的內容已經下架或收起來了。看看這裡還有什麼。",
        "What your friend shared has been taken down. See what else is here.",
    ]);
    let (word, base) = (
        visit.pick(["去社群看看", "去社群看看", "Visit the community"]),
        format!("/c/{}", link.slug),
    );
    let page = Page {
        title: title.to_string(),
        site: link.house.clone(),
        head: Head { private: true, ..Head::default() },
        ..visit.page()
    };
    page.render(html! {
        h1 class="sr" { (title) }
        (empty_state(title, says, Some(button(word).to(&base).primary())))
    })
}

/// Words under a link, the price first.
pub fn description(link: &Link, thing: &Thing) -> String {
    let words = text::clip(&thing.words.replace('\n', " "), 120);
    let price = thing.price.map(|p| format::money(Money::new(p, link.currency)));
    match (price, words.is_empty()) {
        (Some(price), true) => price,
        (Some(price), false) => format!("{price} · {words}"),
        (None, true) => link.house.clone(),
        (None, false) => words,
    }
}

/// In the community's language: a preview is read by whoever gets the link.
fn preview(house: &House, visit: &Visit, link: &Link, (thing, earns): (&Thing, bool)) -> Markup {
    let src = picture(&thing.picture, link.kind);
    let to = format!("/c/{}{}", link.slug, link::page(link.kind, link.thing_id));
    let description = description(link, thing);
    let page = Page {
        title: thing.title.clone(),
        site: link.house.clone(),
        head: Head {
            description: description.clone(),
            canonical: Some(address(house, &link.code)),
            image: Some(format!("{}{src}/720", house.setup.address)),
            ..Head::default()
        },
        ..Page::new(link.lang, visit.now)
    };
    let photo = Photo { src: &src, alt: "", width: 1440, height: 1440, ..Photo::default() };
    page.render(html! {
        section class="card stack" {
            (shot(&photo, Fit::Hero))
            h1 class="t1" { (thing.title) }
            p { (description) }
            @if earns { p class="note" { (link.lang.pick(EARNS)) } }
            (button(link.lang.pick(["打开", "開啟", "Open"])).primary().block().to(&to))
        }
    })
}

//! Sharing: a button makes the link, a page shows it to be sent, copied or scanned.
use super::{address, poster, visitor};
use crate::House;
use crate::edge::query_value;
use crate::form::Form;
use crate::reply::Sorry;
use crate::ui::{Head, Icon, Page, Top, button, card, card_head_more, icon_s};
use crate::who::Here;
use crate::words::format::number;
use app::spread::create_share_link::CreateShareLink;
use app::spread::views::{Link, Reach};
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use rules::spread::link::{self, Shown};

/// `POST /c/{community}/share`: kind and id of the thing; 303 to the page of the link.
pub async fn make(
    State(house): State<House>,
    here: Here,
    headers: HeaderMap,
    form: Form,
) -> Result<Response, Sorry> {
    let kind = Shown::of(form.get("kind")).ok_or(Sorry::Malformed)?;
    let thing = link::thing(kind, form.get("thing")).ok_or(Sorry::Malformed)?;
    let next = format!("{}{}", here.base(), link::page(kind, thing));
    let who = match here.member() {
        Ok(who) => who,
        Err(Sorry::Join) => {
            let door = format!("{}/join?next={}", here.base(), query_value(&next));
            return Ok(Redirect::to(&door).into_response());
        }
        Err(_) => {
            let door = format!("/sign-in?next={}", query_value(&next));
            return Ok(Redirect::to(&door).into_response());
        }
    };
    let make = CreateShareLink {
        community: here.place.id,
        by: who.member,
        kind,
        thing,
        visitor: visitor(&headers),
    };
    let code = house.app.create_share_link(here.now, make).await?;
    Ok(Redirect::to(&format!("{}/share/{code}", here.base())).into_response())
}

/// One's own link. Somebody else's is not shown: its page is `/s/{code}`.
pub async fn page(
    State(house): State<House>,
    here: Here,
    Path((_, code)): Path<(String, String)>,
) -> Result<Markup, Sorry> {
    let who = here.member()?;
    let link = super::open::found(&house, &code).await?;
    if link.community != here.place.id || link.by != who.member {
        return Err(Sorry::NotFound);
    }
    let reach = house.app.reach_of_link(here.place.id, link.id).await?;
    let title = here.pick(["分享给朋友", "分享給朋友", "Share with a friend"]);
    let back = format!("{}{}", here.base(), link::page(link.kind, link.thing_id));
    let page = Page {
        title: title.to_string(),
        top: Top::Bar { title: title.to_string(), sub: None, back: Some(back), end: None },
        head: Head { private: true, ..Head::default() },
        ..here.page()
    };
    Ok(page.render(html! {
        (sheet(&house, &here, &link))
        (card(html! {
            (card_head_more(here.pick(["通过这个链接来的", "透過這個連結來的", "Through this link"]),
                here.pick(["全部", "全部", "All"]), &format!("{}/me/shares", here.base())))
            (trio(&here, reach))
        }))
    }))
}

/// The link with its two buttons; without script it is there to be selected.
fn sheet(house: &House, here: &Here, link: &Link) -> Markup {
    let url = address(house, &link.code);
    let title = link.thing.as_ref().map_or(here.place.name.as_str(), |t| t.title.as_str());
    html! {
        share-poster class="stack -l" {
            @if link.thing.is_some() {
                img class="poster" src={ "/s/" (link.code) "/poster.png" } width="375" height="560"
                    alt=(poster::alt(here.lang, title));
                p class="note center" { (here.pick([
                    "长按图片保存，或发给朋友",
                    "長按圖片儲存，或傳給朋友",
                    "Press and hold the picture to keep or send it",
                ])) }
            }
            (card(html! { p class="code" id="link" { (url) } }))
            div class="row" {
                (button(here.pick(["复制链接", "複製連結", "Copy the link"])).icon(Icon::Link).grow()
                    .copies(&url, here.pick(["链接已复制", "連結已複製", "Link copied"])))
                button class="btn -primary grow" type="button" hidden data-share=(url)
                    data-title=(title) {
                    (icon_s(Icon::Share))
                    (here.pick(["发给朋友", "傳給朋友", "Send to a friend"]))
                }
            }
        }
    }
}

/// What came of links, in three numbers.
pub fn trio(here: &Here, r: Reach) -> Markup {
    let all = [
        (r.visits, ["看过", "看過", "looked"]),
        (r.joined, ["加入", "加入", "joined"]),
        (r.orders, ["下单", "下單", "ordered"]),
    ];
    html! {
        div class="trio" {
            @for (n, word) in all { div { b { (number(n)) } span { (here.pick(word)) } } }
        }
    }
}

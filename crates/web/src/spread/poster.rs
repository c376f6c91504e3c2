//! `/s/{code}/poster.png`: a picture to keep, print or send, with a code to scan.
use super::address;
use super::commission_words::EARNS;
use super::open::found;
use crate::House;
use crate::reply::Sorry;
use crate::words::format;
use app::spread::draw_poster::DrawPoster;
use app::spread::views::Link;
use app::spread::views_thing::Thing;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use rules::base::{Lang, Money, text};
use rules::spread::link::Shown;

pub async fn picture(
    State(house): State<House>,
    Path(code): Path<String>,
) -> Result<Response, Sorry> {
    let link = found(&house, &code).await?;
    let thing = link.thing.as_ref().ok_or(Sorry::NotFound)?;
    let mut words = poster(&house, &link, thing);
    if house.app.earns(link.community, link.by).await? {
        words.hint = format!("{} · {}", words.hint, link.lang.pick(EARNS));
    }
    let drawn = house.app.poster(words).await.ok_or(Sorry::NotFound)?;
    // price and title may change, the address does not
    let headers = [(header::CONTENT_TYPE, drawn.mime), (header::CACHE_CONTROL, "max-age=300")];
    Ok((headers, drawn.bytes).into_response())
}

/// In the community's language: it is looked at by whoever it is sent to.
fn poster(house: &House, link: &Link, thing: &Thing) -> DrawPoster {
    let price = thing.price.map(|p| format::money(Money::new(p, link.currency)));
    DrawPoster {
        picture: thing.picture.clone(),
        who: invitation(link),
        title: thing.title.clone(),
        words: text::clip(&thing.words.replace('\n', " "), 80),
        price: price.unwrap_or_default(),
        house: link.house.clone(),
        hint: link
            .lang
            .pick(["长按或扫码看看", "長按或掃碼看看", "Scan to have a look"])
            .to_string(),
        url: address(house, &link.code),
        lang: link.lang.tag(),
    }
}

fn invitation(link: &Link) -> String {
    let name = &link.name;
    let what = match link.kind {
        Shown::Product => ["推荐给你", "推薦給你", "recommends"],
        Shown::Group => ["邀请你进群", "邀請你進群", "invites you to the group"],
        Shown::Post => ["想让你看看", "想讓你看看", "wants you to read"],
        Shown::Campaign => ["邀请你一起买", "邀請你一起買", "invites you to buy together"],
    };
    let what = link.lang.pick(what);
    if name.is_empty() { String::new() } else { format!("{name} {what}") }
}

/// What readers' software says of the picture.
pub fn alt(lang: Lang, title: &str) -> String {
    match lang {
        Lang::Hans => format!("海报：{title}，扫码打开"),
        Lang::Hant => format!("海報：{title}，掃碼開啟"),
        Lang::En => format!("Poster: {title}; scan the code to open it"),
    }
}

//! The badge of the inbox, live on every page that has one: the number as it is, again and again.
use crate::House;
use crate::form::Form;
use crate::live::watched::{Drawn, watched};
use crate::reply::Sorry;
use crate::ui::fragment;
use crate::ui::tabs::{UNREAD, unread_badge};
use crate::who::Here;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;

/// `GET /c/{community}/inbox/live?after=`
pub async fn stream(
    State(house): State<House>,
    here: Here,
    headers: HeaderMap,
    form: Form,
) -> Result<Response, Sorry> {
    let who = here.member()?;
    // beside the seats of chats: a badge must not keep anybody from talking
    let session = format!("inbox {}", here.token.clone().unwrap_or_default());
    let topic = (here.place.id.raw(), who.account.raw());
    let asked = (house.clone(), here);
    let draw = move || {
        let (house, here) = asked.clone();
        async move { badge(&house, &here).await }
    };
    watched(&house, (topic, &session), (&headers, &form), draw).await
}

/// None when the reader signed out or left meanwhile.
async fn badge(house: &House, here: &Here) -> Option<Drawn> {
    let (slug, token) = (Some(here.place.slug.clone()), here.token.clone());
    let asking = house.app.asking(house.now(), slug, token).await;
    if asking.is_ok_and(|asking| asking.who.is_none()) {
        return None;
    }
    let n = super::unread(house, here).await;
    let text = fragment().inner(&format!("#{UNREAD}"), unread_badge(n));
    Some(Drawn { mark: n.into(), text })
}

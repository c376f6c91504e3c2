//! "This helped": one voice a member.
use super::row;
use crate::House;
use crate::content::{back, go, steps};
use crate::form::Form;
use crate::reply::Sorry;
use crate::ui::fragment;
use crate::who::Here;
use app::trust::views::{Cursor, Filter, ReviewRow};
use app::trust::vote_helpful::VoteHelpful;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use rules::base::{Id, id};

/// How many pages of a list are looked through for one review.
const PAGES: usize = 10;

pub async fn vote(
    State(house): State<House>,
    here: Here,
    Path((_, review)): Path<(String, String)>,
    headers: HeaderMap,
    form: Form,
) -> Result<Response, Sorry> {
    let who = here.member()?;
    let review: Id<id::Review> = Id::parse(&review).ok_or(Sorry::NotFound)?;
    let product: Id<id::Product> = form.must_id("product")?;
    let helpful = form.get("on") != "no";
    let cmd = VoteHelpful { community: here.place.id, by: who.member, review, helpful };
    house.app.vote_helpful(here.now, cmd).await?;
    let list = format!("{}/products/{product}/reviews", here.base());
    if here.fragment {
        return Ok(steps(match find(&house, &here, product, review).await? {
            Some(r) => fragment().replace(&format!("#{review}-helpful"), row::vote(&here, &r)),
            None => fragment().go(&list),
        }));
    }
    Ok(go(&format!("{}#{review}", back(&headers, &here.base(), &list))))
}

/// One review of a product; readers vote on what they see, so it is near the newest.
pub async fn find(
    house: &House,
    here: &Here,
    product: Id<id::Product>,
    review: Id<id::Review>,
) -> Result<Option<ReviewRow>, Sorry> {
    let (c, me) = (here.place.id, here.who.map(|w| w.member));
    // the list goes on below a place: begin right above the one that is looked for
    let mut cursor = Cursor::parse(&format!("0.{}.{}", i64::MAX, review.raw().saturating_add(1)));
    for _ in 0..PAGES {
        let page = house.app.reviews(c, product, me, Filter::Newest, cursor).await?;
        if let Some(row) = page.rows.into_iter().find(|r| r.id == review) {
            return Ok(Some(row));
        }
        cursor = page.next;
        if cursor.is_none() {
            break;
        }
    }
    Ok(None)
}

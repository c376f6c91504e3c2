//! Reviews: from received orders only.
use super::ask::Ask;
use super::caller::{Caller, named};
use super::shapes::{Listed, Made, Problem, id_in, time, unknown_word};
use crate::House;
use crate::reply::Sorry;
use app::trust::views::{Cursor, Filter, ReviewRow};
use app::trust::write_review::WriteReview;
use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use rules::base::id;
use rules::community::scope::Scope;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

#[derive(Serialize, ToSchema)]
pub struct Review {
    #[schema(example = "rev_06d4zq0n8g008")]
    id: String,
    /// Absent: anonymous, or the account was closed.
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    /// 1 to 5; absent when none were given.
    #[serde(skip_serializing_if = "Option::is_none")]
    stars: Option<i64>,
    text: String,
    /// What was chosen, such as colour and size.
    choices: String,
    pictures: Vec<String>,
    helpful: i64,
    /// The shop's answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    reply: Option<String>,
    at: String,
}

fn review(r: ReviewRow) -> Review {
    let (by, name) = r.by.map(|b| (b.id.to_string(), b.name)).unzip();
    Review {
        id: r.id.to_string(),
        by,
        name,
        stars: r.stars,
        text: r.text,
        choices: r.choices,
        pictures: r.pictures.iter().map(|p| super::products::picture_url(p)).collect(),
        helpful: r.helpful,
        reply: r.reply.map(|(text, _)| text),
        at: time(r.at),
    }
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ReviewsWanted {
    /// The `next` of the page before.
    after: Option<String>,
    /// `helpful`, `newest`, `pictures` or `low`.
    order: Option<String>,
}

/// Reviews of a product
#[utoipa::path(get, path = "/api/v1/communities/{community}/products/{product}/reviews",
    tag = "Reviews", operation_id = "list_reviews",
    params(("community" = String, Path), ("product" = String, Path), ReviewsWanted),
    responses((status = 200, body = Listed<Review>), (status = "4XX", body = Problem)))]
pub async fn list_reviews(
    State(house): State<House>,
    caller: Caller,
    Path((_, product)): Path<(String, String)>,
    Query(q): Query<ReviewsWanted>,
) -> Result<Json<Listed<Review>>, Sorry> {
    let place = caller.reads(Scope::ReadProducts)?.id;
    let product = named::<id::Product>(&product)?;
    let order = q.order.as_deref().unwrap_or("helpful");
    let filter = Filter::of(order).ok_or_else(|| unknown_word("order", order))?;
    let cursor = match &q.after {
        Some(text) => Some(Cursor::parse(text).ok_or_else(|| unknown_word("after", text))?),
        None => None,
    };
    let reader = caller.who.map(|w| w.member);
    let page = house.app.reviews(place, product, reader, filter, cursor).await?;
    let next = page.next.map(|c| c.to_string());
    Ok(Json(Listed { items: page.rows.into_iter().map(review).collect(), next }))
}

#[derive(Deserialize, ToSchema)]
pub struct NewReview {
    /// The line of a received order.
    line: String,
    #[schema(minimum = 1, maximum = 5)]
    stars: i64,
    #[serde(default)]
    text: String,
    /// Shown without the name.
    #[serde(default)]
    anonymous: bool,
}

/// Review what was received
#[utoipa::path(post, path = "/api/v1/communities/{community}/products/{product}/reviews",
    tag = "Reviews", operation_id = "write_review", request_body = NewReview,
    params(("community" = String, Path), ("product" = String, Path)),
    responses((status = 201, body = Made), (status = "4XX", body = Problem)))]
pub async fn write_review(
    State(house): State<House>,
    caller: Caller,
    Path((_, product)): Path<(String, String)>,
    ask: Ask<NewReview>,
) -> Result<Response, Sorry> {
    let who = caller.member(Scope::WriteContent)?;
    let b = &ask.body;
    let (line, product) = (id_in::<id::Line>("line", &b.line)?, named::<id::Product>(&product)?);
    let write = async |number| {
        // the line says which product it was; the path must not say another
        let mine = house.app.reviewable(who.community, who.member).await?;
        if mine.iter().any(|l| l.line == line && l.product != product) {
            return Err(Sorry::NotFound);
        }
        let cmd = WriteReview {
            community: who.community,
            by: who.member,
            id: app::calls::numbered(number),
            line,
            stars: Some(b.stars),
            text: b.text.clone(),
            pictures: Vec::new(),
            anonymous: b.anonymous,
            imported: false,
        };
        Ok(Made { id: house.app.write_review(caller.now, cmd).await?.to_string() })
    };
    ask.once(&house, &caller, StatusCode::CREATED, write).await
}

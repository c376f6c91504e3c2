//! Posts: the feed, one post, writing one.
use super::ask::Ask;
use super::caller::Caller;
use super::shapes::{Listed, Made, Problem, id_in, time, unknown_word};
use crate::House;
use crate::reply::Sorry;
use app::content::create_post::CreatePost;
use app::content::feed::{Cursor, Of, Order};
use app::content::views::PostCard;
use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use rules::base::Lang;
use rules::community::scope::Scope;
use rules::content::post::Kind;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

#[derive(Serialize, ToSchema)]
pub struct Post {
    #[schema(example = "pst_06d4zq0n8g008")]
    id: String,
    /// The end of its address.
    slug: String,
    /// `article`, `note`, `link` or `announcement`.
    kind: String,
    title: String,
    /// The first words, plain.
    lead: String,
    /// Safe HTML; in lists absent for an article.
    #[serde(skip_serializing_if = "String::is_empty")]
    html: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    link: String,
    author: String,
    author_name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    group: Option<String>,
    /// Ids of the products on its cards.
    products: Vec<String>,
    /// Addresses below this house.
    pictures: Vec<String>,
    likes: i64,
    comments: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    published_at: Option<String>,
}

fn post(p: PostCard) -> Post {
    Post {
        id: p.id.to_string(),
        slug: p.slug,
        kind: p.kind.code().into(),
        title: p.title,
        lead: p.lead,
        html: p.html,
        link: p.link,
        author: p.author.id.to_string(),
        author_name: p.author.name,
        group: p.group.map(|g| g.to_string()),
        products: p.cards.iter().map(|c| c.id.to_string()).collect(),
        pictures: p.pictures.iter().map(|p| super::products::picture_url(p)).collect(),
        likes: p.likes,
        comments: p.comments,
        published_at: p.published_at.map(time),
    }
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct FeedWanted {
    /// The `next` of the page before.
    after: Option<String>,
    /// `latest` or `ranked`.
    order: Option<String>,
    /// Only posts of this group.
    group: Option<String>,
}

/// Posts this caller may read
#[utoipa::path(get, path = "/api/v1/communities/{community}/posts", tag = "Content",
    operation_id = "list_posts", params(("community" = String, Path), FeedWanted),
    responses((status = 200, body = Listed<Post>), (status = "4XX", body = Problem)))]
pub async fn list_posts(
    State(house): State<House>,
    caller: Caller,
    Query(q): Query<FeedWanted>,
) -> Result<Json<Listed<Post>>, Sorry> {
    let place = caller.reads(Scope::ReadContent)?.id;
    let reader = caller.reader(&house).await?;
    let order = q.order.as_deref().unwrap_or("latest");
    let order = Order::of(order).ok_or_else(|| unknown_word("order", order))?;
    let (of, order) = match q.group.as_deref().map(|g| id_in("group", g)).transpose()? {
        Some(group) if reader.groups.contains(&group) => (Of::Group(group), Order::Latest),
        Some(_) => return Err(Sorry::NotFound),
        None => (Of::Community, order),
    };
    let cursor = match &q.after {
        Some(text) => Some(Cursor::parse(text).ok_or_else(|| unknown_word("after", text))?),
        None => None,
    };
    let feed = house.app.feed(caller.now, place, of, order, reader, cursor).await?;
    let next = feed.next.map(|c| c.to_string());
    Ok(Json(Listed { items: feed.posts.into_iter().map(post).collect(), next }))
}

/// One post
#[utoipa::path(get, path = "/api/v1/communities/{community}/posts/{post}", tag = "Content",
    operation_id = "get_post",
    params(("community" = String, Path), ("post" = String, Path, description = "Id or slug.")),
    responses((status = 200, body = Post), (status = "4XX", body = Problem)))]
pub async fn get_post(
    State(house): State<House>,
    caller: Caller,
    Path((_, wanted)): Path<(String, String)>,
) -> Result<Json<Post>, Sorry> {
    let place = caller.reads(Scope::ReadContent)?.id;
    let reader = caller.reader(&house).await?;
    let page = house.app.post_page(place, &wanted, reader, None).await?;
    Ok(Json(post(page.ok_or(Sorry::NotFound)?.post)))
}

#[derive(Deserialize, ToSchema)]
pub struct NewPost {
    /// `note`, `article`, `link` or `announcement`.
    #[schema(example = "note")]
    kind: String,
    #[serde(default)]
    title: String,
    /// Markdown for an article, plain text otherwise; the introduction of a link.
    text: String,
    #[serde(default)]
    link: String,
    /// Only for the people of this group.
    group: Option<String>,
    /// Ids of products to show as cards.
    #[serde(default)]
    products: Vec<String>,
    /// Ids of tags.
    #[serde(default)]
    tags: Vec<String>,
    /// `zh-Hans`, `zh-Hant` or `en`; the community's when left out.
    language: Option<String>,
    /// `false` keeps it as a draft.
    #[serde(default = "yes")]
    publish: bool,
}
const fn yes() -> bool {
    true
}

/// Write a post
#[utoipa::path(post, path = "/api/v1/communities/{community}/posts", tag = "Content",
    operation_id = "create_post", request_body = NewPost, params(("community" = String, Path)),
    responses((status = 201, body = Made), (status = "4XX", body = Problem)))]
pub async fn create_post(
    State(house): State<House>,
    caller: Caller,
    ask: Ask<NewPost>,
) -> Result<Response, Sorry> {
    let who = caller.member(Scope::WriteContent)?;
    let (b, place) = (&ask.body, caller.place()?);
    let kind = Kind::of(&b.kind).ok_or_else(|| unknown_word("kind", &b.kind))?;
    let group = b.group.as_deref().map(|g| id_in("group", g)).transpose()?;
    let cards = b.products.iter().map(|p| id_in("products", p)).collect::<Result<Vec<_>, _>>()?;
    let tags = b.tags.iter().map(|t| id_in("tags", t)).collect::<Result<Vec<_>, _>>()?;
    let mine = house.app.my_groups(who.community, who.member).await?;
    let write = async |number| {
        let cmd = CreatePost {
            community: who.community,
            by: who.member,
            id: app::calls::numbered(number),
            kind,
            group,
            groups: mine.iter().map(|g| g.id).collect(),
            title: b.title.clone(),
            text: b.text.clone(),
            link: b.link.clone(),
            pictures: Vec::new(),
            cards,
            tags,
            mentions: Vec::new(),
            lang: b.language.as_deref().and_then(Lang::of).unwrap_or(place.lang),
            publish: b.publish,
        };
        Ok(Made { id: house.app.create_post(caller.now, cmd).await?.id.to_string() })
    };
    ask.once(&house, &caller, StatusCode::CREATED, write).await
}

//! Following for programs.
use super::ask::Ask;
use super::caller::{Caller, named};
use super::shapes::Problem;
use crate::House;
use crate::reply::Sorry;
use app::trust::follow_member::FollowMember;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use rules::base::{Id, id};
use rules::community::scope::Scope;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

#[derive(Deserialize, ToSchema)]
pub struct Following {
    /// What it shall be; true when left out.
    follow: Option<bool>,
}

/// How a member stands to the caller.
#[derive(Serialize, ToSchema)]
pub struct Tie {
    /// The caller follows them.
    follows: bool,
    /// Both follow each other.
    friend: bool,
    followers: i64,
}

/// Follow a member, or stop
#[utoipa::path(post, path = "/api/v1/communities/{community}/members/{member}/follow",
    tag = "Communities", operation_id = "follow_member", request_body = Following,
    params(("community" = String, Path), ("member" = String, Path)),
    responses((status = 200, body = Tie), (status = "4XX", body = Problem)))]
pub async fn follow_member(
    State(house): State<House>,
    caller: Caller,
    Path((_, wanted)): Path<(String, String)>,
    ask: Ask<Following>,
) -> Result<Response, Sorry> {
    let who = caller.member(Scope::WriteContent)?;
    let other: Id<id::Member> = named(&wanted)?;
    let follow = ask.body.follow.unwrap_or(true);
    let set = async |_| {
        let (community, by) = (who.community, who.member);
        let cmd = FollowMember { community, by, other, follow };
        house.app.follow_member(caller.now, cmd).await?;
        let s = house.app.standing(community, other, Some(by)).await?;
        Ok(Tie { follows: s.followed, friend: s.followed && s.follows_me, followers: s.followers })
    };
    ask.once(&house, &caller, StatusCode::OK, set).await
}

//! What members do with a post: like it, keep it, say something under it.
use super::comments::Say as SayForm;
use super::{again, back, card, comments, go, post, reader, steps};
use crate::House;
use crate::form::Form;
use crate::reply::{Sorry, said, status_of};
use crate::ui::{Tone, fragment};
use crate::who::Here;
use app::Stop;
use app::content::bookmark_post::BookmarkPost;
use app::content::comment::CommentPost;
use app::content::like_post::LikePost;
use app::content::views::PostPage;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use rules::base::{Id, id};

type Which = Path<(String, String)>;

fn of(which: &str) -> Result<Id<id::Post>, Sorry> {
    Id::parse(which).ok_or(Sorry::NotFound)
}

pub async fn like(
    State(house): State<House>,
    here: Here,
    Path((_, which)): Which,
    headers: HeaderMap,
    form: Form,
) -> Result<Response, Sorry> {
    let (who, post) = (here.member()?, of(&which)?);
    let groups = reader(&house, &here).await?.groups;
    let liked = form.get("on") != "no";
    let cmd = LikePost { community: here.place.id, by: who.member, post, groups, liked };
    house.app.like_post(here.now, cmd).await?;
    if here.fragment {
        let found = post::find(&house, &here, &which, None).await?;
        return Ok(steps(card::acts(&here, &found.post, fragment())));
    }
    let own = format!("{}/posts/{post}", here.base());
    Ok(go(&format!("{}#{post}", back(&headers, &here.base(), &own))))
}

pub async fn bookmark(
    State(house): State<House>,
    here: Here,
    Path((_, which)): Which,
    form: Form,
) -> Result<Response, Sorry> {
    let (who, post) = (here.member()?, of(&which)?);
    let groups = reader(&house, &here).await?.groups;
    let kept = form.get("on") != "no";
    let cmd = BookmarkPost { community: here.place.id, by: who.member, post, groups, kept };
    house.app.bookmark_post(here.now, cmd).await?;
    Ok(go(&format!("{}/posts/{post}", here.base())))
}

pub async fn comment(
    State(house): State<House>,
    here: Here,
    Path((_, which)): Which,
    form: Form,
) -> Result<Response, Sorry> {
    let (who, post) = (here.member()?, of(&which)?);
    let (id, answers) = (form.must_id::<id::Comment>("id")?, form.id("answers"));
    let cmd = CommentPost {
        community: here.place.id,
        by: who.member,
        id,
        post,
        answers,
        groups: reader(&house, &here).await?.groups,
        text: form.raw("text").to_string(),
        mentions: Vec::new(),
    };
    match house.app.comment(here.now, cmd).await {
        Ok(id) if here.fragment => {
            // the one before it in time begins the page of comments it is on
            let from = answers.unwrap_or(id);
            let found = post::find(&house, &here, &which, Some(Id::of(from.raw() - 1))).await?;
            Ok(steps(appended(&house, &here, &found, id, answers)))
        }
        Ok(id) => Ok(go(&format!("{}/posts/{post}#{id}", here.base()))),
        Err(Stop::Fault(fault)) => Err(fault.into()),
        Err(Stop::Refused(no)) if here.fragment => {
            Ok(steps(fragment().toast(said(no, here.lang), Tone::Danger)))
        }
        Err(Stop::Refused(no)) => {
            let found = post::find(&house, &here, &which, None).await?;
            let error = Some(said(no, here.lang));
            let say = SayForm { id, answers, text: form.raw("text"), error };
            let page = post::render(&house, &here, &found, &say).await;
            let status = if no.code() == "text_missing" { 422 } else { status_of(no.code()) };
            Ok(again(status, page))
        }
    }
}

/// The new comment at its place, and an empty form for the next.
fn appended(
    house: &House,
    here: &Here,
    found: &PostPage,
    id: Id<id::Comment>,
    answers: Option<Id<id::Comment>>,
) -> crate::ui::Fragment {
    let top = |c: &&app::content::views::CommentRow| c.id == id || Some(c.id) == answers;
    let over = found.comments.iter().find(top);
    let next: Id<id::Comment> = house.app.mint(here.now);
    let post = found.post.id;
    let out = match (over, answers) {
        (Some(row), None) => {
            let li = comments::comment(here, post, row, true);
            fragment().append("#comment-list", &id.to_string(), li)
        }
        (Some(over), Some(parent)) => match over.answers.iter().find(|a| a.id == id) {
            Some(row) => {
                let li = comments::comment(here, post, row, false);
                fragment().append(&format!("#{parent}-answers"), &id.to_string(), li)
            }
            None => return fragment().go(&format!("{}/posts/{post}#{id}", here.base())),
        },
        _ => return fragment().go(&format!("{}/posts/{post}#{id}", here.base())),
    };
    let out = if found.post.comments == 1 { out.remove("#none") } else { out };
    card::acts(here, &found.post, out.reset("#say-form", Some(&next.to_string())))
}

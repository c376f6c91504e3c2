//! Taking a post or a comment away: its writer deletes it, staff hide it and say why.
use super::{again, card, frame, go, post, shown};
use crate::House;
use crate::form::Form;
use crate::reply::{Sorry, said, status_of};
use crate::ui::{self, Head, Page, Place, Top, field};
use crate::who::Here;
use app::Stop;
use app::content::end_comment::EndComment;
use app::content::end_post::EndPost;
use app::content::views::PostPage;
use axum::extract::{Path, State};
use axum::response::Response;
use maud::{Markup, html};
use rules::base::{Id, id};
use rules::community::role::Right;

type Which = Path<(String, String)>;

/// What is to go: the post, or one comment under it.
struct Target {
    comment: Option<Id<id::Comment>>,
    own: bool,
    words: String,
}

pub async fn page(
    State(house): State<House>,
    here: Here,
    Path((_, which)): Which,
    form: Form,
) -> Result<Response, Sorry> {
    let found = post::find(&house, &here, &which, None).await?;
    let target = target(&here, &found, form.id("comment"))?;
    Ok(shown(render(&house, &here, &found, &target, "", None).await))
}

pub async fn end(
    State(house): State<House>,
    here: Here,
    Path((_, which)): Which,
    form: Form,
) -> Result<Response, Sorry> {
    let who = here.member()?;
    let found = post::find(&house, &here, &which, None).await?;
    let target = target(&here, &found, form.id("comment"))?;
    let (community, by, reason) = (here.place.id, who.member, form.get("reason").to_string());
    let (code, says) = match target.comment {
        Some(id) => {
            let cmd = EndComment { community, by, id, reason };
            let to = format!("{}/posts/{}#comments", here.base(), found.post.id);
            match house.app.end_comment(here.now, cmd).await {
                Ok(_) => return Ok(go(&to)),
                Err(Stop::Fault(fault)) => return Err(fault.into()),
                Err(Stop::Refused(no)) => (no.code(), said(no, here.lang)),
            }
        }
        None => {
            let cmd = EndPost { community, by, id: found.post.id, reason };
            let to = format!("{}/feed", here.base());
            match house.app.end_post(here.now, cmd).await {
                Ok(_) => return Ok(go(&to)),
                Err(Stop::Fault(fault)) => return Err(fault.into()),
                Err(Stop::Refused(no)) => (no.code(), said(no, here.lang)),
            }
        }
    };
    let typed = form.get("reason");
    let page = render(&house, &here, &found, &target, typed, Some(says)).await;
    let status = if code == "reason_missing" { 422 } else { status_of(code) };
    Ok(again(status, page))
}

/// Only for the writer and for staff; everybody else is told so before a form is shown.
fn target(
    here: &Here,
    found: &PostPage,
    comment: Option<Id<id::Comment>>,
) -> Result<Target, Sorry> {
    let who = here.member()?;
    let target = match comment {
        Some(id) => {
            let all = found.comments.iter().flat_map(|c| std::iter::once(c).chain(&c.answers));
            let row = all.into_iter().find(|c| c.id == id);
            Target {
                comment,
                own: row.is_some_and(|r| r.author.id == who.member),
                words: row.map_or(String::new(), |r| card::name(here, &r.author).to_string()),
            }
        }
        None => Target {
            comment: None,
            own: found.post.author.id == who.member,
            words: post::title(here, &found.post),
        },
    };
    match target.own || who.rights.may(Right::Content) || comment.is_some() {
        true => Ok(target),
        false => Err(Sorry::NotAllowed),
    }
}

async fn render(
    house: &House,
    here: &Here,
    found: &PostPage,
    target: &Target,
    reason: &str,
    error: Option<&str>,
) -> Markup {
    let title = match (target.own, target.comment) {
        (true, None) => here.pick(["删除帖子", "刪除貼文", "Delete the post"]),
        (true, Some(_)) => here.pick(["删除评论", "刪除留言", "Delete the comment"]),
        (false, None) => here.pick(["隐藏帖子", "隱藏貼文", "Hide the post"]),
        (false, Some(_)) => here.pick(["隐藏评论", "隱藏留言", "Hide the comment"]),
    };
    let about = match target.own {
        true => here.pick([
            "删除后别人就看不到了，不能恢复",
            "刪除後別人就看不到了，無法復原",
            "Nobody will see it any more. This cannot be undone.",
        ]),
        false => here.pick([
            "隐藏后只有作者和管理成员看得到，作者会看到原因",
            "隱藏後只有作者和管理成員看得到，作者會看到原因",
            "Only the writer and staff will see it; the writer reads the reason.",
        ]),
    };
    let to = format!("{}/posts/{}", here.base(), found.post.id);
    let frame = frame(house, here, Place::Community).await;
    let top = Top::Bar { title: title.into(), sub: None, back: Some(to.clone()), end: None };
    let head = Head { private: true, ..Head::default() };
    let why = here.pick(["原因", "原因", "Reason"]);
    Page { title: title.into(), top, head, ..frame }.render(html! {
        form class="card" method="post" action={ (to) "/end" } {
            @if let Some(comment) = target.comment {
                input type="hidden" name="comment" value=(comment);
            }
            @if !target.words.is_empty() { p { b { (target.words) } } }
            p class="sub" { (about) }
            @if target.own {
                @if let Some(error) = error { (ui::banner(error, ui::Tone::Danger)) }
            } @else { (field::text("reason", why, reason).error(error).most(200)) }
            div class="row" {
                (ui::button(here.pick(["不了", "不了", "Keep it"])).grow().to(&to))
                (ui::button(title).danger().grow().submit())
            }
        }
    })
}

//! Comments under a post, one level of answers, and the form to add one.
use super::card;
use crate::ui::{self, Person, Size, field};
use crate::who::Here;
use crate::words::format::ago;
use app::content::views::{CommentRow, PostPage};
use maud::{Markup, Render, html};
use rules::base::{Id, id};
use rules::community::role::Right;
use rules::content::comment::State;
use rules::content::post;

/// The form at the end of the comments, as typed so far.
pub struct Say<'a> {
    pub id: Id<id::Comment>,
    pub answers: Option<Id<id::Comment>>,
    pub text: &'a str,
    pub error: Option<&'a str>,
}

pub fn section(here: &Here, found: &PostPage, say: &Say) -> Markup {
    let title = here.pick(["评论", "留言", "Comments"]);
    let none = here.pick(["还没有人评论", "還沒有人留言", "Nobody has commented yet."]);
    let later = here.pick(["后面的评论", "後面的留言", "Later comments"]);
    let post = found.post.id;
    html! {
        section class="card" id="comments" {
            (ui::card_head(&format!("{title} {}", found.post.comments)))
            @if found.comments.is_empty() { p class="note" id="none" { (none) } }
            ul id="comment-list" {
                @for row in &found.comments { (comment(here, post, row, true)) }
            }
            @if let Some(next) = found.next {
                @let to = format!("{}/posts/{post}?after={next}#comments", here.base());
                a class="more" href=(to) { (later) }
            }
        }
        @if found.post.state == post::State::Published { (form(here, found, say)) }
    }
}

/// One comment; those on top carry the list of their answers.
pub fn comment(here: &Here, post: Id<id::Post>, row: &CommentRow, top: bool) -> Markup {
    let at = ago(here.lang, row.at, here.now, &here.zone());
    let shown = row.state == State::Shown;
    html! {
        li class="cmt" id=(row.id) {
            @let name = card::name(here, &row.author);
            (ui::avatar(Person::new(row.author.id.raw(), name), Size::S))
            div class="grow" {
                p class="row sub" { b { (name) } span class="note end" { (at) } }
                @if shown { div class="prose" { (card::cleaned(&row.html)) } }
                @else {
                    p class="note" {
                        (here.pick(["这条评论已经不在了", "這則留言已經不在了", "This comment is gone."]))
                    }
                }
                @if shown { (deeds(here, post, row, top)) }
                @if top {
                    ul id={ (row.id) "-answers" } {
                        @for answer in &row.answers { (comment(here, post, answer, false)) }
                    }
                }
            }
        }
    }
}

fn deeds(here: &Here, post: Id<id::Post>, row: &CommentRow, top: bool) -> Markup {
    let base = format!("{}/posts/{post}", here.base());
    let Some(who) = here.who else { return html! {} };
    let own = who.member == row.author.id;
    html! {
        p class="row" {
            @if top {
                a class="note" href={ (base) "?answers=" (row.id) "#say-form" } {
                    (here.pick(["回复", "回覆", "Reply"]))
                }
            }
            @if own || who.rights.may(Right::Content) {
                a class="note" href={ (base) "/end?comment=" (row.id) } {
                    @if own { (here.pick(["删除", "刪除", "Delete"])) }
                    @else { (here.pick(["隐藏", "隱藏", "Hide"])) }
                }
            }
            @if !own {
                a class="note" href={ (base) "/report?comment=" (row.id) } {
                    (here.pick(["举报", "檢舉", "Report"]))
                }
            }
        }
    }
}

fn form(here: &Here, found: &PostPage, say: &Say) -> Markup {
    let post = format!("{}/posts/{}", here.base(), found.post.id);
    if here.who.is_none() {
        let to = match here.person.is_some() {
            true => format!("{}/join", here.base()),
            false => format!("/sign-in?next={post}"),
        };
        let word = here.pick(["登录后评论", "登入後留言", "Sign in to comment"]);
        return ui::button(word).block().to(&to).render();
    }
    let over = say.answers.and_then(|id| found.comments.iter().find(|c| c.id == id));
    let name = over.map(|c| card::name(here, &c.author));
    let label = match name {
        Some(name) => format!("{} {name}", here.pick(["回复", "回覆", "Answer"])),
        None => here.pick(["写评论", "寫留言", "Your comment"]).to_string(),
    };
    html! {
        form class="card" id="say-form" method="post" action={ (post) "/comments" } data-frag {
            input type="hidden" name="id" value=(say.id);
            @if let Some(over) = over { input type="hidden" name="answers" value=(over.id); }
            (field::textarea("text", &label, say.text).error(say.error).most(1000).required())
            div class="row" {
                @if over.is_some() {
                    a class="note" href={ (post) "#comments" } {
                        (here.pick(["不回复了", "不回覆了", "Do not answer"]))
                    }
                }
                span class="grow" {}
                (ui::button(here.pick(["发送", "送出", "Send"])).primary().submit())
            }
        }
    }
}

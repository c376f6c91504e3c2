//! Community (社群): coming in, groups, chat, oneself.
mod about;
pub mod chat;
pub mod chat_say;
pub mod cookies;
mod enter;
mod group;
mod group_door;
pub mod group_form;
pub mod groups;
mod join;
mod landing;
mod line;
pub mod lines;
mod me;
mod me_account;
mod member;
pub mod open;
mod second_factor;
pub mod sign_in;
mod welcome;

use crate::{House, live};
use axum::Router;
use axum::routing::{get, post};

pub fn routes() -> Router<House> {
    Router::new().merge(outside()).merge(oneself()).merge(groups()).merge(talk())
}

fn outside() -> Router<House> {
    Router::new()
        .route("/", get(landing::page))
        .route("/open", get(open::page).post(open::opened))
        .route("/sign-in", get(sign_in::page).post(sign_in::ask))
        .route("/sign-in/code", get(sign_in::code_page).post(sign_in::code))
        .route("/sign-in/password", get(sign_in::password_page).post(sign_in::password))
        .route("/sign-in/name", get(enter::name_page).post(enter::name))
        .route("/sign-up", get(enter::sign_up_page).post(enter::sign_up))
        .route("/sign-out", post(enter::sign_out))
        .route("/enter/{token}", get(enter::enter))
        .route("/preferences", post(cookies::preferences))
}

fn oneself() -> Router<House> {
    Router::new()
        .route("/c/{community}/join", get(join::page).post(join::join))
        .route("/c/{community}/welcome", get(welcome::page))
        .route("/c/{community}/about", get(about::page))
        .route("/c/{community}/story", get(about::page))
        .route("/c/{community}/me", get(me::page))
        .route("/c/{community}/me/edit", get(me::edit_page).post(me::edit))
        .route("/c/{community}/me/tags", get(me::tags_page).post(me::tags))
        .route("/c/{community}/me/account", get(me_account::page))
        .route("/c/{community}/me/second-factor", get(second_factor::page))
        .route("/c/{community}/me/second-factor/code.png", get(second_factor::picture))
        .route("/c/{community}/me/second-factor/begin", post(second_factor::begin))
        .route("/c/{community}/me/second-factor/confirm", post(second_factor::confirm))
        .route("/c/{community}/me/second-factor/remove", post(second_factor::remove))
        .route("/c/{community}/me/account/password", post(me_account::password))
        .route("/c/{community}/me/account/sessions/{session}/end", post(me_account::end_session))
        .route("/c/{community}/me/account/sessions/end", post(me_account::end_others))
        .route("/c/{community}/me/leave", get(me_account::leave_page).post(me_account::leave))
        .route("/c/{community}/me/close", get(me_account::close_page).post(me_account::close))
        .route("/c/{community}/members/{member}", get(member::page))
        .route("/c/{community}/members/{member}/report", post(member::report))
}

fn groups() -> Router<House> {
    Router::new()
        .route("/c/{community}/groups", get(groups::page))
        .route("/c/{community}/groups/new", get(group_form::new_page).post(group_form::create))
        .route("/c/{community}/groups/{group}", get(group::page))
        .route("/c/{community}/groups/{group}/members", get(group::members))
        .route("/c/{community}/groups/{group}/join", post(group::join))
        .route("/c/{community}/groups/{group}/leave", post(group::leave))
        .route(
            "/c/{community}/groups/{group}/edit",
            get(group_form::edit_page).post(group_form::edit),
        )
        .route("/c/{community}/groups/{group}/door", get(group_door::page))
        .route("/c/{community}/groups/{group}/door/decide", post(group_door::decide))
        .route("/c/{community}/groups/{group}/door/invite", post(group_door::invite))
        .route("/c/{community}/groups/{group}/door/role", post(group_door::role))
}

fn talk() -> Router<House> {
    Router::new()
        .route("/c/{community}/groups/{group}/chat", get(chat::page).post(chat_say::say))
        .route("/c/{community}/groups/{group}/read", post(chat_say::read))
        .route("/c/{community}/groups/{group}/live", get(live::stream))
        .route("/c/{community}/groups/{group}/lines/{line}", get(line::page))
        .route("/c/{community}/groups/{group}/lines/{line}/edit", post(line::edit))
        .route("/c/{community}/groups/{group}/lines/{line}/delete", post(line::delete))
        .route("/c/{community}/groups/{group}/lines/{line}/decide", post(line::decide))
        .route("/c/{community}/groups/{group}/lines/{line}/react", post(line::react))
        .route("/c/{community}/groups/{group}/lines/{line}/report", post(line::report))
}

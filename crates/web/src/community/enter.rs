//! Making an account with a password, giving a first name, leaving, and the key of a developer.
use super::cookies::{self, Address, agent, local, see};
use super::sign_in::{again, came_in, contact_field, frame, kind_of};
use crate::House;
use crate::edge::query_value;
use crate::form::Form;
use crate::reply::{Sorry, said};
use crate::ui::button;
use crate::ui::field;
use crate::who::Visit;
use app::Stop;
use app::community::set_profile::SetProfile;
use app::community::sign_up::{Refused, SignUp};
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};

fn name_field<'a>(visit: &Visit, value: &'a str, error: Option<&'a str>) -> field::Field<'a> {
    field::text(
        "name",
        visit.pick(["大家怎么称呼你", "大家怎麼稱呼你", "What are you called?"]),
        value,
    )
    .autofill("nickname")
    .most(24)
    .required()
    .error(error)
}

fn named(visit: &Visit, name: &str, next: &str, error: Option<&str>) -> Markup {
    let title = visit.pick(["初次见面", "初次見面", "Nice to meet you"]);
    let body = html! {
        section class="card" {
            form class="stack -l" method="post" action="/sign-in/name" {
                input type="hidden" name="next" value=(next);
                (name_field(visit, name, error).hint(visit.pick([
                    "可以用昵称，以后能改",
                    "可以用暱稱，以後能改",
                    "A nickname will do; you can change it later",
                ])))
                (button(visit.pick(["好了", "好了", "Done"])).primary().block().submit())
            }
        }
    };
    let mut page = frame(visit, title, "/");
    page.top = crate::ui::Top::Bar { title: title.to_string(), sub: None, back: None, end: None };
    page.render(body)
}

pub async fn name_page(visit: Visit, form: Form) -> Result<Response, Sorry> {
    let person = visit.person.as_ref().ok_or(Sorry::SignIn)?;
    Ok(named(&visit, &person.name, &local(form.get("next")), None).into_response())
}

pub async fn name(State(house): State<House>, visit: Visit, form: Form) -> Result<Response, Sorry> {
    let account = visit.person.as_ref().ok_or(Sorry::SignIn)?.account;
    let (typed, next) = (form.get("name"), local(form.get("next")));
    let cmd = SetProfile { account, name: typed.to_string(), lang: visit.lang };
    match house.app.set_profile(visit.now, cmd).await {
        Ok(()) => Ok(see(&next)),
        Err(Stop::Refused(r)) => {
            Ok(again(r.code(), named(&visit, typed, &next, Some(said(r, visit.lang)))))
        }
        Err(Stop::Fault(fault)) => Err(fault.into()),
    }
}

fn signs_up(visit: &Visit, form: &Form, wrong: Option<Refused>) -> Markup {
    let next = local(form.get("next"));
    let title = visit.pick(["注册", "註冊", "Sign up"]);
    let words = wrong.map(|r| said(r, visit.lang));
    let at = |these: &[Refused]| wrong.filter(|r| these.contains(r)).and(words);
    let contact = at(&[Refused::BadTarget, Refused::Taken, Refused::TooMany]);
    let password = at(&[Refused::TooShort, Refused::TooLong, Refused::Common]);
    let sign_in = format!("/sign-in/password?next={}", query_value(&next));
    let body = html! {
        section class="card stack -l" {
            form class="stack -l" method="post" action="/sign-up" {
                input type="hidden" name="next" value=(next);
                (name_field(visit, form.get("name"), at(&[Refused::BadName])))
                (contact_field(visit, form.get("contact"), contact))
                (field::password("password", visit.pick(["密码", "密碼", "Password"]))
                    .autofill("new-password")
                    .hint(visit.pick(["至少 8 位", "至少 8 位", "8 characters or more"]))
                    .required().error(password))
                (button(title).primary().block().submit())
            }
            p class="sub center" {
                (visit.pick(["已经有账号？", "已經有帳號？", "You have an account? "]))
                a class="link" href=(sign_in) { (visit.pick(["登录", "登入", "Sign in"])) }
            }
        }
    };
    frame(visit, title, &next).render(body)
}

pub async fn sign_up_page(visit: Visit, form: Form) -> Response {
    if visit.person.is_some() {
        return see(&local(form.get("next")));
    }
    signs_up(&visit, &form, None).into_response()
}

pub async fn sign_up(
    State(house): State<House>,
    visit: Visit,
    headers: HeaderMap,
    Address(address): Address,
    form: Form,
) -> Result<Response, Sorry> {
    let contact = form.get("contact");
    let cmd = SignUp {
        kind: kind_of(contact),
        target: contact.to_string(),
        password: form.raw("password").to_string(),
        name: form.get("name").to_string(),
        lang: visit.lang,
        agent: agent(&headers),
        address,
    };
    match house.app.sign_up(visit.now, cmd).await {
        Ok(signed) => Ok(came_in(&house, &signed, &local(form.get("next")))),
        Err(Stop::Refused(r)) => {
            let code = if r.code().starts_with("password_") { "bad_password" } else { r.code() };
            Ok(again(code, signs_up(&visit, &form, Some(r))))
        }
        Err(Stop::Fault(fault)) => Err(fault.into()),
    }
}

pub async fn sign_out(State(house): State<House>, visit: Visit) -> Result<Response, Sorry> {
    if let Some(token) = &visit.token {
        house.app.sign_out(visit.now, token).await?;
    }
    Ok(cookies::without_session(&house, see("/")))
}

/// `GET /enter/{token}?to=`: only where people build pages.
pub async fn enter(
    State(house): State<House>,
    Path(token): Path<String>,
    form: Form,
) -> Result<Response, Sorry> {
    if !house.setup.development {
        return Err(Sorry::NotFound);
    }
    house.app.session(house.now(), &token).await?.ok_or(Sorry::NotFound)?;
    Ok(cookies::with_session(&house, see(&local(form.get("to"))), &token))
}

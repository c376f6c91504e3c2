//! Signing in: an address or number, then the code that went there; or a password.
use super::cookies::{self, Address, agent, local, see};
use crate::House;
use crate::edge::query_value;
use crate::form::Form;
use crate::reply::{Sorry, said, status_of};
use crate::ui::field;
use crate::ui::{Head, Icon, Page, Tab, Tone, Top, banner, button, icon, segmented};
use crate::who::{Visit, cookie};
use app::Stop;
use app::community::request_code::RequestCode;
use app::community::sessions::SignedIn;
use app::community::sign_in_with_code::SignInWithCode;
use app::community::sign_in_with_password::SignInWithPassword;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use rules::base::{Id, id, secret};
use rules::community::contact::ContactKind;

/// An address has an at sign, a number has none.
pub fn kind_of(contact: &str) -> ContactKind {
    if contact.contains('@') { ContactKind::Email } else { ContactKind::Phone }
}
/// The page again, with the sentence and what was typed.
pub(crate) fn again(code: &str, page: Markup) -> Response {
    let status = StatusCode::from_u16(status_of(code)).unwrap_or(StatusCode::CONFLICT);
    (status, page).into_response()
}
pub(super) fn frame(visit: &Visit, title: &str, next: &str) -> Page {
    let around = visit.pick(["先逛逛", "先逛逛", "Look around"]);
    let end = html! { a class="more" href=(next) { (around) } };
    Page {
        title: title.to_string(),
        top: Top::Bar {
            title: title.to_string(),
            sub: None,
            back: Some("/".into()),
            end: (next != "/" && !next.contains("/join")).then_some(end),
        },
        head: Head { private: true, ..Head::default() },
        ..visit.page()
    }
}
fn ways(visit: &Visit, next: &str, password: bool) -> Markup {
    let next = query_value(next);
    let (code_to, pass_to) =
        (format!("/sign-in?next={next}"), format!("/sign-in/password?next={next}"));
    segmented(
        visit.pick(["登录方式", "登入方式", "How to sign in"]),
        &[
            Tab::new(visit.pick(["验证码", "驗證碼", "Code"]), &code_to, !password),
            Tab::new(visit.pick(["密码", "密碼", "Password"]), &pass_to, password),
        ],
    )
}
pub(super) fn contact_field<'a>(
    visit: &Visit,
    value: &'a str,
    error: Option<&'a str>,
) -> field::Field<'a> {
    let hint = visit.pick([
        "中国大陆以外的号码请带国家码，如 +44",
        "號碼請帶國碼，例如 +886、+852",
        "Numbers with their country code, such as +44",
    ]);
    field::text(
        "contact",
        visit.pick(["手机号或邮箱", "手機號碼或電子郵件", "Phone or e-mail"]),
        value,
    )
    .autofill("username")
    .hint(hint)
    .required()
    .error(error)
}
fn kept(visit: &Visit) -> Markup {
    let rows = [
        (
            Icon::User,
            visit.pick([
                "手机号或邮箱：只用来登录，别人看不到。",
                "手機號碼或電子郵件：只用來登入，別人看不到。",
                "Your number or address: only to sign in, nobody else sees it.",
            ]),
        ),
        (
            Icon::Bag,
            visit.pick([
                "你的订单：依法保存，你和店家能看到。",
                "你的訂單：依法保存，你和店家能看到。",
                "Your orders: kept by law, seen by you and the shop.",
            ]),
        ),
        (
            Icon::Clock,
            visit.pick([
                "登录状态：180 天，你随时可以结束。",
                "登入狀態：180 天，你隨時可以結束。",
                "Your session: 180 days, yours to end at any time.",
            ]),
        ),
    ];
    html! {
        section class="card" {
            h2 class="t3" { (visit.pick(["我们记什么", "我們記什麼", "What we keep"])) }
            ul class="values" {
                @for (drawing, text) in rows { li { (icon(drawing)) p class="sub" { (text) } } }
            }
        }
    }
}

fn asks(visit: &Visit, contact: &str, next: &str, error: Option<&str>) -> Markup {
    let title = visit.pick(["登录", "登入", "Sign in"]);
    let body = html! {
        section class="card stack -l" {
            p class="sub" { (visit.pick([
                "没有账号会自动开一个。",
                "沒有帳號會自動開一個。",
                "No account yet? One is made for you.",
            ])) }
            (ways(visit, next, false))
            form class="stack -l" method="post" action="/sign-in" {
                input type="hidden" name="next" value=(next);
                (contact_field(visit, contact, error))
                (button(visit.pick(["发验证码", "傳驗證碼", "Send the code"])).primary().block()
                    .submit())
            }
        }
        (kept(visit))
    };
    frame(visit, title, next).render(body)
}

pub async fn page(visit: Visit, form: Form) -> Response {
    let next = local(form.get("next"));
    if visit.person.is_some() {
        return see(&next);
    }
    asks(&visit, form.get("contact"), &next, None).into_response()
}

/// The secret of this browser, made when there is none yet.
fn browser(house: &House, headers: &HeaderMap) -> String {
    let known = cookie(headers, "browser").filter(|b| b.len() == 32);
    known.map_or_else(|| secret::hex(&house.app.chance.bytes::<16>()), str::to_string)
}

/// `POST /sign-in`: a code goes out, the next page asks for it.
pub async fn ask(
    State(house): State<House>,
    visit: Visit,
    headers: HeaderMap,
    Address(address): Address,
    form: Form,
) -> Result<Response, Sorry> {
    let (contact, next) = (form.get("contact"), local(form.get("next")));
    let (kind, browser) = (kind_of(contact), browser(&house, &headers));
    // a code that nobody can read is worse than none: the password is offered instead
    let mails = house.app.sends_codes(kind);
    if !house.setup.show_codes && !mails {
        let error = visit.pick([
            "这里发不了验证码到这个号码或邮箱，请用密码登录或注册",
            "這裡發不了驗證碼到這個號碼或信箱，請用密碼登入或註冊",
            "No code can be sent there from here. Use a password, or sign up with one.",
        ]);
        return Ok(again("no_way", asks(&visit, contact, &next, Some(error))));
    }
    let cmd = RequestCode { kind, target: contact.to_string(), browser: browser.clone(), address };
    let sent = match house.app.request_code(visit.now, cmd).await {
        Ok(sent) => sent,
        Err(Stop::Refused(r)) => {
            let page = asks(&visit, contact, &next, Some(said(r, visit.lang)));
            let code = if r.code() == "too_many_codes" { "too_often" } else { r.code() };
            return Ok(again(code, page));
        }
        Err(Stop::Fault(fault)) => return Err(fault.into()),
    };
    if mails {
        house.app.send_code(&sent, visit.lang).await?;
    }
    let shown = if house.setup.show_codes { sent.code.as_str() } else { "" };
    let coming = format!(
        "s={}&c={}&k={}&n={}",
        sent.sign_in,
        query_value(contact),
        shown,
        query_value(&next)
    );
    let response = cookies::with(&house, see("/sign-in/code"), "browser", &browser, 3600);
    Ok(cookies::with(&house, response, "coming", &coming, 900))
}

/// What the browser remembers between the two pages.
struct Coming {
    sign_in: Option<Id<id::SignIn>>,
    contact: String,
    shown: String,
    next: String,
}
fn coming(headers: &HeaderMap) -> Coming {
    let form = Form::parse(cookie(headers, "coming").unwrap_or_default().as_bytes());
    Coming {
        sign_in: form.id("s"),
        contact: form.get("c").to_string(),
        shown: form.get("k").to_string(),
        next: local(form.get("n")),
    }
}

fn code_asked(visit: &Visit, c: &Coming, typed: &str, error: Option<&str>) -> Markup {
    let title = visit.pick(["填验证码", "填驗證碼", "Enter the code"]);
    let code = field::code("code", visit.pick(["验证码", "驗證碼", "Code"]), typed)
        .hint(visit.pick([
            "6 位数字，10 分钟内有效",
            "6 位數字，10 分鐘內有效",
            "Six digits, good for ten minutes",
        ]))
        .required()
        .error(error);
    let demo = visit.pick(["演示：验证码是 ", "示範：驗證碼是 ", "Demo: the code is "]);
    let other =
        format!("/sign-in?next={}&contact={}", query_value(&c.next), query_value(&c.contact));
    let body = html! {
        @if !c.shown.is_empty() {
            (crate::ui::banner_of(html! { (demo) b class="num" { (c.shown) } }, Tone::Plain, None))
        }
        section class="card stack -l" {
            p class="sub" { (visit.pick(["验证码发到了 ", "驗證碼傳到了 ", "The code went to "]))
                b { (c.contact) } }
            form class="stack -l" method="post" action="/sign-in/code" {
                (code)
                (button(visit.pick(["进去看看", "進去看看", "Come in"])).primary().block().submit())
            }
            div class="row" {
                form class="grow" method="post" action="/sign-in" {
                    input type="hidden" name="contact" value=(c.contact);
                    input type="hidden" name="next" value=(c.next);
                    (button(visit.pick(["再发一次", "再傳一次", "Send it again"])).small().quiet()
                        .submit())
                }
                (button(visit.pick(["换一个号码或邮箱", "換一個號碼或郵件", "Use another"])).small()
                    .bare().to(&other))
            }
        }
    };
    let mut page = frame(visit, title, "/");
    page.top = Top::Bar { title: title.to_string(), sub: None, back: Some(other), end: None };
    page.render(body)
}

pub async fn code_page(visit: Visit, headers: HeaderMap) -> Response {
    let coming = coming(&headers);
    if coming.sign_in.is_none() {
        return see("/sign-in");
    }
    code_asked(&visit, &coming, "", None).into_response()
}

pub async fn code(
    State(house): State<House>,
    visit: Visit,
    headers: HeaderMap,
    form: Form,
) -> Result<Response, Sorry> {
    let coming = coming(&headers);
    let Some(sign_in) = coming.sign_in else { return Ok(see("/sign-in")) };
    let cmd = SignInWithCode {
        sign_in,
        code: form.get("code").to_string(),
        browser: browser(&house, &headers),
        name: String::new(),
        lang: visit.lang,
        agent: agent(&headers),
    };
    match house.app.sign_in_with_code(visit.now, cmd).await {
        Ok(signed) => Ok(came_in(&house, &signed, &coming.next)),
        Err(Stop::Refused(r)) => {
            let page = code_asked(&visit, &coming, form.get("code"), Some(said(r, visit.lang)));
            let code = if r.code() == "wrong_code" { "bad_code" } else { r.code() };
            Ok(again(code, page))
        }
        Err(Stop::Fault(fault)) => Err(fault.into()),
    }
}

/// The session begins; who has no name yet is asked for it first.
pub(super) fn came_in(house: &House, signed: &SignedIn, next: &str) -> Response {
    let to = match signed.nameless {
        true => format!("/sign-in/name?next={}", query_value(next)),
        false => next.to_string(),
    };
    cookies::with_session(house, see(&to), &signed.token)
}

fn passwords(visit: &Visit, contact: &str, next: &str, error: Option<&str>) -> Markup {
    let title = visit.pick(["登录", "登入", "Sign in"]);
    let sign_up = format!("/sign-up?next={}", query_value(next));
    let body = html! {
        section class="card stack -l" {
            (ways(visit, next, true))
            @if let Some(error) = error { (banner(error, Tone::Danger)) }
            form class="stack -l" method="post" action="/sign-in/password" {
                input type="hidden" name="next" value=(next);
                (contact_field(visit, contact, None))
                (field::password("password", visit.pick(["密码", "密碼", "Password"]))
                    .autofill("current-password").required())
                (button(visit.pick(["登录", "登入", "Sign in"])).primary().block().submit())
            }
            p class="sub center" {
                (visit.pick(["还没有账号？", "還沒有帳號？", "No account yet? "]))
                a class="link" href=(sign_up) {
                    (visit.pick(["用密码注册", "用密碼註冊", "Sign up with a password"]))
                }
            }
        }
    };
    frame(visit, title, next).render(body)
}

pub async fn password_page(visit: Visit, form: Form) -> Response {
    let next = local(form.get("next"));
    if visit.person.is_some() {
        return see(&next);
    }
    passwords(&visit, "", &next, None).into_response()
}

pub async fn password(
    State(house): State<House>,
    visit: Visit,
    headers: HeaderMap,
    Address(address): Address,
    form: Form,
) -> Result<Response, Sorry> {
    let (contact, next) = (form.get("contact"), local(form.get("next")));
    let cmd = SignInWithPassword {
        kind: kind_of(contact),
        target: contact.to_string(),
        password: form.raw("password").to_string(),
        agent: agent(&headers),
        address,
    };
    match house.app.sign_in_with_password(visit.now, cmd).await {
        Ok(signed) => Ok(came_in(&house, &signed, &next)),
        Err(Stop::Refused(r)) => {
            let page = passwords(&visit, contact, &next, Some(said(r, visit.lang)));
            let code = if r.code() == "wrong_password" { "bad_password" } else { r.code() };
            Ok(again(code, page))
        }
        Err(Stop::Fault(fault)) => Err(fault.into()),
    }
}

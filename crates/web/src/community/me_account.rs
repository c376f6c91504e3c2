//! The account: ways to sign in, open sessions, the password, leaving and closing.
use super::cookies::{see, without_session};
use super::me::frame;
use super::sign_in::again;
use crate::House;
use crate::form::Form;
use crate::reply::{Sorry, said};
use crate::ui::field;
use crate::ui::{Tone, banner, button, card_head, tag, tick};
use crate::who::Here;
use crate::words::Lang;
use crate::words::format::ago;
use app::Stop;
use app::community::set_password::{Refused, SetPassword};
use app::community::views_people::{IdentityRow, SessionRow};
use app::community::who::Person;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use rules::base::Id;
use rules::community::contact::masked;
use rules::sale::line::State as Stand;

fn person(here: &Here) -> Result<&Person, Sorry> {
    here.member()?;
    here.person.as_ref().ok_or(Sorry::SignIn)
}

pub async fn page(State(house): State<House>, here: Here, form: Form) -> Result<Markup, Sorry> {
    shown(&house, &here, form.has("done"), None).await
}

async fn this_session(house: &House, here: &Here) -> Result<Option<SessionRow>, Sorry> {
    match &here.token {
        Some(token) => Ok(house.app.session(here.now, token).await?),
        None => Ok(None),
    }
}

async fn shown(
    house: &House,
    here: &Here,
    done: bool,
    wrong: Option<Refused>,
) -> Result<Markup, Sorry> {
    let account = person(here)?.account;
    let ways = house.app.identities(account).await?;
    let sessions = house.app.list_sessions(here.now, account).await?;
    let this = this_session(house, here).await?;
    let base = here.base();
    let body = html! {
        @if done {
            (banner(here.pick(["密码换好了，其他设备已经退出", "密碼換好了，其他裝置已經登出",
                "The password is set. Other devices were signed out."]), Tone::Green))
        }
        (identities(here, &ways))
        (passwords(here, wrong))
        section class="card stack" {
            (button(here.pick(["两步验证", "兩步驗證", "Second factor"])).block().quiet()
                .to(&format!("{base}/me/second-factor")))
        }
        (session_list(here, &sessions, this.as_ref()))
        section class="card stack" {
            (button(here.pick(["离开这个社群", "離開這個社群", "Leave this community"])).block()
                .quiet().to(&format!("{base}/me/leave")))
            (button(here.pick(["关闭账号", "關閉帳號", "Close the account"])).block().danger()
                .to(&format!("{base}/me/close")))
        }
    };
    Ok(frame(here, here.pick(["账号和登录", "帳號和登入", "Account and sign-in"])).render(body))
}

fn identities(here: &Here, ways: &[IdentityRow]) -> Markup {
    html! {
        section class="card" {
            (card_head(here.pick(["登录方式", "登入方式", "How you sign in"])))
            @for way in ways {
                p class="row" {
                    span class="grow" { (masked(&way.value)) }
                    @if way.proved {
                        (tag(here.pick(["验证过", "驗證過", "Proved"]), Tone::Green))
                    }
                }
            }
        }
    }
}

fn passwords(here: &Here, wrong: Option<Refused>) -> Markup {
    let at = |r: &[Refused]| wrong.filter(|w| r.contains(w)).map(|w| said(w, here.lang));
    html! {
        section class="card" {
            (card_head(here.pick(["密码", "密碼", "Password"])))
            form class="stack" method="post" action={ (here.base()) "/me/account/password" } {
                (field::password("old", here.pick(["现在的密码", "現在的密碼", "Present password"]))
                    .autofill("current-password")
                    .hint(here.pick(["还没有密码，或刚登录，可以不填", "還沒有密碼，或剛登入，可以不填",
                        "Leave empty without one, or right after signing in"]))
                    .error(at(&[Refused::WrongOld, Refused::TooMany, Refused::SignedOut])))
                (field::password("new", here.pick(["新密码", "新密碼", "New password"]))
                    .autofill("new-password").required()
                    .hint(here.pick(["至少 8 位", "至少 8 位", "8 characters or more"]))
                    .error(at(&[Refused::TooShort, Refused::TooLong, Refused::Common])))
                (button(here.pick(["换密码", "換密碼", "Set the password"])).submit())
            }
        }
    }
}

fn session_list(here: &Here, all: &[SessionRow], this: Option<&SessionRow>) -> Markup {
    let url = format!("{}/me/account/sessions", here.base());
    let end = here.pick(["结束", "結束", "End"]);
    html! {
        section class="card" {
            (card_head(here.pick(["登录着的设备", "登入中的裝置", "Where you are signed in"])))
            ul {
                @for s in all {
                    @let mine = this.is_some_and(|t| t.id == s.id);
                    li class="pick" {
                        div class="grow" {
                            p class="clamp2" { (device(here, &s.agent)) }
                            p class="note" { (ago(here.lang, s.seen_at, here.now, &here.zone())) }
                        }
                        @if mine {
                            (tag(here.pick(["这台", "這台", "This one"]), Tone::Green))
                        } @else {
                            form method="post" action={ (url) "/" (s.id) "/end" } {
                                (button(end).small().quiet().submit())
                            }
                        }
                    }
                }
            }
            @if all.len() > 1 {
                form method="post" action={ (url) "/end" } {
                    (button(here.pick(["结束其他所有", "結束其他所有", "End all others"])).small()
                        .bare().submit())
                }
            }
        }
    }
}

/// What a browser calls itself, in two words people know.
fn device(here: &Here, agent: &str) -> String {
    let has = |words: &[&str]| words.iter().any(|w| agent.contains(w));
    let system = match () {
        () if has(&["iPhone"]) => "iPhone",
        () if has(&["iPad"]) => "iPad",
        () if has(&["Android"]) => "Android",
        () if has(&["Windows"]) => "Windows",
        () if has(&["Mac OS"]) => "Mac",
        () if has(&["Linux"]) => "Linux",
        () => "",
    };
    let browser = match () {
        () if has(&["MicroMessenger"]) => here.pick(["微信", "微信", "WeChat"]),
        () if has(&["Firefox"]) => "Firefox",
        () if has(&["Edg/"]) => "Edge",
        () if has(&["Chrome"]) => "Chrome",
        () if has(&["Safari"]) => "Safari",
        () => "",
    };
    match (system, browser) {
        ("", "") if agent.is_empty() => {
            here.pick(["不知名的设备", "不知名的裝置", "Unknown device"]).to_string()
        }
        ("", "") => rules::base::text::clip(agent, 40),
        (one, "") | ("", one) => one.to_string(),
        (system, browser) => format!("{browser} · {system}"),
    }
}

pub async fn password(
    State(house): State<House>,
    here: Here,
    form: Form,
) -> Result<Response, Sorry> {
    let account = person(&here)?.account;
    let session = this_session(&house, &here).await?.ok_or(Sorry::SignIn)?.id;
    let old = Some(form.raw("old").to_string());
    let cmd = SetPassword { account, session, old, new: form.raw("new").to_string() };
    match house.app.set_password(here.now, cmd).await {
        Ok(()) => Ok(see(&format!("{}/me/account?done=1", here.base()))),
        Err(Stop::Refused(r)) => {
            let code = if r.code().ends_with("tries") { r.code() } else { "bad_password" };
            Ok(again(code, shown(&house, &here, false, Some(r)).await?))
        }
        Err(Stop::Fault(fault)) => Err(fault.into()),
    }
}

pub async fn end_session(
    State(house): State<House>,
    here: Here,
    Path((_, session)): Path<(String, String)>,
) -> Result<Response, Sorry> {
    let account = person(&here)?.account;
    let session = Id::parse(&session).ok_or(Sorry::NotFound)?;
    house.app.end_session(here.now, account, session).await?;
    Ok(see(&format!("{}/me/account", here.base())))
}

pub async fn end_others(State(house): State<House>, here: Here) -> Result<Response, Sorry> {
    let account = person(&here)?.account;
    let but = this_session(&house, &here).await?.map(|s| s.id);
    house.app.end_all_sessions(here.now, account, but).await?;
    Ok(see(&format!("{}/me/account", here.base())))
}

/// A step that is hard to undo asks once more.
fn sure(here: &Here, title: &str, words: &str, action: &str, wrong: Option<&str>) -> Markup {
    let body = html! {
        section class="card stack -l" {
            @if let Some(sentence) = wrong { (banner(sentence, Tone::Danger)) }
            p { (words) }
            form class="stack" method="post" action=(action) {
                (tick("sure", "yes", here.pick(["我想好了", "我想好了", "I am sure"]), false, None))
                (button(title).danger().block().submit())
            }
            (button(here.pick(["先不了", "先不了", "Not now"])).block().quiet()
                .to(&format!("{}/me", here.base())))
        }
    };
    frame(here, title).render(body)
}
fn tick_first(here: &Here) -> &'static str {
    here.pick(["请先勾选“我想好了”", "請先勾選「我想好了」", "Tick that you are sure first."])
}

/// Orders of the member whose goods or money are still to come.
async fn open_orders(house: &House, here: &Here) -> Result<i64, Sorry> {
    let (c, member) = (here.place.id, here.member()?.member);
    let over = |s: Stand| {
        use Stand::{Cancelled, ClosedUnpaid, Completed, Received, Refunded};
        matches!(s, Received | Completed | Refunded | Cancelled | ClosedUnpaid)
    };
    let counts = house.app.order_counts(c, Some(member)).await?;
    let asked = house.app.asked_orders(c, member).await?;
    let open: i64 = counts.iter().filter(|(s, _)| !over(*s)).map(|(_, n)| n).sum();
    Ok(open + asked.iter().filter(|o| over(o.state)).count() as i64)
}

fn leaves(here: &Here, open: i64, wrong: Option<&str>) -> Markup {
    let title = here.pick(["离开这个社群", "離開這個社群", "Leave this community"]);
    let words = here.pick([
        "你会退出这里所有的群。订单和账目照旧保留，再加入以后就又能看到。",
        "你會退出這裡所有的群。訂單和帳目照舊保留，再加入以後就又能看到。",
        "You leave all groups here. Orders and money rows stay; you see them again once you come \
         back.",
    ]);
    let waiting = match here.lang {
        _ if open == 0 => String::new(),
        Lang::Hans => format!("你有 {open} 个订单还没完成，离开后看不到取件码和退款进度。"),
        Lang::Hant => format!("你有 {open} 個訂單還沒完成，離開後看不到取件碼和退款進度。"),
        Lang::En => format!(
            "Orders not done yet: {open}. After leaving you cannot see their pick-up codes and \
             refunds."
        ),
    };
    let words = format!("{waiting} {words}");
    sure(here, title, words.trim(), &format!("{}/me/leave", here.base()), wrong)
}

pub async fn leave_page(State(house): State<House>, here: Here) -> Result<Markup, Sorry> {
    person(&here)?;
    Ok(leaves(&here, open_orders(&house, &here).await?, None))
}

pub async fn leave(State(house): State<House>, here: Here, form: Form) -> Result<Response, Sorry> {
    let who = here.member()?;
    if form.get("sure") != "yes" {
        let open = open_orders(&house, &here).await?;
        return Ok(again("no_yes", leaves(&here, open, Some(tick_first(&here)))));
    }
    match house.app.leave_community(here.now, here.place.id, who.member).await {
        Ok(()) => Ok(see("/")),
        Err(Stop::Refused(r)) => Ok(again(r.code(), leaves(&here, 0, Some(said(r, here.lang))))),
        Err(Stop::Fault(fault)) => Err(fault.into()),
    }
}

fn closes(here: &Here, wrong: Option<&str>) -> Markup {
    let title = here.pick(["关闭账号", "關閉帳號", "Close the account"]);
    let words = here.pick([
        "你会离开所有社群，名字和介绍会被抹去，不能恢复。订单按法律保留，不带名字。",
        "你會離開所有社群，名字和介紹會被抹去，不能恢復。訂單依法保留，不帶名字。",
        "You leave every community; your name and words are wiped for good. Orders stay as the \
         law asks, without your name.",
    ]);
    sure(here, title, words, &format!("{}/me/close", here.base()), wrong)
}

pub async fn close_page(here: Here) -> Result<Markup, Sorry> {
    person(&here)?;
    Ok(closes(&here, None))
}

pub async fn close(State(house): State<House>, here: Here, form: Form) -> Result<Response, Sorry> {
    let account = person(&here)?.account;
    if form.get("sure") != "yes" {
        return Ok(again("no_yes", closes(&here, Some(tick_first(&here)))));
    }
    match house.app.close_account(here.now, account).await {
        Ok(()) => Ok(without_session(&house, see("/").into_response())),
        Err(Stop::Refused(r)) => Ok(again(r.code(), closes(&here, Some(said(r, here.lang))))),
        Err(Stop::Fault(fault)) => Err(fault.into()),
    }
}

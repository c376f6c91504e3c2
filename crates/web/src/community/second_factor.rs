//! The second factor of an account: on by an app and a first code, off by a code or the password.
use super::cookies::see;
use super::me::frame;
use super::sign_in::again;
use crate::House;
use crate::form::Form;
use crate::reply::{Sorry, said};
use crate::ui::{Tone, banner, button, card_head, field, tag};
use crate::who::Here;
use crate::words::Lang;
use crate::words::format::date;
use app::Stop;
use app::community::second_factor::{BeginSecondFactor, Refused, SecondFactorPage};
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use rules::base::{Id, id};
use rules::community::second_factor::{State as Stand, base32, printed};

fn account(here: &Here) -> Result<Id<id::Account>, Sorry> {
    here.member()?;
    Ok(here.person.as_ref().ok_or(Sorry::SignIn)?.account)
}
fn at(here: &Here, path: &str) -> String {
    format!("{}/me/second-factor{path}", here.base())
}
/// Secrets stay in no cache.
fn unkept(page: impl IntoResponse) -> Response {
    let mut response = page.into_response();
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

pub async fn page(State(house): State<House>, here: Here) -> Result<Response, Sorry> {
    Ok(unkept(shown(&house, &here, None, &[]).await?))
}

async fn shown(
    house: &House,
    here: &Here,
    wrong: Option<Refused>,
    fresh: &[String],
) -> Result<Markup, Sorry> {
    let known = house.app.second_factor(here.now, account(here)?).await?;
    let error = |r: &[Refused]| wrong.filter(|w| r.contains(w)).map(|w| said(w, here.lang));
    let wrong_code = error(&[Refused::WrongCode, Refused::TooMany]);
    let top = wrong.filter(|_| wrong_code.is_none()).map(|w| said(w, here.lang));
    let body = html! {
        @if let Some(text) = top { (banner(text, Tone::Danger)) }
        @if !fresh.is_empty() { (paper(here, fresh)) }
        @match (known.state, known.secret) {
            (Some(Stand::On), _) => (on(here, &known, wrong_code)),
            (Some(Stand::Begun), Some(secret)) => (begun(here, &secret, wrong_code)),
            _ => (off(here)),
        }
    };
    Ok(frame(here, here.pick(["两步验证", "兩步驗證", "Second factor"])).render(body))
}

fn off(here: &Here) -> Markup {
    html! {
        section class="card" {
            (card_head(here.pick(["还没有开", "還沒有開", "It is off"])))
            p class="sub" { (here.pick([
                "提现时除了登录，还要验证器应用里的六位数字。别人拿到你的手机号也取不走钱。",
                "提領時除了登入，還要驗證器應用程式裡的六位數字。別人拿到你的手機號碼也取不走錢。",
                "A payout then asks for six digits from an authenticator app as well. Who gets \
                 into your account still cannot take your money.",
            ])) }
            form class="stack" method="post" action=(at(here, "/begin")) {
                (field::password("password", here.pick(["现在的密码", "現在的密碼", "Password"]))
                    .autofill("current-password")
                    .hint(here.pick(["刚登录可以不填", "剛登入可以不填",
                        "Leave it empty right after signing in"])))
                (button(here.pick(["开始设置", "開始設定", "Set it up"])).primary().block().submit())
            }
        }
    }
}

fn code_field<'a>(here: &Here, error: Option<&'a str>) -> field::Field<'a> {
    let label = here.pick(["六位验证码", "六位驗證碼", "Six-digit code"]);
    field::text("code", label, "").most(20).autofill("one-time-code").error(error)
}

fn begun(here: &Here, secret: &[u8], error: Option<&str>) -> Markup {
    let text = base32(secret);
    let picture = here.pick(["密钥的二维码", "金鑰的 QR 碼", "The secret as a QR code"]);
    html! {
        section class="card center" {
            p class="t2" { (here.pick(["用验证器应用扫一扫", "用驗證器應用程式掃描",
                "Scan it with your authenticator app"])) }
            img src=(at(here, "/code.png")) width="240" height="240" alt=(picture);
            p class="sub" { (here.pick(["扫不了就手动输入：", "掃不了就手動輸入：",
                "If that does not work, type this in:"])) }
            p class="code" { code { (text) } }
        }
        form class="card stack" method="post" action=(at(here, "/confirm")) {
            (code_field(here, error).required())
            (button(here.pick(["打开两步验证", "開啟兩步驗證", "Turn it on"])).primary().block()
                .submit())
        }
    }
}

fn paper(here: &Here, codes: &[String]) -> Markup {
    let says = here.pick([
        "抄下这十个恢复码，手机丢了用得上。每个只能用一次，只显示这一次。",
        "抄下這十個復原碼，手機丟了用得上。每個只能用一次，只顯示這一次。",
        "Write down these ten recovery codes for a lost phone. Each works once, and they are shown \
         this once.",
    ]);
    html! {
        section class="card" id="recovery" {
            (banner(says, Tone::Gold))
            @for code in codes { p class="code" { code { (printed(code)) } } }
        }
    }
}

fn on(here: &Here, known: &SecondFactorPage, error: Option<&str>) -> Markup {
    let since = known.since.map(|at| date(here.lang, at, here.now, &here.zone()));
    let left = match here.lang {
        Lang::Hans => format!("还有 {} 个恢复码", known.left),
        Lang::Hant => format!("還有 {} 個復原碼", known.left),
        Lang::En => format!("{} recovery codes left", known.left),
    };
    html! {
        section class="card" {
            div class="row" {
                h2 class="t2 grow" { (here.pick(["开着", "開著", "It is on"])) }
                (tag(here.pick(["已验证", "已驗證", "Confirmed"]), Tone::Green))
            }
            p class="sub" { @if let Some(since) = since { (since) " · " } (left) }
        }
        form class="card stack" method="post" action=(at(here, "/remove")) {
            (card_head(here.pick(["关掉", "關掉", "Turn it off"])))
            p class="note" { (here.pick(["填一个验证码、恢复码或密码", "填一個驗證碼、復原碼或密碼",
                "Enter a code, a recovery code, or your password"])) }
            (code_field(here, error))
            (field::password("password", here.pick(["密码", "密碼", "Password"]))
                .autofill("current-password"))
            (button(here.pick(["关掉两步验证", "關掉兩步驗證", "Turn it off"])).danger().submit())
        }
    }
}

/// The picture of a setup in progress.
pub async fn picture(State(house): State<House>, here: Here) -> Result<Response, Sorry> {
    let issuer = here.place.name.clone();
    let drawn = house.app.second_factor_qr(here.now, account(&here)?, issuer).await?;
    let drawn = drawn.ok_or(Sorry::NotFound)?;
    Ok(unkept(([(header::CONTENT_TYPE, "image/png")], drawn)))
}

async fn refused<T>(
    house: &House,
    here: &Here,
    out: Result<T, Stop<Refused>>,
) -> Result<Result<T, Response>, Sorry> {
    match out {
        Ok(done) => Ok(Ok(done)),
        Err(Stop::Refused(r)) => {
            let code = if r == Refused::WrongCode { "bad_code" } else { r.code() };
            Ok(Err(unkept(again(code, shown(house, here, Some(r), &[]).await?))))
        }
        Err(Stop::Fault(fault)) => Err(fault.into()),
    }
}
fn password(form: &Form) -> Option<String> {
    Some(form.raw("password").to_string()).filter(|p| !p.is_empty())
}

pub async fn begin(State(house): State<House>, here: Here, form: Form) -> Result<Response, Sorry> {
    let account = account(&here)?;
    let token = here.token.as_ref().ok_or(Sorry::SignIn)?;
    let session = house.app.session(here.now, token).await?.ok_or(Sorry::SignIn)?.id;
    let cmd = BeginSecondFactor { account, session, password: password(&form) };
    let out = house.app.begin_second_factor(here.now, cmd).await;
    Ok(refused(&house, &here, out).await?.map_or_else(|page| page, |()| see(&at(&here, ""))))
}

/// The codes on paper are shown in the answer, and never again.
pub async fn confirm(
    State(house): State<House>,
    here: Here,
    form: Form,
) -> Result<Response, Sorry> {
    let (who, typed) = (here.member()?, form.get("code").to_string());
    let out = house.app.confirm_second_factor(here.now, who, typed).await;
    match refused(&house, &here, out).await? {
        Ok(codes) => Ok(unkept(shown(&house, &here, None, &codes).await?)),
        Err(page) => Ok(page),
    }
}

pub async fn remove(State(house): State<House>, here: Here, form: Form) -> Result<Response, Sorry> {
    let proof = (form.get("code").to_string(), password(&form));
    let out = house.app.remove_second_factor(here.now, here.member()?, proof).await;
    Ok(refused(&house, &here, out).await?.map_or_else(|page| page, |()| see(&at(&here, ""))))
}

//! Coming in: a code or a password for a token.
use super::ask::Ask;
use super::caller::Caller;
use super::shapes::{DONE, Done, Problem, unknown_word};
use crate::House;
use crate::community::cookies::{Address, agent};
use crate::community::sign_in::kind_of;
use crate::reply::Sorry;
use app::community::request_code::RequestCode;
use app::community::sign_in_with_code::SignInWithCode;
use app::community::sign_in_with_password::SignInWithPassword;
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use rules::base::{Id, Lang, secret};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

#[derive(Deserialize, ToSchema)]
pub struct CodeWanted {
    /// A phone number with its country code, or an e-mail address.
    #[schema(example = "lin@example.org")]
    contact: String,
}
#[derive(Serialize, ToSchema)]
pub struct CodeSent {
    /// Send it back with the code.
    sign_in: String,
    /// A secret of this program: the code works only together with it.
    browser: String,
    /// The code itself, in demonstrations and development only.
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<String>,
}

/// Send a one-time code
#[utoipa::path(post, path = "/api/v1/sign-in/codes", tag = "Account", request_body = CodeWanted,
    operation_id = "request_code", security(()),
    responses((status = 201, body = CodeSent), (status = "4XX", body = Problem)))]
pub async fn request_code(
    State(house): State<House>,
    caller: Caller,
    address: Address,
    ask: Ask<CodeWanted>,
) -> Result<(StatusCode, Json<CodeSent>), Sorry> {
    let browser = secret::hex(&house.app.chance.bytes::<16>());
    let target = ask.body.contact;
    let kind = kind_of(&target);
    let cmd = RequestCode { kind, target, browser: browser.clone(), address: address.0 };
    let sent = house.app.request_code(caller.now, cmd).await?;
    if !house.setup.show_codes {
        house.app.send_code(&sent, caller.lang).await?;
    }
    let code = house.setup.show_codes.then_some(sent.code);
    let sign_in = sent.sign_in.to_string();
    Ok((StatusCode::CREATED, Json(CodeSent { sign_in, browser, code })))
}

/// Either `contact` and `password`, or `sign_in`, `browser` and `code`.
#[derive(Deserialize, ToSchema, Default)]
#[serde(default)]
pub struct SignIn {
    contact: Option<String>,
    #[schema(format = Password)]
    password: Option<String>,
    /// Of the answer to `request_code`.
    sign_in: Option<String>,
    browser: Option<String>,
    #[schema(example = "123456")]
    code: Option<String>,
    /// For a new account.
    name: Option<String>,
    /// `zh-Hans`, `zh-Hant` or `en`; for a new account.
    language: Option<String>,
}
#[derive(Serialize, ToSchema)]
pub struct SignedIn {
    /// Send it as `Authorization: Bearer …`. It lasts as long as a browser's session.
    token: String,
    #[schema(example = "acc_06d4zq0n8g008")]
    account: String,
    /// This sign-in made the account.
    is_new: bool,
}

/// Sign in
///
/// With a password, or with a code that was asked for before. A program that belongs to a
/// community uses a key from the console instead.
#[utoipa::path(post, path = "/api/v1/sign-in", tag = "Account", request_body = SignIn,
    operation_id = "sign_in", security(()),
    responses((status = 201, body = SignedIn), (status = "4XX", body = Problem)))]
pub async fn sign_in(
    State(house): State<House>,
    caller: Caller,
    address: Address,
    headers: HeaderMap,
    ask: Ask<SignIn>,
) -> Result<(StatusCode, Json<SignedIn>), Sorry> {
    let b = ask.body;
    let agent = agent(&headers);
    let signed = match (b.contact, b.password) {
        (Some(target), Some(password)) => {
            let kind = kind_of(&target);
            let cmd = SignInWithPassword { kind, target, password, agent, address: address.0 };
            house.app.sign_in_with_password(caller.now, cmd).await?
        }
        _ => {
            let sign_in = Id::parse(&b.sign_in.unwrap_or_default());
            let cmd = SignInWithCode {
                sign_in: sign_in.ok_or_else(|| unknown_word("sign_in", ""))?,
                code: b.code.unwrap_or_default(),
                browser: b.browser.unwrap_or_default(),
                name: b.name.unwrap_or_default(),
                lang: b.language.as_deref().and_then(Lang::of).unwrap_or(caller.lang),
                agent,
            };
            house.app.sign_in_with_code(caller.now, cmd).await?
        }
    };
    let (account, is_new) = (signed.account.to_string(), signed.is_new);
    Ok((StatusCode::CREATED, Json(SignedIn { token: signed.token, account, is_new })))
}

/// Sign out
///
/// The token of this call ends.
#[utoipa::path(delete, path = "/api/v1/sign-in", tag = "Account", operation_id = "sign_out",
    responses((status = 200, body = Done), (status = "4XX", body = Problem)))]
pub async fn sign_out(State(house): State<House>, caller: Caller) -> Result<Json<Done>, Sorry> {
    caller.person()?;
    let token = caller.token.clone().unwrap_or_default();
    house.app.sign_out(caller.now, &token).await?;
    Ok(Json(DONE))
}

#[derive(Serialize, ToSchema)]
pub struct Me {
    account: String,
    name: String,
    language: String,
    communities: Vec<MyCommunity>,
}
#[derive(Serialize, ToSchema)]
pub struct MyCommunity {
    #[schema(example = "taoyuanli")]
    slug: String,
    name: String,
    /// `owner`, `staff` or `member`.
    role: String,
    member: String,
}

/// Who am I, and where am I a member
#[utoipa::path(get, path = "/api/v1/me", tag = "Account", operation_id = "get_me",
    responses((status = 200, body = Me), (status = "4XX", body = Problem)))]
pub async fn get_me(State(house): State<House>, caller: Caller) -> Result<Json<Me>, Sorry> {
    let person = caller.person()?;
    let mine = house.app.my_communities(person.account).await?;
    let communities = mine.into_iter().map(|c| MyCommunity {
        slug: c.slug,
        name: c.name,
        role: c.role.code().into(),
        member: c.member.to_string(),
    });
    Ok(Json(Me {
        account: person.account.to_string(),
        name: person.name.clone(),
        language: person.lang.tag().into(),
        communities: communities.collect(),
    }))
}

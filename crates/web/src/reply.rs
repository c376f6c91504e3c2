//! How a handler answers when there is no page to show: a sentence for a refusal, an apology with
//! a number for a fault.
use crate::words::Say;
use app::{Fault, Stop};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use rules::base::Lang;

/// Why there is no page. The edge turns it into one, in the reader's language.
#[derive(Debug)]
pub enum Sorry {
    /// Sign in first, then come back here.
    SignIn,
    /// Join the community first.
    Join,
    NotFound,
    NotAllowed,
    /// Not a form of ours.
    Malformed,
    TooLarge,
    /// Its sender fell silent in the middle.
    TooSlow,
    /// A request from another site's page.
    Foreign,
    /// Who calls the API is not known: a key that has ended, a token that is over.
    Credentials {
        code: &'static str,
        says: [&'static str; 3],
    },
    /// Known, but not for this.
    Barred {
        code: &'static str,
        says: [&'static str; 3],
    },
    /// The body of a call could not be read; `what` says where.
    Body {
        status: StatusCode,
        what: String,
    },
    /// The verb said no: its code and its sentences.
    Refused {
        code: &'static str,
        says: [&'static str; 3],
    },
    Fault(Fault),
}

impl<R: Say> From<Stop<R>> for Sorry {
    fn from(stop: Stop<R>) -> Self {
        match stop {
            Stop::Refused(r) => Sorry::Refused { code: r.code(), says: r.says() },
            Stop::Fault(fault) => Sorry::Fault(fault),
        }
    }
}
impl From<Fault> for Sorry {
    fn from(fault: Fault) -> Self {
        Sorry::Fault(fault)
    }
}

/// What the edge needs to make a page or a problem of it.
#[derive(Clone, Debug)]
pub struct Apology {
    pub status: StatusCode,
    pub code: &'static str,
    pub says: [&'static str; 3],
    pub sign_in: bool,
    /// For programs: where exactly a body is wrong.
    pub detail: Option<String>,
    /// What the log tells of a fault; never shown.
    pub fault: Option<String>,
}

impl Sorry {
    pub fn apology(self) -> Apology {
        let (status, code, says) = match &self {
            Sorry::SignIn => (401, "sign_in_first", SIGN_IN),
            Sorry::Join => (403, "join_first", JOIN),
            Sorry::NotFound => (404, "not_found", NOT_FOUND),
            Sorry::NotAllowed => (403, "not_allowed", NOT_ALLOWED),
            Sorry::Malformed => (400, "malformed", MALFORMED),
            Sorry::TooSlow => (408, "too_slow", TOO_SLOW),
            Sorry::TooLarge => (413, "too_large", TOO_LARGE),
            Sorry::Foreign => (403, "foreign_request", FOREIGN),
            Sorry::Credentials { code, says } => (401, *code, *says),
            Sorry::Barred { code, says } => (403, *code, *says),
            Sorry::Body { status, .. } => (status.as_u16(), "bad_body", BODY),
            Sorry::Refused { code, says } => (status_of(code), *code, *says),
            Sorry::Fault(fault) if fault.passing() => (503, "busy", BUSY),
            Sorry::Fault(_) => (500, "fault", FAULT),
        };
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let sign_in = matches!(self, Sorry::SignIn);
        let (fault, detail) = match self {
            Sorry::Fault(fault) => (Some(fault.to_string()), None),
            Sorry::Body { what, .. } => (None, Some(what)),
            _ => (None, None),
        };
        Apology { status, code, says, sign_in, detail, fault }
    }
}

/// One rule for pages and API: who asks comes first, then what is missing, then what is taken.
pub fn status_of(code: &str) -> u16 {
    match code {
        "not_allowed" | "not_a_member" | "muted" | "not_in_group" => 403,
        "idempotency_key_reused" => 422,
        "changed_meanwhile" => 409,
        c if c.starts_with("no_such_") => 404,
        c if c.starts_with("bad_")
            || c.starts_with("no_")
            || c.starts_with("picture_")
            || ["_too_long", "_missing", "_unfit", "_too_short"].iter().any(|e| c.ends_with(e))
            || matches!(c, "empty" | "nothing_chosen" | "too_much" | "too_many_lines") =>
        {
            422
        }
        c if c.starts_with("too_many_tries") || matches!(c, "too_often" | "too_many_codes") => 429,
        _ => 409,
    }
}

impl IntoResponse for Sorry {
    fn into_response(self) -> Response {
        let apology = self.apology();
        let mut response = apology.status.into_response();
        response.extensions_mut().insert(apology);
        response
    }
}

/// The sentence of a refusal in one language.
pub fn said<R: Say>(refusal: R, lang: Lang) -> &'static str {
    lang.pick(refusal.says())
}

const SIGN_IN: [&str; 3] = ["请先登录", "請先登入", "Please sign in first."];
const JOIN: [&str; 3] =
    ["加入社群以后就可以了", "加入社群以後就可以了", "Join the community first, then it works."];
const NOT_FOUND: [&str; 3] =
    ["这里没有这个页面", "這裡沒有這個頁面", "There is no such page here."];
const NOT_ALLOWED: [&str; 3] = [
    "这一步需要店主或管理成员来做",
    "這一步需要店主或管理成員來做",
    "Only the owner or staff can do this.",
];
const MALFORMED: [&str; 3] = [
    "页面可能过期了，请返回刷新后再试",
    "頁面可能過期了，請返回重新整理後再試",
    "This page may be out of date. Go back, reload and try again.",
];
const BODY: [&str; 3] = [
    "请求内容看不懂，请对照接口文档检查",
    "請求內容看不懂，請對照介面文件檢查",
    "The body could not be read. Compare it with the docs.",
];
const TOO_LARGE: [&str; 3] = [
    "内容太大了，请缩小后再发",
    "內容太大了，請縮小後再傳",
    "This is too large; send less at once.",
];
const TOO_SLOW: [&str; 3] = [
    "网络太慢，没有收完，请再试一次",
    "網路太慢，沒有收完，請再試一次",
    "The connection was too slow and the rest did not arrive. Please try again.",
];
const FOREIGN: [&str; 3] = [
    "这个请求来自别的网站，没有执行",
    "這個請求來自別的網站，沒有執行",
    "This request came from another site and was not carried out.",
];
const BUSY: [&str; 3] = [
    "现在人有点多，过几秒再试一次",
    "現在人有點多，過幾秒再試一次",
    "It is busy right now. Try again in a few seconds.",
];
const FAULT: [&str; 3] = [
    "抱歉，我们这边出错了，已经记下来。请稍后再试",
    "抱歉，我們這邊出錯了，已經記下來。請稍後再試",
    "Sorry, something broke on our side and was written down. Please try again later.",
];

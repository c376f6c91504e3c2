//! The body of a call, read once, and calls that may be sent twice.
use super::caller::Caller;
use crate::House;
use crate::form::{PLAIN, UPLOAD, unread as unread_body};
use crate::reply::Sorry;
use app::calls::{Begun, Call};
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// The header that names a call.
pub const IDEMPOTENCY: &str = "idempotency-key";

/// A JSON body with what tells one call from another.
pub struct Ask<T> {
    pub body: T,
    name: Option<String>,
    digest: String,
}

/// A call without a body.
#[derive(serde::Deserialize, Debug)]
pub struct Nothing {}

/// A body that may be as large as a file.
pub struct Large<T>(pub Ask<T>);

impl<T: DeserializeOwned> FromRequest<House> for Ask<T> {
    type Rejection = Sorry;
    async fn from_request(req: Request, _: &House) -> Result<Self, Sorry> {
        read(req, PLAIN).await
    }
}
impl<T: DeserializeOwned> FromRequest<House> for Large<T> {
    type Rejection = Sorry;
    async fn from_request(req: Request, _: &House) -> Result<Self, Sorry> {
        read(req, UPLOAD).await.map(Large)
    }
}

async fn read<T: DeserializeOwned>(req: Request, most: usize) -> Result<Ask<T>, Sorry> {
    let (parts, body) = req.into_parts();
    let bytes = axum::body::to_bytes(body, most).await.map_err(unread_body)?;
    let text = match bytes.is_empty() {
        true => "{}",
        false if !is_json(&parts.headers) => {
            let what = "The body must be JSON: send Content-Type: application/json.";
            return Err(Sorry::Body {
                status: StatusCode::UNSUPPORTED_MEDIA_TYPE,
                what: what.into(),
            });
        }
        false => std::str::from_utf8(&bytes).map_err(|e| unread(StatusCode::BAD_REQUEST, &e))?,
    };
    let body = serde_json::from_str(text).map_err(|e| match e.is_data() {
        true => unread(StatusCode::UNPROCESSABLE_ENTITY, &e),
        false => unread(StatusCode::BAD_REQUEST, &e),
    })?;
    let name = parts.headers.get(IDEMPOTENCY).map(|v| v.to_str().unwrap_or(" ").to_string());
    let digest = app::digest::sha256(&format!("{} {}\n{text}", parts.method, parts.uri));
    Ok(Ask { body, name, digest })
}

fn unread(status: StatusCode, why: &dyn std::fmt::Display) -> Sorry {
    Sorry::Body { status, what: why.to_string() }
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or("");
    let kind = kind.split(';').next().unwrap_or("").trim().to_ascii_lowercase();
    kind == "application/json" || kind.ends_with("+json")
}

impl<T> Ask<T> {
    /// Runs the verb under a number. Sent again with the same `Idempotency-Key` within a day, the
    /// call gives the first answer; with another body it is refused. A refusal is not kept: who
    /// was told "sold out" may ask again.
    pub async fn once<A: Serialize>(
        &self,
        house: &House,
        caller: &Caller,
        status: StatusCode,
        verb: impl AsyncFnOnce(i64) -> Result<A, Sorry>,
    ) -> Result<Response, Sorry> {
        let (community, actor) = caller.actor().ok_or(Sorry::SignIn)?;
        let Some(name) = self.name.clone() else {
            let number = house.app.mint::<rules::base::id::Request>(caller.now).raw();
            let answer = verb(number).await?;
            return Ok(json(status.as_u16(), written(&answer)?, false));
        };
        let call = Call { community, actor, name, ask: self.digest.clone() };
        let number = match house.app.begin_call(caller.now, call.clone()).await? {
            Begun::Run(number) => number,
            Begun::Answered(status, answer) => return Ok(json(status as u16, answer, true)),
        };
        let answer = written(&verb(number).await?)?;
        let kept = (i64::from(status.as_u16()), answer.clone());
        house.app.end_call(caller.now, (call, number), kept).await?;
        Ok(json(status.as_u16(), answer, false))
    }
}

fn written<A: Serialize>(answer: &A) -> Result<String, Sorry> {
    serde_json::to_string(answer).map_err(|e| Sorry::Fault(app::Fault::broken(e.to_string())))
}

fn json(status: u16, body: String, again: bool) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::OK);
    let kind = [(header::CONTENT_TYPE, "application/json")];
    let mut response = (status, kind, body).into_response();
    if again {
        let yes = axum::http::HeaderValue::from_static("true");
        response.headers_mut().insert("idempotent-replayed", yes);
    }
    response
}

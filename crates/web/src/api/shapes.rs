//! Shapes that every part of the API shares.
use crate::words::format::iso;
use rules::base::Moment;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// An amount of money in the smallest unit of its currency: 990 CNY is ¥9.90, 500 JPY is ¥500.
#[derive(Serialize, ToSchema, Clone, Debug)]
pub struct Money {
    /// Fen, cents or pence; yen have no smaller unit.
    #[schema(example = 990)]
    pub amount: i64,
    /// ISO 4217.
    #[schema(example = "CNY")]
    pub currency: String,
}

impl Money {
    pub fn of(amount: i64, currency: rules::base::Currency) -> Money {
        Money { amount, currency: currency.code().into() }
    }
}

/// One page of a list.
#[derive(Serialize, ToSchema, Debug)]
pub struct Listed<T> {
    pub items: Vec<T>,
    /// Pass it as `after` for the next page; absent on the last one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

impl<T> Listed<T> {
    pub fn whole(items: Vec<T>) -> Listed<T> {
        Listed { items, next: None }
    }
    /// Of one more item than the page holds; `place` names the last item shown.
    pub fn cut<S>(
        mut rows: Vec<S>,
        most: usize,
        place: impl Fn(&S) -> String,
        shape: impl Fn(S) -> T,
    ) -> Listed<T> {
        let more = rows.len() > most;
        rows.truncate(most);
        let next = rows.last().filter(|_| more).map(place);
        Listed { items: rows.into_iter().map(shape).collect(), next }
    }
}

/// Where a list goes on.
#[derive(Deserialize, IntoParams, Debug)]
#[into_params(parameter_in = Query)]
pub struct Onward {
    /// The `next` of the page before.
    pub after: Option<String>,
    /// Items of a page, 1 to 100; 20 when left out.
    #[param(minimum = 1, maximum = 100)]
    pub limit: Option<i64>,
}

impl Onward {
    pub fn most(&self) -> i64 {
        self.limit.unwrap_or(20).clamp(1, 100)
    }
}

/// What went wrong (RFC 9457). `code` is stable; `title` is a sentence in the caller's language.
#[derive(Serialize, ToSchema, Debug)]
#[schema(example = json!({
    "type": "about:blank", "title": "This is sold out.", "status": 409, "code": "sold_out",
    "instance": "req_06d4zq0n8g008"
}))]
pub struct Problem {
    pub r#type: String,
    pub title: String,
    pub status: u16,
    pub code: String,
    /// A number to tell when asking for help.
    pub instance: String,
    /// Where exactly a body is wrong.
    pub detail: Option<String>,
}

/// Something was made; here is what it is called.
#[derive(Serialize, ToSchema, Debug)]
pub struct Made {
    #[schema(example = "grp_06d4zq0n8g008")]
    pub id: String,
}

/// It is done; there is nothing to tell beside.
#[derive(Serialize, ToSchema, Debug)]
pub struct Done {
    pub done: bool,
}
pub const DONE: Done = Done { done: true };

/// RFC 3339 in UTC.
pub fn time(at: Moment) -> String {
    iso(at)
}

/// A word of the API that this house does not know.
pub fn unknown_word(field: &str, value: &str) -> crate::reply::Sorry {
    crate::reply::Sorry::Body {
        status: axum::http::StatusCode::UNPROCESSABLE_ENTITY,
        what: format!("{field}: unknown value `{}`", rules::base::text::clip(value, 40)),
    }
}

/// An id inside a body or query.
pub fn id_in<T: rules::base::id::Noun>(
    field: &str,
    value: &str,
) -> Result<rules::base::Id<T>, crate::reply::Sorry> {
    rules::base::Id::parse(value).ok_or_else(|| unknown_word(field, value))
}

//! A fact as the body of an event: `{"type", "timestamp", "sequence", "data"}`, ids as the API has
//! them.
use super::tables_webhook::Told;
use rules::base::{Id, id};
use rules::reach::event::{self, Holds};
use serde_json::{Map, Value, json};

/// The field as programs see it; `None` when there is nothing to tell.
fn field(value: &Value, holds: Holds) -> Option<Value> {
    match (holds, value) {
        (Holds::Id(prefix), Value::Number(n)) => {
            n.as_i64().filter(|n| *n > 0).map(|n| json!(id::shown(prefix, n)))
        }
        (Holds::Id(_) | Holds::Word, Value::String(_)) => Some(value.clone()),
        (Holds::Number, Value::Number(_)) | (Holds::Flag, Value::Bool(_)) => Some(value.clone()),
        _ => None,
    }
}

/// `None`: no event of the catalogue.
pub fn event_body(c: Id<id::Community>, t: &Told) -> Option<String> {
    let event = event::of_fact(&t.kind)?;
    let stored: Value = serde_json::from_str(&t.body).unwrap_or_default();
    let mut data = Map::new();
    data.insert("id".into(), json!(id::shown(event.about, t.subject)));
    data.insert("community".into(), json!(c.to_string()));
    if let Some(actor) = t.actor {
        data.insert("actor".into(), json!(Id::<id::Member>::of(actor).to_string()));
    }
    for (name, holds) in event.fields {
        if let Some(value) = stored.get(name).and_then(|v| field(v, *holds)) {
            data.insert((*name).into(), value);
        }
    }
    let at = jiff::Timestamp::from_millisecond(t.at.0).unwrap_or_default().to_string();
    let whole = json!({"type": event.name, "timestamp": at, "sequence": t.seq, "data": data});
    Some(whole.to_string())
}

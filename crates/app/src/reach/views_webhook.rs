//! Reads of webhooks: the owner's list, the log of one endpoint.
use super::tables_webhook::{Told, told};
use crate::db::{Fault, Row};
use crate::{App, p};
use rules::base::{Id, Moment, id};
use rules::reach::event::{self, Event};
use rules::reach::webhook::{Delivery, State};

type C = Id<id::Community>;
type Webhook = Id<id::Webhook>;

#[derive(Clone, Debug)]
pub struct WebhookRow {
    pub id: Webhook,
    pub url: String,
    pub events: Vec<&'static Event>,
    pub state: State,
    pub version: i64,
    /// The old secret signs too until then.
    pub old_until: Moment,
    pub made_at: Moment,
    pub ended_at: Option<Moment>,
}

/// One message on its way, or at its end.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DeliveryRow {
    pub id: Id<id::Delivery>,
    pub state: Delivery,
    pub tries: i64,
    pub status: Option<i64>,
    /// Why there was no answer, in one word.
    pub reason: String,
    pub made_at: Moment,
    pub next_at: Moment,
    pub ended_at: Option<Moment>,
    pub fact: Told,
}

const WEBHOOKS: &str = "SELECT id, url, facts, state, version, old_until, made_at, ended_at
    FROM webhook WHERE community_id = $1 AND id < $2 ORDER BY id DESC LIMIT 100";
const ONE: &str = "SELECT id, url, facts, state, version, old_until, made_at, ended_at
    FROM webhook WHERE community_id = $1 AND id = $2";
const LOG: &str = "SELECT d.id, d.state, d.tries, d.status, d.reason, d.made_at, d.next_at,
    d.ended_at, f.id, f.kind, f.subject, f.actor, f.body, f.at, f.seq FROM webhook_delivery d
    JOIN fact f ON f.community_id = d.community_id AND f.id = d.fact_id
    WHERE d.community_id = $1 AND d.webhook_id = $2 AND d.id < $3 ORDER BY d.id DESC LIMIT $4";

fn row(r: Row<'_>) -> WebhookRow {
    let facts = r.text(2);
    WebhookRow {
        id: r.id(0),
        url: r.text(1),
        events: facts.split(',').filter_map(event::of_fact).collect(),
        state: r.word(3, State::of),
        version: r.int(4),
        old_until: r.moment(5),
        made_at: r.moment(6),
        ended_at: r.opt_moment(7),
    }
}
fn delivery(r: Row<'_>) -> DeliveryRow {
    DeliveryRow {
        id: r.id(0),
        state: r.word(1, Delivery::of),
        tries: r.int(2),
        status: r.opt_int(3),
        reason: r.text(4),
        made_at: r.moment(5),
        next_at: r.moment(6),
        ended_at: r.opt_moment(7),
        fact: told(&r, 8),
    }
}

impl App {
    /// Endpoints, the newest first; ended ones too.
    pub async fn webhooks(&self, c: C) -> Result<Vec<WebhookRow>, Fault> {
        self.db.read(move |rx| rx.all(WEBHOOKS, p![c, i64::MAX], row)).await
    }
    pub async fn webhook(&self, c: C, id: Webhook) -> Result<Option<WebhookRow>, Fault> {
        self.db.read(move |rx| rx.one(ONE, p![c, id], row)).await
    }
    /// The log of one endpoint, the newest message first.
    pub async fn deliveries(
        &self,
        c: C,
        id: Webhook,
        before: Option<Id<id::Delivery>>,
        most: i64,
    ) -> Result<Vec<DeliveryRow>, Fault> {
        let before = before.map_or(i64::MAX, Id::raw);
        self.db.read(move |rx| rx.all(LOG, p![c, id, before, most], delivery)).await
    }
}

//! I9: what a red packet was filled with is what was taken and what went back; every slot is drawn
//! from the promised seed, holds at least one unit and went to one person only.
use super::{Check, Name, Report, check};
use crate::db::{Fault, Rx};
use crate::p;
use ring::digest;

pub(super) const CHECKS: [Check; 4] = [
    check(("I9", "a packet counts what its slots say"), PACKETS, COUNTS),
    check(("I9", "a packet's state fits its slots, its time and its job"), PACKETS, STATES),
    check(
        ("I9", "a packet's money stands in the journal, funded, taken, returned"),
        PACKETS,
        MONEY,
    ),
    check(("I9", "a taken slot went into its taker's wallet"), SLOTS, PAID),
];
const DRAW: Name = ("I9", "slots are what the promised seed draws");
pub(super) const NAMES: [Name; 1] = [DRAW];

const PACKETS: &str = "SELECT count(*) FROM red_packet WHERE community_id = $1";
const SLOTS: &str = "SELECT count(*) FROM red_packet_slot
    WHERE community_id = $1 AND member_id IS NOT NULL";

const COUNTS: &str = "SELECT 'red_packet ' || k.id, k.taken || ' of ' || k.slots || ' taken, '
    || k.given || ' of ' || k.total || ' given; its slots are ' || coalesce(s.n, 0) || ' with '
    || coalesce(s.amount, 0) || ', taken ' || coalesce(s.taken, 0) || ' with '
    || coalesce(s.given, 0) || ' by ' || coalesce(s.people, 0) || ' people, the last is '
    || coalesce(s.last, 0), count(*) OVER ()
    FROM red_packet k LEFT JOIN (SELECT packet_id, count(*) AS n, sum(amount) AS amount,
        min(amount) AS least, min(slot) AS first, max(slot) AS most,
        sum(CASE WHEN member_id IS NOT NULL THEN 1 ELSE 0 END) AS taken,
        sum(CASE WHEN member_id IS NOT NULL THEN amount ELSE 0 END) AS given,
        max(CASE WHEN member_id IS NOT NULL THEN slot ELSE 0 END) AS last,
        count(DISTINCT member_id) AS people,
        sum(CASE WHEN (member_id IS NULL) <> (taken_at IS NULL) THEN 1 ELSE 0 END) AS odd
      FROM red_packet_slot WHERE community_id = $1 GROUP BY packet_id) s ON s.packet_id = k.id
    WHERE k.community_id = $1 AND (s.n IS NULL OR s.n <> k.slots OR s.amount <> k.total
      OR s.least < 1 OR s.first <> 1 OR s.most <> k.slots OR s.taken <> k.taken
      OR s.given <> k.given OR s.last <> k.taken OR s.people <> k.taken OR s.odd <> 0)
    ORDER BY k.id LIMIT 20";

const STATES: &str = "SELECT 'red_packet ' || k.id, CASE WHEN j.state = 'gave_up'
      THEN 'a person is needed: its end_packet job gave up, ' || j.reason
      ELSE 'state is ' || k.state || ', ' || k.taken || ' of ' || k.slots || ' taken, until '
      || k.until_at || ', ended_at ' || coalesce(CAST(k.ended_at AS text), 'empty')
      || '; its end_packet job is ' || coalesce(j.state || ', due ' || j.due_at, 'missing') END,
    count(*) OVER ()
    FROM red_packet k LEFT JOIN job j ON j.community_id = k.community_id
      AND j.kind = 'end_packet' AND j.subject = k.id
    WHERE k.community_id = $1 AND NOT CASE k.state
      WHEN 'open' THEN k.taken < k.slots AND k.ended_at IS NULL AND j.state IS NOT NULL
        AND j.state = 'waiting' AND j.due_at >= k.until_at
      WHEN 'finished' THEN k.taken = k.slots AND k.ended_at IS NOT NULL
        AND k.ended_at < k.until_at
      WHEN 'expired' THEN k.taken < k.slots AND k.ended_at IS NOT NULL
        AND k.ended_at >= k.until_at
      ELSE false END
    ORDER BY k.id LIMIT 20";

const MONEY: &str = "SELECT 'red_packet ' || k.id, 'state is ' || k.state || ', ' || k.total
    || ' in all, ' || k.given || ' given; the journal funded ' || coalesce(t.funded, 0) || ', gave '
    || coalesce(t.given, 0) || ', returned ' || coalesce(t.returned, 0), count(*) OVER ()
    FROM red_packet k LEFT JOIN (SELECT cause,
        sum(CASE WHEN event = 'packet_funded' THEN amount ELSE 0 END) AS funded,
        sum(CASE WHEN event = 'packet_taken' THEN amount ELSE 0 END) AS given,
        sum(CASE WHEN event = 'packet_returned' THEN amount ELSE 0 END) AS returned
      FROM transfer WHERE community_id = $1
        AND event IN ('packet_funded', 'packet_taken', 'packet_returned') GROUP BY cause) t
      ON t.cause = k.id
    WHERE k.community_id = $1 AND (coalesce(t.funded, 0) <> k.total
      OR coalesce(t.given, 0) <> k.given OR coalesce(t.returned, 0)
        <> CASE WHEN k.state = 'expired' THEN k.total - k.given ELSE 0 END)
    ORDER BY k.id LIMIT 20";

const PAID: &str = "SELECT 'red_packet_slot ' || s.slot || ' of ' || s.packet_id, s.amount
    || ' taken by ' || s.member_id || '; the journal has ' || coalesce(t.event || ' of ' || t.amount
    || ' from ' || t.debit || ' to ' || t.credit, 'nothing'), count(*) OVER ()
    FROM red_packet_slot s LEFT JOIN transfer t ON t.community_id = s.community_id AND t.id = s.id
      AND t.part = 0
    WHERE s.community_id = $1 AND s.member_id IS NOT NULL AND (t.id IS NULL
      OR t.event <> 'packet_taken' OR t.amount <> s.amount OR t.cause <> s.packet_id
      OR t.debit <> 'redpacket:' || s.packet_id
      OR t.credit <> 'wallet:' || s.member_id || ':red_packet')
    ORDER BY s.packet_id, s.slot LIMIT 20";

const SEEDS: &str = "SELECT id, split, total, slots, seed, seed_hash FROM red_packet
    WHERE community_id = $1 AND id > $2 ORDER BY id LIMIT 200";
const DRAWN: &str = "SELECT amount FROM red_packet_slot
    WHERE community_id = $1 AND packet_id = $2 ORDER BY slot";
/// The largest slot, as members are told.
const MOST_ONE: i128 = 50_000;

struct Seed {
    id: i64,
    split: String,
    total: i64,
    slots: i64,
    seed: String,
    promised: String,
}

fn sha256(text: &str) -> String {
    let hash = digest::digest(&digest::SHA256, text.as_bytes());
    hash.as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The draw as members may do it themselves.
fn drawn(s: &Seed) -> Vec<i64> {
    let (mut rest, n) = (i128::from(s.total), i128::from(s.slots));
    let mut out = Vec::new();
    for i in 0..n {
        let left = n - i;
        let amount = match s.split.as_str() {
            // the first ones take what does not divide
            "equal" => i128::from(s.total) / n + i128::from(i < i128::from(s.total) % n),
            _ if left == 1 => rest,
            _ => {
                let digest = sha256(&format!("{}:{i}", s.seed));
                let number = digest.get(..16).and_then(|d| i128::from_str_radix(d, 16).ok());
                let low = (rest - MOST_ONE * (left - 1)).max(1);
                let high = (2 * rest / left - 1).min(MOST_ONE);
                low + number.unwrap_or(0) % (high - low + 1).max(1)
            }
        };
        rest -= amount;
        out.push(i64::try_from(amount).unwrap_or(0));
    }
    out
}

/// Draws every packet once more.
pub(super) fn draws(rx: &mut Rx<'_>, report: &mut Report, c: i64) -> Result<(), Fault> {
    let mut last = i64::MIN;
    loop {
        let page = rx.all(SEEDS, p![c, last], |r| Seed {
            id: r.int(0),
            split: r.text(1),
            total: r.int(2),
            slots: r.int(3),
            seed: r.text(4),
            promised: r.text(5),
        })?;
        report.looked(DRAW, page.len() as i64);
        for s in &page {
            let row = format!("red_packet {}", s.id);
            if sha256(&s.seed) != s.promised {
                report.found(DRAW, c, &row, "its seed is not the one that was promised".into());
                continue;
            }
            // counts that cannot be are named by the other checks
            let slots = rx.all(DRAWN, p![c, s.id], |r| r.int(0))?;
            if slots.len() as i64 == s.slots && slots != drawn(s) {
                report.found(DRAW, c, &row, "its slots are not what its seed draws".into());
            }
        }
        match page.last() {
            Some(s) if page.len() == 200 => last = s.id,
            _ => return Ok(()),
        }
    }
}

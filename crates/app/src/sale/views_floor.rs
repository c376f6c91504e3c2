//! Reads of what leaders may open group buys of.
use super::views_catalogue::parted;
use crate::db::{Fault, Rx};
use crate::{App, p};
use rules::base::{Id, id};
use rules::sale::leaders_buy::Floor;

type C = Id<id::Community>;

/// A variant a leader may open a group buy of.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FloorRow {
    pub product: Id<id::Product>,
    pub variant: Id<id::Variant>,
    pub title: String,
    pub choices: Vec<String>,
    /// What it costs alone.
    pub alone: i64,
    pub on_hand: i64,
    pub floor: Floor,
}

const ALL: &str = "SELECT v.product_id, v.id, p.title, v.choices, v.price, v.on_hand, f.lowest,
    f.size FROM leader_floor f
    JOIN variant v ON v.community_id = f.community_id AND v.id = f.variant_id
    JOIN product p ON p.community_id = v.community_id AND p.id = v.product_id
    WHERE f.community_id = $1 AND v.state = 'listed' AND p.state = 'listed'
    ORDER BY p.id, v.position LIMIT 500";

impl App {
    /// By product; what is not sold any more is left out.
    pub async fn floors(&self, c: C) -> Result<Vec<FloorRow>, Fault> {
        let read = move |rx: &mut Rx<'_>| {
            rx.all(ALL, p![c], |r| FloorRow {
                product: r.id(0),
                variant: r.id(1),
                title: r.text(2),
                choices: parted(&r.text(3)),
                alone: r.int(4),
                on_hand: r.int(5),
                floor: Floor { lowest: r.int(6), size: r.int(7) },
            })
        };
        self.db.read(read).await
    }
}

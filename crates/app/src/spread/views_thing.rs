//! What a link shows, as far as everybody may see it: title, words, picture, price.
use crate::db::{Fault, Rx};
use crate::p;
use rules::base::{Id, id, text};
use rules::spread::link::Shown;

type C = Id<id::Community>;

/// A thing somebody was shown.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Thing {
    pub title: String,
    pub words: String,
    pub picture: Picture,
    /// The lowest price, of what is sold.
    pub price: Option<i64>,
}
/// Where its picture is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Picture {
    Stored(String),
    /// A drawing of a kind of product, and its seed.
    Look(String, i64),
    /// A scene, and its seed.
    Cover(i64),
}

const PRODUCT: &str = "SELECT d.title, d.brief, d.look, (SELECT picture FROM product_picture x
      WHERE x.community_id = d.community_id AND x.product_id = d.id AND x.position = 0),
    (SELECT min(price) FROM variant v WHERE v.community_id = d.community_id
      AND v.product_id = d.id AND v.state = 'listed')
    FROM product d WHERE d.community_id = $1 AND d.id = $2 AND d.state = 'listed'";
const GROUP: &str = "SELECT name, purpose FROM room WHERE community_id = $1 AND id = $2";
const CAMPAIGN: &str = "SELECT k.title, d.brief, d.look, d.id, (SELECT picture
      FROM product_picture x WHERE x.community_id = k.community_id AND x.product_id = k.product_id
      AND x.position = 0), (SELECT min(y.price) FROM campaign_price y
      WHERE y.community_id = k.community_id AND y.campaign_id = k.id), r.id
    FROM campaign k JOIN product d ON d.community_id = k.community_id AND d.id = k.product_id
    LEFT JOIN room r ON r.community_id = k.community_id AND r.id = k.group_id
      AND r.admission <> 'open' AND k.kind = 'chain_order'
    WHERE k.community_id = $1 AND k.id = $2";
/// What is said in a closed group is not shown around.
const POST: &str = "SELECT p.title, p.lead, p.pictures, m.name FROM post p
    JOIN member m ON m.community_id = p.community_id AND m.id = p.member_id
    LEFT JOIN room r ON r.community_id = p.community_id AND r.id = p.group_id
    WHERE p.community_id = $1 AND p.id = $2 AND p.state = 'published'
    AND (p.group_id IS NULL OR r.admission = 'open')";

/// `None`: it is not there, or not for everybody's eyes.
pub fn thing(rx: &mut Rx<'_>, c: C, (kind, thing): (Shown, i64)) -> Result<Option<Thing>, Fault> {
    match kind {
        Shown::Product => rx.one(PRODUCT, p![c, thing], |r| {
            let (look, picture) = (r.text(2), r.opt_text(3));
            Thing {
                title: r.text(0),
                words: r.text(1),
                picture: picture.map_or(Picture::Look(look, thing), Picture::Stored),
                price: r.opt_int(4),
            }
        }),
        Shown::Group => rx.one(GROUP, p![c, thing], |r| Thing {
            title: r.text(0),
            words: r.text(1),
            picture: Picture::Cover(thing),
            price: None,
        }),
        Shown::Post => rx.one(POST, p![c, thing], |r| {
            let (title, lead, first, name) = (r.text(0), r.text(1), r.text(2), r.text(3));
            let first = first.split(' ').next().unwrap_or("").to_string();
            // a note has no title: it begins with its words, and says whose they are
            let (title, words) = match title.is_empty() {
                true => (text::clip(&lead.replace('\n', " "), 40), name),
                false => (title, lead),
            };
            Thing {
                title,
                words,
                picture: if first.is_empty() {
                    Picture::Cover(thing)
                } else {
                    Picture::Stored(first)
                },
                price: None,
            }
        }),
        Shown::Campaign => {
            let found = rx.one(CAMPAIGN, p![c, thing], |r| {
                let (look, product, picture) = (r.text(2), r.int(3), r.opt_text(4));
                let thing = Thing {
                    title: r.text(0),
                    words: r.text(1),
                    picture: picture.map_or(Picture::Look(look, product), Picture::Stored),
                    price: r.opt_int(5),
                };
                (thing, r.opt_int(6))
            })?;
            match found {
                // a closed group's list is its own: a link to it shows the group and its door
                Some((_, Some(group))) => self::thing(rx, c, (Shown::Group, group)),
                found => Ok(found.map(|(thing, _)| thing)),
            }
        }
    }
}

//! What the model of a shop knows: shelves, orders, money, and nothing of the house.
use rules::base::{Id, Moment, id};
use rules::sale::product::{Kind, NewProduct, NewVariant, Returns, State};

pub const FEE: i64 = 700;
pub const STOCK: i64 = 25;

pub struct Dice(pub u64);

impl Dice {
    pub fn below(&mut self, n: usize) -> usize {
        // SplitMix64
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % n.max(1) as u64) as usize
    }
    pub fn often(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }
}

/// What the model knows of a variant.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Shelf {
    pub on_hand: i64,
    pub held: i64,
    pub sold: i64,
    pub written_off: i64,
    pub received: i64,
}
/// Where a line is: waiting for money, to be sent, on its way, there, given back, never paid.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum At {
    Awaits,
    Here,
    Sent,
    There,
    Back,
    Ended,
}
#[derive(Clone, Debug)]
pub struct Line {
    pub id: Id<id::Line>,
    pub variant: usize,
    pub price: i64,
    pub qty: i64,
    pub kept: i64,
    pub at: At,
}
#[derive(Clone, Debug)]
pub struct Order {
    pub id: Id<id::Order>,
    pub lines: Vec<Line>,
    pub total: i64,
    /// What the wallet gave, and how much of the whole has gone back.
    pub wallet: i64,
    pub given: i64,
    /// The part of the delivery fee that was not given back.
    pub fee: i64,
    pub placed: Moment,
    /// An attempt to pay, and whether its money came.
    pub payment: Option<(Id<id::Payment>, bool)>,
}

#[derive(Default, Debug)]
pub struct Money {
    pub captured: i64,
    pub goods: i64,
    pub fees: i64,
    pub refunded: i64,
    /// Of what was captured and refunded: with somebody outside.
    pub outside: i64,
    pub paid_back: i64,
    /// What the wallet holds, was filled with, and paid for.
    pub purse: i64,
    pub gifts: i64,
    pub spent: i64,
    /// Came when nobody waited for it any more.
    pub late: i64,
}

pub fn goods() -> NewProduct {
    let variant = |n: i64| NewVariant {
        sku: format!("s{n}"),
        choices: vec![n.to_string()],
        price: 100 + n * 77,
        stock: STOCK,
        weight: 0,
        barcode: String::new(),
    };
    NewProduct {
        handle: "goods".into(),
        title: "Goods".into(),
        brief: String::new(),
        story: String::new(),
        brand: String::new(),
        parent_category: String::new(),
        category: String::new(),
        tags: Vec::new(),
        look: String::new(),
        kind: Kind::Goods,
        state: State::Listed,
        returns: Returns::NoReason,
        options: vec!["size".into()],
        variants: (0..5).map(variant).collect(),
    }
}

//! Typed identifiers: 63 bits, time-ordered, made by the application before anything is written.
//!
//! From the top: 41 bits of milliseconds since [`EPOCH`], 10 bits of node, 12 bits of count.
//! People see them as `ord_` and 13 characters of Crockford's base 32, which has no i, l, o, u.
use std::fmt;
use std::marker::PhantomData;

use super::Moment;

/// 2023-11-14T22:13:20Z; 41 bits of milliseconds last until 2093.
pub const EPOCH: i64 = 1_700_000_000_000;
const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
/// 13 digits of 5 bits hold the 63.
const LENGTH: usize = 13;

/// What an id names. The prefix is what people see before the underscore.
pub trait Noun {
    const PREFIX: &'static str;
}

/// An identifier of a `T`, never zero.
pub struct Id<T>(i64, PhantomData<fn() -> T>);

impl<T> Id<T> {
    /// From a stored number. Negative numbers do not occur in our tables.
    pub const fn of(raw: i64) -> Self {
        Id(raw, PhantomData)
    }
    pub const fn raw(self) -> i64 {
        self.0
    }
    /// The same number under another noun: an order's hold carries the order's number.
    pub const fn as_id<U>(self) -> Id<U> {
        Id::of(self.0)
    }
    /// When it was made, to the millisecond.
    pub const fn made_at(self) -> Moment {
        Moment((self.0 >> 22) + EPOCH)
    }
}

/// The bits of an id; `count` beyond 12 bits was carried into the time by the mint.
pub const fn bits(milliseconds: i64, node: i64, count: i64) -> i64 {
    ((milliseconds - EPOCH) << 22) | ((node & 0x3ff) << 12) | (count & 0xfff)
}

impl<T: Noun> Id<T> {
    /// Reads `ord_0c3k…`; anything else, another noun's id included, is `None`.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix(T::PREFIX)?.strip_prefix('_')?;
        if digits.len() != LENGTH {
            return None;
        }
        let mut n: i64 = 0;
        for b in digits.bytes() {
            let value = DIGITS.iter().position(|d| *d == b)? as i64;
            n = n.checked_mul(32)?.checked_add(value)?;
        }
        (n > 0).then_some(Id::of(n))
    }
}

impl<T> Clone for Id<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for Id<T> {}
impl<T> PartialEq for Id<T> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}
impl<T> Eq for Id<T> {}
impl<T> PartialOrd for Id<T> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl<T> Ord for Id<T> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.cmp(&other.0)
    }
}
impl<T> std::hash::Hash for Id<T> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}
impl<T> fmt::Debug for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{}", self.0)
    }
}
impl<T: Noun> fmt::Display for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&shown(T::PREFIX, self.0))
    }
}

/// An id as people and programs see it, of a noun that is known by its prefix only.
pub fn shown(prefix: &str, raw: i64) -> String {
    let (mut n, mut out) = (raw, [b'0'; LENGTH]);
    for digit in out.iter_mut().rev() {
        *digit = DIGITS[(n & 31) as usize];
        n >>= 5;
    }
    format!("{prefix}_{}", std::str::from_utf8(&out).unwrap_or(""))
}

/// Nouns are never built, only named in `Id<..>`.
macro_rules! nouns {
    ($($name:ident $prefix:literal)*) => { $(
        #[derive(Debug)]
        pub enum $name {}
        impl Noun for $name { const PREFIX: &'static str = $prefix; }
    )* };
}
nouns! {
    Community "com" Account "acc" Member "mem" Session "ses" SignIn "sgn"
    Group "grp" Message "msg" Invite "inv" Tag "tag" Application "apl" Report "rep"
    Post "pst" Comment "cmt" Picture "pic"
    Product "prd" Variant "var" Category "cat" Order "ord" Line "lin" Payment "pay"
    Campaign "cam" Team "tea" Refund "ref" Case "cas" Parcel "par" Address "adr" Import "imp"
    Review "rev" Coupon "cou" Claim "clm" Tier "tir" Notice "ntc" Key "key"
    ShareLink "shl" Visit "vis" Binding "bnd"
    Commission "cms" ServicePay "svc" RedPacket "pkt" Webhook "whk" Delivery "dlv" Relay "rly"
    Payout "pyo" HandOut "hnd" PointLot "ptl" PointChange "ptc"
    Transfer "trf" Hold "hld" Job "job" Fact "fct" Audit "aud" Request "req"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shown_and_read_back() {
        for raw in [1, 31, 32, 4_611_686_018_427_387_904, i64::MAX] {
            let id: Id<Order> = Id::of(raw);
            let shown = id.to_string();
            assert_eq!(shown.len(), 17);
            assert_eq!(Id::<Order>::parse(&shown), Some(id));
            assert_eq!(Id::<Member>::parse(&shown), None, "another noun's prefix");
        }
    }

    #[test]
    fn nonsense_is_none() {
        let table =
            ["", "ord_", "ord_0", "ord_zzzzzzzzzzzzz", "ord_000000000000u", "ORD_0000000000001"];
        for text in table {
            assert_eq!(Id::<Order>::parse(text), None, "{text}");
        }
        assert_eq!(Id::<Order>::parse("ord_0000000000000"), None, "zero names nothing");
    }

    #[test]
    fn bits_keep_their_places() {
        let id: Id<Order> = Id::of(bits(EPOCH + 5, 3, 7));
        assert_eq!(id.raw(), (5 << 22) | (3 << 12) | 7);
        assert_eq!(id.made_at(), Moment(EPOCH + 5));
    }
}

//! What other laws refuse, in the words of placing an order.
use super::place_order::Refused;
use crate::loyalty::use_coupon::NoCoupon;
use rules::sale::address::BadAddress;
use rules::sale::price::NoQuote;

impl From<NoQuote> for Refused {
    fn from(no: NoQuote) -> Self {
        match no {
            NoQuote::Empty => Refused::NothingChosen,
            NoQuote::TooManyLines => Refused::TooManyLines,
            NoQuote::BadQuantity => Refused::BadQuantity,
            NoQuote::TooMuch => Refused::TooMuch,
        }
    }
}
impl From<NoCoupon> for Refused {
    fn from(no: NoCoupon) -> Self {
        match no {
            NoCoupon::NoSuch => Refused::NoSuchCoupon,
            NoCoupon::Expired => Refused::CouponExpired,
            NoCoupon::NotForThese => Refused::CouponNotForThese,
            NoCoupon::Below => Refused::CouponBelow,
            NoCoupon::NotFirst => Refused::CouponNotFirst,
        }
    }
}
impl From<BadAddress> for Refused {
    fn from(bad: BadAddress) -> Self {
        match bad {
            BadAddress::Recipient => Refused::BadRecipient,
            BadAddress::Phone => Refused::BadPhone,
            BadAddress::Region => Refused::BadRegion,
            BadAddress::Street => Refused::BadStreet,
        }
    }
}

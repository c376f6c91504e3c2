//! Reservations of scarce things: reserve, then confirm or release, with an end.
use crate::base::Moment;
use crate::codes;

codes! {
    /// What is scarce.
    pub enum What {
        Stock = "stock", InviteUse = "invite_use", Seat = "seat", CouponUse = "coupon_use",
        Points = "points",
    }
}
codes! {
    pub enum State { Held = "held", Confirmed = "confirmed", Released = "released" }
}

/// An unpaid order keeps what it took for so long.
pub const UNPAID_MINUTES: i64 = 15;
/// Bank and personal transfers take people longer.
pub const UNPAID_MANUAL_HOURS: i64 = 24;

/// When an order placed `now` gives back what it holds.
pub const fn ends(now: Moment) -> Moment {
    now.plus_minutes(UNPAID_MINUTES)
}

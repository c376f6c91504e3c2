//! The kinds of notices, their section of the inbox, and what is wanted unless somebody chose.
use crate::codes;

codes! {
    pub enum Kind {
        OrderPaid = "order_paid", OrderShipped = "order_shipped", OrderReady = "order_ready",
        OrderRefunded = "order_refunded", PaymentRefused = "payment_refused",
        RefundDeclined = "refund_declined",
        /// Of a group buy: the team is full, it failed, a late payment went to another seat.
        TeamFilled = "team_filled", TeamFailed = "team_failed", SeatMoved = "seat_moved",
        /// What a sale earned can be spent.
        CommissionAvailable = "commission_available",
        /// The shop made the transfer of a payout, or it failed and the money came back.
        PayoutPaid = "payout_paid", PayoutFailed = "payout_failed",
        /// Somebody set up or removed the second factor: a letter may be the first its owner hears.
        FactorOn = "second_factor_on", FactorOff = "second_factor_off",
        /// What a leader's service brought can be spent.
        ServiceAvailable = "service_available",
        /// Of tiers: one is higher, one ends on a day, one is lower, there is none any more.
        TierRaised = "tier_raised", TierEnding = "tier_ending", TierLowered = "tier_lowered",
        TierEnded = "tier_ended",
        /// Points that nobody spends end within days.
        PointsEnding = "points_ending",
        /// Of a chain order: it reached its minimum, it did not, a leader ordered for the buyer.
        ChainReached = "chain_reached", ChainFailed = "chain_failed",
        OrderedForYou = "ordered_for_you",
        ReviewReplied = "review_replied", PostCommented = "post_commented",
        CommentReplied = "comment_replied", Mentioned = "mentioned",
        GroupApproved = "group_approved", Followed = "followed", ReportDecided = "report_decided",
        /// To staff, as the next three.
        LowStock = "low_stock", ProofWaiting = "proof_waiting", OrderPlaced = "order_placed",
        RefundAsked = "refund_asked",
    }
}
codes! {
    pub enum Section { Orders = "orders", Community = "community", System = "system" }
}
codes! {
    pub enum Channel { InApp = "in_app", Mail = "mail" }
}

impl Kind {
    pub const fn section(self) -> Section {
        match self {
            Kind::OrderPaid
            | Kind::OrderShipped
            | Kind::OrderReady
            | Kind::OrderRefunded
            | Kind::PaymentRefused
            | Kind::RefundDeclined
            | Kind::TeamFilled
            | Kind::TeamFailed
            | Kind::SeatMoved
            | Kind::CommissionAvailable
            | Kind::PayoutPaid
            | Kind::PayoutFailed
            | Kind::ServiceAvailable
            | Kind::PointsEnding
            | Kind::ChainReached
            | Kind::ChainFailed
            | Kind::OrderedForYou => Section::Orders,
            Kind::ReviewReplied
            | Kind::PostCommented
            | Kind::CommentReplied
            | Kind::Mentioned
            | Kind::GroupApproved
            | Kind::Followed
            | Kind::TierRaised
            | Kind::TierEnding
            | Kind::TierLowered
            | Kind::TierEnded => Section::Community,
            Kind::FactorOn
            | Kind::FactorOff
            | Kind::ReportDecided
            | Kind::LowStock
            | Kind::ProofWaiting
            | Kind::OrderPlaced
            | Kind::RefundAsked => Section::System,
        }
    }
    /// A buyer's order and money go on after the buyer left the community.
    pub fn outlasts(self) -> bool {
        self.section() == Section::Orders
    }
    /// Only staff get these, so only staff choose about them.
    pub const fn for_staff(self) -> bool {
        matches!(self, Kind::LowStock | Kind::ProofWaiting | Kind::OrderPlaced | Kind::RefundAsked)
    }
    /// Saying it again while the first is unread tells nobody anything.
    pub const fn once_while_unread(self) -> bool {
        matches!(self, Kind::LowStock)
    }
    /// Money and parcels are worth a letter; talk stays in the house until somebody asks for it.
    pub const fn wanted(self, channel: Channel) -> bool {
        match channel {
            Channel::InApp => true,
            Channel::Mail => matches!(
                self,
                Kind::OrderPaid
                    | Kind::OrderShipped
                    | Kind::OrderReady
                    | Kind::OrderRefunded
                    | Kind::PaymentRefused
                    | Kind::RefundDeclined
                    | Kind::TeamFilled
                    | Kind::TeamFailed
                    | Kind::SeatMoved
                    | Kind::PayoutPaid
                    | Kind::PayoutFailed
                    | Kind::FactorOn
                    | Kind::FactorOff
                    | Kind::ChainReached
                    | Kind::ChainFailed
                    | Kind::OrderedForYou
                    | Kind::ProofWaiting
                    | Kind::RefundAsked
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::check;

    #[test]
    fn sections_and_defaults() {
        check(
            "
            order_paid | orders in_app+mail
            order_ready | orders in_app+mail
            payment_refused | orders in_app+mail
            review_replied | community in_app
            mentioned | community in_app
            report_decided | system in_app
            payout_failed | orders in_app+mail
            second_factor_off | system in_app+mail
            low_stock | system in_app
            proof_waiting | system in_app+mail
            refund_asked | system in_app+mail
            refund_declined | orders in_app+mail
            tier_ending | community in_app
            team_failed | orders in_app+mail
            order_placed | system in_app",
            |c| {
                let kind = Kind::of(c[0]).expect("a kind");
                let wants = Channel::ALL.iter().filter(|w| kind.wanted(**w));
                let wants: Vec<_> = wants.map(|w| w.code()).collect();
                format!("{} {}", kind.section().code(), wants.join("+"))
            },
        );
    }
}

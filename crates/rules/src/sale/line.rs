//! The states of an order line and the one table of its transitions.
use crate::codes;

codes! {
    /// Where one line of an order stands.
    pub enum State {
        AwaitingPayment = "awaiting_payment",
        /// Paid; the team it was bought in is not full yet.
        AwaitingGroup = "awaiting_group",
        /// Paid; the list it is on has not come to its minimum yet, or not been closed.
        AwaitingGoal = "awaiting_goal",
        ToFulfil = "to_fulfil",
        Shipped = "shipped",
        ReadyForPickup = "ready_for_pickup",
        Received = "received",
        Completed = "completed",
        Refunding = "refunding",
        Refunded = "refunded",
        Cancelled = "cancelled",
        ClosedUnpaid = "closed_unpaid",
    }
}

impl State {
    /// The one transition table. A whole-line refund may begin whenever money was taken.
    pub const fn may_become(self, to: State) -> bool {
        use State::*;
        matches!(
            (self, to),
            (AwaitingPayment, AwaitingGroup | AwaitingGoal | ToFulfil | Cancelled | ClosedUnpaid)
                | (AwaitingGroup | AwaitingGoal, ToFulfil | Refunding)
                | (ToFulfil, Shipped | ReadyForPickup | Refunding)
                | (Shipped, Received | Refunding)
                | (ReadyForPickup, Received | Shipped | Refunding)
                // handed to the wrong person: taken back within minutes
                | (Received, Completed | Refunding | ReadyForPickup)
                | (Completed, Refunding)
                | (Refunding, Refunded)
        )
    }
    /// Nothing more happens to it.
    pub const fn ended(self) -> bool {
        matches!(self, State::Refunded | State::Cancelled | State::ClosedUnpaid)
    }
    /// Money for it was taken and not all given back.
    pub const fn paid(self) -> bool {
        !matches!(self, State::AwaitingPayment) && !self.ended()
    }
}

/// The order's state, from its lines: the least advanced line that is still alive speaks for it.
pub fn order_state(lines: &[State]) -> State {
    use State::*;
    const ORDER: [State; 12] = [
        AwaitingPayment,
        AwaitingGroup,
        AwaitingGoal,
        ToFulfil,
        ReadyForPickup,
        Shipped,
        Received,
        Completed,
        Refunding,
        Refunded,
        Cancelled,
        ClosedUnpaid,
    ];
    ORDER.into_iter().find(|s| lines.contains(s)).unwrap_or(ClosedUnpaid)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn state(code: &str) -> State {
        State::of(code.trim()).unwrap_or_else(|| panic!("{code}"))
    }

    #[test]
    fn the_table_is_as_printed() {
        let allowed = "
            awaiting_payment > awaiting_group awaiting_goal to_fulfil cancelled closed_unpaid
            awaiting_group > to_fulfil refunding
            awaiting_goal > to_fulfil refunding
            to_fulfil > shipped ready_for_pickup refunding
            shipped > received refunding
            ready_for_pickup > received shipped refunding
            received > completed refunding ready_for_pickup
            completed > refunding
            refunding > refunded
            refunded >
            cancelled >
            closed_unpaid >";
        for row in allowed.lines().filter(|l| l.contains('>')) {
            let (from, to) = row.split_once('>').expect("two sides");
            let to: Vec<State> = to.split_whitespace().map(state).collect();
            for other in State::ALL {
                let may = state(from).may_become(*other);
                assert_eq!(may, to.contains(other), "{from} > {}", other.code());
            }
        }
    }

    #[test]
    fn orders_follow_their_lines() {
        let table = "
            to_fulfil shipped | to_fulfil
            refunded shipped | shipped
            refunded refunded | refunded
            received refunding | received
            refunding refunded | refunding
            ready_for_pickup shipped | ready_for_pickup
            completed received | received";
        for row in table.lines().filter(|l| l.contains('|')) {
            let (lines, want) = row.split_once('|').expect("two columns");
            let lines: Vec<State> = lines.split_whitespace().map(state).collect();
            assert_eq!(order_state(&lines), state(want), "{row}");
        }
    }
}

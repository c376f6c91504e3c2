//! Attribution: whom an order is credited to, decided once, when it is placed.
use crate::base::moment::DAY;
use crate::base::{Id, Moment, id};

type Member = Id<id::Member>;

crate::codes! {
    /// What an order was credited by.
    pub enum Source { Link = "link", Binding = "binding" }
}

/// The last link the buyer opened that is not their own.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Seen {
    pub by: Member,
    pub at: Moment,
}

/// Visits from this moment on count.
pub const fn window(days: i64, now: Moment) -> Moment {
    now.plus_days(-days)
}

/// The last link within the window, else whoever brought the buyer. Nobody is credited with their
/// own order.
pub fn credit(
    buyer: Member,
    seen: Option<Seen>,
    bound: Option<Member>,
    (now, days): (Moment, i64),
) -> Option<(Member, Source)> {
    let fresh = |s: &Seen| s.by != buyer && now.since(s.at) <= days.saturating_mul(DAY);
    let link = seen.filter(fresh).map(|s| (s.by, Source::Link));
    link.or(bound.filter(|by| *by != buyer).map(|by| (by, Source::Binding)))
}

/// Level two: who brought the credited member. Never the buyer, never the same person twice.
pub fn second(buyer: Member, first: Member, brought: Option<Member>) -> Option<Member> {
    brought.filter(|by| *by != buyer && *by != first)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spread::table::check;

    fn member(text: &str) -> Option<Member> {
        text.bytes().next().filter(|b| *b != b'-').map(|b| Id::of(i64::from(b)))
    }
    fn letter(m: Option<Member>) -> String {
        m.map_or("-".into(), |m| char::from(m.raw() as u8).to_string())
    }

    #[test]
    fn the_last_link_then_the_binding() {
        check(
            "
            # buyer | link of, opened on day | brought by | today | credited by
            x | -    | - | 20 | -
            x | a 13 | - | 20 | a link
            x | a 12 | - | 20 | -
            x | a 13 | b | 20 | a link
            x | a 12 | b | 20 | b binding
            x | -    | b | 20 | b binding
            x | x 20 | b | 20 | b binding
            x | x 20 | - | 20 | -
            x | -    | x | 20 | -",
            |c| {
                let day = |n: &str| Moment(n.parse::<i64>().expect("a day") * DAY);
                let seen = c[1].split_once(' ');
                let seen = seen.and_then(|(by, at)| Some(Seen { by: member(by)?, at: day(at) }));
                let buyer = member(c[0]).expect("a buyer");
                match credit(buyer, seen, member(c[2]), (day(c[3]), 7)) {
                    Some((to, source)) => format!("{} {}", letter(Some(to)), source.code()),
                    None => "-".into(),
                }
            },
        );
    }

    #[test]
    fn the_second_level() {
        check(
            "
            # buyer | credited | who brought the credited | level two
            x | a | b | b
            x | a | x | -
            x | a | a | -
            x | a | - | -",
            |c| {
                let one = |i: usize| member(c[i]).expect("a member");
                letter(second(one(0), one(1), member(c[2])))
            },
        );
    }
}

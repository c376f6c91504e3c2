//! Binding: who brought a member, under which terms, and for how long.
use crate::base::moment::DAY;
use crate::base::{Id, Moment, id};

type Member = Id<id::Member>;

crate::codes! {
    /// Whose link binds.
    pub enum Mode {
        /// The first link opened before joining; ends a year after the last kept order.
        First = "first",
        /// The last link opened before joining, for good.
        RegisterOnly = "register_only",
        /// Always the last link opened, also after joining.
        Override = "override",
        /// As override, but nobody is taken over within so many days of being bound.
        Protect = "protect",
    }
}

crate::codes! {
    /// What became of a link opened in a browser that other members use.
    pub enum Held { Waiting = "waiting", Bound = "bound", Dismissed = "dismissed" }
}

/// How a community binds and credits.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Terms {
    pub mode: Mode,
    pub protect_days: i64,
    /// An order within so many days of a visit is credited to its link.
    pub credit_days: i64,
}
impl Default for Terms {
    fn default() -> Terms {
        Terms { mode: Mode::First, protect_days: 30, credit_days: 7 }
    }
}

pub const PROTECT_DAYS: std::ops::RangeInclusive<i64> = 1..=365;
pub const CREDIT_DAYS: std::ops::RangeInclusive<i64> = 1..=90;

crate::codes! {
    /// Why terms are not fit, in order of precedence.
    pub enum Unfit { ProtectDays = "protect_days", CreditDays = "credit_days" }
}
pub fn check(t: Terms) -> Result<(), Unfit> {
    if t.mode == Mode::Protect && !PROTECT_DAYS.contains(&t.protect_days) {
        return Err(Unfit::ProtectDays);
    }
    if !CREDIT_DAYS.contains(&t.credit_days) {
        return Err(Unfit::CreditDays);
    }
    Ok(())
}

/// Without a kept order for so long a binding is over.
pub const LASTS: i64 = 365 * DAY;

/// A binding as it stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Standing {
    pub by: Member,
    /// The mode it was made under; terms that change do not change it.
    pub mode: Mode,
    pub since: Moment,
    /// The member's last order that was kept past its return window.
    pub kept: Option<Moment>,
}

/// When it ends by itself; `None`: never.
pub fn ends(s: Standing) -> Option<Moment> {
    match s.mode {
        Mode::RegisterOnly => None,
        _ => Some(s.since.max(s.kept.unwrap_or(s.since)).plus(LASTS)),
    }
}
pub fn lives(s: Standing, now: Moment) -> bool {
    ends(s).is_none_or(|end| now < end)
}

/// Which of the links somebody opened before joining binds: `visits` are valid ones, in the order
/// of time.
pub fn at_joining<T: Copy>(mode: Mode, visits: &[T]) -> Option<T> {
    match mode {
        Mode::First => visits.first().copied(),
        Mode::RegisterOnly | Mode::Override | Mode::Protect => visits.last().copied(),
    }
}

/// Whether a link that a member opens binds them anew.
pub fn takes_over(terms: Terms, standing: Option<Standing>, by: Member, now: Moment) -> bool {
    let Some(s) = standing else {
        return matches!(terms.mode, Mode::Override | Mode::Protect);
    };
    let over = !lives(s, now);
    match terms.mode {
        Mode::First | Mode::RegisterOnly => false,
        Mode::Override => over || s.by != by,
        Mode::Protect => {
            let free = now.since(s.since) >= terms.protect_days.saturating_mul(DAY);
            over || (free && s.by != by)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spread::table;

    fn day(n: &str) -> Moment {
        Moment(n.parse::<i64>().expect("a day") * DAY)
    }
    fn standing(text: &str) -> Option<Standing> {
        let mut words = text.split(' ');
        let by = words.next().filter(|w| *w != "-")?;
        let mode = Mode::of(words.next().expect("a mode")).expect("a mode");
        let since = day(words.next().expect("a day"));
        let by = Id::of(i64::from(by.as_bytes()[0]));
        Some(Standing { by, mode, since, kept: words.next().map(day) })
    }

    #[test]
    fn a_binding_ends_a_year_after_the_last_kept_order() {
        table::check(
            "
            # by, mode, since, last kept | today | lives
            a first 10         | 374  | yes
            a first 10         | 375  | no
            a first 10 200     | 564  | yes
            a first 10 200     | 565  | no
            a first 300 200    | 664  | yes
            a override 10      | 375  | no
            a protect 10       | 375  | no
            a register_only 10 | 9999 | yes",
            |c| {
                let s = standing(c[0]).expect("a binding");
                if lives(s, day(c[1])) { "yes".into() } else { "no".into() }
            },
        );
    }

    #[test]
    fn which_link_binds_at_joining() {
        table::check(
            "
            first         |       | -
            first         | a b c | a
            register_only | a b c | c
            override      | a b c | c
            protect       | a b c | c
            protect       | a     | a",
            |c| {
                let visits: Vec<&str> = c[1].split_whitespace().collect();
                let mode = Mode::of(c[0]).expect("a mode");
                at_joining(mode, &visits).unwrap_or("-").to_string()
            },
        );
    }

    #[test]
    fn which_link_binds_later() {
        table::check(
            "
            # terms | as it stands | link of | today | binds anew
            first         | -              | b | 20  | no
            first         | a first 10     | b | 20  | no
            first         | a first 10     | b | 375 | no
            register_only | -              | b | 20  | no
            register_only | a first 10     | b | 375 | no
            override      | -              | b | 20  | yes
            override      | a first 10     | b | 10  | yes
            override      | a override 10  | a | 20  | no
            override      | a override 10  | a | 375 | yes
            protect       | -              | b | 20  | yes
            protect       | a protect 10   | b | 39  | no
            protect       | a protect 10   | b | 40  | yes
            protect       | a protect 10   | a | 40  | no
            protect       | a protect 10 30 | b | 40 | yes
            protect       | a protect 10   | a | 375 | yes",
            |c| {
                let mode = Mode::of(c[0]).expect("a mode");
                let terms = Terms { mode, ..Terms::default() };
                let by = Id::of(i64::from(c[2].as_bytes()[0]));
                let yes = takes_over(terms, standing(c[1]), by, day(c[3]));
                if yes { "yes".into() } else { "no".into() }
            },
        );
    }

    #[test]
    fn terms_have_bounds() {
        table::check(
            "
            # mode | protected | credited | fit
            first    | 0   | 7  | ok
            protect  | 0   | 7  | protect_days
            protect  | 1   | 7  | ok
            protect  | 365 | 90 | ok
            protect  | 366 | 91 | protect_days
            override | 366 | 91 | credit_days
            first    | 30  | 0  | credit_days
            first    | 30  | 1  | ok",
            |c| {
                let n = |i: usize| c[i].parse().expect("a number");
                let mode = Mode::of(c[0]).expect("a mode");
                let t = Terms { mode, protect_days: n(1), credit_days: n(2) };
                check(t).map_or_else(|u| u.code().into(), |()| "ok".into())
            },
        );
    }
}

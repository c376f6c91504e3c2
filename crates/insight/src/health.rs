//! The health of a group: six parts, each against what is thought to be plenty.
use crate::group::Figures;

/// Below so many members there is no score: one voice more would turn it.
pub const FEWEST: u32 = 5;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Who came in the month.
    Alive,
    /// DAU against MAU.
    Returning,
    /// Who spoke.
    Voices,
    /// That it is not always the same ones.
    Evenness,
    /// What was answered within a day.
    Answers,
    /// Who did not go.
    Staying,
}
impl Part {
    pub const ALL: [Part; 6] =
        [Part::Alive, Part::Returning, Part::Voices, Part::Evenness, Part::Answers, Part::Staying];
    pub const fn code(self) -> &'static str {
        match self {
            Part::Alive => "alive",
            Part::Returning => "returning",
            Part::Voices => "voices",
            Part::Evenness => "evenness",
            Part::Answers => "answers",
            Part::Staying => "staying",
        }
    }
    /// From so much on a part is full: half of all come, every fifth of them each day, three of
    /// ten speak, a Gini of a half, three of ten answered within a day. Of staying it is the
    /// other end: where a fifth goes in a month, nothing is left.
    pub const fn plenty(self) -> f64 {
        match self {
            Part::Alive | Part::Evenness => 0.5,
            Part::Voices | Part::Answers => 0.3,
            Part::Returning | Part::Staying => 0.2,
        }
    }
    /// 0 to 100; what cannot be said counts as nothing.
    pub fn of(self, f: &Figures) -> f64 {
        let share = |of: u32, all: u32| (all > 0).then(|| f64::from(of) / f64::from(all));
        let raw = match self {
            Part::Alive => share(f.monthly, f.members),
            Part::Returning => f.stickiness(),
            Part::Voices => f.speaking(),
            // one who talks alone is no even spread
            Part::Evenness => f.gini.filter(|_| f.speakers > 1).map(|g| 1.0 - g),
            Part::Answers => share(f.soon, f.opened),
            Part::Staying => f.leaving().map(|l| self.plenty() - l),
        };
        100.0 * (raw.unwrap_or(0.0) / self.plenty()).clamp(0.0, 1.0)
    }
}

/// The mean of the parts; None of a group that is too small.
pub fn health(f: &Figures) -> Option<f64> {
    let sum: f64 = Part::ALL.iter().map(|p| p.of(f)).sum();
    (f.members >= FEWEST).then(|| sum / Part::ALL.len() as f64)
}

#[cfg(test)]
mod tests {
    use super::{Part, health};
    use crate::group::Figures;

    /// Members, MAU, DAU, speakers, Gini, opened and answered soon, before, joins, leaves; then
    /// the parts and the score, rounded.
    fn check(given: &str, want: &str) {
        let n: Vec<f64> = given.split_whitespace().map(|t| t.parse().expect("a number")).collect();
        let whole = |k: usize| n[k] as u32;
        let f = Figures {
            members: whole(0),
            monthly: whole(1),
            daily: n[2],
            speakers: whole(3),
            gini: (whole(3) > 0).then_some(n[4]),
            opened: whole(5),
            soon: whole(6),
            before: whole(7),
            joins: whole(8),
            leaves: whole(9),
            ..Figures::default()
        };
        let parts: Vec<_> = Part::ALL.iter().map(|p| format!("{:.0}", p.of(&f))).collect();
        let score = health(&f).map_or("-".into(), |h| format!("{h:.1}"));
        assert_eq!(format!("{} = {score}", parts.join(" ")), want, "{given}");
    }

    #[test]
    fn parts_are_full_at_plenty_and_empty_at_nothing() {
        check("10 5 1   3 0.5   10 3  10 0 0", "100 100 100 100 100 100 = 100.0");
        check("10 9 9   9 0     10 9  9 1 0", "100 100 100 100 100 100 = 100.0");
        check("10 0 0   0 0     0 0   10 0 0", "0 0 0 0 0 100 = 16.7");
        // every part at its half: a tenth of the members went
        check("20 5 0.5 3 0.75  20 3  20 0 2", "50 50 50 50 50 50 = 50.0");
        check("8 8 8    8 0     1 1   10 0 2", "100 100 100 100 100 0 = 83.3");
        check("8 8 8    8 0     1 1   10 0 9", "100 100 100 100 100 0 = 83.3");
    }
    #[test]
    fn one_voice_is_not_even() {
        check("10 1 0.2 1 0     0 0   10 0 0", "20 100 33 0 0 100 = 42.2");
        check("10 2 0.4 2 0     0 0   10 0 0", "40 100 67 100 0 100 = 67.8");
    }
    #[test]
    fn four_members_have_no_score() {
        check("4 2 0.4 2 0 0 0 4 0 0", "100 100 100 100 0 100 = -");
        check("5 0 0 0 0 0 0 5 0 0", "0 0 0 0 0 100 = 16.7");
        check("0 0 0 0 0 0 0 0 0 0", "0 0 0 0 0 0 = -");
    }
}

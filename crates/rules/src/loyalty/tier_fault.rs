//! Which tier of a ladder does not do, and what of it: for who has to mend it.
use super::tier::{BadLadder, GRACE_DAYS, NAME, Terms, WHOLE, ladder};
use crate::base::money::MOST;
use crate::base::text;

/// What of a tier does not do.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Field {
    Name,
    Growth,
    Off,
    Shipping,
}

/// Where a ladder fails, for who has to mend it: the tier, what of it, and the other tier it does
/// not go with (the lower of two). None for a ladder that does, or that is too long.
pub fn at_fault(tiers: &[Terms]) -> Option<(usize, Field, Option<usize>)> {
    let one = |fits: &dyn Fn(&Terms) -> bool| tiers.iter().position(|t| !fits(t));
    let pair = |odd: &dyn Fn(&Terms, &Terms) -> bool| {
        let all = tiers.iter().enumerate();
        all.flat_map(|(i, a)| tiers.iter().enumerate().map(move |(j, b)| (i, a, j, b)))
            .find(|(i, a, j, b)| i != j && odd(a, b))
            .map(|(i, _, j, _)| (i, j))
    };
    let (tier, field, other) = match ladder(tiers, GRACE_DAYS).err()? {
        BadLadder::TooMany | BadLadder::Grace => return None,
        BadLadder::Name => {
            (one(&|t| text::fit(text::line(&t.name), NAME).is_ok())?, Field::Name, None)
        }
        BadLadder::Growth => (one(&|t| (1..=MOST).contains(&t.growth))?, Field::Growth, None),
        BadLadder::Off => (one(&|t| (0..WHOLE).contains(&t.off_bp))?, Field::Off, None),
        BadLadder::SameName => {
            let (i, j) = pair(&|a, b| text::line(&a.name) == text::line(&b.name))?;
            (j, Field::Name, Some(i))
        }
        BadLadder::SameGrowth => {
            let (i, j) = pair(&|a, b| a.growth == b.growth)?;
            (j, Field::Growth, Some(i))
        }
        BadLadder::Worse => {
            let off = pair(&|high, low| high.growth > low.growth && high.off_bp < low.off_bp);
            let ships = |high: &Terms, low: &Terms| {
                high.growth > low.growth && low.free_shipping && !high.free_shipping
            };
            let field = if off.is_some() { Field::Off } else { Field::Shipping };
            let (high, low) = off.or_else(|| pair(&ships))?;
            (high, field, Some(low))
        }
    };
    Some((tier, field, other))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::check;

    /// `Gold 900 500 no, Silver 100 0 free`; `!` is no name.
    fn tiers_of(text: &str) -> Vec<Terms> {
        let one = |t: &str| {
            let cell: Vec<&str> = t.split_whitespace().collect();
            Terms {
                name: if cell[0] == "!" { String::new() } else { cell[0].into() },
                growth: cell[1].parse().expect("a growth"),
                off_bp: cell[2].parse().expect("a percent"),
                free_shipping: cell[3] == "free",
            }
        };
        text.split(',').filter(|t| !t.trim().is_empty()).map(one).collect()
    }

    #[test]
    fn the_tier_at_fault_is_named() {
        // name growth off free, one tier after the other | which, what of it, beside which
        check(
            "
            Silver 1 0 no, Gold 2 0 no | -
            A 1 0 no, B 2 0 no, C 3 0 no, D 4 0 no, E 5 0 no, F 6 0 no, G 7 0 no | -
            A 1 0 no, ! 2 0 no | 1 Name -
            A 1 0 no, B 2 0 no, A 3 0 no | 2 Name 0
            A 1 0 no, B 0 0 no | 1 Growth -
            A 5 0 no, B 6 0 no, C 5 0 no | 2 Growth 0
            A 1 0 no, B 2 10000 no | 1 Off -
            A 1 500 no, B 2 499 no | 1 Off 0
            A 2 499 no, B 1 500 no | 0 Off 1
            A 1 0 free, B 2 500 no | 1 Shipping 0
            A 1 500 free, B 2 499 no | 1 Off 0",
            |c| match at_fault(&tiers_of(c[0])) {
                None => "-".into(),
                Some((tier, field, other)) => {
                    format!("{tier} {field:?} {}", other.map_or("-".into(), |o| o.to_string()))
                }
            },
        );
    }
}

//! The struck-through price: computed from the record, never typed.
use crate::base::Moment;
use crate::base::moment::DAY;

/// One entry of a variant's price history.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Change {
    pub at: Moment,
    pub price: i64,
}

/// The lowest price in force in the window before the present price began, if that is higher than
/// the present price. `history` is in order of time and ends with the present price. A variant
/// younger than the window shows nothing: there is no record to compare with.
pub fn struck(history: &[Change], window_days: i64) -> Option<i64> {
    let (now, before) = history.split_last()?;
    let from = now.at.plus(-window_days * DAY);
    if before.first()?.at > from {
        return None;
    }
    let mut lowest: Option<i64> = None;
    for (i, change) in before.iter().enumerate() {
        let until = before.get(i + 1).map_or(now.at, |next| next.at);
        if until > from {
            lowest = Some(lowest.map_or(change.price, |l| l.min(change.price)));
        }
    }
    lowest.filter(|l| *l > now.price)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_record_is_struck() {
        // day:price …, window | struck
        let table = "
            0:100 30:80           | 7  | 100
            0:100 30:80           | 30 | 100
            0:100 27:60 28:90 30:80 | 7 | -
            0:100 10:60 12:90 30:80 | 7 | 90
            0:100 10:60 12:90 30:80 | 30 | -
            28:100 30:80          | 7  | -
            0:100                 | 7  | -
            0:80 30:100           | 7  | -
            0:100 29:200 30:150   | 7  | -";
        for row in table.lines().filter(|l| l.contains('|')) {
            let cell: Vec<&str> = row.split('|').map(str::trim).collect();
            let history: Vec<Change> = cell[0]
                .split_whitespace()
                .map(|c| {
                    let (day, price) = c.split_once(':').expect("day:price");
                    let at = Moment(0).plus_days(day.parse().expect("a day"));
                    Change { at, price: price.parse().expect("a price") }
                })
                .collect();
            let got = struck(&history, cell[1].parse().expect("days"));
            assert_eq!(got.map_or("-".into(), |p| p.to_string()), cell[2], "{row}");
        }
    }
}

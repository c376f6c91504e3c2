//! Days and times as people write them in order logs, read as civil time of one place.

pub const DAY: i64 = 86_400;

/// Days since 1970-01-01 of a civil date (Howard Hinnant's days_from_civil).
pub fn day_of(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}
/// Year, month and day of a number of days since 1970-01-01.
pub fn civil(day: i64) -> (i64, i64, i64) {
    let shifted = day + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let mp = (5 * of_year + 2) / 153;
    let month = if mp < 10 { mp + 3 } else { mp - 9 };
    let year = year + era * 400 + i64::from(month <= 2);
    (year, month, of_year - (153 * mp + 2) / 5 + 1)
}
/// `2011-12-09`.
pub fn day_text(day: i64) -> String {
    let (y, m, d) = civil(day);
    format!("{y:04}-{m:02}-{d:02}")
}
/// Months since year 0; neighbours differ by one.
pub fn month_of(day: i64) -> i64 {
    let (y, m, _) = civil(day);
    y * 12 + m - 1
}
/// `2011-12`.
pub fn month_text(month: i64) -> String {
    format!("{:04}-{:02}", month.div_euclid(12), month.rem_euclid(12) + 1)
}

/// Which of `3/4/2011` is the month, when the year stands last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    MonthFirst,
    DayFirst,
}

/// A date before it is known which of two numbers is the month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    /// Seconds since 1970-01-01 00:00 of the place the log comes from.
    At(i64),
    /// Two numbers, then the year: `a/b/year`, and the second of the day.
    Slashed { a: i64, b: i64, year: i64, second: i64 },
}

impl Written {
    pub fn at(self, order: Order) -> Option<i64> {
        match self {
            Written::At(at) => Some(at),
            Written::Slashed { a, b, year, second } => {
                let (month, day) = if order == Order::MonthFirst { (a, b) } else { (b, a) };
                Some(checked(year, month, day)? * DAY + second)
            }
        }
    }
}

/// Reads `2011-12-09`, `2011/12/9 12:50`, `20111209`, `2011年12月9日`, `12/9/2011 12:50`, `9.12.2011`,
/// with or without a time. A zone at the end is left out of account: the log's own clock counts.
pub fn read(text: &[u8]) -> Option<Written> {
    let mut at = Cursor { text: text.trim_ascii() };
    let (first, digits) = at.number()?;
    if digits == 8 {
        let (year, month, day) = (first / 10_000, first / 100 % 100, first % 100);
        return Some(Written::At(checked(year, month, day)? * DAY + at.time()?));
    }
    let by = at.separator(&["-", "/", ".", "年"])?;
    let (second, _) = at.number()?;
    at.separator(&[if by == "年" { "月" } else { by }])?;
    let (third, last) = at.number()?;
    if by == "年" {
        at.separator(&["日", ""]);
    }
    let time = at.time()?;
    match (digits, last, by) {
        (4, 1..=2, _) => Some(Written::At(checked(first, second, third)? * DAY + time)),
        (1..=2, 4, ".") => Some(Written::At(checked(third, second, first)? * DAY + time)),
        (1..=2, 4, _) => Some(Written::Slashed { a: first, b: second, year: third, second: time }),
        _ => None,
    }
}

fn checked(year: i64, month: i64, day: i64) -> Option<i64> {
    let of_month = match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        _ => return None,
    };
    ((1..=of_month).contains(&day) && (1..=9999).contains(&year)).then(|| day_of(year, month, day))
}

struct Cursor<'a> {
    text: &'a [u8],
}

impl Cursor<'_> {
    /// A number and how many digits it has.
    fn number(&mut self) -> Option<(i64, usize)> {
        let digits = self.text.iter().take_while(|b| b.is_ascii_digit()).count();
        if digits == 0 || digits > 9 {
            return None;
        }
        let (number, rest) = self.text.split_at(digits);
        self.text = rest;
        Some((number.iter().fold(0, |n, b| n * 10 + i64::from(b - b'0')), digits))
    }
    fn separator<'s>(&mut self, any: &[&'s str]) -> Option<&'s str> {
        let met = any.iter().find(|s| self.text.starts_with(s.as_bytes()))?;
        self.text = &self.text[met.len()..];
        Some(met)
    }
    /// Seconds of the day: nothing, or `T` or spaces and `8:26`, `08:26:00.5`, `8:26 PM`, `08:26Z`.
    fn time(&mut self) -> Option<i64> {
        if self.text.is_empty() {
            return Some(0);
        }
        if self.separator(&["T", " "])? == " " {
            self.text = self.text.trim_ascii_start();
        }
        let (mut hour, _) = self.number()?;
        self.separator(&[":"])?;
        let (minute, _) = self.number()?;
        let mut second = 0;
        if self.separator(&[":"]).is_some() {
            second = self.number()?.0;
            if self.separator(&[".", ","]).is_some() {
                let fraction = self.text.iter().take_while(|b| b.is_ascii_digit()).count();
                self.text = &self.text[fraction..];
            }
        }
        self.text = self.text.trim_ascii_start();
        if let Some(half) = self.separator(&["AM", "am", "PM", "pm"]) {
            hour = hour % 12 + if half.eq_ignore_ascii_case("pm") { 12 } else { 0 };
        }
        let zone = matches!(self.text, [] | [b'Z'] | [b'z'] | [b'+' | b'-', ..]);
        let said = zone && hour < 24 && minute < 60 && second < 60;
        said.then_some(hour * 3_600 + minute * 60 + second)
    }
}

#[cfg(test)]
mod tests {
    use super::{DAY, Order, civil, day_of, day_text, month_of, month_text, read};

    fn check(text: &str, want: Option<&str>) {
        let got = read(text.as_bytes()).and_then(|w| w.at(Order::MonthFirst)).map(|at| {
            let (day, second) = (at.div_euclid(DAY), at.rem_euclid(DAY));
            format!("{} {:02}:{:02}", day_text(day), second / 3_600, second / 60 % 60)
        });
        assert_eq!(got.as_deref(), want, "{text}");
    }

    #[test]
    fn dates_are_read_as_people_write_them() {
        check("2011-12-09", Some("2011-12-09 00:00"));
        check(" 2011/2/9 8:26 ", Some("2011-02-09 08:26"));
        check("2011-12-09T12:50:00.123+08:00", Some("2011-12-09 12:50"));
        check("2011-12-09 12:50:00Z", Some("2011-12-09 12:50"));
        check("20111209", Some("2011-12-09 00:00"));
        check("2011年12月9日", Some("2011-12-09 00:00"));
        check("12/9/2011 8:26", Some("2011-12-09 08:26"));
        check("12/9/2011 8:26 PM", Some("2011-12-09 20:26"));
        check("12/9/2011 12:05 am", Some("2011-12-09 00:05"));
        check("9.12.2011", Some("2011-12-09 00:00"));
        check("2012-02-29", Some("2012-02-29 00:00"));
        check("2011-02-29", None);
        check("2011-13-01", None);
        check("12/9/11", None);
        check("2011-12", None);
        check("2011-12-09 25:00", None);
        check("2011-12-09 noon", None);
        check("", None);
        check("yesterday", None);
    }
    #[test]
    fn days_and_civil_dates_are_each_other() {
        assert_eq!(day_of(1970, 1, 1), 0);
        assert_eq!(day_of(2000, 3, 1), 11_017);
        for day in -200_000..200_000 {
            let (y, m, d) = civil(day);
            assert_eq!(day_of(y, m, d), day);
        }
        assert_eq!(month_text(month_of(day_of(2011, 12, 31))), "2011-12");
        assert_eq!(month_of(day_of(2012, 1, 1)) - month_of(day_of(2011, 12, 1)), 1);
    }
}

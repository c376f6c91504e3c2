//! How many of each: quantities of a pasted line, before or behind what they count.
use super::pasted::{MOST, Named, Reading, Wrong};
use super::pasted_words::{Good, counts, latin_unit, number, unit, weight};

impl Reading {
    /// A number with an optional unit from here on: its value, its unit, and where it ends. One
    /// written in Chinese needs a unit or the end of a word behind it.
    pub(super) fn quantity(&self, from: usize) -> Option<(i64, Option<char>, usize)> {
        if self.used.get(from).copied().unwrap_or(true) || self.sized(from) {
            return None;
        }
        let (n, to) = number(&self.plain, from)?;
        let next = to + usize::from(self.is(to, |c| c == ' '));
        let (word, end) = if let Some(length) = latin_unit(&self.plain, next) {
            (self.plain.get(next).copied(), next + length)
        } else if let Some(behind) = [to, next].into_iter().find(|k| self.is(*k, unit)) {
            let kilo = self.plain[behind] == '公';
            (Some(self.plain[behind]), behind + 1 + usize::from(kilo))
        } else {
            (None, to)
        };
        // 五斤装 is a size
        if word.is_some() && self.is(end, |c| c == '装') {
            return None;
        }
        let han = !self.plain[from].is_ascii_digit();
        let closed = word.is_some() || !self.is(to, |c| c.is_alphanumeric());
        (!han || closed).then_some((n, word, end))
    }
    fn right(&self, at: usize) -> Option<(i64, Option<char>, usize)> {
        let priced = self.prices.iter().find(|p| p.0 == at || p.0 == at + 1);
        let at = priced.map_or(at, |p| p.1);
        let mut k = at;
        while self.is(k, |c| " x*:+=-".contains(c)) && k < at + 3 {
            k += 1;
        }
        let han = self.is(k, |c| !c.is_ascii_digit());
        let signed = self.plain[at..k].iter().any(|c| "x*:+=".contains(*c));
        self.quantity(k).filter(|q| !han || k == at || signed || q.1.is_some())
    }
    fn left(&self, at: usize) -> Option<(usize, i64, Option<char>)> {
        let from = at.saturating_sub(10);
        let touches = |end: usize| {
            let between: String = self.plain[end..at].iter().collect();
            matches!(between.trim(), "" | "x" | "*" | "的" | "of")
        };
        // not in the middle of a number
        let starts = (from..at).filter(|k| {
            let kind = |c: char| (c.is_ascii_digit(), counts(c));
            let now = kind(self.plain[*k]);
            *k == 0 || now == (false, false) || now != kind(self.plain[*k - 1]) || self.used[*k - 1]
        });
        let fits = |k: usize| {
            let (n, word, end) = self.quantity_before(k)?;
            // 小王123 is a name
            let glued = k > 0 && self.plain[k - 1].is_alphabetic() && word.is_none();
            (end <= at && touches(end) && !glued).then_some((k, n, word))
        };
        starts.filter_map(fits).next_back()
    }
    /// As `quantity`, where what follows is what is counted.
    fn quantity_before(&self, from: usize) -> Option<(i64, Option<char>, usize)> {
        self.quantity(from).or_else(|| {
            let free = !self.used[from] && !self.sized(from);
            let (n, to) = number(&self.plain, from).filter(|_| free)?;
            Some((n, None, to))
        })
    }

    /// How much of each, before or behind its name, as most of the line does.
    pub(super) fn quantities(
        &mut self,
        list: &[Good],
        named: Vec<Named>,
        out: &mut Vec<(usize, i64)>,
    ) -> Result<(), Wrong> {
        let behind = named.iter().filter(|n| self.right(n.to).is_some()).count();
        let before = named.iter().filter(|n| self.left(n.from).is_some()).count();
        let (each, mut wrong) = (self.of_each(), Ok(()));
        for n in &named {
            let left = self.left(n.from).filter(|l| !self.used[l.0]);
            let right = self.right(n.to);
            let (from, to, many, word) = match (left, right) {
                (Some((from, many, word)), _) if before > behind || right.is_none() => {
                    (from, n.to, many, word)
                }
                (_, Some((many, word, to))) => (n.from, to, many, word),
                _ => match each {
                    Some((many, word)) => (n.from, n.to, many, word),
                    None => (n.from, n.to, 1, None),
                },
            };
            let said = left.is_some() || right.is_some() || each.is_some();
            let minus = right.is_some() && self.minus(n.to);
            let lost = if said { None } else { self.lost(n.to) };
            let to = lost.unwrap_or(to);
            let part = self.part_of_one(from, to);
            let to = part.unwrap_or(to);
            let decimal = |k: &usize| self.plain[*k] == '.' || self.plain[*k].is_ascii_digit();
            let from = if part.is_some() {
                from - (0..from).rev().take_while(decimal).count()
            } else {
                from
            };
            let words = self.text(from, to);
            self.take(from, to);
            let sure = wrong.is_ok();
            if wrong.is_ok() && !said && n.size == Some(true) && n.may.len() == 1 {
                wrong = Err(Wrong::SizeOrQuantity(words));
                continue;
            }
            match (n.may.as_slice(), weight(list, n.may[0], many, word)) {
                _ if lost.is_some() || minus => {
                    wrong = wrong.and(Err(Wrong::BadQuantity(words)));
                }
                ([_], Some(many)) if (1..=MOST).contains(&many) && part.is_none() => {
                    match out.iter_mut().find(|g| g.0 == n.may[0]) {
                        Some(same) => same.1 += many,
                        None => out.push((n.may[0], many)),
                    }
                }
                ([_], _) if sure => wrong = Err(Wrong::BadQuantity(words)),
                (_, _) if sure => wrong = Err(Wrong::Several(words)),
                _ => {}
            }
        }
        wrong
    }

    /// `A -1`; not `苹果-2份`.
    fn minus(&self, at: usize) -> bool {
        let next = (at..self.plain.len()).find(|k| self.plain[*k] != ' ');
        next.is_some_and(|k| k > at && self.plain[k] == '-' && self.digit(k + 1))
    }
    /// Behind a good that nobody said how many of there is a number which was read as something
    /// else or not at all, as in `A 100` or `A一对`: where it ends.
    fn lost(&self, at: usize) -> Option<usize> {
        let word = |c: char| counts(c) || "壹贰叁".contains(c);
        if self.is(at, word) {
            let to = (at..self.plain.len()).find(|k| !self.is(*k, char::is_alphabetic));
            return Some(to.unwrap_or(self.plain.len()));
        }
        let next = (at..self.plain.len()).find(|k| self.plain[*k] != ' ')?;
        let end = || (next..self.plain.len()).find(|k| !self.plain[*k].is_ascii_digit());
        self.lone.contains(&next).then(|| end().unwrap_or(self.plain.len()))
    }
    /// `各2份`: as many of each that has no number of its own.
    fn of_each(&mut self) -> Option<(i64, Option<char>)> {
        let at = (0..self.plain.len()).find(|k| self.is(*k, |c| c == '各'))?;
        let from = (at + 1..self.plain.len()).find(|k| !self.is(*k, |c| " x*:+".contains(c)))?;
        let (many, word, to) = self.quantity(from)?;
        self.take(at, to);
        Some((many, word))
    }

    /// Half a box, or `1.5`: where it ends.
    fn part_of_one(&self, from: usize, to: usize) -> Option<usize> {
        let point = |k: usize| self.is(k, |c| c == '.') && self.digit(k + 1);
        if self.is(to, |c| c == '半') {
            return Some(to + 1 + usize::from(self.is(to + 1, unit)));
        }
        if point(to) {
            let end = to + 1 + self.digits(to + 1);
            return Some(end + usize::from(self.is(end, unit)));
        }
        let half = |k: usize| self.plain.get(k) == Some(&'半');
        let before = from > 0 && (half(from - 1) || point(from - 1));
        let measured = from > 1 && half(from - 2) && unit(self.plain[from - 1]);
        (before || measured).then_some(to)
    }

    /// `+1`, `2份`: of a list with one good nobody says which.
    pub(super) fn of_the_only_one(&mut self, list: &[Good]) -> Option<(usize, i64)> {
        let [_] = list else { return None };
        let letter = |k: usize| self.is(k, char::is_alphabetic);
        let first = (0..self.plain.len()).find(|k| letter(*k)).unwrap_or(0);
        let name = (first..self.plain.len()).take_while(|k| letter(*k)).count();
        // 2份 by itself or behind the name; 西瓜2个 is something else
        let counted = |k: usize| {
            let (_, word, end) = self.quantity(k)?;
            let glued = k > 0 && letter(k - 1) && (k > first + name || word.is_none());
            // 3 plums are no peaches
            let other = self.is(end, |c| c == ' ') && self.is(end + 1, |c| c.is_ascii_alphabetic());
            (!glued && !letter(end) && !other).then_some(k)
        };
        let from = (0..self.plain.len()).find_map(counted)?;
        let (many, word, end) = self.quantity(from)?;
        let plus = from > 0 && self.plain[from - 1] == '+';
        self.take(from - usize::from(plus), end);
        let many = weight(list, 0, many, word)?;
        (1..=MOST).contains(&many).then_some((0, many))
    }
}

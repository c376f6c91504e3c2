//! A list pasted from a chat outside: each line read as who wants what.
use super::pasted_lines::{self, LETTERS};
use super::pasted_sizes::{self as sizes, Size};
use super::pasted_words::{Good, found, number, plain, unit};

/// Why a line is no order yet.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Wrong {
    /// Nobody is named.
    NoName,
    /// Nothing of the list is wanted.
    NoGoods,
    /// These words are wanted and not on the list.
    Unknown(String),
    /// These words fit several goods.
    Several(String),
    /// Half a box, none, or too many.
    BadQuantity(String),
    /// The size of one, or how many.
    SizeOrQuantity(String),
    /// It was taken back or changed: what is wanted in the end is for a person to say.
    Changed(String),
    /// Its end was not read.
    TooLong,
}

#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Row {
    pub name: String,
    pub phone: String,
    /// The flat, and what else was said.
    pub note: String,
    /// Goods by their place on the list.
    pub goods: Vec<(usize, i64)>,
    pub wrong: Option<Wrong>,
}

/// Of one good.
pub const MOST: i64 = 99;

/// A stretch of a line that names goods.
pub(super) struct Named {
    pub(super) from: usize,
    pub(super) to: usize,
    /// Places on the list it may mean.
    pub(super) may: Vec<usize>,
    /// It ends in a number of its own; whether that may be how many as well.
    pub(super) size: Option<bool>,
}

/// One line while it is read: what was typed, the same in plain letters, what is read already.
pub(super) struct Reading {
    typed: Vec<char>,
    pub(super) plain: Vec<char>,
    pub(super) used: Vec<bool>,
    pub(super) sizes: Vec<Size>,
    /// Where a number stands alone that may be a flat.
    pub(super) lone: Vec<usize>,
    /// What a good costs, by its beginning and end.
    pub(super) prices: Vec<(usize, usize)>,
    notes: Vec<(usize, String)>,
}

/// The people of a pasted list, each with the number that stood before; one who has none, below
/// someone whose goods are named already, is one more.
pub fn people(text: &str, list: &[Good]) -> Vec<(Option<u32>, String)> {
    let mut out: Vec<(Option<u32>, String)> = vec![];
    for (number, words) in pasted_lines::lines(text) {
        let mut parts = words.lines();
        out.push((number, parts.next().unwrap_or_default().to_owned()));
        for part in parts {
            let named = |text: &str| !read(text, list).goods.is_empty();
            match out.last_mut() {
                // more is not read, and told to be too long
                Some(last) if last.1.chars().nth(LETTERS).is_some() => {}
                Some(last) if !(named(&last.1) && read(part, list).wrong.is_none()) => {
                    last.1 = format!("{} {part}", last.1);
                }
                _ => out.push((None, part.to_owned())),
            }
        }
    }
    out
}

pub fn read(line: &str, list: &[Good]) -> Row {
    let typed: Vec<char> = line.chars().take(LETTERS).collect();
    let plain: Vec<char> = typed.iter().map(|c| plain(*c)).collect();
    let used = vec![false; typed.len()];
    let (sizes, lone, prices, notes) = (vec![], vec![], vec![], vec![]);
    let mut r = Reading { typed, plain, used, sizes, lone, prices, notes };
    let mut row = Row { phone: r.phone(), ..Row::default() };
    r.find_sizes(list);
    r.flat();
    let named = r.goods(list);
    let changed = r.changed(&named);
    row.wrong = r.quantities(list, named, &mut row.goods).err();
    row.wrong = changed.or(row.wrong.take());
    if row.goods.is_empty() && row.wrong.is_none() {
        row.goods.extend(r.of_the_only_one(list));
    }
    let (name, unknown) = r.rest();
    row.name = name;
    r.notes.sort();
    row.note = r.notes.iter().map(|n| n.1.as_str()).collect::<Vec<_>>().join(" ");
    row.wrong = row.wrong.take().or(unknown);
    let long = line.chars().nth(LETTERS).map(|_| Wrong::TooLong);
    row.wrong = long.or(row.wrong.take());
    let none = || row.goods.is_empty().then_some(Wrong::NoGoods);
    row.wrong = row.wrong.take().or_else(none).or(row.name.is_empty().then_some(Wrong::NoName));
    row
}

impl Reading {
    pub(super) fn is(&self, k: usize, what: impl Fn(char) -> bool) -> bool {
        self.plain.get(k).is_some_and(|c| !self.used[k] && what(*c))
    }
    pub(super) fn digit(&self, k: usize) -> bool {
        self.is(k, |c| c.is_ascii_digit())
    }
    pub(super) fn digits(&self, from: usize) -> usize {
        (from..self.plain.len()).take_while(|k| self.digit(*k)).count()
    }
    pub(super) fn text(&self, from: usize, to: usize) -> String {
        self.typed[from..to].iter().collect::<String>().trim().to_owned()
    }
    pub(super) fn take(&mut self, from: usize, to: usize) {
        self.used[from..to].fill(true);
    }
    pub(super) fn aside(&mut self, from: usize, to: usize) {
        let words = self.text(from, to);
        self.notes.push((from, words));
        self.take(from, to);
    }

    /// What was ordered and is not wanted any more, or was something else before.
    fn changed(&self, named: &[Named]) -> Option<Wrong> {
        const WORDS: [&str; 17] = [
            "取消",
            "退掉",
            "退了",
            "退单",
            "退款",
            "退订",
            "改成",
            "改为",
            "改要",
            "换成",
            "换为",
            "不要了",
            "不用了",
            "不订了",
            "cancel",
            "instead",
            "minus",
        ];
        const NOT: [&str; 7] = ["不要", "别要", "去掉", "减掉", "不加", " no", " not"];
        let line: String = (0..self.plain.len())
            .map(|k| if self.used[k] || self.sized(k) { ' ' } else { self.plain[k] })
            .collect();
        let not = |n: &Named| {
            let before: String = self.plain[..n.from].iter().collect();
            NOT.into_iter().find(|w| before.trim_end_matches([' ', ',']).ends_with(w))
        };
        let word = WORDS.into_iter().find(|w| line.contains(w));
        let word = word.or_else(|| named.iter().find_map(not))?;
        Some(Wrong::Changed(word.trim().to_owned()))
    }
    fn find_sizes(&mut self, list: &[Good]) {
        let mut k = 0;
        while k < self.plain.len() {
            let ends = |g: &Good| sizes::longest(&self.plain, k, &g.sizes);
            let free = |to: &usize| !self.used[k..*to].contains(&true);
            let Some(to) = list.iter().filter_map(ends).filter(free).max() else {
                k += 1;
                continue;
            };
            let fits = |(_, g): &(usize, &Good)| ends(g) == Some(to);
            let may = list.iter().enumerate().filter(fits).map(|(k, _)| k).collect();
            let either = sizes::either(&self.plain[k..to]);
            let closed = self.typed.get(to).is_some_and(|c| ")）]】".contains(*c));
            let to = to + usize::from(closed);
            self.sizes.push(Size { from: k, to, may, either });
            k = to;
        }
    }
    /// It is inside a name.
    pub(super) fn sized(&self, k: usize) -> bool {
        self.sizes.iter().any(|s| (s.from..s.to).contains(&k))
    }

    /// Every stretch that names something of the list. The first word is a name, unless it has a
    /// number in it or nothing else names anything.
    fn goods(&self, list: &[Good]) -> Vec<Named> {
        let blank = |k: &usize| self.plain[*k] == ' ' || self.used[*k];
        let start = (0..self.plain.len()).find(|k| !blank(k)).unwrap_or(0);
        let end = (start..self.plain.len()).find(blank).unwrap_or(self.plain.len());
        let sized = |k: usize| number(&self.plain, k).is_some_and(|(_, to)| self.is(to, unit));
        let counted = (start..end).any(|k| self.digit(k) || sized(k));
        let after = if counted { start } else { end };
        let all = self.named(list, after);
        if all.is_empty() && after > start && !self.counts(after) {
            return self.named(list, start + 1);
        }
        all
    }
    /// Whether a quantity stands anywhere behind.
    fn counts(&self, from: usize) -> bool {
        (from..self.plain.len()).any(|k| self.quantity(k).is_some())
    }
    fn named(&self, list: &[Good], from: usize) -> Vec<Named> {
        let (mut k, mut out) = (from, Vec::<Named>::new());
        while k < self.plain.len() {
            let to = (k..self.plain.len()).find(|k| self.used[*k]).unwrap_or(self.plain.len());
            let size = self.sizes.iter().find(|s| s.from == k);
            let name = || {
                found(&self.plain[..to], k, list)
                    .map(|(to, may)| (to, may, sizes::either(&self.plain[k..to]).then_some(true)))
            };
            match size.map(|s| (s.to, s.may.clone(), Some(s.either))).or_else(name) {
                Some((to, may, size)) => {
                    // the marks around a size part nothing
                    let bare = |n: &Named| {
                        let mark = |c: &char| *c == ' ' || *c == ',';
                        let sized = size.is_some() || n.size.is_some();
                        self.plain[n.to..k].iter().all(|c| *c == ' ' || sized && mark(c))
                    };
                    let both =
                        |n: &Named| may.iter().copied().filter(|m| n.may.contains(m)).collect();
                    let last = out.last_mut().filter(|n| bare(n));
                    let shared: Vec<usize> = last.as_ref().map_or(vec![], |n| both(n));
                    match last {
                        // two words of one thing: its name and its size
                        Some(n) if !shared.is_empty() => {
                            n.to = to;
                            n.may = shared;
                            n.size = size;
                        }
                        _ => out.push(Named { from: k, to, may, size }),
                    }
                    k = to;
                }
                None => k += 1,
            }
        }
        out
    }

    /// What nobody has read: the name first, then words aside; what has a number is wanted and
    /// unknown.
    fn rest(&mut self) -> (String, Option<Wrong>) {
        let (mut name, mut last, mut unknown) = (String::new(), 0, None);
        for (from, to) in self.chunks() {
            let text = self.text(from, to);
            let counted = self.plain[from..to].iter().any(char::is_ascii_digit)
                || (from..to).any(|k| self.quantity(k).is_some_and(|q| q.1.is_some()));
            let words = self.plain[from..to].iter().any(|c| c.is_alphabetic());
            let latin = |s: &str| s.chars().all(|c| c.is_ascii_alphabetic() || " .'-".contains(c));
            if name.is_empty() && words && (!counted || !self.wants(from, to)) {
                name = text;
                last = to;
            } else if counted && self.sum(from, to) {
                self.notes.push((from, text));
            } else if counted && unknown.is_none() {
                unknown = Some(Wrong::Unknown(text));
            } else if !name.is_empty() && latin(&name) && latin(&text) && self.next_to(last, from) {
                name = format!("{name} {text}");
                last = to;
            } else if words && !counted {
                self.notes.push((from, text));
            }
        }
        (name, unknown)
    }
    fn next_to(&self, last: usize, from: usize) -> bool {
        self.plain[last..from].iter().all(|c| *c == ' ') && !self.used[last..from].contains(&true)
    }
    /// A quantity with a unit or a sign, as in `张三2箱西瓜`; `小王123` is a name.
    fn wants(&self, from: usize, to: usize) -> bool {
        let signed = |k: usize| k > from && "x*+:".contains(self.plain[k - 1]);
        (from..to).any(|k| self.quantity(k).is_some_and(|q| q.1.is_some() || signed(k)))
    }
    /// 合计1077, 已转账718: what it comes to, and no goods.
    fn sum(&self, from: usize, to: usize) -> bool {
        let text: String = self.plain[from..to].iter().collect();
        let paid = ["合计", "总共", "总计", "共", "已付", "已转", "转账", "付了", "total", "paid"];
        let goods = (from..to).any(|k| self.quantity(k).is_some_and(|q| q.1.is_some()));
        !goods && paid.iter().any(|w| text.starts_with(w))
    }
    /// Words between blanks, marks and what is read.
    fn chunks(&self) -> Vec<(usize, usize)> {
        let latin = |k: usize| self.is(k, |c| c.is_ascii_alphabetic());
        let joint = |k: usize| k > 0 && self.is(k, |c| c == '-') && latin(k - 1) && latin(k + 1);
        let word = |k: usize| self.is(k, |c| c.is_alphanumeric() || ".'+_".contains(c));
        let inside = |k: usize| word(k) || joint(k);
        let (mut out, mut k) = (Vec::<(usize, usize)>::new(), 0);
        while k < self.plain.len() {
            let to = (k..self.plain.len()).find(|k| !inside(*k)).unwrap_or(self.plain.len());
            let digits = |(a, b): (usize, usize)| self.plain[a..b].iter().all(char::is_ascii_digit);
            match out.last_mut() {
                // 3 plums are wanted in one breath
                Some(last) if to > k && digits(*last) && latin(k) && self.next_to(last.1, k) => {
                    last.1 = to;
                }
                _ if to > k => out.push((k, to)),
                _ => {}
            }
            k = to + 1;
        }
        out
    }
}

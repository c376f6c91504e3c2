//! What stands beside the goods of a pasted line: a telephone, a flat, an hour.
use super::pasted::Reading;
use super::pasted_words::{plain, unit};

impl Reading {
    /// Eleven digits of the mainland or Britain, eight of Hong Kong, ten of Taiwan, any with `+`;
    /// in one piece or in groups.
    pub(super) fn phone(&mut self) -> String {
        for from in 0..self.plain.len() {
            let begins = self.digit(from) || self.is(from, |c| c == '+') && self.digit(from + 1);
            if !begins || from > 0 && self.digit(from - 1) {
                continue;
            }
            let mut to = from + 1;
            let gap = |r: &Reading, k: usize| r.is(k, |c| c == ' ' || c == '-') && r.digit(k + 1);
            let mut ends = vec![];
            while self.digit(to) || gap(self, to) {
                to += 1;
                if !self.digit(to) {
                    ends.push(to);
                }
            }
            for to in ends.into_iter().rev() {
                let text = self.text(from, to);
                let bare: String = text.chars().map(plain).filter(|c| !" -".contains(*c)).collect();
                let groups = text.chars().map(plain).any(|c| " -".contains(c));
                let fits = match bare.len() {
                    11 => {
                        bare.starts_with('1') && !bare.starts_with("10") || bare.starts_with("07")
                    }
                    10 => bare.starts_with("09"),
                    8 => !groups && bare.starts_with(|c: char| ('2'..='9').contains(&c)),
                    n => bare.starts_with('+') && (9..=16).contains(&n),
                };
                if fits {
                    self.take(from, to);
                    return bare;
                }
            }
        }
        String::new()
    }

    /// `3栋2单元502`, `5-1-302`, a bare number of three digits; the last of a phone, an hour.
    pub(super) fn flat(&mut self) {
        let mut k = 0;
        while k < self.plain.len() {
            if !self.digit(k) || self.sized(k) || k > 0 && self.plain[k - 1].is_ascii_digit() {
                k += 1;
                continue;
            }
            let to = self.flat_from(k);
            if to > k {
                // 502, and nothing that makes it a flat
                let lone = self.digits(k) == to - k;
                self.lone.extend(lone.then_some(k));
                self.prices.extend(self.price(k).map(|to| (k, to)));
                self.aside(k, to);
            }
            k = to.max(k + self.digits(k)).max(k + 1);
        }
    }
    fn flat_from(&self, from: usize) -> usize {
        let n = self.digits(from);
        let mut to = from + n;
        let place = |c: char| "栋幢座弄巷楼层室房".contains(c);
        let mut flat = false;
        loop {
            let house = self.is(to, |c| c == '号') && self.is(to + 1, |c| "楼院门".contains(c));
            let stair = self.is(to, |c| c == '单') && self.is(to + 1, |c| c == '元');
            let step = if house || stair { 2 } else { usize::from(self.is(to, place)) };
            let dash = self.is(to, |c| c == '-') && self.digit(to + 1);
            if step == 0 && !dash {
                break;
            }
            flat = true;
            to += step + usize::from(dash);
            to += self.digits(to);
            // the letter of a flat: 12座A
            let letter = self.is(to, |c| c.is_ascii_alphabetic());
            to += usize::from(letter && !self.is(to + 1, |c| c.is_ascii_alphanumeric()));
        }
        if let Some(to) = self.price(from) {
            return to;
        }
        let hour = self.is(to, |c| "点时日月".contains(c));
        let masked = self.is(to, |c| c == '*') && self.is(to + 1, |c| c == '*');
        if masked {
            while self.is(to, |c| c == '*' || c.is_ascii_digit()) {
                to += 1;
            }
            return to;
        }
        let glued = from > 0 && self.plain[from - 1].is_alphabetic();
        let alone = n >= 3 && !glued && !self.is(to, unit);
        let last = from >= 2 && self.plain[from - 1] == '号' && self.plain[from - 2] == '尾';
        if flat || hour || alone || last { to } else { from }
    }
    /// `359元`, `39.9元`: where it ends.
    fn price(&self, from: usize) -> Option<usize> {
        let whole = from + self.digits(from);
        let point = self.is(whole, |c| c == '.') && self.digit(whole + 1);
        let to = if point { whole + 1 + self.digits(whole + 1) } else { whole };
        self.is(to, |c| c == '元').then_some(to + 1)
    }
}

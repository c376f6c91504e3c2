//! A long log read in pieces, a thread each. Whatever is not plain goes the one way that can say
//! which line is wrong.
use super::{Rows, STEP, delimiter};
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::num::NonZero;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

/// Shorter logs are read before a thread has begun.
const LONG: usize = 1 << 20;
/// Memory is the limit beyond.
const THREADS: usize = 8;

/// Texts and their numbers, in the order in which they came.
#[derive(Clone, Default)]
pub(super) struct Names {
    /// Up to fifteen bytes, with their length: nothing else has to be looked at.
    short: HashMap<u128, u32, BuildHasherDefault<Quick>>,
    long: HashMap<Box<[u8]>, u32, BuildHasherDefault<Quick>>,
}
/// A million short names are looked up: quick to mix, and not made against a log written to be
/// slow, since who gives the file waits for it himself.
#[derive(Default)]
struct Quick(u64);
impl Hasher for Quick {
    fn write(&mut self, bytes: &[u8]) {
        for eight in bytes.chunks(8) {
            let mut word = [0; 8];
            word[..eight.len()].copy_from_slice(eight);
            self.write_u64(u64::from_le_bytes(word));
        }
    }
    fn write_u64(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(5) ^ word).wrapping_mul(0x517c_c1b7_2722_0a95);
    }
    fn write_u128(&mut self, word: u128) {
        self.write_u64(word as u64);
        self.write_u64((word >> 64) as u64);
    }
    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 32)
    }
}
impl Names {
    pub(super) fn number(&mut self, name: &[u8]) -> u32 {
        let next = (self.short.len() + self.long.len()) as u32;
        let Some(short) = short(name) else {
            if let Some(number) = self.long.get(name) {
                return *number;
            }
            self.long.insert(name.into(), next);
            return next;
        };
        *self.short.entry(short).or_insert(next)
    }
    pub(super) fn texts(self) -> Vec<String> {
        let text = |name: Box<[u8]>| {
            let plain = String::from_utf8(name.into_vec());
            plain.unwrap_or_else(|odd| String::from_utf8_lossy(odd.as_bytes()).into_owned())
        };
        self.listed().into_iter().map(text).collect()
    }
    /// In the order of their numbers.
    fn listed(self) -> Vec<Box<[u8]>> {
        let mut out = vec![Box::default(); self.short.len() + self.long.len()];
        for (name, number) in self.short {
            let bytes = name.to_le_bytes();
            out[number as usize] = bytes[..usize::from(bytes[15])].into();
        }
        for (name, number) in self.long {
            out[number as usize] = name;
        }
        out
    }
}
/// A name of at most fifteen bytes; its length is the last.
fn short(name: &[u8]) -> Option<u128> {
    let mut bytes = [0; 16];
    bytes.get_mut(..name.len()).filter(|b| b.len() < 16)?.copy_from_slice(name);
    bytes[15] = name.len() as u8;
    Some(u128::from_le_bytes(bytes))
}

/// The rows of a long plain text, as one reader would have them. None: it is short, quotes
/// something, or has a row that is wrong.
pub(super) fn read(
    text: &[u8],
    body: usize,
    fresh: &Rows,
    told: &mut impl FnMut(u64),
) -> Option<(Rows, u64)> {
    if text.len() < LONG || text.contains(&b'"') {
        return None;
    }
    let by = delimiter(text);
    let most = std::thread::available_parallelism().map_or(1, NonZero::get).min(THREADS);
    let mut pieces = pieces(&text[body..], most).into_iter();
    let (first, done) = (pieces.next()?, AtomicU64::new(0));
    let empty = || Rows::fresh(fresh.columns, fresh.width, fresh.order);
    let read: Vec<Option<(Rows, u64)>> = std::thread::scope(|scope| {
        let others: Vec<_> = pieces
            .map(|piece| {
                let (rows, done) = (empty(), &done);
                scope.spawn(move || rows_of(piece, by, rows, done, &mut |_| {}))
            })
            .collect();
        let mine = rows_of(first, by, empty(), &done, told);
        let others = others.into_iter().map(|thread| thread.join().ok().flatten());
        std::iter::once(mine).chain(others).collect()
    });
    let mut all: Option<(Rows, u64)> = None;
    for piece in read {
        let (rows, count) = piece?;
        all = Some(match all {
            None => (rows, count),
            Some((mut before, n)) => {
                before.append(rows);
                (before, n + count)
            }
        });
    }
    all
}

/// About equal parts, each of whole lines.
fn pieces(text: &[u8], most: usize) -> Vec<&[u8]> {
    let (mut out, mut rest) = (Vec::new(), text);
    for left in (1..=most).rev() {
        let about = rest.len() / left;
        let end = rest.iter().skip(about).position(|b| *b == b'\n');
        let end = end.filter(|_| left > 1).map_or(rest.len(), |n| about + n + 1);
        let (piece, after) = rest.split_at(end);
        out.push(piece);
        rest = after;
    }
    out
}

fn rows_of(
    piece: &[u8],
    by: u8,
    mut rows: Rows,
    done: &AtomicU64,
    told: &mut impl FnMut(u64),
) -> Option<(Rows, u64)> {
    let (mut count, mut told_at, mut from) = (0, 0, 0);
    let mut ends: Vec<(usize, usize)> = Vec::with_capacity(rows.width);
    while let Some(next) = line(piece, from, by, &mut ends)? {
        from = next;
        // an empty line is no row
        if ends.len() == 1 && ends[0].0 == ends[0].1 {
            continue;
        }
        count += 1;
        if count % STEP == 0 {
            let more = (from - told_at) as u64;
            told(done.fetch_add(more, Relaxed) + more);
            told_at = from;
        }
        let field = |at: usize| ends.get(at).map_or(&b""[..], |(from, to)| &piece[*from..*to]);
        rows.row(ends.len(), field).ok()?;
    }
    done.fetch_add((piece.len() - told_at) as u64, Relaxed);
    Some((rows, count))
}

/// Where the fields of the line at `from` are, and where the next one begins: Some(None) behind the
/// last. None: a line ends as on machines of the last century.
#[allow(clippy::option_option)]
fn line(text: &[u8], from: usize, by: u8, ends: &mut Vec<(usize, usize)>) -> Option<Option<usize>> {
    if from >= text.len() {
        return Some(None);
    }
    ends.clear();
    let mut begin = from;
    for (at, byte) in text.iter().enumerate().skip(from) {
        // the one comparison most bytes need
        if *byte > b'|' {
            continue;
        }
        if *byte == by {
            ends.push((begin, at));
            begin = at + 1;
        } else if *byte == b'\n' {
            ends.push((begin, at));
            return Some(Some(at + 1));
        } else if *byte == b'\r' {
            ends.push((begin, at));
            return (text.get(at + 1) == Some(&b'\n')).then_some(Some(at + 2));
        }
    }
    ends.push((begin, text.len()));
    Some(Some(text.len()))
}

impl Rows {
    /// The next piece's rows behind these; its names get the numbers they have here.
    fn append(&mut self, next: Rows) {
        let customers = self.customers.with(next.customers);
        let numbers = self.numbers.with(next.numbers);
        let numbered = self.columns.order.is_some();
        self.orders.extend(next.orders.into_iter().map(|mut order| {
            order.customer = customers[order.customer as usize];
            if numbered {
                order.number = numbers[order.number as usize];
            }
            order
        }));
        self.nobody += next.nobody;
        self.returned += next.returned;
    }
}
impl Names {
    /// The numbers that another list's names have in this one, in the order of theirs.
    fn with(&mut self, other: Names) -> Vec<u32> {
        other.listed().iter().map(|name| self.number(name)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::read;
    use super::pieces;
    use crate::columns::Wanted;

    #[test]
    fn pieces_are_whole_lines_and_nothing_is_lost() {
        for text in ["", "a", "a\n", "a\nb", "a\nbb\nccc\ndddd\n", "aaaaaaaaaaaaaaaa\nb\nc"] {
            for most in 1..6 {
                let all = pieces(text.as_bytes(), most);
                assert_eq!(all.concat(), text.as_bytes(), "{text:?} in {most}");
                let whole = |p: &&[u8]| p.is_empty() || p.ends_with(b"\n");
                let last = all.iter().rposition(|p| !p.is_empty()).unwrap_or(0);
                assert!(all[..last].iter().all(whole), "{text:?} in {most}");
            }
        }
    }

    /// The same log, once plain and long, once with a quote that makes it go the other way.
    #[test]
    fn both_ways_read_the_same() {
        let mut plain = String::from("customer,order,date,amount\n");
        for n in 0..60_000_u64 {
            let (who, day) = (n * 7919 % 5000, 1 + n % 28);
            plain.push_str(&format!("c{who},{},2026-03-{day:02},{}.5\n", n / 2, n % 90));
        }
        let quoted = plain.replacen("c0,0,", "\"c0\",0,", 1);
        assert!(plain.len() > super::LONG && quoted != plain);
        let of = |text: &str| read(text.as_bytes(), &Wanted::default(), |_| {}).expect("a log");
        assert_eq!(of(&plain), of(&quoted));
        // a wrong row in the last piece is named by its line
        let wrong = format!("{plain}c1,1,never,1\n");
        let why = read(wrong.as_bytes(), &Wanted::default(), |_| {}).expect_err("a bad row");
        assert!(format!("{why:?}").contains("line: 60002"), "{why:?}");
    }
}

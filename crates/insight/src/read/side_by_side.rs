//! A long log read in pieces, a thread each. Whatever is not plain goes the one way that can say
//! which line is wrong.
use super::{Rows, STEP, reader};
use csv::ByteRecord;
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
    known: HashMap<Box<[u8]>, u32, BuildHasherDefault<Quick>>,
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
    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 32)
    }
}
impl Names {
    pub(super) fn number(&mut self, name: &[u8]) -> u32 {
        if let Some(number) = self.known.get(name) {
            return *number;
        }
        let number = self.known.len() as u32;
        self.known.insert(name.into(), number);
        number
    }
    pub(super) fn texts(self) -> Vec<String> {
        let mut out = vec![String::new(); self.known.len()];
        for (name, number) in self.known {
            out[number as usize] = String::from_utf8_lossy(&name).into_owned();
        }
        out
    }
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
    let most = std::thread::available_parallelism().map_or(1, NonZero::get).min(THREADS);
    let mut pieces = pieces(&text[body..], most).into_iter();
    let (first, done) = (pieces.next()?, AtomicU64::new(0));
    let empty = || Rows::fresh(fresh.columns, fresh.width, fresh.order);
    let read: Vec<Option<(Rows, u64)>> = std::thread::scope(|scope| {
        let others: Vec<_> = pieces
            .map(|piece| {
                let (rows, done) = (empty(), &done);
                scope.spawn(move || rows_of(piece, text, rows, done, &mut |_| {}))
            })
            .collect();
        let mine = rows_of(first, text, empty(), &done, told);
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
    whole: &[u8],
    mut rows: Rows,
    done: &AtomicU64,
    told: &mut impl FnMut(u64),
) -> Option<(Rows, u64)> {
    // the delimiter is the heading's
    let mut csv = reader(whole, false, piece);
    let (mut record, mut count, mut at) = (ByteRecord::new(), 0, 0);
    while csv.read_byte_record(&mut record).ok()? {
        count += 1;
        if count % STEP == 0 {
            let here = csv.position().byte();
            told(done.fetch_add(here - at, Relaxed) + here - at);
            at = here;
        }
        rows.row(&record).ok()?;
    }
    done.fetch_add(csv.position().byte() - at, Relaxed);
    Some((rows, count))
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
        let mut names: Vec<(Box<[u8]>, u32)> = other.known.into_iter().collect();
        names.sort_unstable_by_key(|(_, number)| *number);
        names.into_iter().map(|(name, _)| self.number(&name)).collect()
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

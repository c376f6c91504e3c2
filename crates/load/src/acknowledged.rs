//! What was acknowledged: one line of text each.
use anyhow::{Context, Result};
use std::fmt;

#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Note {
    Order { member: usize, order: String },
    Paid { member: usize, order: String },
    Line { member: usize, group: String, line: String },
}

impl Note {
    pub fn member(&self) -> usize {
        match self {
            Note::Order { member, .. } | Note::Paid { member, .. } | Note::Line { member, .. } => {
                *member
            }
        }
    }
    fn parse(text: &str) -> Option<Note> {
        let words: Vec<&str> = text.split(' ').collect();
        let own = |word: &str| word.to_owned();
        Some(match words[..] {
            ["order", m, order] => Note::Order { member: m.parse().ok()?, order: own(order) },
            ["paid", m, order] => Note::Paid { member: m.parse().ok()?, order: own(order) },
            ["line", m, group, line] => {
                Note::Line { member: m.parse().ok()?, group: own(group), line: own(line) }
            }
            _ => return None,
        })
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Note::Order { member, order } => write!(f, "order {member} {order}"),
            Note::Paid { member, order } => write!(f, "paid {member} {order}"),
            Note::Line { member, group, line } => write!(f, "line {member} {group} {line}"),
        }
    }
}

pub fn write(file: &str, all: &[Note]) -> Result<()> {
    let text: String = all.iter().map(|n| format!("{n}\n")).collect();
    std::fs::write(file, text).with_context(|| format!("{file} cannot be written"))
}

pub fn read(file: &str) -> Result<Vec<Note>> {
    let text = std::fs::read_to_string(file).with_context(|| format!("no notes in {file}"))?;
    let one = |l: &str| Note::parse(l).with_context(|| format!("{file}: {l:?} is no note"));
    text.lines().map(one).collect()
}

/// A kind of thing that was never acknowledged: then the test of it would prove nothing.
pub fn none_of(all: &[Note]) -> Option<&'static str> {
    let kinds: [(&str, fn(&Note) -> bool); 3] = [
        ("orders", |n| matches!(n, Note::Order { .. })),
        ("payments", |n| matches!(n, Note::Paid { .. })),
        ("lines", |n| matches!(n, Note::Line { .. })),
    ];
    kinds.into_iter().find(|(_, is)| !all.iter().any(is)).map(|(name, _)| name)
}

/// `12 orders, 9 payments, 30 lines`.
pub fn counted(all: &[Note]) -> String {
    let count = |is: fn(&Note) -> bool| all.iter().filter(|n| is(n)).count();
    format!(
        "{} orders, {} payments, {} lines",
        count(|n| matches!(n, Note::Order { .. })),
        count(|n| matches!(n, Note::Paid { .. })),
        count(|n| matches!(n, Note::Line { .. }))
    )
}

#[cfg(test)]
mod tests {
    use super::{Note, none_of};

    #[test]
    fn a_run_without_one_kind_of_thing_proves_nothing() {
        let of = |texts: &[&str]| texts.iter().filter_map(|t| Note::parse(t)).collect::<Vec<_>>();
        assert_eq!(none_of(&of(&["order 0 ord_1", "paid 0 ord_1"])), Some("lines"));
        assert_eq!(none_of(&of(&["line 0 g m", "order 0 ord_1", "paid 0 ord_1"])), None);
    }
    #[test]
    fn lines_come_back_as_they_were() {
        for text in ["order 0 ord_1", "paid 2 ord_1", "line 1 grp_1 msg_2"] {
            assert_eq!(Note::parse(text).map(|n| n.to_string()).as_deref(), Some(text));
        }
        assert_eq!(Note::parse("order x ord_1"), None);
        assert_eq!(Note::parse("sold 1 ord_1"), None);
    }
}

//! Numbers that belong to a name, as in 1.5米床 or 80克（4枚入）: they say nothing of how many.
use super::pasted_words::unit;

/// A stretch of a line that is such a name.
#[derive(Clone, Debug)]
pub(super) struct Size {
    pub from: usize,
    pub to: usize,
    /// Places on the list it may mean.
    pub may: Vec<usize>,
    /// `30枚` may be the size and may be how many.
    pub either: bool,
}

/// Letters, digits, and the points between digits.
fn bare(words: &[char]) -> Vec<char> {
    let digit = |k: usize| words.get(k).is_some_and(char::is_ascii_digit);
    let point = |k: usize| words[k] == '.' && k > 0 && digit(k - 1) && digit(k + 1);
    let keep = |k: &usize| words[*k].is_alphanumeric() || point(*k);
    (0..words.len()).filter(keep).map(|k| words[k]).collect()
}

/// What a good may be called with its numbers: whole, its title, its choices, and each word of
/// them, or two where the number stands alone, as in `2 kg`.
pub(super) fn names(title: &[char], choices: &[char]) -> Vec<Vec<char>> {
    let all = [title, &[' '], choices].concat();
    let words: Vec<Vec<char>> = all
        .split(|c| !c.is_alphanumeric() && *c != '.')
        .map(bare)
        .filter(|w| !w.is_empty())
        .collect();
    let two = words.windows(2).filter(|w| w[0].iter().all(char::is_ascii_digit));
    let two: Vec<Vec<char>> = two.map(<[Vec<char>]>::concat).collect();
    let mut out: Vec<Vec<char>> = [bare(&all), bare(title), bare(choices)].to_vec();
    out.extend(words.iter().flat_map(|w| beginnings(w)));
    out.extend(words.iter().cloned().chain(two));
    let sized =
        |w: &Vec<char>| w.iter().any(char::is_ascii_digit) && w.iter().any(|c| c.is_alphabetic());
    out.retain(sized);
    out.sort_by_key(|w| std::cmp::Reverse(w.len()));
    out.dedup();
    out
}

/// `1.5米` of 1.5米床; not `4枚` of 4枚入, which is a quantity.
fn beginnings(word: &[char]) -> Vec<Vec<char>> {
    let number = word.iter().take_while(|c| c.is_ascii_digit() || **c == '.').count();
    let named = word.get(number).is_some_and(|c| !c.is_ascii() && !unit(*c));
    let from = if number > 0 && named { number + 1 } else { word.len() };
    (from..word.len()).map(|to| word[..to].to_vec()).collect()
}

/// Where this name ends if it stands here; marks between its words are not looked at.
fn ends(line: &[char], from: usize, name: &[char]) -> Option<usize> {
    let digit = |k: usize| line.get(k).is_some_and(char::is_ascii_digit);
    let inside = |k: usize| digit(k) || line.get(k) == Some(&'.') && digit(k + 1);
    let split = from > 0 && (digit(from - 1) || line[from - 1] == '.' && from > 1);
    if name[0].is_ascii_digit() && split {
        return None;
    }
    let mut at = from;
    for (k, c) in name.iter().enumerate() {
        let number = k > 0 && !c.is_alphabetic() && !name[k - 1].is_alphabetic();
        while k > 0 && !number && line.get(at).is_some_and(|c| !c.is_alphanumeric()) {
            at += 1;
        }
        if line.get(at) != Some(c) {
            return None;
        }
        at += 1;
    }
    let last = name[name.len() - 1];
    let goes_on = match last {
        c if c.is_ascii_digit() => inside(at),
        c if c.is_ascii() => line.get(at).is_some_and(char::is_ascii_alphabetic),
        _ => false,
    };
    (!goes_on).then_some(at)
}

/// The longest of these names that stands here, and where it ends.
pub(super) fn longest(line: &[char], from: usize, names: &[Vec<char>]) -> Option<usize> {
    names.iter().filter_map(|n| ends(line, from, n)).max()
}

/// It ends in a number and a measure word.
pub(super) fn either(text: &[char]) -> bool {
    let words: Vec<char> = text.iter().copied().filter(|c| *c != ' ').collect();
    matches!(words.as_slice(), [.., n, c] if n.is_ascii_digit() && unit(*c) && *c != '斤')
}

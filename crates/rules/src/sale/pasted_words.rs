//! Letters, numbers, units and names of goods as people type them into a list.
use super::pasted_sizes as sizes;

/// Something on the list, its title and what was chosen of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Good {
    plain: Vec<char>,
    words: Vec<String>,
    /// What it may be called with the numbers in its name.
    pub(super) sizes: Vec<Vec<char>>,
    /// Sold by so many jin, as in 五斤装.
    weight: Option<i64>,
    /// Its name says how heavy it is.
    weighed: bool,
}

impl Good {
    pub fn new(title: &str, choices: &str) -> Good {
        let all: Vec<char> = format!("{title} {choices}").chars().map(plain).collect();
        let words = words(&all);
        let weight = weight_in(&all);
        let weighed = weighed(&all);
        let flat = |s: &str| s.chars().map(plain).collect::<Vec<char>>();
        let sizes = sizes::names(&flat(title), &flat(choices));
        let plain = all.into_iter().filter(|c| c.is_alphanumeric()).collect();
        Good { plain, words, sizes, weight, weighed }
    }
}

/// Traditional letters of goods, numbers and addresses, each with its simplified one.
const HANT: &str = "個个蘋苹條条隻只顆颗組组兩两號号棟栋幢幢樓楼單单雞鸡魚鱼蝦虾貝贝麵面餅饼葉叶龍龙鳳凤櫻樱檸柠\
    紅红黃黄綠绿蔥葱薑姜蘿萝蔔卜豬猪鴨鸭鵝鹅雙双紙纸醬酱鹽盐點点時时層层員员門门車车廠厂麥麦餃饺湯汤飯饭糧粮\
    鮮鲜凍冻乾干濕湿鹹咸燒烧滷卤涼凉熱热檬檬棗枣貓猫絲丝線线斤斤聖圣凱凯鴿鸽羅罗蘭兰蓮莲藍蓝芒芒鳥鸟豆豆\
    莊庄農农園园場场產产國国華华東东陽阳寧宁烏乌蠔蚝參参蟲虫養养銀银爾尔楊杨萬万儲储頭头塊块袋袋罐罐籃篮裝装";

/// One letter in one way: narrow, small, simplified, its marks few.
pub fn plain(c: char) -> char {
    let narrow = match c as u32 {
        wide @ 0xFF01..=0xFF5E => char::from_u32(wide - 0xFEE0).unwrap_or(c),
        _ => c,
    };
    match narrow {
        '\u{3000}' | '\t' | '\u{a0}' => ' ',
        '×' | '✖' | '✕' => '*',
        '、' | '。' | ';' | '/' | '|' | '(' | ')' | '【' | '】' | '·' | '~' | '@' | '!' => ',',
        '—' | '–' | '―' => '-',
        '①'..='⑨' => char::from_u32(narrow as u32 - '①' as u32 + '1' as u32).unwrap_or(c),
        c if c.is_ascii() => c.to_ascii_lowercase(),
        c => {
            let mut pairs = HANT.chars().filter(|c| !c.is_whitespace());
            while let (Some(hant), Some(hans)) = (pairs.next(), pairs.next()) {
                if hant == c {
                    return hans;
                }
            }
            c
        }
    }
}

const UNITS: &str = "箱份斤盒袋包瓶个只件支罐桶条打串颗把组套提板块筐篮枚";
const LATIN: [&str; 14] = [
    "box", "boxes", "pc", "pcs", "pack", "packs", "bag", "bags", "kg", "set", "sets", "jar",
    "jars", "bottle",
];

/// A measure word, or the first letter of one.
pub fn unit(c: char) -> bool {
    UNITS.contains(c) || c == '公'
}
/// The Latin word that begins here is one.
pub fn latin_unit(plain: &[char], at: usize) -> Option<usize> {
    let before = at > 0 && plain[at - 1].is_ascii_alphabetic();
    let word: String = plain[at..].iter().take_while(|c| c.is_ascii_alphabetic()).collect();
    (!before && LATIN.contains(&word.as_str())).then_some(word.len())
}

/// A number from 0 to 999 that begins here, and where it ends.
pub fn number(plain: &[char], from: usize) -> Option<(i64, usize)> {
    let ten = |c: char| "零一二三四五六七八九".chars().position(|d| d == c).map(|n| n as i64);
    let han = |c: char| {
        ten(match c {
            '两' | '贰' => '二',
            '壹' => '一',
            '叁' => '三',
            c => c,
        })
    };
    let digits = plain[from..].iter().take_while(|c| c.is_ascii_digit()).count();
    if digits > 0 {
        let text: String = plain[from..from + digits].iter().collect();
        return text.parse().ok().filter(|_| digits <= 3).map(|n| (n, from + digits));
    }
    if let Some(named) = number_word(plain, from) {
        return Some(named);
    }
    let one = plain.get(from).copied()?;
    let next = |k: usize| plain.get(from + k).copied();
    match (han(one), one) {
        (Some(n), _) if next(1) == Some('十') => match next(2).and_then(han) {
            Some(m) => Some((10 * n + m, from + 3)),
            None => Some((10 * n, from + 2)),
        },
        (Some(n), _) => Some((n, from + 1)),
        (None, '十') => match next(1).and_then(han) {
            Some(m) => Some((10 + m, from + 2)),
            None => Some((10, from + 1)),
        },
        _ => None,
    }
}

/// `two`, as a word of its own.
fn number_word(plain: &[char], from: usize) -> Option<(i64, usize)> {
    const ALL: [&str; 10] =
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    if from > 0 && plain[from - 1].is_alphanumeric() {
        return None;
    }
    let word: String = plain[from..].iter().take_while(|c| c.is_ascii_alphabetic()).collect();
    let at = ALL.iter().position(|w| *w == word)?;
    Some((at as i64 + 1, from + word.len()))
}

/// How many of a good that is sold by weight: ten jin of five-jin boxes are two.
pub fn weight(list: &[Good], which: usize, many: i64, word: Option<char>) -> Option<i64> {
    let jin = match word {
        Some('斤') => many,
        Some('公' | 'k') => 2 * many,
        _ => return Some(many),
    };
    match list.get(which).map(|g| (g.weight, g.weighed)) {
        Some((Some(one), _)) => (jin % one == 0).then_some(jin / one),
        // three kilograms of what comes in packs of 250g: nobody said how many packs
        Some((None, true)) => None,
        _ => Some(many),
    }
}

/// In jin, two of which are a kilogram.
fn weight_in(plain: &[char]) -> Option<i64> {
    let kilo = plain.windows(2).position(|w| matches!(w, ['k', 'g'] | ['公', '斤']));
    let at = kilo.or_else(|| plain.iter().position(|c| *c == '斤'))?;
    let end = plain[..at].iter().rposition(|c| *c != ' ').map_or(0, |k| k + 1);
    let from = plain[..end].iter().rposition(|c| !c.is_ascii_digit()).map_or(0, |k| k + 1);
    if from > 0 && plain[from - 1] == '.' {
        return None;
    }
    let from = if from < end { from } else { end.checked_sub(1)? };
    let n = number(plain, from).map(|n| n.0).filter(|n| *n > 0)?;
    Some(if kilo.is_some() { 2 * n } else { n })
}
fn weighed(plain: &[char]) -> bool {
    let digit = |k: usize| plain[..k].iter().rev().find(|c| **c != ' ');
    let counted = |k: usize| digit(k).is_some_and(char::is_ascii_digit);
    let gram = |k: usize| {
        let after = plain.get(k + 1).is_some_and(char::is_ascii_alphabetic);
        plain[k] == '克' || plain[k] == 'g' && !after || plain[k..].starts_with(&['k', 'g'])
    };
    weight_in(plain).is_some() || (0..plain.len()).any(|k| gram(k) && counted(k))
}

/// Latin words, without the ending of many.
fn words(plain: &[char]) -> Vec<String> {
    let text: String = plain.iter().collect();
    let parts = text.split(|c: char| !c.is_ascii_alphabetic());
    parts.filter(|w| w.len() >= 3).map(one_of_many).collect()
}
fn one_of_many(word: &str) -> String {
    let stem = word.strip_suffix("ies").map(|s| format!("{s}y"));
    let es = || word.strip_suffix("es").filter(|s| s.ends_with(['s', 'x', 'h', 'o']));
    let short = es().or(word.strip_suffix('s')).unwrap_or(word);
    stem.unwrap_or_else(|| short.to_owned())
}

/// The longest stretch from here that is in the name of some of the list, and of which; a letter
/// is a place on the list.
pub fn found(line: &[char], from: usize, list: &[Good]) -> Option<(usize, Vec<usize>)> {
    let c = *line.get(from)?;
    let of = |fits: &dyn Fn(&Good) -> bool| -> Vec<usize> {
        list.iter().enumerate().filter(|(_, g)| fits(g)).map(|(k, _)| k).collect()
    };
    if c.is_ascii_alphabetic() {
        if from > 0 && line[from - 1].is_ascii_alphabetic() {
            return None;
        }
        let end = (from..line.len()).find(|k| !line[*k].is_ascii_alphabetic());
        let end = end.unwrap_or(line.len());
        let word: String = line[from..end].iter().collect();
        if word.len() == 1 {
            let place = usize::from(word.as_bytes()[0] - b'a');
            let known = place < list.len() && word != "x";
            return known.then(|| (end, vec![place]));
        }
        let stem = one_of_many(&word);
        let may = of(&|g| word.len() >= 3 && g.words.contains(&stem));
        return (!may.is_empty() && latin_unit(line, from).is_none()).then_some((end, may));
    }
    let inside = |g: &Good, part: &[char]| g.plain.windows(part.len()).any(|w| w == part);
    let measured = |to: usize| line.get(to).is_some_and(|c| unit(*c));
    if let Some((n, to)) = number(line, from).filter(|(_, to)| measured(*to)) {
        // a quantity, unless it is a size: 五斤装
        let size = line.get(to + 1) == Some(&'装');
        let jin = |g: &Good| line[to] == '斤' && g.weight == Some(n);
        let may = of(&|g| size && (jin(g) || inside(g, &line[from..to + 2])));
        // 四件套 is a name
        let run = line[from..].iter().take_while(|c| han(**c)).count().min(16);
        for length in (to + 2 - from..=run).rev().filter(|_| may.is_empty()) {
            let named = of(&|g| inside(g, &line[from..from + length]));
            if !named.is_empty() {
                return Some((from + length, named));
            }
        }
        return (!may.is_empty()).then_some((to + 2, may));
    }
    // the measure word of a number is no name
    let behind = from > 0 && (counts(line[from - 1]) || line[from - 1].is_ascii_digit());
    if !han(c) || unit(c) && behind {
        return None;
    }
    let run = line[from..].iter().take_while(|c| c.is_alphanumeric()).count().min(16);
    for length in (1..=run).rev() {
        let part = &line[from..from + length];
        let ends_in_number = part.last().is_some_and(char::is_ascii_digit);
        let may = of(&|g| inside(g, part));
        if may.is_empty() || ends_in_number {
            continue;
        }
        if length > 1 {
            return Some((from + length, whole(list, part, may)));
        }
        // one letter alone, as 梨: nothing else fits, and it stands by itself
        let free = |c: Option<&char>| c.is_none_or(|c| !han(*c) || unit(*c) || counts(*c));
        let before = from.checked_sub(1).and_then(|k| line.get(k));
        let alone = free(before) && free(line.get(from + 1)) && !unit(c) && !counts(c);
        return (alone && may.len() == 1).then_some((from + 1, may));
    }
    None
}
/// What is called just so is meant, whatever else has it in its name.
fn whole(list: &[Good], part: &[char], may: Vec<usize>) -> Vec<usize> {
    let just: Vec<usize> = may.iter().copied().filter(|k| list[*k].plain == part).collect();
    if just.len() == 1 { just } else { may }
}
fn han(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}
pub fn counts(c: char) -> bool {
    "一二两三四五六七八九十".contains(c)
}

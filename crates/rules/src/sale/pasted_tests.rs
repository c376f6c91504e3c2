//! Lists as people paste them, and what is read in them.
use super::pasted::{Wrong, people, read};
use super::pasted_lines::{LETTERS, lines};
use super::pasted_words::Good;

/// Lines as `number name: letters of goods with how many`, then what stands aside.
fn say(text: &str, list: &[Good]) -> String {
    let one = |(n, line): (Option<u32>, String)| {
        let r = read(&line, list);
        let good = |(k, many): &(usize, i64)| format!("{}{many}", char::from(b'A' + *k as u8));
        let goods: Vec<String> = r.goods.iter().map(good).collect();
        let number = n.map_or("-".into(), |n| n.to_string());
        let mut out = format!("{number} {}: {}", r.name, goods.join(" "));
        if !r.phone.is_empty() {
            out += &format!(" tel {}", r.phone);
        }
        if !r.note.is_empty() {
            out += &format!(" ({})", r.note);
        }
        if let Some(wrong) = r.wrong {
            out += &format!(" !{wrong:?}");
        }
        out.trim_end().to_owned()
    };
    people(text, list).into_iter().map(one).collect::<Vec<_>>().join("\n")
}

/// A block: its name, the goods, a blank line, the list as pasted, `--`, what is understood. Says
/// what is read otherwise.
fn check(block: &str) -> Option<String> {
    let (name, rest) = block.split_once('\n').expect("a name");
    let (goods, rest) = rest.split_once("\n\n").expect("goods");
    let (text, want) = rest.split_once("\n--\n").expect("what is understood");
    let good = |line: &str| {
        let (title, choices) = line.split_once('|').unwrap_or((line, ""));
        Good::new(title.trim(), choices.trim())
    };
    let list: Vec<Good> = goods.lines().map(good).collect();
    let read = say(text, &list);
    (read != want.trim_end()).then(|| format!("=== {name}\n{read}\n-- and not\n{want}"))
}

#[test]
fn lists_are_read_as_they_are_pasted() {
    let blocks: Vec<&str> = include_str!("pasted_cases.txt").split("=== ").skip(1).collect();
    assert!(blocks.len() >= 30, "{} lists", blocks.len());
    let wrong: Vec<String> = blocks.into_iter().filter_map(check).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn whatever_is_pasted_is_read_to_its_end() {
    let list = [Good::new("阿克苏苹果", "5斤装"), Good::new("apples", "2 kg")];
    let parts = [
        "苹果",
        "5斤装",
        "2",
        "两",
        "箱",
        " ",
        "x",
        "+",
        ".",
        "-",
        "半",
        "A",
        "3栋",
        "13800138000",
    ];
    // every way to put three of them together
    for k in 0..parts.len().pow(3) {
        let n = parts.len();
        let text = [k, k / n, k / n / n].map(|k| parts[k % n]).concat();
        let row = read(&text, &list);
        assert!(row.goods.iter().all(|(k, n)| *k < 2 && *n > 0), "{text}");
        assert!(row.wrong.is_some() || !row.goods.is_empty() && !row.name.is_empty(), "{text}");
    }
}

#[test]
fn what_is_too_long_is_told_and_not_cut_off() {
    let list = [Good::new("苹果", "")];
    let fits = format!("{:语<w$}", "张三 苹果2箱 ", w = LETTERS);
    assert_eq!(read(&fits, &list).wrong, None, "{fits}");
    assert_eq!(read(&format!("{fits}苹果9箱"), &list).wrong, Some(Wrong::TooLong));
    let long: String = (1..=250).map(|k| format!("{k}. 张三 苹果2箱\n")).collect();
    assert_eq!(lines(&long).len(), 250);
    assert_eq!(lines(&long.replace(". ", "")).len(), 250);
}

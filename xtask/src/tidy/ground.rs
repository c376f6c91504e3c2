//! The walls inside rules: shelves do not look at each other, and nothing drifts or asks the time.
use super::tree::{Tree, words};
use super::{Complaint, SHELVES, paths};

const RULES: &str = "crates/rules/src/";

/// What a law must know of another step arrives as a plain fact, not as an import. A macro of the
/// crate has no other address than its root, so it may be named from there.
pub fn shelves(tree: &Tree) -> Vec<Complaint> {
    let mut out = vec![];
    let macros = macros(tree);
    for (file, _) in tree.shipped(RULES) {
        let own = file.shelf();
        let may: &[&str] = match own {
            "base" => &["base"],
            "ledger" | "hold" => &["base", "ledger", "hold"],
            shelf if SHELVES.contains(&shelf) => &["base", "ledger", "hold", shelf],
            _ => continue,
        };
        for named in paths::in_crate(file).iter().filter(|n| !may.contains(&n.head())) {
            if named.path.len() == 1 && macros.contains(&named.head()) {
                continue;
            }
            let say = format!("{own} of rules may not look at {}", named.shown());
            out.push(Complaint::new(&file.path, named.line, say));
        }
    }
    out
}

fn macros(tree: &Tree) -> Vec<&str> {
    let after = tree.shipped(RULES).flat_map(|(_, r)| r.live.split("macro_rules!").skip(1));
    after.filter_map(|code| words(code).next()).map(|(_, name)| name).collect()
}

/// Money and limits are whole numbers; only learning weighs and guesses.
pub fn floats(tree: &Tree) -> Vec<Complaint> {
    let mut out = vec![];
    for (file, rust) in tree.shipped(RULES).filter(|(f, _)| f.shelf() != "learning") {
        for (at, word) in words(&rust.live) {
            if is_float(word) || is_fraction(&rust.live, at, word) {
                let say = "a float outside learning; count in whole units or basis points";
                out.push(Complaint::new(&file.path, rust.line(at), say));
            }
        }
    }
    out
}
fn is_float(word: &str) -> bool {
    let number = word.starts_with(|c: char| c.is_ascii_digit()) && !word.starts_with("0x");
    let typed = number && (word.ends_with("f32") || word.ends_with("f64"));
    word == "f32" || word == "f64" || typed
}
/// `1.5` is a fraction; `pair.0.1` and `1..5` are not.
fn is_fraction(code: &str, at: usize, word: &str) -> bool {
    let digits = |s: &str| s.starts_with(|c: char| c.is_ascii_digit());
    let after = &code[at + word.len()..];
    digits(word) && !code[..at].ends_with('.') && after.strip_prefix('.').is_some_and(digits)
}

/// A random test can replay a failure only if time and chance come in as arguments.
pub fn arguments(tree: &Tree) -> Vec<Complaint> {
    let mut out = vec![];
    for (file, rust) in tree.shipped(RULES) {
        let code = &rust.live;
        for (at, word) in words(code) {
            let crate_named = code[at + word.len()..].trim_start().starts_with("::")
                || code[..at].trim_end().ends_with("use");
            let asks = match word {
                "SystemTime" | "Instant" | "RandomState" => true,
                "rand" | "getrandom" | "fastrand" => crate_named,
                _ => false,
            };
            if asks {
                let say = format!("{word}: time and chance come into rules as arguments");
                out.push(Complaint::new(&file.path, rust.line(at), say));
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::check;
    use super::{arguments, floats, shelves};

    #[test]
    fn shelves_look_down_only() {
        let one = |path: &str, line: &str, want: &[&str]| {
            check(shelves, &[(path, &format!("//! x\n{line}\n"))], want);
        };
        let price = "crates/rules/src/sale/price.rs";
        one(price, "use crate::base::{Id, Money}; use crate::{hold, ledger, sale::cart};", &[]);
        one(price, "use super::campaign;", &[]);
        one(
            price,
            "use crate::trust::Level;",
            &["crates/rules/src/sale/price.rs:2: sale of rules"],
        );
        one(
            price,
            "use crate::{base, loyalty::Tier};",
            &["crates/rules/src/sale/price.rs:2: sale"],
        );
        one(
            price,
            "use super::super::trust;",
            &["crates/rules/src/sale/price.rs:2: sale of rules"],
        );
        one(price, "fn a(b: crate::reach::C) {}", &["crates/rules/src/sale/price.rs:2: sale of"]);
        one(
            "crates/rules/src/ledger.rs",
            "use crate::sale;",
            &["crates/rules/src/ledger.rs:2: led"],
        );
        one("crates/rules/src/base/id.rs", "use crate::hold;", &["crates/rules/src/base/id.rs:2:"]);
        one(
            "crates/rules/src/base/id.rs",
            "use crate::codes; macro_rules! codes { () => {} }",
            &[],
        );
        one("crates/rules/src/lib.rs", "pub use crate::sale::price;", &[]);
        one("crates/app/src/sale/place_order.rs", "use crate::trust;", &[]);
        one("crates/rules/src/sale/tests.rs", "use crate::trust;", &[]);
    }
    #[test]
    fn floats_stay_in_learning() {
        let sale = "crates/rules/src/sale/price.rs";
        let one = |path: &str, line: &str, bad: bool| {
            let want = format!("{path}:1: a float outside learning");
            let want: &[&str] = if bad { &[&want] } else { &[] };
            check(floats, &[(path, line)], want);
        };
        one(sale, "fn a(b: f64) {}", true);
        one(sale, "let a = 1.5;", true);
        one(sale, "let a = 2f32;", true);
        one(sale, "let a = pair.0.1; let r = 1..5; let x = 0x1f32; // 1.5 f64", false);
        one(sale, "let version = \"1.5\"; let n = 1_000i64; call(1).0;", false);
        one("crates/rules/src/learning/rfm.rs", "fn a(b: f64) {}", false);
        one("crates/web/src/a.rs", "fn a(b: f64) {}", false);
    }
    #[test]
    fn time_and_chance_are_arguments() {
        let one = |line: &str, want: &[&str]| {
            check(arguments, &[("crates/rules/src/spread/packet.rs", line)], want);
        };
        one("fn split(total: i64, now: Moment, rand: u64) -> i64 { rand as i64 }", &[]);
        one("use std::time::SystemTime;", &["crates/rules/src/spread/packet.rs:1: SystemTime"]);
        one(
            "let a = std::time::Instant::now();",
            &["crates/rules/src/spread/packet.rs:1: Instant"],
        );
        one("let a = rand::random();", &["crates/rules/src/spread/packet.rs:1: rand"]);
    }
}

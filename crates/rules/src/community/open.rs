//! Opening a community: what its name, address, colours and laws may be.
pub use crate::base::Jurisdiction;
use crate::base::text::{self, Unfit};

/// Addresses the installation needs for itself.
const KEPT: &str = "admin api app assets c console demo help install kith login me new oauth open
    register root s settings share sign-in sign-out sign-up static system u well-known www";

pub fn name(typed: &str) -> Result<String, Unfit> {
    text::name(typed, 40)
}
/// One line that says what it is for.
pub fn purpose(typed: &str) -> Result<String, Unfit> {
    text::fit(text::line(typed), 120)
}
/// Rules of the house or of a group; may be many lines.
pub fn rules(typed: &str) -> Result<String, Unfit> {
    text::fit(text::lines(typed), 5000)
}
pub fn slug(typed: &str) -> Option<String> {
    text::slug(typed).filter(|s| !KEPT.split_whitespace().any(|k| k == s))
}
/// `#c2331a`, or nothing for the colour of the house.
pub fn theme(typed: &str) -> Option<String> {
    let typed = typed.trim().to_ascii_lowercase();
    let digits = typed.strip_prefix('#');
    let hex = digits.is_some_and(|d| d.len() == 6 && d.bytes().all(|b| b.is_ascii_hexdigit()));
    (typed.is_empty() || hex).then_some(typed)
}
/// What a person is called.
pub fn person(typed: &str) -> Result<String, Unfit> {
    text::name(typed, 24)
}
/// What a person says of themselves; may be nothing.
pub fn bio(typed: &str) -> Result<String, Unfit> {
    match text::fit(text::lines(typed), 300) {
        Err(Unfit::Empty) => Ok(String::new()),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::community::table::{check, outcome};

    #[test]
    fn fields() {
        check(
            "
            slug    | Taoyuanli | taoyuanli
            slug    | console   | -
            slug    | 桃园里    | -
            theme   | #C2331A   | #c2331a
            theme   |           |
            theme   | red       | -
            theme   | #c2331    | -
            name    | 桃园里    | ok
            name    | 官方      | Misleading
            person  |           | Empty
            bio     |           | ok",
            |c| match c[0] {
                "slug" => slug(c[1]).unwrap_or("-".into()),
                "theme" => theme(c[1]).unwrap_or("-".into()),
                "name" => outcome(name(c[1])),
                "person" => outcome(person(c[1])),
                _ => outcome(bio(c[1])),
            },
        );
    }
}

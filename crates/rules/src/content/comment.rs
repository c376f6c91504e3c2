//! Comments: one level of answers, no more.
use crate::base::text::{self, Unfit};
use crate::codes;

codes! {
    pub enum State { Shown = "shown", Hidden = "hidden", Removed = "removed" }
}
pub const LONGEST: usize = 1_000;

pub fn check(typed: &str) -> Result<String, Unfit> {
    text::fit(text::lines(typed), LONGEST)
}

/// Whom an answer stands under: an answer to an answer stands beside it, under the same comment.
pub fn under<T>(answered: T, its_parent: Option<T>) -> T {
    its_parent.unwrap_or(answered)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_level() {
        assert_eq!(under(5, None), 5, "an answer to a comment");
        assert_eq!(under(7, Some(5)), 5, "an answer to an answer");
        assert_eq!(check(" \u{200b}\n"), Err(Unfit::Empty));
        assert_eq!(check(&"x".repeat(LONGEST + 1)), Err(Unfit::TooLong));
        assert_eq!(check(" 好 \r\n吃 "), Ok("好 \n吃".into()));
    }
}

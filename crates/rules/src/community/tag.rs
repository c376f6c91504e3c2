//! Tags: chosen by the member, given by staff, or kept by a rule.
use crate::base::text::{self, Unfit};
use crate::codes;

codes! {
    pub enum Source { Chosen = "chosen", Given = "given", Kept = "kept" }
}
codes! {
    /// What besides a member can carry a tag.
    pub enum Thing { Group = "group", Post = "post", Product = "product" }
}

/// A member chooses at most so many.
pub const MOST: usize = 20;
/// A group, post or product carries at most so many.
pub const MOST_OF_THING: usize = 10;

pub fn name(typed: &str) -> Result<String, Unfit> {
    let typed = typed.trim().trim_start_matches(['#', '＃']);
    text::name(typed, 20)
}
/// Two names that fold alike are one tag.
pub fn folded(name: &str) -> String {
    name.to_lowercase().chars().filter(|c| !c.is_whitespace()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::community::table::check;

    #[test]
    fn names_fold() {
        check(
            "
            #烘焙      | 烘焙
            Sour dough | sourdough
            ＃Sourdough | sourdough
            ＃         | -",
            |c| name(c[0]).map_or("-".into(), |n| folded(&n)),
        );
    }
}

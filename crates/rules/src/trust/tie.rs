//! How near two members are to each other.
use crate::codes;

codes! {
    /// What ties two members: one follows the other, or one brought the other here.
    pub enum Why { Follow = "follow", Referral = "referral" }
}
codes! {
    /// What members may agree to.
    pub enum Consent {
        /// Friends may see that they bought a thing.
        Purchases = "purchases",
        /// Everybody may see how their advice went: orders led to, kept and rated, by tag.
        Record = "record",
    }
}
codes! {
    /// The distance of a writer from the reader, nearest first.
    pub enum Near {
        Own = "own",
        /// They follow each other, or one brought the other.
        Friend = "friend",
        /// A friend of a friend.
        FriendOfFriend = "friend_of_friend",
        SameGroup = "same_group",
        Stranger = "stranger",
    }
}

impl Near {
    /// 0 to 4, as statements compute it.
    pub fn of_distance(n: i64) -> Near {
        usize::try_from(n).ok().and_then(|n| Near::ALL.get(n)).copied().unwrap_or(Near::Stranger)
    }
}

/// Nobody follows more members than this: a list one cannot read is no circle.
pub const FOLLOWS: i64 = 2000;

/// Whether a review may rise for its reader: an anonymous one is a stranger's, whoever wrote it.
pub const fn rises(near: Near, anonymous: bool) -> bool {
    !anonymous && !matches!(near, Near::Stranger)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances() {
        let table = [(0, "own"), (1, "friend"), (2, "friend_of_friend"), (3, "same_group")];
        for (n, code) in table {
            assert_eq!(Near::of_distance(n).code(), code);
        }
        for n in [4, 5, -1, i64::MAX] {
            assert_eq!(Near::of_distance(n), Near::Stranger, "{n}");
        }
        assert!(rises(Near::Friend, false) && rises(Near::SameGroup, false));
        assert!(!rises(Near::Friend, true) && !rises(Near::Stranger, false));
    }
}

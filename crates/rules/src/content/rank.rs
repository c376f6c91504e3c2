//! The order of the feed. Whole numbers only: the same facts give the same order everywhere.
use crate::base::moment::{HOUR, MINUTE};

/// How many of the newest posts take part.
pub const CANDIDATES: usize = 200;

/// What the law may know of a post for one reader.
#[derive(Clone, Copy, Default, Debug)]
pub struct Facts {
    /// Milliseconds since it was published.
    pub age: i64,
    pub likes: i64,
    pub comments: i64,
    /// Tags the post has in common with the reader.
    pub shared_tags: i64,
    /// What the writer is to the reader, 0 to 10.
    pub standing: i64,
}

/// Higher comes first. Liking and talking count with falling returns (square root), what the
/// reader cares about adds, and all of it fades: to about a third after four hours, to a
/// thirtieth after a day.
pub fn score(f: Facts) -> i64 {
    let heard = root((f.likes.clamp(0, 100_000) * 4 + f.comments.clamp(0, 100_000) * 6) * 100);
    let near = f.shared_tags.clamp(0, 3) * 25 + f.standing.clamp(0, 10) * 10;
    let worth = 40 + heard + near;
    let minutes = (f.age.clamp(0, 400 * 24 * HOUR) + 2 * HOUR) / MINUTE;
    worth * 1_000_000 / (minutes * root(minutes))
}

fn root(n: i64) -> i64 {
    n.max(0).isqrt()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::check;

    fn facts(cell: &str) -> Facts {
        let mut f = Facts::default();
        for word in cell.split_whitespace() {
            let (what, n) = word.split_once('=').expect("name=number");
            let n: i64 = n.parse().expect("a number");
            match what {
                "hours" => f.age = n * HOUR,
                "likes" => f.likes = n,
                "comments" => f.comments = n,
                "tags" => f.shared_tags = n,
                _ => f.standing = n,
            }
        }
        f
    }

    #[test]
    fn which_comes_first() {
        check(
            "
            hours=0 | hours=1 | first
            hours=5 likes=20 | hours=5 | first
            hours=5 comments=10 | hours=5 likes=10 | first
            hours=24 likes=100 | hours=1 | second
            hours=6 likes=30 comments=8 | hours=4 | first
            hours=3 tags=2 | hours=3 likes=1 | first
            hours=3 tags=90 | hours=3 tags=3 | same
            hours=2 standing=5 | hours=2 | first
            hours=9 likes=-5 | hours=9 | same
            hours=48 likes=99999999 | hours=48 likes=100000 | same",
            |c| match score(facts(c[0])).cmp(&score(facts(c[1]))) {
                std::cmp::Ordering::Greater => "first".into(),
                std::cmp::Ordering::Less => "second".into(),
                std::cmp::Ordering::Equal => "same".into(),
            },
        );
        assert!(score(Facts { age: i64::MAX, ..Facts::default() }) >= 0, "nothing overflows");
    }
}

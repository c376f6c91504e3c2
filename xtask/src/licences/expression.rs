//! SPDX expressions, read just far enough to say whether what we allow satisfies one.

/// Whether a package under `text` may be used by someone who accepts `allowed`; None when the
/// text is no expression. `OR` lets us choose, `AND` binds us to both, a slash is the old `OR`.
pub fn holds(text: &str, allowed: &[String]) -> Option<bool> {
    let spaced = text.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut reader = Reader { words: &words, allowed };
    let answer = reader.any()?;
    reader.words.is_empty().then_some(answer)
}

struct Reader<'a> {
    words: &'a [&'a str],
    allowed: &'a [String],
}
impl Reader<'_> {
    fn take(&mut self, word: &str) -> bool {
        let met = self.words.first().is_some_and(|w| w.eq_ignore_ascii_case(word));
        self.words = &self.words[usize::from(met)..];
        met
    }
    fn any(&mut self) -> Option<bool> {
        let mut answer = self.all()?;
        while self.take("OR") {
            answer |= self.all()?;
        }
        Some(answer)
    }
    fn all(&mut self) -> Option<bool> {
        let mut answer = self.one()?;
        while self.take("AND") {
            answer &= self.one()?;
        }
        Some(answer)
    }
    fn one(&mut self) -> Option<bool> {
        if self.take("(") {
            let answer = self.any()?;
            return self.take(")").then_some(answer);
        }
        let mut name = self.name()?;
        if self.take("WITH") {
            name = format!("{name} WITH {}", self.name()?);
        }
        Some(self.allowed.contains(&name))
    }
    fn name(&mut self) -> Option<String> {
        let (first, rest) = self.words.split_first()?;
        let joins = |c: char| c.is_ascii_alphanumeric() || "-.+:".contains(c);
        let reserved = ["OR", "AND", "WITH"].iter().any(|w| first.eq_ignore_ascii_case(w));
        self.words = rest;
        (first.chars().all(joins) && !reserved).then(|| first.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::holds;

    fn check(text: &str, want: Option<bool>) {
        let allowed = ["MIT", "Apache-2.0", "Unicode-3.0", "Apache-2.0 WITH LLVM-exception"];
        assert_eq!(holds(text, &allowed.map(String::from)), want, "{text}");
    }

    #[test]
    fn or_chooses_and_binds() {
        check("MIT", Some(true));
        check("GPL-3.0", Some(false));
        check("MIT OR GPL-3.0", Some(true));
        check("GPL-3.0 OR MIT", Some(true));
        check("GPL-3.0/MIT", Some(true));
        check("MIT AND GPL-3.0", Some(false));
        check("(MIT OR GPL-3.0) AND Unicode-3.0", Some(true));
        check("(MIT OR Apache-2.0) AND GPL-3.0", Some(false));
        check("GPL-3.0 AND MIT OR Apache-2.0", Some(true));
        check("GPL-3.0 AND (MIT OR Apache-2.0)", Some(false));
        check("Apache-2.0 WITH LLVM-exception", Some(true));
        check("MIT WITH LLVM-exception", Some(false));
        check("mit or gpl-3.0", Some(false));
    }
    #[test]
    fn what_is_no_expression_is_refused() {
        for text in ["", "MIT OR", "OR MIT", "(MIT", "MIT)", "MIT GPL-3.0", "see LICENSE!", "()"] {
            check(text, None);
        }
    }
}

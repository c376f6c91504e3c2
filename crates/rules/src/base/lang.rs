//! The three languages every sentence exists in.

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Lang {
    #[default]
    Hans,
    Hant,
    En,
}

impl Lang {
    pub const ALL: [Lang; 3] = [Lang::Hans, Lang::Hant, Lang::En];

    /// The BCP 47 tag, as `<html lang>` and `Content-Language` want it.
    pub const fn tag(self) -> &'static str {
        match self {
            Lang::Hans => "zh-Hans",
            Lang::Hant => "zh-Hant",
            Lang::En => "en",
        }
    }

    /// One of three, in the order Hans, Hant, English.
    pub fn pick<T: Copy>(self, all: [T; 3]) -> T {
        all[self as usize]
    }

    /// Reads a tag such as `zh-TW`, `zh_Hans_CN` or `en-GB`; other languages are `None`.
    pub fn of(tag: &str) -> Option<Lang> {
        let tag = tag.trim().to_ascii_lowercase().replace('_', "-");
        let mut parts = tag.split('-');
        match parts.next()? {
            "en" => Some(Lang::En),
            "zh" => {
                let hant = parts.any(|p| matches!(p, "hant" | "tw" | "hk" | "mo"));
                Some(if hant { Lang::Hant } else { Lang::Hans })
            }
            _ => None,
        }
    }

    /// The first language of an `Accept-Language` header that Kith speaks, by quality.
    pub fn accepted(header: &str) -> Option<Lang> {
        let mut best: Option<(u32, Lang)> = None;
        for part in header.split(',').take(20) {
            let (tag, params) = part.split_once(';').unwrap_or((part, "q=1"));
            let q = params.trim().strip_prefix("q=").unwrap_or("1");
            let q = thousandths(q);
            if let Some(lang) = Lang::of(tag)
                && q > 0
                && best.is_none_or(|(b, _)| q > b)
            {
                best = Some((q, lang));
            }
        }
        best.map(|(_, lang)| lang)
    }
}

/// `0.85` as 850, without a float; malformed numbers count as 0.
fn thousandths(q: &str) -> u32 {
    let (whole, part) = q.split_once('.').unwrap_or((q, ""));
    let Ok(whole) = whole.parse::<u32>() else { return 0 };
    let digits: String = part.chars().chain("000".chars()).take(3).collect();
    whole.min(1) * 1000 + digits.parse::<u32>().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::Lang;

    #[test]
    fn headers_and_tags() {
        let table = "
            zh-CN,zh;q=0.9,en;q=0.8 | zh-Hans
            zh-TW,zh;q=0.9          | zh-Hant
            en-GB                   | en
            fr, en;q=0.5, zh;q=0.7  | zh-Hans
            fr                      | -
            zh-Hant-HK              | zh-Hant
            *                       | -
            en;q=0                  | -";
        for row in table.lines().filter(|l| l.contains('|')) {
            let (header, want) = row.split_once('|').expect("two columns");
            let got = Lang::accepted(header.trim()).map_or("-", Lang::tag);
            assert_eq!(got, want.trim(), "{row}");
        }
    }
}

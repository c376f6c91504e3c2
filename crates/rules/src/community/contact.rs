//! Phone numbers and e-mail addresses, in the one form in which they are stored and compared.
use crate::codes;

codes! {
    /// How a person is reached at sign-in.
    pub enum ContactKind { Email = "email", Phone = "phone" }
}

/// A normalised address; two people never share one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Contact {
    pub kind: ContactKind,
    /// `+8613800138000` or `mei@example.org`.
    pub value: String,
}

pub fn contact(kind: ContactKind, typed: &str) -> Option<Contact> {
    let value = match kind {
        ContactKind::Email => email(typed),
        ContactKind::Phone => phone(typed),
    };
    value.map(|value| Contact { kind, value })
}

/// A Chinese mobile number of 11 digits, or any number in E.164 with its plus.
pub fn phone(typed: &str) -> Option<String> {
    let typed: String = typed
        .trim()
        .chars()
        .map(|c| match c {
            '０'..='９' => char::from(b'0' + (c as u32 - '０' as u32) as u8),
            '＋' => '+',
            c => c,
        })
        .filter(|c| !matches!(c, ' ' | '-' | '(' | ')' | '.'))
        .collect();
    let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    if let Some(rest) = typed.strip_prefix('+') {
        let fine = digits(rest) && (8..=15).contains(&rest.len()) && !rest.starts_with('0');
        // a Chinese number with its country code must be a mobile number too
        let fine = fine && rest.strip_prefix("86").is_none_or(mobile);
        return fine.then_some(typed);
    }
    (digits(&typed) && mobile(&typed)).then(|| format!("+86{typed}"))
}

fn mobile(digits: &str) -> bool {
    digits.len() == 11 && digits.starts_with('1') && matches!(digits.as_bytes()[1], b'3'..=b'9')
}

/// Lower case as a whole: no provider in use tells `Mei@` from `mei@`.
pub fn email(typed: &str) -> Option<String> {
    let typed = typed.trim().to_lowercase();
    let (local, domain) = typed.split_once('@')?;
    let local_fine = !local.is_empty()
        && local.len() <= 64
        && !local.starts_with('.')
        && !local.ends_with('.')
        && !local.contains("..")
        && local.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~.".contains(&b));
    let label = |l: &str| {
        (1..=63).contains(&l.len())
            && !l.starts_with('-')
            && !l.ends_with('-')
            && l.chars().all(|c| c.is_alphanumeric() || c == '-')
    };
    let domain_fine = domain.len() <= 190
        && domain.contains('.')
        && domain.split('.').all(label)
        && domain.rsplit('.').next().is_some_and(|top| top.chars().any(char::is_alphabetic));
    (local_fine && domain_fine).then_some(typed)
}

/// What a page may show of it: `138****8000`, `m***@example.org`.
pub fn masked(value: &str) -> String {
    if let Some((local, domain)) = value.split_once('@') {
        let first: String = local.chars().take(1).collect();
        return format!("{first}***@{domain}");
    }
    let plain = value.strip_prefix("+86").unwrap_or(value);
    let (head, tail) = (plain.get(..3).unwrap_or(""), plain.get(plain.len().saturating_sub(4)..));
    format!("{head}****{}", tail.unwrap_or(""))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::community::table::check;

    #[test]
    fn one_form() {
        check(
            "
            phone | 13800138000        | +8613800138000
            phone | 138 0013-8000      | +8613800138000
            phone | １３８００１３８０００ | +8613800138000
            phone | +86 138 0013 8000  | +8613800138000
            phone | +861380013800      | -
            phone | +44 20 7946 0958   | +442079460958
            phone | 12800138000        | -
            phone | 1380013800         | -
            phone | +0123456789        | -
            phone | +12345678901234567 | -
            phone | 138001380oo        | -
            phone |                    | -
            email | Mei@Example.org    | mei@example.org
            email | a.b+c@mail.example.com.cn | a.b+c@mail.example.com.cn
            email | mei@例子.公司       | mei@例子.公司
            email | mei@localhost      | -
            email | mei@@example.org   | -
            email | .mei@example.org   | -
            email | m ei@example.org   | -
            email | mei@-example.org   | -
            email | mei@10.0.0.1       | -
            email | @example.org       | -",
            |c| {
                let kind = ContactKind::of(c[0]).expect("a kind");
                contact(kind, c[1]).map_or("-".into(), |c| c.value)
            },
        );
    }

    #[test]
    fn shown_in_part() {
        check(
            "
            +8613800138000  | 138****8000
            +442079460958   | +44****0958
            mei@example.org | m***@example.org",
            |c| masked(c[0]),
        );
    }
}

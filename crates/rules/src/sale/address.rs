//! A delivery address and who receives it.
use crate::base::text;

/// As typed on the checkout page.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Address {
    pub recipient: String,
    pub phone: String,
    /// Province, city, district, joined by a space; in other countries town and postcode.
    pub region: String,
    pub street: String,
}

/// The first field that is wrong.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BadAddress {
    Recipient,
    Phone,
    Region,
    Street,
}

/// Cleans an address. A phone number keeps its digits and a leading plus: 6 to 15 digits.
pub fn check(a: &Address) -> Result<Address, BadAddress> {
    let fit = |t: &str, most, no| text::fit(text::line(t), most).map_err(|_| no);
    let recipient = fit(&a.recipient, 40, BadAddress::Recipient)?;
    let phone = phone(&a.phone).ok_or(BadAddress::Phone)?;
    let region = fit(&a.region, 80, BadAddress::Region)?;
    let street = fit(&a.street, 200, BadAddress::Street)?;
    Ok(Address { recipient, phone, region, street })
}

/// A number that can be dialled by a person; not checked with any operator.
pub fn phone(typed: &str) -> Option<String> {
    let kept: String =
        typed.trim().chars().filter(|c| !matches!(c, ' ' | '-' | '(' | ')' | '.')).collect();
    let digits = kept.strip_prefix('+').unwrap_or(&kept);
    let ok = (6..=15).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    ok.then_some(kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_in_order() {
        let good = Address {
            recipient: " 周梅 ".into(),
            phone: "190-0000 0001".into(),
            region: "上海市 黄浦区".into(),
            street: "云南中路 3 号 501".into(),
        };
        let clean = check(&good).expect("a good address");
        assert_eq!((clean.recipient.as_str(), clean.phone.as_str()), ("周梅", "19000000001"));
        let table: [(fn(&mut Address), BadAddress); 4] = [
            (|a| a.recipient.clear(), BadAddress::Recipient),
            (|a| a.phone = "call me".into(), BadAddress::Phone),
            (|a| a.region = "\u{200b}".into(), BadAddress::Region),
            (|a| a.street = "x".repeat(201), BadAddress::Street),
        ];
        for (spoil, want) in table {
            let mut bad = good.clone();
            spoil(&mut bad);
            assert_eq!(check(&bad), Err(want));
        }
    }
}

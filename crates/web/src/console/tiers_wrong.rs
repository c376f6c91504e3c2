//! Which tier of a ladder does not do, and what of it: names and figures beside the sentence.
use super::frame::No;
use super::tiers::percent_text;
use crate::who::Here;
use crate::words::Lang;
use rules::loyalty::tier::Terms;
use rules::loyalty::tier_fault::{Field, at_fault};

/// Why the ladder was not saved, and the cell to look at.
pub struct Wrong {
    pub text: String,
    pub at: Option<(usize, &'static str)>,
}

/// `rows` are the rows of the form the tiers stand in.
pub fn wrong(here: &Here, tiers: &[Terms], rows: &[usize], no: No) -> Wrong {
    let plain = Wrong { text: no.text.to_owned(), at: None };
    let Some((tier, field, other)) = at_fault(tiers) else { return plain };
    let cell = match field {
        Field::Name => "name",
        Field::Growth => "growth",
        Field::Off => "percent",
        Field::Shipping => "free",
    };
    let high = &tiers[tier];
    let what = match (field, other.map(|i| &tiers[i])) {
        (Field::Off, Some(low)) => less_off(here.lang, high, low),
        (Field::Shipping, _) => no_delivery(here.lang, high, other.map(|i| &tiers[i])),
        (_, Some(low)) => two(here.lang, high, low),
        (_, None) => named(here.lang, high),
    };
    Wrong { text: format!("{what}{}", no.text), at: rows.get(tier).map(|row| (*row, cell)) }
}

fn named(lang: Lang, t: &Terms) -> String {
    match lang {
        Lang::En => format!("{}: ", t.name),
        Lang::Hans | Lang::Hant => format!("「{}」：", t.name),
    }
}

fn two(lang: Lang, a: &Terms, b: &Terms) -> String {
    match lang {
        Lang::En => format!("{} and {}: ", b.name, a.name),
        Lang::Hans => format!("「{}」和「{}」：", b.name, a.name),
        Lang::Hant => format!("「{}」和「{}」：", b.name, a.name),
    }
}

fn less_off(lang: Lang, high: &Terms, low: &Terms) -> String {
    let (h, l) = (percent_text(high.off_bp), percent_text(low.off_bp));
    let (high, low) = (&high.name, &low.name);
    match lang {
        Lang::En => format!("{high} takes {h}% off, {low} below it {l}%. "),
        Lang::Hans => format!("「{high}」减 {h}%，低一级的「{low}」减 {l}%。"),
        Lang::Hant => format!("「{high}」減 {h}%，低一級的「{low}」減 {l}%。"),
    }
}

fn no_delivery(lang: Lang, high: &Terms, low: Option<&Terms>) -> String {
    let (high, low) = (&high.name, low.map_or("", |t| t.name.as_str()));
    match lang {
        Lang::En => format!("{low} has free delivery, {high} above it has not. "),
        Lang::Hans => format!("「{low}」免运费，高一级的「{high}」没有。"),
        Lang::Hant => format!("「{low}」免運費，高一級的「{high}」沒有。"),
    }
}

//! Tiers in words, and the prices of the reader's tier in place of the shop's.
use crate::House;
use crate::reply::Sorry;
use crate::who::Here;
use crate::words::{Lang, format};
use app::loyalty::views_tier::MemberPrices;
use app::sale::views::CartLine;
use app::sale::views_catalogue::{Item, Product};
use maud::{Markup, html};
use rules::base::{Id, Money, id};
use rules::loyalty::tier::{Terms, points};
use rules::sale::price::Shipping;

/// What the reader of a page pays for these products. Only members have a tier.
pub async fn prices(
    house: &House,
    here: &Here,
    products: Vec<Id<id::Product>>,
) -> Result<MemberPrices, Sorry> {
    Ok(house.app.member_prices(here.place.id, here.who.map(|w| w.member), products).await?)
}
/// The same for pages that say nothing of tiers to others.
pub async fn of_members(
    house: &House,
    here: &Here,
    products: Vec<Id<id::Product>>,
) -> Result<MemberPrices, Sorry> {
    match here.who {
        Some(_) => prices(house, here, products).await,
        None => Ok(MemberPrices::default()),
    }
}

pub fn reprice(prices: &MemberPrices, lines: &mut [CartLine]) {
    for l in lines {
        if let Some(paid) = prices.price(l.variant, l.price) {
            (l.list_price, l.price) = (Some(l.price), paid);
        }
    }
}
pub fn reprice_product(prices: &MemberPrices, p: &mut Product) {
    for v in &mut p.variants {
        if let Some(paid) = prices.price(v.id, v.price) {
            (v.list_price, v.price) = (Some(v.price), paid);
        }
    }
}
/// What delivery costs the reader.
pub fn delivery(prices: &MemberPrices, shop: Shipping) -> Shipping {
    match &prices.mine {
        Some(mine) if mine.terms.free_shipping => Shipping { fee: 0, free_from: 0 },
        _ => shop,
    }
}
/// The price of a card, and the shop's where it is another one.
pub fn of_item(here: &Here, prices: &MemberPrices, i: &Item) -> (Money, Option<Money>) {
    of_card(here, prices, i.id, i.price)
}
pub fn of_card(
    here: &Here,
    prices: &MemberPrices,
    product: Id<id::Product>,
    list: i64,
) -> (Money, Option<Money>) {
    let money = |minor| Money::new(minor, here.place.currency);
    match prices.lowest(product) {
        Some(paid) => (money(paid), Some(money(list))),
        None => (money(list), None),
    }
}

/// `95 折`, `5% off`; Chinese says what is left to pay.
pub fn percent(lang: Lang, off_bp: i64) -> String {
    let digits = |whole: i64, part: i64| {
        let part = format!("{part:02}");
        let part = part.trim_end_matches('0');
        if part.is_empty() { whole.to_string() } else { format!("{whole}.{part}") }
    };
    let rest = 10_000 - off_bp;
    match lang {
        Lang::En => format!("{}% off", digits(off_bp / 100, off_bp % 100)),
        // 8,550 of 10,000 are 85.5 折, 9,000 are 9 折
        Lang::Hans | Lang::Hant if rest % 1000 == 0 => format!("{} 折", rest / 1000),
        Lang::Hans | Lang::Hant if rest < 1000 => {
            format!("{} 折", format!("0.{rest:03}").trim_end_matches('0'))
        }
        Lang::Hans | Lang::Hant => format!("{} 折", digits(rest / 100, rest % 100)),
    }
}

/// What a tier gives, in one line.
pub fn gives(here: &Here, t: &Terms) -> String {
    let mut all = Vec::new();
    let member_price = here.pick(["会员价", "會員價", "Member prices"]);
    match (t.off_bp, here.lang) {
        // prices of single products may be lower all the same
        (0, _) if t.free_shipping => {}
        (0, _) => all.push(member_price.to_string()),
        (off, Lang::En) => all.push(format!("{member_price}, {}", percent(here.lang, off))),
        (off, _) => all.push(format!("{member_price} {}", percent(here.lang, off))),
    }
    if t.free_shipping {
        all.push(here.pick(["免运费", "免運費", "free delivery"]).into());
    }
    all.join(here.pick(["，", "，", ", "]))
}

/// A row of what an order costs: `会员价（金）`.
pub fn member_price_of(here: &Here, tier: &str) -> String {
    match here.lang {
        Lang::En => format!("Member price ({tier})"),
        Lang::Hans => format!("会员价（{tier}）"),
        Lang::Hant => format!("會員價（{tier}）"),
    }
}

/// `成长值 500`.
pub fn growth(here: &Here, minor: i64) -> String {
    let n = format::number(points(minor, here.place.currency));
    match here.lang {
        Lang::En => format!("{n} growth points"),
        Lang::Hans => format!("成长值 {n}"),
        Lang::Hant => format!("成長值 {n}"),
    }
}

/// For readers without a tier: that there are member prices, and from when on.
pub fn quiet(here: &Here, prices: &MemberPrices) -> Option<String> {
    let first = prices.ladder.first().filter(|_| prices.mine.is_none())?;
    let from = growth(here, first.terms.growth);
    Some(match here.lang {
        Lang::En => format!("Members have benefits from {from} on"),
        Lang::Hans => format!("{from} 起有会员优惠"),
        Lang::Hant => format!("{from} 起有會員優惠"),
    })
}
/// The same as a line that leads to the tiers.
pub fn quiet_line(here: &Here, text: Option<&str>) -> Markup {
    html! {
        @if let Some(text) = text {
            p class="note center" { a href={ (here.base()) "/tiers" } { (text) } }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_says_what_is_left() {
        let table = [
            (500, "95 折", "5% off"),
            (1000, "9 折", "10% off"),
            (1450, "85.5 折", "14.5% off"),
            (50, "99.5 折", "0.5% off"),
            (5000, "5 折", "50% off"),
            (9500, "0.5 折", "95% off"),
        ];
        for (off, hans, en) in table {
            assert_eq!(
                (percent(Lang::Hans, off), percent(Lang::En, off)),
                (hans.into(), en.into())
            );
        }
    }
}

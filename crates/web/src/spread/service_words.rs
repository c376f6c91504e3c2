//! Words of service pay: terms, states, and what neighbours are told of it.
use crate::House;
use crate::reply::Sorry;
use crate::spread::commission_words::percent;
use crate::ui::Tone;
use crate::who::Here;
use crate::words::format::money;
use maud::{Markup, html};
use rules::base::{Id, Lang, Money, id};
use rules::spread::service_pay::{State, Terms};

/// `商品的 2% + 每单 ¥1.00`; nothing is said as nothing.
pub fn terms_words(here: &Here, t: Terms) -> String {
    let flat = money(Money::new(t.flat, here.place.currency));
    let rate = percent(t.rate);
    let of_goods = match here.lang {
        Lang::En => format!("{rate} of the goods"),
        Lang::Hans => format!("商品的 {rate}"),
        Lang::Hant => format!("商品的 {rate}"),
    };
    let of_order = match here.lang {
        Lang::En => format!("{flat} an order"),
        Lang::Hans => format!("每单 {flat}"),
        Lang::Hant => format!("每單 {flat}"),
    };
    match (t.rate > 0, t.flat > 0) {
        (true, true) => format!("{of_goods} + {of_order}"),
        (true, false) => of_goods,
        (false, true) => of_order,
        (false, false) => here.pick(["没有", "沒有", "nothing"]).into(),
    }
}

pub fn state_words(lang: Lang, state: State) -> &'static str {
    lang.pick(match state {
        State::Frozen => ["等退货期", "等退貨期", "Waiting"],
        State::Available => ["已到账", "已入帳", "Available"],
        State::Ended => ["已扣回", "已扣回", "Taken back"],
    })
}
pub const fn state_tone(state: State) -> Tone {
    match state {
        State::Available => Tone::Green,
        State::Frozen => Tone::Blue,
        State::Ended => Tone::Plain,
    }
}

/// Neighbours are told that the shop pays the leader for this list.
pub async fn label(house: &House, here: &Here, list: Id<id::Campaign>) -> Result<Markup, Sorry> {
    let promised = house.app.promised_service(here.place.id, list).await?;
    Ok(html! {
        @if promised.is_some() {
            p class="note" id="serves" { (here.pick([
                "团长照看这个接龙，店家会付服务费；你付的钱不会因此变多。",
                "團長照看這個接龍，店家會付服務費；你付的錢不會因此變多。",
                "The shop pays the leader for serving this list. You pay nothing more for it.",
            ])) }
        }
    })
}

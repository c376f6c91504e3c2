//! Words of commission: rates, states, and the label that says who earns.
use crate::House;
use crate::reply::Sorry;
use crate::ui::Tone;
use crate::who::{Here, Visit};
use axum::http::HeaderMap;
use maud::{Markup, html};
use rules::base::Lang;
use rules::spread::commission::{Level, State};

/// `5%`, `2.5%`.
pub fn percent(rate: i64) -> String {
    match (rate / 100, rate % 100) {
        (whole, 0) => format!("{whole}%"),
        (whole, part) if part % 10 == 0 => format!("{whole}.{}%", part / 10),
        (whole, part) => format!("{whole}.{part:02}%"),
    }
}

pub fn state_words(lang: Lang, state: State) -> &'static str {
    lang.pick(match state {
        State::Expected => ["等付款", "等付款", "Unpaid"],
        State::Pending => ["等收货", "等收貨", "Pending"],
        State::Frozen => ["冻结中", "凍結中", "Frozen"],
        State::Available => ["已到账", "已入帳", "Available"],
        State::Ended => ["已扣回", "已扣回", "Taken back"],
    })
}
pub const fn state_tone(state: State) -> Tone {
    match state {
        State::Available => Tone::Green,
        State::Frozen => Tone::Blue,
        State::Pending => Tone::Gold,
        State::Expected | State::Ended => Tone::Plain,
    }
}
pub fn level_words(lang: Lang, level: Level) -> &'static str {
    lang.pick(match level {
        Level::First => ["我的链接", "我的連結", "My link"],
        Level::Second => ["我带来的人的链接", "我帶來的人的連結", "Link of somebody I brought"],
    })
}

/// The label in short, on posters and previews.
pub const EARNS: [&str; 3] = ["分享者得佣金", "分享者得佣金", "the sharer earns commission"];

/// What a buyer must know; it stands wherever a link led to, and nobody can take it away.
pub fn disclosed(visit: &Visit) -> &'static str {
    visit.pick([
        "你是从成员分享的链接来的，这位成员会从你的订单得到佣金；你付的钱不会因此变多。",
        "你是從成員分享的連結來的，這位成員會從你的訂單得到佣金；你付的錢不會因此變多。",
        "A member's link led you here, and that member earns commission on what you buy. You pay \
         nothing more for it.",
    ])
}

/// The label, when somebody would earn by what this visitor buys now.
pub async fn label(house: &House, here: &Here, headers: &HeaderMap) -> Result<Markup, Sorry> {
    let (buyer, visitor) = (here.who.map(|w| w.member), super::visitor(headers));
    let earner = house.app.earner(here.now, here.place.id, buyer, visitor).await?;
    Ok(html! { @if earner.is_some() { p class="note" id="earns" { (disclosed(here)) } } })
}

#[cfg(test)]
mod tests {
    #[test]
    fn rates_are_read_as_percents() {
        let table = [(0, "0%"), (500, "5%"), (550, "5.5%"), (225, "2.25%"), (5, "0.05%")];
        for (rate, text) in table {
            assert_eq!(super::percent(rate), text);
        }
    }
}

//! The buyer's balance at checkout and on the pages of an order: how much it gives, and what is
//! left to pay another way.
use super::sum;
use crate::spread::wallet::bucket_words;
use crate::ui::{Icon, SumRow, card_flush, cell};
use crate::who::Here;
use crate::words::{Lang, format};
use app::sale::owed::FromWallet;
use app::sale::views::OrderPage;
use maud::{Markup, Render, html};
use rules::ledger::Bucket;
use rules::sale::wallet::spend;

/// What the wallet would give for this order.
#[derive(Default)]
pub(super) struct Purse {
    parts: Vec<(Bucket, i64)>,
    total: i64,
    /// The buyer wants it.
    pub used: bool,
}

impl Purse {
    pub fn of(held: &[(Bucket, i64)], total: i64, used: bool) -> Purse {
        Purse { parts: spend(total, held), total, used }
    }
    pub fn gives(&self) -> i64 {
        self.parts.iter().map(|(_, n)| n).sum()
    }
    pub fn wish(&self, seen: Option<i64>) -> FromWallet {
        match (self.used, seen) {
            (false, _) => FromWallet::Nothing,
            (true, Some(seen)) => FromWallet::Seen(seen),
            (true, None) => FromWallet::All,
        }
    }
    /// What it takes off the sum now: nothing until it is chosen.
    pub fn taken(&self) -> i64 {
        if self.used { self.gives() } else { 0 }
    }
    /// With it or without, and what is left to pay. Choosing sends the form: the sum and the
    /// button say the same at once.
    pub fn card(&self, here: &Here) -> Markup {
        let gives = self.gives();
        if gives == 0 {
            return html! {};
        }
        let money = |minor| format::money(sum(here, minor));
        let (paid, rest) = (money(gives), money(self.total - gives));
        let label = match here.lang {
            Lang::Hans => format!("用余额付 {paid}"),
            Lang::Hant => format!("用餘額付 {paid}"),
            Lang::En => format!("Use my balance: {paid}"),
        };
        let then = match (here.lang, gives == self.total) {
            (Lang::Hans, true) => "余额够付这一单，下单就付清".into(),
            (Lang::Hant, true) => "餘額夠付這一單，下單就付清".into(),
            (Lang::En, true) => "It covers the order, which is paid at once".into(),
            (Lang::Hans, false) => format!("再付 {rest}"),
            (Lang::Hant, false) => format!("再付 {rest}"),
            (Lang::En, false) => format!("{rest} is left to pay"),
        };
        let note = format!("{then} · {}", order_of_spending(here));
        let none = here.pick(["不用余额", "不用餘額", "Keep my balance"]);
        let name = "choose_wallet";
        card_flush(html! {
            (cell(&label).lead(Icon::Wallet).note(&note).chooses(name, "yes", self.used).render())
            (cell(none).lead(Icon::Close).chooses(name, "", !self.used).render())
            input type="hidden" name="wallet_seen" value=(gives);
            @if self.used { input type="hidden" name="wallet" value="yes"; }
        })
    }
}

/// The order is fixed, and printed wherever it matters.
pub(crate) fn order_of_spending(here: &Here) -> &'static str {
    here.pick([
        "先用红包，再用佣金",
        "先用紅包，再用佣金",
        "Red packets are spent first, then commission",
    ])
}

/// What each part of the wallet gave, and what was left to pay; nothing for an order without it.
pub(crate) fn rows(here: &Here, order: &OrderPage) -> Vec<SumRow> {
    let amount = |minor| html! { (format::money(sum(here, minor))) };
    let mut out = Vec::new();
    for part in &order.wallet {
        let from = here.pick(["余额", "餘額", "Balance"]);
        let name = format!("{from} · {}", bucket_words(here, part.bucket));
        out.push(SumRow::new(name, amount(part.amount)));
    }
    if !out.is_empty() {
        let rest = here.pick(["另外支付", "另外支付", "Paid another way"]);
        out.push(SumRow::new(rest, amount(order.to_pay())));
    }
    out
}

/// Of a refund: the part that went into the wallet.
pub(crate) fn returned(here: &Here, wallet: i64) -> String {
    let money = format::money(sum(here, wallet));
    match here.lang {
        Lang::Hans => format!("其中 {money} 退回余额"),
        Lang::Hant => format!("其中 {money} 退回餘額"),
        Lang::En => format!("{money} of it into the balance"),
    }
}

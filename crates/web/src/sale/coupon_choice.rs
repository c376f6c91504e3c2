//! The coupon of a checkout: which ones fit, which one is used, why another does not. Choosing
//! sends the form, because another coupon is another total.
use crate::House;
use crate::form::Form;
use crate::loyalty::coupon_words::line;
use crate::reply::Sorry;
use crate::ui::{Icon, card_flush, cell};
use crate::who::Here;
use crate::words::Say;
use app::community::who::Who;
use app::loyalty::use_coupon::NoCoupon;
use app::loyalty::views::ClaimRow;
use app::sale::place_order::Refused;
use app::sale::views::CartLine;
use maud::{Markup, Render, html};
use rules::base::{Id, id};
use rules::loyalty::coupon::ClaimState;

#[derive(Default)]
pub(super) struct CouponChoice {
    /// Those that take something off these lines.
    fitting: Vec<ClaimRow>,
    /// Those that one has and cannot use for these lines.
    unfit: Vec<(ClaimRow, Refused)>,
    pub chosen: Option<Id<id::Claim>>,
    off: Vec<i64>,
}

impl CouponChoice {
    /// `lines` as they cost before any coupon; a group buy's price takes none.
    pub async fn of(
        house: &House,
        here: &Here,
        who: Who,
        (lines, together): (&[CartLine], bool),
        form: &Form,
    ) -> Result<CouponChoice, Sorry> {
        let mut out = CouponChoice::default();
        if together {
            return Ok(out);
        }
        let (c, now) = (here.place.id, here.now);
        let wanted = form.id::<id::Claim>("coupon");
        let priced: Vec<_> =
            lines.iter().map(|l| (l.variant, l.price.saturating_mul(l.qty))).collect();
        for claim in house.app.my_coupons(c, who.member).await? {
            if claim.state != ClaimState::Claimed || claim.until <= now {
                continue;
            }
            let tried = house.app.try_coupon(now, c, (claim.id, who.member), priced.clone());
            let off = match tried.await? {
                Ok(off) => off,
                Err(no) => {
                    out.unfit.push((claim, why(no)));
                    continue;
                }
            };
            if wanted == Some(claim.id) {
                (out.chosen, out.off) = (wanted, off);
            }
            out.fitting.push(claim);
        }
        // what was asked for and does not fit is refused by the order, with its reason
        out.chosen = out.chosen.or(wanted);
        Ok(out)
    }
    /// What each of the lines costs less.
    pub fn off(&self, lines: usize) -> Vec<i64> {
        let mut off = self.off.clone();
        off.resize(lines, 0);
        off
    }
    pub fn card(&self, here: &Here) -> Markup {
        if self.fitting.is_empty() && self.unfit.is_empty() && self.chosen.is_none() {
            return html! {};
        }
        let none = here.pick(["不用券", "不用券", "No coupon"]);
        card_flush(html! {
            @for x in &self.fitting {
                (cell(&line(here, &x.coupon)).lead(Icon::Ticket)
                    .chooses("choose_coupon", &x.id.to_string(), self.chosen == Some(x.id))
                    .render())
            }
            // one that does not fit any more is chosen still: there must be a way back
            @if !self.fitting.is_empty() || self.chosen.is_some() {
                (cell(none).lead(Icon::Close)
                    .chooses("choose_coupon", "", self.chosen.is_none()).render())
            }
            @for (x, no) in &self.unfit {
                (cell(&line(here, &x.coupon)).lead(Icon::Ticket)
                    .note(here.pick(no.says())).render())
            }
        })
    }
}

/// The order's own words for it.
fn why(no: NoCoupon) -> Refused {
    match no {
        NoCoupon::NoSuch => Refused::NoSuchCoupon,
        NoCoupon::Expired => Refused::CouponExpired,
        NoCoupon::NotForThese => Refused::CouponNotForThese,
        NoCoupon::Below => Refused::CouponBelow,
        NoCoupon::NotFirst => Refused::CouponNotFirst,
    }
}

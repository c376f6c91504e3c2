//! The points of a checkout: how many may be used and what they take off. Using them sends the
//! form, as a coupon does, because it makes another total.
use super::sum;
use crate::House;
use crate::form::Form;
use crate::loyalty::points_words::points;
use crate::reply::Sorry;
use crate::ui::{Icon, card_flush, cell};
use crate::who::Here;
use crate::words::{Lang, format};
use app::community::who::Who;
use maud::{Markup, Render, html};
use rules::loyalty::points::{MOST, Used, used};

#[derive(Default)]
pub(super) struct PointsChoice {
    /// What may be used of these lines.
    most: Option<Used>,
    /// All, or so many.
    asked: i64,
    using: Option<Used>,
}

impl PointsChoice {
    /// `lines` as they cost after the coupon; a group buy's price takes none.
    pub async fn of(
        house: &House,
        here: &Here,
        who: Who,
        (lines, together): (&[i64], bool),
        form: &Form,
    ) -> Result<PointsChoice, Sorry> {
        let asked = match form.get("points") {
            "all" => MOST,
            typed => typed.parse().unwrap_or(0).clamp(0, MOST),
        };
        if together {
            return Ok(PointsChoice::default());
        }
        let to_use = house.app.points_to_use(here.now, here.place.id, who.member).await?;
        let (terms, there) = to_use;
        let most = used(terms, MOST, there, lines);
        let using = used(terms, asked, there, lines);
        Ok(PointsChoice { most, asked, using })
    }
    /// What each of the lines costs less.
    pub fn off(&self, lines: usize) -> Vec<i64> {
        let mut off = self.using.as_ref().map(|u| u.off.clone()).unwrap_or_default();
        off.resize(lines, 0);
        off
    }
    /// For the order: what was asked is asked again, and refused there if it cannot be.
    pub fn asked(&self) -> i64 {
        self.asked
    }
    fn word(&self) -> String {
        if self.asked == MOST { "all".into() } else { self.asked.to_string() }
    }
    pub fn hidden(&self) -> Markup {
        html! {
            @if self.asked > 0 { input type="hidden" name="points" value=(self.word()); }
        }
    }
    pub fn used(&self) -> i64 {
        self.using.as_ref().map_or(0, |u| u.points)
    }
    pub fn card(&self, here: &Here) -> Markup {
        // asked for and gone meanwhile: there must be a way back
        if self.most.is_none() && self.asked == 0 {
            return html! {};
        }
        let said = |u: &Used| {
            let (n, off) = (points(here.lang, u.points), format::money(sum(here, u.money)));
            match here.lang {
                Lang::Hans => format!("用 {n} 抵 {off}"),
                Lang::Hant => format!("用 {n} 折抵 {off}"),
                Lang::En => format!("Use {n} for {off} off"),
            }
        };
        let most = self.most.as_ref();
        let part = self.using.as_ref().filter(|u| most.is_some_and(|m| u.points < m.points));
        let whole = self.using.is_some() && part.is_none();
        let none = here.pick(["不用积分", "不用點數", "Keep my points"]);
        let name = "choose_points";
        card_flush(html! {
            @if let Some(most) = most {
                (cell(&said(most)).lead(Icon::Star).chooses(name, "all", whole).render())
            }
            @if let Some(part) = part {
                (cell(&said(part)).lead(Icon::Star).chooses(name, &self.word(), true).render())
            }
            (cell(none).lead(Icon::Close).chooses(name, "0", self.asked == 0).render())
        })
    }
}

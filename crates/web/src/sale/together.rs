//! The checkout of a seat in a group buy: its price, its team, what becomes of a late payment.
use super::campaign_parts::{Seen, open_team};
use crate::House;
use crate::form::Form;
use crate::reply::Sorry;
use crate::ui::{Around, Choice, button, card, card_head, radio_list};
use crate::who::Here;
use app::sale::seats::SeatWish;
use app::sale::views::CartLine;
use maud::{Markup, html};
use rules::base::{Id, id};
use rules::sale::group_buy::Late;

pub(super) struct Together {
    seen: Seen,
    /// None opens a team.
    team: Option<Id<id::Team>>,
    late: Late,
}

impl Together {
    pub async fn of(house: &House, here: &Here, form: &Form) -> Result<Option<Together>, Sorry> {
        let Some(id) = form.id::<id::Campaign>("campaign") else { return Ok(None) };
        let c = here.place.id;
        let page = house.app.campaign_page(here.now, c, id, None).await?.ok_or(Sorry::NotFound)?;
        let team = form.id::<id::Team>("team");
        let row = match team {
            Some(team) => house.app.team_of(c, id, team).await?,
            None => None,
        };
        let late = Late::of(form.get("late")).unwrap_or(Late::Refund);
        Ok(Some(Together { seen: Seen { page, team: row, running: true }, team, late }))
    }
    pub fn wish(&self) -> SeatWish {
        SeatWish { campaign: self.seen.page.row.id, team: self.team, late: self.late }
    }
    /// The campaign's prices in place of the ordinary ones.
    pub fn price(&self, lines: &mut [CartLine]) {
        for line in lines {
            let found = self.seen.page.prices.iter().find(|p| p.variant == line.variant);
            if let Some(p) = found {
                line.price = if self.team.is_none() { p.leader } else { p.price };
            }
        }
    }
    pub fn page(&self, here: &Here) -> String {
        let team = self.team.map(|t| format!("?team={t}")).unwrap_or_default();
        format!("{}/campaigns/{}{team}", here.base(), self.seen.page.row.id)
    }
    pub fn hidden(&self) -> Markup {
        html! {
            input type="hidden" name="campaign" value=(self.seen.page.row.id);
            @if let Some(team) = self.team { input type="hidden" name="team" value=(team); }
        }
    }
    pub fn late(&self, here: &Here) -> Markup {
        let refund = here.pick(["原路退款", "原路退款", "Give the money back"]);
        let other =
            here.pick(["换到还有位子的团", "換到還有位子的團", "Put me in another open team"]);
        let choices = [
            (Choice::new(Late::Refund.code(), refund, self.late == Late::Refund), None),
            (Choice::new(Late::OtherTeam.code(), other, self.late == Late::OtherTeam), None),
        ];
        let label = here.pick([
            "付款晚了、团满了怎么办",
            "付款晚了、團滿了怎麼辦",
            "If the payment comes too late for this team",
        ]);
        let note = here.pick([
            "参团后，你的名字会显示在团里",
            "參團後，你的名字會顯示在團裡",
            "Members see your name in the team.",
        ]);
        card(radio_list(Around::new("late", label).hint(note), &choices))
    }
    /// Open teams with room, and a new one, for whoever found this one full.
    pub fn instead(&self, here: &Here) -> Markup {
        let p = &self.seen.page;
        let teams = p.teams.iter().filter(|t| Some(t.id) != self.team && t.has_room(here.now));
        let fresh = format!("{}/campaigns/{}", here.base(), p.row.id);
        card(html! {
            (card_head(here.pick(["还可以这样", "還可以這樣", "What you can do"])))
            ul class="joins" { @for t in teams { (open_team(here, &self.seen, t)) } }
            (button(here.pick(["自己开一个团", "自己開一個團", "Open a team of your own"])).to(&fresh))
        })
    }
}

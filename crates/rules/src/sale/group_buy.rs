//! Group buys (拼团): what a campaign may promise, who gets a seat, when a team is full or failed.
use crate::base::moment::HOUR;
use crate::base::money::MOST;
use crate::base::{Moment, text};
use crate::codes;

codes! {
    /// How a community buys together.
    pub enum Kind { GroupBuy = "group_buy" }
}
codes! {
    pub enum CampaignState { Open = "open", Closed = "closed" }
}
codes! {
    /// Where one team stands. `failing`: the money of some members is still on its way back.
    pub enum TeamState {
        Open = "open", Filled = "filled", Failing = "failing", Failed = "failed",
    }
}
codes! {
    /// Where one buyer's seat stands.
    pub enum SeatState {
        /// Reserved by an unpaid order.
        Held = "held",
        /// Paid: it counts.
        Confirmed = "confirmed",
        /// Given back unpaid.
        Released = "released",
        /// Its owner left before the team was full.
        Left = "left",
        /// The team was full: the order goes its ordinary way.
        Kept = "kept",
        /// The team failed and the money is on its way back, or there.
        Refunding = "refunding",
        Refunded = "refunded",
        /// The payment came late; it went to another seat.
        Moved = "moved",
    }
}
codes! {
    /// What a buyer wants of a payment that arrives too late for the seat.
    pub enum Late { Refund = "refund", OtherTeam = "other_team" }
}
codes! {
    /// Who may open a team, and who may join one.
    pub enum WhoMay {
        Everyone = "everyone",
        /// Members who have not bought here before.
        NewBuyers = "new_buyers",
        /// Those who lead a group, and staff.
        Leaders = "leaders",
        /// Members who have a tier, whichever it is.
        Tiers = "tiers",
    }
}

impl SeatState {
    /// Takes one of the campaign's places.
    pub const fn taken(self) -> bool {
        matches!(self, SeatState::Held | SeatState::Confirmed | SeatState::Kept)
    }
}

/// Two to so many members a team.
pub const SIZE: std::ops::RangeInclusive<i64> = 2..=1000;
/// A team lives for one hour to thirty days.
pub const LIFE_HOURS: std::ops::RangeInclusive<i64> = 1..=720;
pub const TITLE: usize = 80;
pub const STORY: usize = 2000;
const LONGEST_MS: i64 = 366 * 24 * HOUR;
/// All, in basis points.
pub const WHOLE: i64 = 10_000;

/// What a campaign promises; frozen for a team when the team opens.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Terms {
    pub title: String,
    pub story: String,
    pub size: i64,
    /// The share of `size` that is enough at the deadline, in basis points; [`WHOLE`]: all.
    pub fill: i64,
    pub life_hours: i64,
    pub starts: Moment,
    pub ends: Moment,
    /// Seats of all teams together; zero: no limit.
    pub most: i64,
    /// Seats of one member, reserved ones included.
    pub per_member: i64,
    pub opens: WhoMay,
    pub joins: WhoMay,
}

/// A variant's price in the campaign; the leader of a team may pay less.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Price {
    pub price: i64,
    pub leader: i64,
    /// What it costs alone.
    pub alone: i64,
}

/// Why a campaign cannot be opened, in order of precedence.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BadTerms {
    Title,
    Size,
    Fill,
    Life,
    Window,
    Limit,
    Price,
}

/// The terms with cleaned texts.
pub fn terms(t: &Terms, prices: &[Price], now: Moment) -> Result<Terms, BadTerms> {
    let title = text::fit(text::line(&t.title), TITLE).map_err(|_| BadTerms::Title)?;
    let story = text::lines(&t.story);
    if story.chars().count() > STORY {
        return Err(BadTerms::Title);
    }
    if !SIZE.contains(&t.size) {
        return Err(BadTerms::Size);
    }
    if !(1..=WHOLE).contains(&t.fill) {
        return Err(BadTerms::Fill);
    }
    if !LIFE_HOURS.contains(&t.life_hours) {
        return Err(BadTerms::Life);
    }
    let (starts, ends) = (t.starts.0, t.ends.0);
    let far = now.0.saturating_add(LONGEST_MS);
    if ends <= starts || ends <= now.0 || starts > far || ends > far {
        return Err(BadTerms::Window);
    }
    let no_team = t.most != 0 && t.most < t.size;
    if !(0..=1_000_000).contains(&t.most) || no_team || !(1..=999).contains(&t.per_member) {
        return Err(BadTerms::Limit);
    }
    // a leader's gift is a lower price; a group price above the ordinary one is a mistake
    let fits = |p: &Price| {
        (0..=MOST).contains(&p.price) && (0..=p.price).contains(&p.leader) && p.price <= p.alone
    };
    if prices.is_empty() || !prices.iter().all(fits) {
        return Err(BadTerms::Price);
    }
    Ok(Terms { title, story, ..t.clone() })
}

/// How many members are enough at the deadline: the share, rounded up, never below two.
pub fn needed(size: i64, fill: i64) -> i64 {
    let share = size.saturating_mul(fill.clamp(0, WHOLE)).saturating_add(WHOLE - 1) / WHOLE;
    share.clamp(2, size.max(2))
}

/// A team that opens `now` ends then; never after its campaign.
pub fn deadline(now: Moment, life_hours: i64, campaign_ends: Moment) -> Moment {
    now.plus(life_hours.saturating_mul(HOUR)).min(campaign_ends)
}

/// The campaign as a buyer meets it.
#[derive(Clone, Copy, Debug)]
pub struct Offered {
    pub open: bool,
    pub starts: Moment,
    pub ends: Moment,
    pub most: i64,
    pub taken: i64,
    pub per_member: i64,
    pub opens: WhoMay,
    pub joins: WhoMay,
}

/// The team that was asked for.
#[derive(Clone, Copy, Debug)]
pub struct Team {
    pub state: TeamState,
    pub deadline: Moment,
    pub size: i64,
    pub held: i64,
    pub members: i64,
}

/// Who asks.
#[derive(Clone, Copy, Default, Debug)]
pub struct Buyer {
    pub leads: bool,
    pub has_tier: bool,
    pub bought_before: bool,
    /// Seats in this campaign, reserved ones included.
    pub seats: i64,
    pub in_this_team: bool,
}

/// Why there is no seat, in order of precedence.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NoSeat {
    NotBegun,
    Over,
    NotForYou,
    AlreadyIn,
    Limit,
    NoSuchTeam,
    TeamOver,
    Full,
    AllTaken,
}

/// `team` is none for whoever opens one.
pub fn seat(c: &Offered, team: Option<&Team>, b: &Buyer, now: Moment) -> Result<(), NoSeat> {
    if now < c.starts {
        return Err(NoSeat::NotBegun);
    }
    if !c.open || now >= c.ends {
        return Err(NoSeat::Over);
    }
    let who = if team.is_none() { c.opens } else { c.joins };
    let may = match who {
        WhoMay::Everyone => true,
        WhoMay::NewBuyers => !b.bought_before,
        WhoMay::Leaders => b.leads,
        WhoMay::Tiers => b.has_tier,
    };
    if !may {
        return Err(NoSeat::NotForYou);
    }
    if b.in_this_team {
        return Err(NoSeat::AlreadyIn);
    }
    if b.seats >= c.per_member {
        return Err(NoSeat::Limit);
    }
    if let Some(team) = team {
        room(team, now)?;
    }
    // full is `>=`: a limit may have been lowered meanwhile
    if c.most > 0 && c.taken >= c.most {
        return Err(NoSeat::AllTaken);
    }
    Ok(())
}

fn room(team: &Team, now: Moment) -> Result<(), NoSeat> {
    // until somebody has paid there is no team to be seen
    if team.state == TeamState::Open && team.members == 0 {
        return Err(NoSeat::NoSuchTeam);
    }
    if team.state == TeamState::Filled || team.members >= team.size {
        return Err(NoSeat::Full);
    }
    if team.state != TeamState::Open || now >= team.deadline {
        return Err(NoSeat::TeamOver);
    }
    if team.held + team.members >= team.size {
        return Err(NoSeat::Full);
    }
    Ok(())
}

/// What a team's deadline makes of it.
pub fn ended(members: i64, needed: i64) -> TeamState {
    match members {
        m if m >= needed => TeamState::Filled,
        0 => TeamState::Failed,
        _ => TeamState::Failing,
    }
}

#[cfg(test)]
#[path = "group_buy_tests.rs"]
mod tests;

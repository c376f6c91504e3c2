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
mod tests {
    use super::*;

    fn number(words: &[&str], name: &str, other: i64) -> i64 {
        let at = words.iter().position(|w| *w == name);
        at.and_then(|i| words.get(i + 1)).map_or(other, |n| n.parse().expect("a number"))
    }

    /// `campaign | team | buyer | moment | answer`
    fn check(row: &str) {
        let cell: Vec<&str> = row.split('|').map(str::trim).collect();
        let words = |i: usize| cell[i].split_whitespace().collect::<Vec<_>>();
        let (c, t, b) = (words(0), words(1), words(2));
        let who = |name: &str| {
            let at = c.iter().position(|w| *w == name);
            at.and_then(|i| WhoMay::of(c[i + 1])).unwrap_or(WhoMay::Everyone)
        };
        let offered = Offered {
            open: !c.contains(&"closed"),
            starts: Moment(10),
            ends: Moment(100),
            most: number(&c, "most", 0),
            taken: number(&c, "taken", 0),
            per_member: number(&c, "each", 1),
            opens: who("opens"),
            joins: who("joins"),
        };
        let team = Team {
            state: t.first().and_then(|s| TeamState::of(s)).unwrap_or(TeamState::Open),
            deadline: Moment(number(&t, "until", 60)),
            size: number(&t, "size", 3),
            held: number(&t, "held", 0),
            members: number(&t, "members", 1),
        };
        let buyer = Buyer {
            leads: b.contains(&"leads"),
            has_tier: b.contains(&"tier"),
            bought_before: b.contains(&"bought"),
            seats: number(&b, "seats", 0),
            in_this_team: b.contains(&"in"),
        };
        let team = (cell[1] != "new").then_some(&team);
        let now = Moment(cell[3].parse().expect("a moment"));
        let got = match seat(&offered, team, &buyer, now) {
            Ok(()) => "ok".to_string(),
            Err(no) => format!("{no:?}"),
        };
        assert_eq!(got, cell[4], "{row}");
    }

    #[test]
    fn seats() {
        let table = "
                              | new                     |          | 9   | NotBegun
                              | new                     |          | 10  | ok
                              | new                     |          | 99  | ok
                              | new                     |          | 100 | Over
            closed            | new                     |          | 50  | Over
                              | open size 3 members 2   |          | 50  | ok
                              | open size 3 members 2 held 1 |     | 50  | Full
                              | open size 3 members 3   |          | 50  | Full
                              | open size 3 members 4   |          | 50  | Full
                              | open members 0 held 1   |          | 50  | NoSuchTeam
                              | open until 50           |          | 50  | TeamOver
                              | open until 51           |          | 50  | ok
                              | failing                 |          | 50  | TeamOver
                              | failed members 0        |          | 50  | TeamOver
                              | filled                  |          | 50  | Full
                              | open                    | in       | 50  | AlreadyIn
                              | open                    | seats 1  | 50  | Limit
            each 2            | open                    | seats 1  | 50  | ok
            each 2            | open                    | seats 3  | 50  | Limit
            joins new_buyers  | open                    | bought   | 50  | NotForYou
            joins new_buyers  | open                    |          | 50  | ok
            joins new_buyers  | new                     | bought   | 50  | ok
            opens leaders     | new                     |          | 50  | NotForYou
            opens leaders     | new                     | leads    | 50  | ok
            opens leaders     | open                    |          | 50  | ok
            opens tiers       | new                     | leads    | 50  | NotForYou
            opens tiers       | new                     | tier     | 50  | ok
            joins tiers       | open                    | bought   | 50  | NotForYou
            joins tiers       | open                    | tier     | 50  | ok
            most 5 taken 4    | open                    |          | 50  | ok
            most 5 taken 5    | open                    |          | 50  | AllTaken
            most 5 taken 6    | new                     |          | 50  | AllTaken
            most 5 taken 5    | open members 3          |          | 50  | Full";
        table.lines().filter(|l| l.contains('|')).for_each(check);
    }

    #[test]
    fn enough_is_rounded_up() {
        let table = [
            (8, WHOLE, 8),
            (8, 8000, 7),
            (5, 8000, 4),
            (10, 8001, 9),
            (2, 1, 2),
            (1000, 5000, 500),
            (3, 1, 2),
        ];
        for (size, fill, want) in table {
            assert_eq!(needed(size, fill), want, "{size} {fill}");
        }
        assert_eq!(ended(7, 7), TeamState::Filled);
        assert_eq!(ended(6, 7), TeamState::Failing);
        assert_eq!(ended(0, 7), TeamState::Failed);
    }

    #[test]
    fn a_team_never_outlives_its_campaign() {
        assert_eq!(deadline(Moment(0), 2, Moment(10 * HOUR)), Moment(2 * HOUR));
        assert_eq!(deadline(Moment(0), 24, Moment(10 * HOUR)), Moment(10 * HOUR));
        assert_eq!(deadline(Moment(0), i64::MAX, Moment(10 * HOUR)), Moment(10 * HOUR));
    }

    #[test]
    fn bad_terms_are_named() {
        let good = Terms {
            title: " Peaches ".into(),
            story: String::new(),
            size: 3,
            fill: WHOLE,
            life_hours: 24,
            starts: Moment(0),
            ends: Moment(HOUR),
            most: 0,
            per_member: 1,
            opens: WhoMay::Everyone,
            joins: WhoMay::Everyone,
        };
        let price = Price { price: 90, leader: 80, alone: 100 };
        let says = |t: Terms, p: &[Price]| match terms(&t, p, Moment(5)) {
            Ok(t) => t.title,
            Err(no) => format!("{no:?}"),
        };
        let with = |f: fn(&mut Terms)| {
            let mut t = good.clone();
            f(&mut t);
            says(t, &[price])
        };
        assert_eq!(with(|_| {}), "Peaches");
        assert_eq!(with(|t| t.title = " ".into()), "Title");
        assert_eq!(with(|t| t.size = 1), "Size");
        assert_eq!(with(|t| t.size = 1001), "Size");
        assert_eq!(with(|t| t.fill = 0), "Fill");
        assert_eq!(with(|t| t.life_hours = 0), "Life");
        assert_eq!(with(|t| t.ends = Moment(5)), "Window");
        assert_eq!(with(|t| t.starts = Moment(i64::MAX)), "Window");
        assert_eq!(with(|t| t.most = 2), "Limit");
        assert_eq!(with(|t| t.per_member = 0), "Limit");
        assert_eq!(says(good.clone(), &[]), "Price");
        let dear = Price { price: 101, ..price };
        assert_eq!(says(good.clone(), &[price, dear]), "Price");
        assert_eq!(says(good.clone(), &[Price { leader: 91, ..price }]), "Price");
        assert_eq!(says(good, &[Price { leader: -1, ..price }]), "Price");
    }
}

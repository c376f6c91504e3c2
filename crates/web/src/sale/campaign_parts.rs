//! The parts of a group buy that live: seats, other teams, who is in; and its rules.
use super::campaigns::shown_name;
use super::chosen;
use crate::ui::price::{Fill, countdown_box, meter};
use crate::ui::{
    Person, Size, Tone, avatar, button, card, card_head, countdown, progress_seats, tag, to_go,
};
use crate::who::Here;
use crate::words::{Lang, format};
use app::sale::views_group_buy::{CampaignPage, Joined, TeamRow};
use maud::{Markup, html};
use rules::sale::group_buy::{TeamState, WHOLE, WhoMay};

/// A campaign, and the team the page is about.
pub(super) struct Seen {
    pub page: CampaignPage,
    pub team: Option<TeamRow>,
    /// One may still open or join a team.
    pub running: bool,
}

impl Seen {
    /// Changes whenever something of the live parts does.
    pub fn mark(&self) -> i64 {
        let of = |t: &TeamRow| {
            let state = TeamState::ALL.iter().position(|s| *s == t.state).unwrap_or(0) as i64;
            t.members * 31 + t.held * 7 + state
        };
        let teams = self.page.teams.iter().fold(0, |sum: i64, t| (sum * 131 + of(t)) % 1_000_003);
        let own = self.team.as_ref().map_or(0, of);
        let last = self.page.joined.first().map_or(0, |j| j.number);
        let people = (last.wrapping_mul(1009) + self.page.in_all) % 1_000_003;
        (people * 1_000_003 + teams) % 1_000_000_007 * 1009 + own
    }
}

/// The team of the page: who sits in it, how many are missing, for how long.
pub(super) fn seats(here: &Here, seen: &Seen) -> Markup {
    html! {
        @match &seen.team {
            Some(team) => (of_team(here, team)),
            None if seen.running => (nobody_yet(here, seen)),
            None => {}
        }
        (others(here, seen))
    }
}

fn of_team(here: &Here, team: &TeamRow) -> Markup {
    let names: Vec<String> = team.faces.iter().map(|f| shown_name(here, &f.1)).collect();
    let people: Vec<Person> =
        team.faces.iter().zip(&names).map(|(f, n)| Person::new(f.0.raw(), n)).collect();
    let label = match here.lang {
        Lang::En => format!("{} of {}", team.members, team.size),
        _ => format!("{}/{}", team.members, team.size),
    };
    let small = u32::try_from(team.missing()).unwrap_or(0);
    card(html! {
        div class="row" {
            h2 class="t2 grow" {
                @match team.state {
                    TeamState::Open => (to_go(here.lang, small)),
                    TeamState::Filled => (here.pick(["成团了", "成團了", "Complete"])),
                    TeamState::Failing | TeamState::Failed => {
                        (here.pick(["没有成团", "沒有成團", "Did not fill"]))
                    }
                }
            }
            @if team.state == TeamState::Open {
                span class="note" { (here.pick(["剩", "剩", "left"])) }
                (countdown_box(here.lang, team.deadline, here.now))
            } @else if team.state == TeamState::Filled {
                (tag(here.pick(["备货中", "備貨中", "Being packed"]), Tone::Green))
            } @else {
                (tag(here.pick(["原路退款", "原路退款", "Refunded"]), Tone::Gold))
            }
        }
        (meter(team.members, team.size, &label, Fill::Accent, false))
        (progress_seats(here.lang, &people, usize::try_from(team.size).unwrap_or(usize::MAX)))
        p class="note" { (promise(here, team)) }
    })
}

fn promise(here: &Here, team: &TeamRow) -> String {
    let held = match (here.lang, team.held) {
        (_, 0) => String::new(),
        (Lang::En, n) => format!(" {n} being paid."),
        (Lang::Hans, n) => format!("还有 {n} 个位子正在付款。"),
        (Lang::Hant, n) => format!("還有 {n} 個位子正在付款。"),
    };
    let text = here.pick([
        "不成团原路退款。没有虚拟人数。",
        "不成團原路退款。沒有虛擬人數。",
        "If it does not fill, everybody is refunded. No invented people.",
    ]);
    format!("{text}{held}")
}

fn nobody_yet(here: &Here, seen: &Seen) -> Markup {
    let n = seen.page.row.size;
    let text = match here.lang {
        Lang::En => format!("Open the first team: {n} people make it."),
        Lang::Hans => format!("开第一个团，{n} 人就成。"),
        Lang::Hant => format!("開第一個團，{n} 人就成。"),
    };
    card(html! { h2 class="t2" { (text) } })
}

/// Other open teams with room.
fn others(here: &Here, seen: &Seen) -> Markup {
    let own = seen.team.as_ref().map(|t| t.id);
    let teams: Vec<&TeamRow> =
        seen.page.teams.iter().filter(|t| Some(t.id) != own && t.has_room(here.now)).collect();
    html! {
        @if !teams.is_empty() {
            (card(html! {
                (card_head(here.pick(["也可以参加", "也可以參加", "Other open teams"])))
                ul class="joins" { @for t in teams { (open_team(here, seen, t)) } }
            }))
        }
    }
}

/// A team one could join instead, in a line.
pub(super) fn open_team(here: &Here, seen: &Seen, t: &TeamRow) -> Markup {
    let name = t.faces.first().map(|f| shown_name(here, &f.1)).unwrap_or_default();
    let id = t.faces.first().map_or(0, |f| f.0.raw());
    let href = format!("{}/campaigns/{}?team={}", here.base(), seen.page.row.id, t.id);
    let small = u32::try_from(t.missing()).unwrap_or(0);
    html! {
        li {
            (avatar(Person::new(id, &name), Size::S))
            div class="grow" {
                p { b class="sub" { (name) } }
                p class="note" {
                    (to_go(here.lang, small)) " · "
                    (countdown(here.lang, t.deadline, here.now))
                }
            }
            (button(here.pick(["去看看", "去看看", "Look"])).small().to(&href)
                .label(&format!("{} {name}", here.pick(["去看看", "去看看", "Look at the team of"]))))
        }
    }
}

/// Who is in, by number, the newest first.
pub(super) fn joined(here: &Here, seen: &Seen) -> Markup {
    let list = &seen.page.joined;
    let total = seen.page.in_all;
    let head = match here.lang {
        Lang::En => format!("Who is in ({total})"),
        Lang::Hans => format!("谁在跟团（{total}）"),
        Lang::Hant => format!("誰在跟團（{total}）"),
    };
    html! {
        @if !list.is_empty() {
            (card(html! {
                (card_head(&head))
                ul class="joins" { @for j in list { (join_line(here, j)) } }
            }))
        }
    }
}

fn join_line(here: &Here, j: &Joined) -> Markup {
    let name = shown_name(here, &j.name);
    let what = chosen(&j.choices);
    html! {
        li id={ "j" (j.number) } {
            (avatar(Person::new(j.member.raw(), &name), Size::S))
            div class="grow" {
                p class="row" {
                    b class="sub" { (name) }
                    span class="note end" {
                        (format::ago(here.lang, j.at, here.now, &here.zone()))
                    }
                }
                p { (what) " ×" (j.qty) }
            }
            span class="no" { "#" (j.number) }
        }
    }
}

/// What was agreed, in sentences.
pub(super) fn rules(here: &Here, p: &CampaignPage) -> Markup {
    let ends = format::day_time(here.lang, p.row.ends, here.now, &here.zone());
    let (size, hours) = (p.row.size, p.life_hours);
    let enough = rules::sale::group_buy::needed(size, p.fill);
    let mut lines = vec![match here.lang {
        Lang::En => format!("A team has {hours} hours, until {ends} at the latest."),
        Lang::Hans => format!("每个团 {hours} 小时，最晚到 {ends}。"),
        Lang::Hant => format!("每個團 {hours} 小時，最晚到 {ends}。"),
    }];
    lines.push(match (here.lang, p.fill < WHOLE) {
        (Lang::En, false) => format!("{size} paid members make a team."),
        (Lang::Hans, false) => format!("{size} 人付款即成团。"),
        (Lang::Hant, false) => format!("{size} 人付款即成團。"),
        (Lang::En, true) => {
            format!("{size} paid members make a team; at the deadline {enough} are enough.")
        }
        (Lang::Hans, true) => format!("{size} 人付款即成团；截止时满 {enough} 人也成团。"),
        (Lang::Hant, true) => format!("{size} 人付款即成團；截止時滿 {enough} 人也成團。"),
    });
    lines.extend(who_may(here, p));
    let n = p.per_member;
    lines.push(match here.lang {
        Lang::En => format!("At most {n} seats each, unpaid ones included."),
        Lang::Hans => format!("每人最多 {n} 个名额，未付款的也算。"),
        Lang::Hant => format!("每人最多 {n} 個名額，未付款的也算。"),
    });
    let more = [
        here.pick([
            "位子留到付款时限；付款晚了，按你下单时选的办：换一个团，或原路退款。",
            "位子留到付款時限；付款晚了，依你下單時選的辦：換一個團，或原路退款。",
            "A seat is kept until its time to pay ends. A later payment follows your choice: \
             another team, or a refund.",
        ]),
        here.pick([
            "成团前可以退出，立即退款；截止时间不变。",
            "成團前可以退出，立即退款；截止時間不變。",
            "You may leave before it fills and are refunded at once; the deadline stays.",
        ]),
    ];
    let lines: Vec<&str> = lines.iter().map(String::as_str).chain(more).collect();
    card(crate::ui::rules(here.pick(["团购规则", "團購規則", "The rules"]), &lines))
}

fn who_may(here: &Here, p: &CampaignPage) -> Vec<String> {
    let who = |w: WhoMay| match w {
        WhoMay::Everyone => None,
        WhoMay::NewBuyers => {
            Some(here.pick(["还没买过的成员", "還沒買過的成員", "first-time buyers"]))
        }
        WhoMay::Leaders => Some(here.pick(["团长", "團長", "group leaders"])),
        WhoMay::Tiers => {
            Some(here.pick(["有会员等级的成员", "有會員等級的成員", "members with a tier"]))
        }
    };
    let opens = who(p.opens).map(|w| match here.lang {
        Lang::En => format!("Teams are opened by {w}."),
        Lang::Hans => format!("{w}可以开团。"),
        Lang::Hant => format!("{w}可以開團。"),
    });
    let joins = who(p.joins).map(|w| match here.lang {
        Lang::En => format!("Joining is for {w}."),
        Lang::Hans => format!("{w}可以参团。"),
        Lang::Hant => format!("{w}可以參團。"),
    });
    opens.into_iter().chain(joins).collect()
}

//! The loop as a funnel: visit, join, first interaction, entry order, second order, sharer.
use super::frame::{self, Show, Spot, at};
use super::insight_tabs::{between, export_link, insight_tabs, share, table_file};
use crate::House;
use crate::form::Form;
use crate::reply::Sorry;
use crate::ui::{Bar, button, card, card_head, chart_bars, empty_state};
use crate::who::Here;
use crate::words::format::{number, span};
use crate::words::insight as words;
use app::learning::insight::date::month_text;
use app::learning::insight::funnel::{Dose, Step};
use app::learning::the_loop::{CODES, Person, STEPS, Source, TheLoop};
use axum::extract::State;
use axum::response::Response;
use maud::{Markup, html};
use rules::base::{Id, Moment, id};
use rules::community::role::Right;

/// Cohorts of a page; the file has all.
const MONTHS: usize = 12;
const GROUPS: usize = 20;

/// Whose way is shown: at most one of them is chosen.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Of {
    All,
    Source(Source),
    Group(Id<id::Group>),
    Cohort(i64),
}
impl Of {
    fn holds(self, p: &Person) -> bool {
        match self {
            Of::All => true,
            Of::Source(source) => p.source == source,
            Of::Group(group) => p.group == Some(group),
            Of::Cohort(month) => p.cohort == month,
        }
    }
    fn query(self) -> String {
        match self {
            Of::All => String::new(),
            Of::Source(source) => format!("?source={}", source.code()),
            Of::Group(group) => format!("?group={group}"),
            Of::Cohort(month) => format!("?cohort={}", month_text(month)),
        }
    }
    fn asked(form: &Form, all: &TheLoop) -> Of {
        let source = Source::ALL.into_iter().find(|s| s.code() == form.get("source"));
        let cohort = all.cohorts().into_iter().find(|m| month_text(*m) == form.get("cohort"));
        let group = form.id("group").filter(|g| all.groups.iter().any(|(id, _)| id == g));
        match (source, group, cohort) {
            (Some(source), _, _) => Of::Source(source),
            (_, Some(group), _) => Of::Group(group),
            (_, _, Some(month)) => Of::Cohort(month),
            _ => Of::All,
        }
    }
}

async fn figures(house: &House, here: &Here) -> Result<TheLoop, Sorry> {
    let who = here.may(Right::Insight)?;
    Ok(house.app.the_loop(here.now, who.community, here.zone()).await?)
}

pub async fn page(State(house): State<House>, here: Here, form: Form) -> Result<Markup, Sorry> {
    let who = here.may(Right::Insight)?;
    let all = figures(&house, &here).await?;
    let of = Of::asked(&form, &all);
    let body = html! {
        (insight_tabs(&here, "/funnel"))
        @if all.people.is_empty() {
            (empty_state(here.pick(["还没有人来过", "還沒有人來過", "Nobody has come yet"]),
                here.pick(["第一位成员加入之后，这里会说大家走到了哪一步。",
                    "第一位成員加入之後，這裡會說大家走到了哪一步。",
                    "After the first members this page tells how far people come."]), None))
        } @else {
            (card(steps(&here, &all, of)))
            (card(parts(&here, &all)))
            (card(talk(&here, &all)))
        }
    };
    let note = here.pick([
        "不含店主和店员、全退的订单；自己买自己的不算带来",
        "不含店主和店員、全退的訂單；自己買自己的不算帶來",
        "Without owner and staff, without orders wholly given back",
    ]);
    let title = here.pick(["走到哪一步", "走到哪一步", "How far people come"]);
    let show = Show { note: Some(note), ..Show::new(Spot::Insight, title) };
    frame::show(&house, &here, who, show, body).await
}

fn name(here: &Here, all: &TheLoop, of: Of) -> String {
    match of {
        Of::All => here.pick(["所有人", "所有人", "Everybody"]).into(),
        Of::Source(source) => here.pick(words::source(source)).into(),
        Of::Group(group) => {
            all.groups.iter().find(|(id, _)| *id == group).map_or(String::new(), |g| g.1.clone())
        }
        Of::Cohort(month) => month_text(month),
    }
}

fn steps(here: &Here, all: &TheLoop, of: Of) -> Markup {
    let found = all.funnel(|p| of.holds(p));
    let title = here.pick(["从来访到分享", "從來訪到分享", "From a visit to sharing"]);
    let bar = |(k, s): (usize, &Step)| Bar {
        colour: 1 + (k % 6) as u8,
        ..Bar::new(here.pick(words::step(k)), s.people.into())
    };
    let bars: Vec<Bar> = found.iter().enumerate().map(bar).collect();
    let (joined, bought) = (found[1].people, found[3].people);
    let says = here
        .pick([
            "{who}：{joined} 人加入，{bought} 人下过单，{again} 人再买，{shared} 人带来过别人的订单。",
            "{who}：{joined} 人加入，{bought} 人下過單，{again} 人再買，{shared} 人帶來過別人的訂單。",
            "{who}: {joined} joined, {bought} ordered, {again} ordered again, {shared} led to an \
             order of somebody else.",
        ])
        .replace("{who}", &name(here, all, of))
        .replace("{joined}", &number(joined.into()))
        .replace("{bought}", &number(bought.into()))
        .replace("{again}", &number(found[4].people.into()))
        .replace("{shared}", &number(found[5].people.into()));
    html! {
        (card_head(title))
        @if of != Of::All {
            p class="row" {
                b { (name(here, all, of)) }
                (button(here.pick(["看所有人", "看所有人", "Show everybody"])).small()
                    .to(&at(here, "/insight/funnel")))
            }
        }
        (chart_bars(here.lang, title, &says, &bars, &|n| number(n)))
        div class="scroll-x" { (step_table(here, &found)) }
        p class="sub" { (export_link(here, "/insight/funnel.csv")) }
    }
}

fn step_table(here: &Here, found: &[Step; STEPS]) -> Markup {
    let heads = [
        here.pick(["步", "步", "Step"]),
        here.pick(["人数", "人數", "People"]),
        here.pick(["走过上一步的人里", "走過上一步的人裡", "Of those before"]),
        here.pick(["区间（95%）", "區間（95%）", "Interval (95%)"]),
        here.pick(["相隔（中位）", "相隔（中位）", "Time between, median"]),
    ];
    html! {
        table class="grid" id="steps" {
            caption class="sr" { (here.pick(["每一步", "每一步", "Each step"])) }
            thead { tr { @for (k, h) in heads.iter().enumerate() {
                th scope="col" class=[(k > 0).then_some("num")] { (h) }
            } } }
            tbody { @for (k, s) in found.iter().enumerate() {
                tr {
                    th scope="row" { (here.pick(words::step(k))) }
                    td class="num" { (number(s.people.into())) }
                    td class="num" {
                        @if k > 0 { (share(s.share())) " · " (s.of_before) "/" (s.before) }
                        @else { "–" }
                    }
                    td class="num" { (between(s.interval)) }
                    td class="num" { (s.median.map_or("–".into(), |ms| span(here.lang, ms))) }
                }
            } }
        }
    }
}

/// By source, by group, by cohort; each name leads to its own funnel.
fn parts(here: &Here, all: &TheLoop) -> Markup {
    let sources: Vec<Of> = Source::ALL.into_iter().map(Of::Source).collect();
    let mut groups: Vec<(u32, Of)> = all
        .groups
        .iter()
        .map(|(id, _)| (all.funnel(|p| p.group == Some(*id))[1].people, Of::Group(*id)))
        .filter(|(people, _)| *people > 0)
        .collect();
    groups.sort_by_key(|(people, _)| std::cmp::Reverse(*people));
    let groups: Vec<Of> = groups.into_iter().take(GROUPS).map(|(_, of)| of).collect();
    let months: Vec<Of> = all.cohorts().into_iter().take(MONTHS).map(Of::Cohort).collect();
    let title = here.pick([
        "分来源、群、加入的月份",
        "分來源、群、加入的月份",
        "By source, group and month of joining",
    ]);
    html! {
        (card_head(title))
        (part(here, all, "by-source", ["从哪里来", "從哪裡來", "Source"], &sources))
        (part(here, all, "by-group", ["最先进的群", "最先進的群", "First group"], &groups))
        (part(here, all, "by-cohort", ["加入的月份", "加入的月份", "Joined in"], &months))
    }
}

fn part(here: &Here, all: &TheLoop, key: &str, head: [&'static str; 3], of: &[Of]) -> Markup {
    let order = here.pick(["加入后下单", "加入後下單", "Ordered, of who joined"]);
    html! {
        div class="scroll-x" {
            table class="grid" id=(key) {
                caption class="sr" { (here.pick(head)) }
                thead { tr {
                    th scope="col" { (here.pick(head)) }
                    @for k in 0..STEPS {
                        th scope="col" class="num" { (here.pick(words::step(k))) }
                    }
                    th scope="col" class="num" { (order) }
                } }
                tbody { @for one in of {
                    @let found = all.funnel(|p| one.holds(p));
                    tr {
                        th scope="row" {
                            a href=(at(here, &format!("/insight/funnel{}", one.query()))) {
                                (name(here, all, *one))
                            }
                        }
                        @for s in &found { td class="num" { (number(s.people.into())) } }
                        td class="num" { (ordered(&found)) }
                    }
                } }
            }
        }
    }
}

/// Only members order: the share is of those who joined.
fn ordered(found: &[Step; STEPS]) -> String {
    let (joined, bought) = (found[1].people, found[3].people);
    share((joined > 0).then(|| f64::from(bought) / f64::from(joined)))
}

/// Whether who talks more orders more.
fn talk(here: &Here, all: &TheLoop) -> Markup {
    let title = here.pick([
        "互动越多，成交越多吗",
        "互動越多，成交越多嗎",
        "Do those who talk more order more?",
    ]);
    let mille = |s: f64| (1_000.0 * s).round() as i64;
    let times = |d: &Dose| match d.to {
        Some(to) if to == d.from => d.from.to_string(),
        Some(to) => format!("{}–{to}", d.from),
        None => format!("{}+", d.from),
    };
    let people = here.pick(["人", "人", "people"]);
    let bar = |d: &Dose| Bar {
        name: format!("{} · {} {people}", times(d), d.people),
        value: d.share().map_or(0, mille),
        interval: d.interval.map(|(a, b)| (mille(a), mille(b))),
        colour: 2,
    };
    let bars: Vec<Bar> = all.doses.iter().filter(|d| d.people > 0).map(bar).collect();
    let says = here
        .pick([
            "加入后 7 天里互动的次数，对之后 30 天里有没有第一单；线段是 95% 区间。前 7 天就下单的 {before} \
             人、加入还不满 37 天的 {soon} 人不在内。一起出现，不等于谁引起谁。",
            "加入後 7 天裡互動的次數，對之後 30 天裡有沒有第一單；線段是 95% 區間。前 7 天就下單的 {before} \
             人、加入還不滿 37 天的 {soon} 人不在內。一起出現，不等於誰引起誰。",
            "Interactions in the 7 days after joining, against a first order in the 30 days after \
             these; lines are 95% intervals. Left out: {before} who ordered within the 7 days, and \
             {soon} who joined less than 37 days ago. It shows what goes together, not why.",
        ])
        .replace("{before}", &number(all.bought_before.into()))
        .replace("{soon}", &number(all.too_soon.into()));
    let format = |n: i64| format!("{:.1}%", n as f64 / 10.0);
    html! {
        (card_head(title))
        div id="talk" {
            @if bars.is_empty() {
                p class="sub" { (here.pick([
                    "要等有人加入满 37 天才看得出。",
                    "要等有人加入滿 37 天才看得出。",
                    "It shows 37 days after the first members joined.",
                ])) }
            } @else { (chart_bars(here.lang, title, &says, &bars, &format)) }
        }
    }
}

/// One row a person: the rows behind the chart.
pub async fn file(State(house): State<House>, here: Here) -> Result<Response, Sorry> {
    let all = figures(&house, &here).await?;
    let mut heads = vec!["member", "source", "group", "cohort"];
    heads.extend(CODES);
    let row = |p: &Person| {
        let mut cells = vec![
            p.member.map_or(String::new(), |m| m.to_string()),
            p.source.code().to_string(),
            p.group.map_or(String::new(), |g| g.to_string()),
            month_text(p.cohort),
        ];
        let at =
            |at: &Option<i64>| at.map_or(String::new(), |at| crate::words::format::iso(Moment(at)));
        cells.extend(p.way.iter().map(at));
        cells
    };
    let rows = all.people.iter().map(row).collect();
    Ok(table_file(&here, "funnel", &heads, rows))
}

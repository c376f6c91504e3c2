//! Groups side by side: how many are in them, come, speak and are answered; sorted as one asks.
use super::frame::{self, Show, Spot, at};
use super::insight_tabs::{export_link, insight_tabs, meaning, share, table_file};
use crate::House;
use crate::form::Form;
use crate::reply::Sorry;
use crate::ui::table::Sort;
use crate::ui::{
    DataTable, Row, card_flush, card_head, column, data_table, empty_state, sparkline,
};
use crate::who::Here;
use crate::words::format::{number, span};
use app::learning::groups::GroupNow;
use app::learning::insight::group::{Figures, Standing};
use app::learning::insight::health::{Part, health};
use axum::extract::State;
use axum::response::Response;
use maud::{Markup, html};
use rules::community::role::Right;
use std::cmp::Ordering;

/// What the table may be sorted by: its word in the address, and the figure; None stands last.
#[derive(Clone, Copy)]
struct By {
    code: &'static str,
    words: [&'static str; 3],
    of: fn(&Figures) -> Option<f64>,
    says: fn(&Here, &Figures) -> String,
    optional: bool,
}

const fn by(
    code: &'static str,
    words: [&'static str; 3],
    of: fn(&Figures) -> Option<f64>,
    says: fn(&Here, &Figures) -> String,
) -> By {
    By { code, words, of, says, optional: false }
}
const fn aside(one: By) -> By {
    By { optional: true, ..one }
}

fn whole(n: u32) -> String {
    number(n.into())
}
pub fn decimal(x: Option<f64>, digits: usize) -> String {
    x.map_or("–".into(), |x| format!("{x:.digits$}"))
}

const COLUMNS: [By; 11] = [
    by("members", ["人数", "人數", "Members"], |f| Some(f.members.into()), |_, f| whole(f.members)),
    aside(by("joins", ["加入", "加入", "Joins"], |f| Some(f.joins.into()), |_, f| whole(f.joins))),
    aside(by(
        "leaves",
        ["离开", "離開", "Leaves"],
        |f| Some(f.leaves.into()),
        |_, f| whole(f.leaves),
    )),
    by("mau", ["月活", "月活", "MAU"], |f| Some(f.monthly.into()), |_, f| whole(f.monthly)),
    by("stickiness", ["黏性", "黏性", "Stickiness"], Figures::stickiness, |_, f| {
        share(f.stickiness())
    }),
    by("lines", ["人均发言", "人均發言", "Lines a member"], Figures::a_member, |_, f| {
        decimal(f.a_member(), 1)
    }),
    by("speak", ["发言的人", "發言的人", "Who speaks"], Figures::speaking, |_, f| {
        share(f.speaking())
    }),
    aside(by("gini", ["基尼", "基尼", "Gini"], |f| f.gini, |_, f| decimal(f.gini, 2))),
    aside(by("density", ["回复密度", "回覆密度", "Replies"], Figures::density, |_, f| {
        share(f.density())
    })),
    aside(by(
        "answer",
        ["首个回复", "首個回覆", "First answer"],
        |f| f.first_answer.map(|s| s as f64),
        |here, f| f.first_answer.map_or("–".into(), |s| span(here.lang, s * 1_000)),
    )),
    by("health", ["健康", "健康", "Health"], health, |_, f| decimal(health(f), 0)),
];

/// `?sort=health` from the highest, `?sort=health&up=1` from the lowest.
fn sorted(all: &mut [GroupNow], by: By, up: bool) {
    let place = |g: &GroupNow| (by.of)(&g.now);
    all.sort_by(|a, b| match (place(a), place(b)) {
        (Some(a), Some(b)) if up => a.total_cmp(&b),
        (Some(a), Some(b)) => b.total_cmp(&a),
        (None, Some(_)) => Ordering::Greater,
        (Some(_), None) => Ordering::Less,
        (None, None) => Ordering::Equal,
    });
}

async fn figures(house: &House, here: &Here) -> Result<Vec<GroupNow>, Sorry> {
    let who = here.may(Right::Insight)?;
    Ok(house.app.groups_figures(here.now, who.community, here.zone()).await?)
}

pub async fn page(State(house): State<House>, here: Here, form: Form) -> Result<Markup, Sorry> {
    let who = here.may(Right::Insight)?;
    let mut all = figures(&house, &here).await?;
    let asked = COLUMNS.into_iter().find(|c| c.code == form.get("sort")).unwrap_or(COLUMNS[0]);
    let up = form.has("up");
    sorted(&mut all, asked, up);
    let body = html! {
        (insight_tabs(&here, "/groups"))
        @if all.is_empty() {
            (empty_state(here.pick(["还没有群", "還沒有群", "No groups yet"]),
                here.pick(["建一个群，这里会说它活得怎么样。", "建一個群，這裡會說它活得怎麼樣。",
                    "Make one, and this page tells how it lives."]), None))
        } @else { (card_flush(listed(&here, &all, (asked, up)))) }
    };
    let note = here.pick([
        "最近 30 天；不含店主和店员",
        "最近 30 天；不含店主和店員",
        "The last 30 days, without owner and staff",
    ]);
    let title = here.pick(["群的广度和深度", "群的廣度和深度", "Breadth and depth of groups"]);
    let show = Show { note: Some(note), ..Show::new(Spot::Insight, title) };
    frame::show(&house, &here, who, show, body).await
}

fn listed(here: &Here, all: &[GroupNow], (on, up): (By, bool)) -> Markup {
    let head = |c: By| {
        let is = c.code == on.code;
        let now = match (is, up) {
            (false, _) => Sort::None,
            (true, true) => Sort::Up,
            (true, false) => Sort::Down,
        };
        let turn = if is && !up { "&up=1" } else { "" };
        let href = at(here, &format!("/insight/groups?sort={}{turn}", c.code));
        let head = column(here.pick(c.words)).number().sort(now, href);
        if c.optional { head.optional() } else { head }
    };
    let group = here.pick(["群", "群", "Group"]);
    let mut columns = vec![column(group).grow()];
    columns.extend(COLUMNS.into_iter().map(head));
    let row = |g: &GroupNow| {
        let trend: Vec<i64> = g.before.iter().map(|n| i64::from(*n)).collect();
        let label = here.pick(["人数走势", "人數走勢", "Members by week"]);
        let href = at(here, &format!("/insight/groups/{}", g.group));
        let mut cells = vec![html! {
            a href=(href) { (g.name) } " " (sparkline(label, &trend))
        }];
        cells.extend(COLUMNS.iter().map(|c| html! { ((c.says)(here, &g.now)) }));
        Row { id: format!("g{}", g.group), key: "", name: "", cells }
    };
    let caption = here.pick(["每个群", "每個群", "Each group"]);
    let table =
        DataTable { caption, columns, rows: all.iter().map(row).collect(), pick: None, foot: None };
    html! {
        div class="cell" { div class="grow" {
            (card_head(caption))
            p class="sub" {
                (meaning(here, "groups")) " · " (export_link(here, "/insight/groups.csv"))
            }
        } }
        (data_table(here.lang, &table))
    }
}

/// The figures of one moment as cells of a file.
pub const HEADS: [&str; 30] = [
    "members",
    "joins",
    "leaves",
    "members_before",
    "leaving",
    "dau",
    "wau",
    "mau",
    "stickiness",
    "lines",
    "lines_a_member",
    "speakers",
    "who_speaks",
    "gini",
    "answers",
    "reply_density",
    "by_themselves",
    "answered",
    "answered_soon",
    "first_answer_seconds",
    "core",
    "active",
    "peripheral",
    "dormant",
    "alive",
    "returning",
    "voices",
    "evenness",
    "answered_part",
    "staying",
];
pub fn cells(f: &Figures) -> Vec<String> {
    let number = |x: Option<f64>| x.map_or(String::new(), |x| format!("{x:.6}"));
    let mut out = [f.members, f.joins, f.leaves, f.before].map(|n| n.to_string()).to_vec();
    out.extend([number(f.leaving()), format!("{:.6}", f.daily)]);
    out.extend([f.weekly, f.monthly].map(|n| n.to_string()));
    out.extend([number(f.stickiness()), f.said.to_string(), number(f.a_member())]);
    out.extend([f.speakers.to_string(), number(f.speaking()), number(f.gini)]);
    out.extend([f.answers.to_string(), number(f.density())]);
    out.extend([f.opened, f.answered, f.soon].map(|n| n.to_string()));
    out.push(f.first_answer.map_or(String::new(), |s| s.to_string()));
    out.extend(Standing::ALL.iter().map(|s| f.standing[*s as usize].to_string()));
    out.extend(Part::ALL.iter().map(|p| format!("{:.2}", p.of(f))));
    out
}
pub fn score(f: &Figures) -> String {
    health(f).map_or(String::new(), |h| format!("{h:.2}"))
}

/// A row a group.
pub async fn file(State(house): State<House>, here: Here) -> Result<Response, Sorry> {
    let all = figures(&house, &here).await?;
    let mut heads = vec!["group", "name"];
    heads.extend(HEADS);
    heads.push("health");
    let row = |g: &GroupNow| {
        let mut out = vec![g.group.to_string(), g.name.clone()];
        out.extend(cells(&g.now));
        out.push(score(&g.now));
        out
    };
    Ok(table_file(&here, "groups", &heads, all.iter().map(row).collect()))
}

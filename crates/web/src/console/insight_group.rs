//! One group: its figures now, the parts of its health, and how it went week by week.
use super::frame::{self, Show, Spot, at};
use super::insight_groups::{HEADS, cells, decimal, score};
use super::insight_tabs::{export_link, meaning, share, table_file};
use crate::House;
use crate::form::named;
use crate::reply::Sorry;
use crate::ui::{
    Bar, Kpi, LineChart, StackChart, button, card, card_head, chart_bars, chart_line, chart_stack,
    data_twin, kpi,
};
use crate::who::Here;
use crate::words::format::{number, span};
use crate::words::insight as words;
use app::learning::groups::GroupWeeks;
use app::learning::insight::date::day_text;
use app::learning::insight::group::{Standing, Week};
use app::learning::insight::growth::monday;
use app::learning::insight::health::{FEWEST, Part, health};
use axum::extract::{Path, State};
use axum::response::Response;
use maud::{Markup, html};
use rules::base::{Id, id};
use rules::community::role::Right;

/// Weeks of the charts; the file has a year.
const WEEKS: usize = 26;

type Of = Path<(String, String)>;

async fn figures(house: &House, here: &Here, group: &str) -> Result<GroupWeeks, Sorry> {
    let who = here.may(Right::Insight)?;
    let group: Id<id::Group> = named(group)?;
    let found = house.app.group_figures(here.now, who.community, group, here.zone()).await?;
    found.ok_or(Sorry::NotFound)
}

pub async fn page(
    State(house): State<House>,
    here: Here,
    Path((_, group)): Of,
) -> Result<Markup, Sorry> {
    let who = here.may(Right::Insight)?;
    let g = figures(&house, &here, &group).await?;
    let shown = &g.weeks[g.weeks.len().saturating_sub(WEEKS)..];
    let labels: Vec<String> = shown.iter().map(label).collect();
    let body = html! {
        div class="cols -four -stretch" { (tops(&here, &g, shown)) }
        (card(parts(&here, &g)))
        (card(standing(&here, shown, &labels)))
        div class="cols" {
            (card(line(&here, shown, &labels, &MEMBERS)))
            (card(line(&here, shown, &labels, &ACTIVE)))
            (card(line(&here, shown, &labels, &SAID)))
            (card(line(&here, shown, &labels, &HEALTH)))
        }
        (card(table(&here, &g, shown)))
    };
    let above = [(here.pick(["群", "群", "Groups"]), "/insight/groups")];
    let href = at(&here, &format!("/groups/{}", g.group));
    let actions = who.rights.may(Right::Members).then(|| {
        html! { (button(here.pick(["管理这个群", "管理這個群", "Manage the group"])).to(&href)) }
    });
    let show = Show { above: &above, actions, ..Show::new(Spot::Insight, &g.name) };
    frame::show(&house, &here, who, show, body).await
}

/// `03-02`; the week that is not over has a mark.
fn label(w: &Week) -> String {
    day_text(monday(w.week))[5..].to_string()
}

fn tops(here: &Here, g: &GroupWeeks, shown: &[Week]) -> Markup {
    let f = &g.now;
    let per = |n: f64| decimal(Some(n), 1);
    let fill = |words: [&'static str; 3], a: String, b: String| {
        here.pick(words).replace("{a}", &a).replace("{b}", &b)
    };
    let coming = fill(
        ["加入 {a} · 离开 {b}", "加入 {a} · 離開 {b}", "joined {a} · left {b}"],
        number(f.joins.into()),
        number(f.leaves.into()),
    );
    let active = fill(
        ["日 {a} · 周 {b}", "日 {a} · 週 {b}", "DAU {a} · WAU {b}"],
        per(f.daily),
        number(f.weekly.into()),
    );
    let voices = fill(
        ["基尼 {a} · 人均 {b} 条", "基尼 {a} · 人均 {b} 則", "Gini {a} · lines a member {b}"],
        decimal(f.gini, 2),
        decimal(f.a_member(), 1),
    );
    let answers = fill(
        [
            "{a} 当天有回复 · 回复占 {b}",
            "{a} 當天有回覆 · 回覆占 {b}",
            "{a} within a day · replies {b}",
        ],
        share((f.opened > 0).then(|| f64::from(f.soon) / f64::from(f.opened))),
        share(f.density()),
    );
    let small = here
        .pick(["不到 {n} 人不打分", "不到 {n} 人不打分", "no score below {n} members"])
        .replace("{n}", &FEWEST.to_string());
    let month = here.pick(["最近 30 天", "最近 30 天", "the last 30 days"]).to_string();
    let healthy = if health(f).is_some() { month } else { small };
    let first = f.first_answer.map_or("–".into(), |s| span(here.lang, s * 1_000));
    let trend = |of: fn(&Week) -> u32| shown.iter().map(|w| of(w).into()).collect::<Vec<i64>>();
    let parts = [
        (["健康", "健康", "Health"], decimal(health(f), 0), healthy, vec![]),
        (["人数", "人數", "Members"], number(f.members.into()), coming, trend(|w| w.then.members)),
        (["月活", "月活", "MAU"], number(f.monthly.into()), active, trend(|w| w.active)),
        (["黏性", "黏性", "Stickiness"], share(f.stickiness()), "DAU / MAU".into(), vec![]),
        (["发言的人", "發言的人", "Who speaks"], share(f.speaking()), voices, vec![]),
        (["首个回复（中位）", "首個回覆（中位）", "First answer, median"], first, answers, vec![]),
    ];
    html! { @for (name, value, note, trend) in &parts {
        (kpi(here.lang, &Kpi { name: here.pick(*name), value, delta: None, note, trend }))
    } }
}

fn parts(here: &Here, g: &GroupWeeks) -> Markup {
    let title = here.pick(["健康由什么组成", "健康由什麼組成", "The parts of its health"]);
    let bar = |p: &Part| Bar {
        colour: 1 + (*p as u8) % 6,
        ..Bar::new(here.pick(words::part(*p)), p.of(&g.now).round() as i64)
    };
    let bars: Vec<Bar> = Part::ALL.iter().map(bar).collect();
    let says = here.pick([
        "六项各 0–100，健康是它们的平均。够多就满分：一半的人来过、月活里每天两成、三成人说话、发言均匀、\
         三成的话当天有人接、没人离开。",
        "六項各 0–100，健康是它們的平均。夠多就滿分：一半的人來過、月活裡每天兩成、三成人說話、發言均勻、\
         三成的話當天有人接、沒人離開。",
        "Six parts of 0–100; health is their mean. Plenty is full: half of all came, a fifth of \
         them each day, three of ten speak, voices are even, three of ten lines are answered \
         within a day, nobody leaves.",
    ]);
    html! {
        (card_head(title))
        div id="parts" { (chart_bars(here.lang, title, says, &bars, &|n| number(n))) }
        p class="sub" { (meaning(here, "groups")) }
    }
}

fn standing(here: &Here, shown: &[Week], labels: &[String]) -> Markup {
    let title = here.pick(["圈层", "圈層", "Standing of its members"]);
    let names = Standing::ALL.map(|s| here.pick(words::standing(s)));
    let column = |w: &Week| w.then.standing.map(i64::from).to_vec();
    let values: Vec<Vec<i64>> = shown.iter().map(column).collect();
    let says = here.pick([
        "每周末往回看 30 天：核心是得分前一成、8 天以上有动静的人；沉睡是什么都没做的人。",
        "每週末往回看 30 天：核心是得分前一成、8 天以上有動靜的人；沉睡是什麼都沒做的人。",
        "Looking back 30 days from the end of each week: the core is the first tenth by score \
         with something on 8 days; who did nothing is dormant.",
    ]);
    let chart = StackChart { title, sentence: says, labels, parts: &names, values: &values };
    html! {
        (card_head(title))
        div id="standing" { (chart_stack(here.lang, &chart)) }
        p class="sub" { (meaning(here, "groups")) }
    }
}

/// A figure by week: its title, its sentence, its value and how that is written.
struct Line {
    id: &'static str,
    title: [&'static str; 3],
    says: [&'static str; 3],
    of: fn(&Week) -> i64,
}
const MEMBERS: Line = Line {
    id: "members",
    title: ["人数", "人數", "Members"],
    says: ["每周末在群里的人。", "每週末在群裡的人。", "In the group at the end of each week."],
    of: |w| w.then.members as i64,
};
const ACTIVE: Line = Line {
    id: "active",
    title: ["周活", "週活", "Active members a week"],
    says: [
        "这一周说过话、点过赞或来取过货的人。",
        "這一週說過話、按過讚或來取過貨的人。",
        "Who said, liked or ordered something in the week.",
    ],
    of: |w| w.active as i64,
};
const SAID: Line = Line {
    id: "said",
    title: ["发言", "發言", "Lines a week"],
    says: [
        "这一周的聊天、帖子和评论。",
        "這一週的聊天、貼文和留言。",
        "Lines, posts and comments of the week.",
    ],
    of: |w| w.said as i64,
};
const HEALTH: Line = Line {
    id: "health",
    title: ["健康", "健康", "Health by week"],
    says: [
        "每周末往回看 30 天；还不到 5 人时是 0。",
        "每週末往回看 30 天；還不到 5 人時是 0。",
        "Looking back 30 days from the end of each week; 0 while there are fewer than 5 members.",
    ],
    of: |w| health(&w.then).unwrap_or(0.0).round() as i64,
};

fn line(here: &Here, shown: &[Week], labels: &[String], l: &Line) -> Markup {
    let title = here.pick(l.title);
    let values: Vec<i64> = shown.iter().map(l.of).collect();
    let chart = LineChart {
        title,
        sentence: here.pick(l.says),
        labels,
        values: &values,
        compare: &[],
        format: &number,
        area: true,
    };
    html! {
        (card_head(title))
        div id=(l.id) { (chart_line(here.lang, &chart)) }
        p class="sub" { (meaning(here, "groups")) }
    }
}

fn table(here: &Here, g: &GroupWeeks, shown: &[Week]) -> Markup {
    let title = here.pick(["一周一周地看", "一週一週地看", "Week by week"]);
    let heads = [
        here.pick(["周一", "週一", "Monday"]),
        here.pick(["人数", "人數", "Members"]),
        here.pick(["加入", "加入", "Joined"]),
        here.pick(["离开", "離開", "Left"]),
        here.pick(["周活", "週活", "Active"]),
        here.pick(["发言", "發言", "Lines"]),
        here.pick(["月活", "月活", "MAU"]),
        here.pick(["黏性", "黏性", "Stickiness"]),
        here.pick(["发言的人", "發言的人", "Who speaks"]),
        here.pick(["基尼", "基尼", "Gini"]),
        here.pick(["回复密度", "回覆密度", "Replies"]),
        here.pick(["首个回复", "首個回覆", "First answer"]),
        here.pick(["健康", "健康", "Health"]),
    ];
    let row = |w: &Week| {
        let f = &w.then;
        let mut out = vec![label(w)];
        out.extend([f.members, w.joins, w.leaves, w.active, w.said].map(|n| number(n.into())));
        out.extend([number(f.monthly.into()), share(f.stickiness()), share(f.speaking())]);
        out.extend([decimal(f.gini, 2), share(f.density())]);
        out.push(f.first_answer.map_or("–".into(), |s| span(here.lang, s * 1_000)));
        out.push(decimal(health(f), 0));
        out
    };
    let rows: Vec<Vec<String>> = shown.iter().rev().map(row).collect();
    let says = here.pick([
        "加入、离开、周活、发言是这一周的；其余往回看 30 天。",
        "加入、離開、週活、發言是這一週的；其餘往回看 30 天。",
        "Joined, left, active and lines are of the week; the others look back 30 days.",
    ]);
    let file = format!("/insight/groups/{}/weeks.csv", g.group);
    html! {
        (card_head(title))
        p class="sub" { (says) }
        div id="weeks" { (data_twin(here.lang, &heads, &rows)) }
        p class="sub" { (meaning(here, "groups")) " · " (export_link(here, &file)) }
    }
}

/// A row a week.
pub async fn file(
    State(house): State<House>,
    here: Here,
    Path((_, group)): Of,
) -> Result<Response, Sorry> {
    let g = figures(&house, &here, &group).await?;
    let mut heads = vec!["week", "joins_of_week", "leaves_of_week", "active", "lines_of_week"];
    heads.extend(HEADS);
    heads.push("health");
    let row = |w: &Week| {
        let mut out = vec![day_text(monday(w.week))];
        out.extend([w.joins, w.leaves, w.active, w.said].map(|n| n.to_string()));
        out.extend(cells(&w.then));
        out.push(score(&w.then));
        out
    };
    Ok(table_file(&here, "group-weeks", &heads, g.weeks.iter().map(row).collect()))
}

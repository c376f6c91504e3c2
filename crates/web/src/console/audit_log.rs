//! Who did what to whom, when, and why: what staff and leaders answer for.
use super::frame::{self, Show, Spot, at, when};
use super::members;
use crate::House;
use crate::community::lines::name_or_gone;
use crate::form::Form;
use crate::reply::Sorry;
use crate::ui::table::pager;
use crate::ui::{DataTable, Row, button, column, data_table, empty_state};
use crate::who::Here;
use crate::words::deeds::{self, DEEDS};
use crate::words::format::count;
use app::community::views_log::{DoneTo, FindDeeds, LoggedDeed};
use app::community::views_members::{Among, FindMembers};
use axum::extract::State;
use maud::{Markup, html};
use rules::base::{Id, Lang, Moment, id};
use rules::community::role::{Right, Role};

const PAGE: i64 = 50;

fn address(here: &Here, f: &FindDeeds, before: Option<Id<id::Audit>>) -> String {
    let by = f.by.map(|by| by.to_string()).unwrap_or_default();
    let mut path = format!("/audit-log?by={by}&what={}", f.what);
    if let Some(before) = before {
        path.push_str(&format!("&before={before}"));
    }
    at(here, &path)
}

pub async fn page(State(house): State<House>, here: Here, form: Form) -> Result<Markup, Sorry> {
    let who = frame::allowed(&here, frame::PEOPLE)?;
    let c = who.community;
    let what = DEEDS.iter().find(|d| **d == form.get("what")).map_or("", |d| d);
    let (by, before) = (form.id("by"), form.id("before"));
    let find = FindDeeds { by, what: what.to_string(), before, most: PAGE + 1 };
    let mut rows = house.app.find_deeds(c, find.clone()).await?;
    let more = rows.len() as i64 > PAGE;
    rows.truncate(PAGE as usize);
    let staff = FindMembers { among: Some(Among::Staff), most: 100, ..FindMembers::default() };
    let staff = house.app.find_members(here.now, c, staff).await?;
    let mut people: Vec<(String, String, bool)> = staff
        .iter()
        .map(|m| (m.row.member.to_string(), m.row.name.clone(), by == Some(m.row.member)))
        .collect();
    // a leader, or somebody who was staff, is asked for by the link on their name
    if let Some(one) = rows.first().filter(|r| by == Some(r.row.actor))
        && people.iter().all(|p| !p.2)
    {
        people.push((one.row.actor.to_string(), one.row.name.clone(), true));
    }
    let kinds: Vec<(String, String, bool)> = DEEDS
        .iter()
        .map(|d| ((*d).to_string(), deeds::deed(here.lang, d).to_string(), *d == what))
        .collect();
    let next = rows.last().filter(|_| more).map(|r| address(&here, &find, Some(r.row.id)));
    let first = before.map(|_: Id<id::Audit>| address(&here, &find, None));
    let shown = count(here.lang, rows.len() as i64, ["条", "筆"], ["entry", "entries"]);
    let body = html! {
        section class="card -flush" {
            form class="filters" method="get" action=(at(&here, "/audit-log")) {
                (members::list(&here, "by", ["谁：不限", "誰：不限", "By anybody"], &people))
                (members::list(&here, "what", ["做了什么：不限", "做了什麼：不限", "Any deed"], &kinds))
                (button(here.pick(["筛选", "篩選", "Filter"])).small().submit())
            }
            @if rows.is_empty() {
                (empty_state(
                    here.pick(["没有记录", "沒有紀錄", "Nothing here"]),
                    here.pick(["管理成员和团长做的事会记在这里", "管理成員和團長做的事會記在這裡",
                        "What staff and leaders do is written down here."]), None))
            } @else {
                (data_table(here.lang, &table(&here, &find, &rows)))
                (pager(here.lang, &shown, first.as_deref(), next.as_deref()))
            }
        }
    };
    let title = here.pick(["操作记录", "操作紀錄", "Audit log"]);
    frame::show(&house, &here, who, Show::new(Spot::Log, title), body).await
}

fn table<'a>(here: &Here, find: &FindDeeds, rows: &'a [LoggedDeed]) -> DataTable<'a> {
    let row = |d: &'a LoggedDeed| {
        let r = &d.row;
        let same = FindDeeds { by: Some(r.actor), ..find.clone() };
        Row {
            cells: vec![
                html! { (when(here, r.at)) },
                html! {
                    a href=(address(here, &same, None)) { (name_or_gone(here.lang, &r.name)) }
                },
                html! { (deeds::deed(here.lang, &r.what)) },
                to(here, d),
                html! {
                    (change(here, d))
                    @if !r.reason.is_empty() && r.what != "retry_job" {
                        br; span class="note" { (r.reason) }
                    }
                },
            ],
            ..Row::default()
        }
    };
    DataTable {
        caption: here.pick(["操作记录", "操作紀錄", "Audit log"]),
        columns: vec![
            column(here.pick(["什么时候", "什麼時候", "When"])),
            column(here.pick(["谁", "誰", "Who"])),
            column(here.pick(["做了什么", "做了什麼", "Did what"])),
            column(here.pick(["对谁", "對誰", "To"])),
            column(here.pick(["改了什么，为什么", "改了什麼，為什麼", "Change and reason"])).grow(),
        ],
        rows: rows.iter().map(row).collect(),
        pick: None,
        foot: None,
    }
}

fn to(here: &Here, d: &LoggedDeed) -> Markup {
    match &d.to {
        Some(DoneTo::Member(id, name)) => html! {
            a href=(at(here, &format!("/members/{id}"))) { (name_or_gone(here.lang, name)) }
        },
        Some(DoneTo::Group(id, name)) => html! {
            a href=(at(here, &format!("/groups/{id}"))) { (name) }
        },
        Some(DoneTo::Tag(name)) => html! { (name) },
        None if d.row.what == "retry_job" => html! {
            (super::jobs::kind_words(here, &d.row.reason))
        },
        None => html! { "–" },
    }
}

/// Before and after, in words where the codes have some.
fn change(here: &Here, d: &LoggedDeed) -> Markup {
    let (was, became) =
        (said(here, &d.row.what, &d.row.was), said(here, &d.row.what, &d.row.became));
    html! {
        @if !was.is_empty() { span class="note" { (was) } " → " }
        @if became.is_empty() && !was.is_empty() { "–" } @else { (became) }
    }
}

fn said(here: &Here, what: &str, code: &str) -> String {
    let picked = |all| here.pick(all).to_string();
    match (what, code) {
        ("mute_member", "") => String::new(),
        ("mute_member", at) => at.parse().map_or(code.into(), |at| when(here, Moment(at))),
        ("set_role", text) => {
            let (role, rights) = text.split_once(' ').unwrap_or((text, ""));
            let role = Role::of(role).map_or(role, |r| deeds::role(here.lang, r));
            let rights: Vec<&str> = rights
                .split(',')
                .filter_map(Right::of)
                .map(|r| deeds::right(here.lang, r))
                .collect();
            match (rights.is_empty(), here.lang) {
                (true, _) => role.to_string(),
                (false, Lang::En) => format!("{role} ({})", rights.join(", ")),
                (false, _) => format!("{role}（{}）", rights.join("、")),
            }
        }
        (_, "banned") => picked(["已移出", "已移出", "banned"]),
        ("ban_member", "left") => picked(["可以重新加入", "可以重新加入", "may join again"]),
        (_, "upheld") => picked(["成立", "成立", "upheld"]),
        (_, "dismissed") => picked(["不成立", "不成立", "dismissed"]),
        (_, "admitted") => picked(["同意", "同意", "let in"]),
        (_, "declined") => picked(["没同意", "沒同意", "declined"]),
        (_, "waiting") => picked(["等着", "等著", "waiting"]),
        (_, "gave_up") => picked(["卡住", "卡住", "stuck"]),
        (_, "shown") => picked(["可见", "可見", "shown"]),
        (_, "hidden") => picked(["隐藏", "隱藏", "hidden"]),
        (_, "removed") => picked(["已删", "已刪", "removed"]),
        (_, "leader") => picked(["团长", "團長", "leader"]),
        (_, "council") => picked(["理事", "理事", "council"]),
        (_, "member") => picked(["成员", "成員", "member"]),
        (_, "message") => picked(["消息", "訊息", "message"]),
        (_, "post") => picked(["帖子", "貼文", "post"]),
        (_, "comment") => picked(["评论", "留言", "comment"]),
        (_, "review") => picked(["评价", "評價", "review"]),
        (_, "open") => picked(["谁都能进", "誰都能進", "open"]),
        (_, "invite") => picked(["要邀请码", "要邀請碼", "by invite"]),
        (_, "approval") => picked(["要审核", "要審核", "by approval"]),
        (_, other) => other.to_string(),
    }
}

//! Who brought a member, interval by interval, and whom they brought.
use super::frame::{at, when};
use super::spread::mode_word;
use crate::House;
use crate::community::lines::name_or_gone;
use crate::reply::Sorry;
use crate::spread::share::trio;
use crate::ui::{DataTable, Row, Tone, card_head, column, data_table, empty_state, tag};
use crate::who::Here;
use app::community::who::Who;
use app::spread::views::Brought;
use app::spread::views_binding::Interval;
use maud::{Markup, html};
use rules::base::{Id, id};

const PEOPLE: i64 = 200;

pub async fn shown(
    house: &House,
    here: &Here,
    who: Who,
    m: Id<id::Member>,
) -> Result<Markup, Sorry> {
    let history = house.app.bindings_of(who.community, m).await?;
    let people = house.app.brought(who.community, m, PEOPLE).await?;
    let reach = house.app.reach_of(who.community, m).await?;
    let head = |all| html! { div class="cell" { (card_head(here.pick(all))) } };
    Ok(html! {
        div class="cell" { div class="grow" { (trio(here, reach)) } }
        (head(["谁带来的", "誰帶來的", "Brought by"]))
        @if history.is_empty() {
            (empty_state(here.pick(["自己找来的", "自己找來的", "Came on their own"]),
                here.pick(["加入之前没有打开过谁的链接", "加入之前沒有開啟過誰的連結",
                    "They opened nobody's link before joining."]), None))
        } @else { (intervals(here, &history)) }
        @if !people.is_empty() {
            (head(["带来了谁", "帶來了誰", "Whom they brought"]))
            (brought(here, &people))
        }
    })
}

fn link(here: &Here, m: Id<id::Member>, name: &str) -> Markup {
    let href = at(here, &format!("/members/{m}?view=spread"));
    html! { a href=(href) { (name_or_gone(here.lang, name)) } }
}

fn intervals(here: &Here, all: &[Interval]) -> Markup {
    let row = |b: &Interval| {
        let live = b.stands && b.until.is_none_or(|until| here.now < until);
        let (word, tone) = match live {
            true => (here.pick(["有效", "有效", "Stands"]), Tone::Green),
            false => (here.pick(["已结束", "已結束", "Over"]), Tone::Plain),
        };
        Row {
            cells: vec![
                link(here, b.by, &b.name),
                html! { (mode_word(here, b.mode)) },
                html! { span class="mono" { (b.code.as_deref().unwrap_or("–")) } },
                html! { (when(here, b.from)) },
                html! { @match b.until { Some(until) => (when(here, until)), None => "–" } },
                tag(word, tone),
            ],
            ..Row::default()
        }
    };
    let table = DataTable {
        caption: here.pick(["谁带来的", "誰帶來的", "Brought by"]),
        columns: vec![
            column(here.pick(["谁", "誰", "Who"])).grow(),
            column(here.pick(["方式", "方式", "Mode"])),
            column(here.pick(["链接", "連結", "Link"])),
            column(here.pick(["从", "從", "From"])).number(),
            column(here.pick(["到", "到", "Until"])).number(),
            column(here.pick(["状态", "狀態", "State"])),
        ],
        rows: all.iter().map(row).collect(),
        pick: None,
        foot: None,
    };
    data_table(here.lang, &table)
}

fn brought(here: &Here, all: &[Brought]) -> Markup {
    let row = |b: &Brought| Row {
        cells: vec![link(here, b.member, &b.name), html! { (when(here, b.since)) }],
        ..Row::default()
    };
    let table = DataTable {
        caption: here.pick(["带来了谁", "帶來了誰", "Whom they brought"]),
        columns: vec![
            column(here.pick(["谁", "誰", "Who"])).grow(),
            column(here.pick(["从", "從", "Since"])).number(),
        ],
        rows: all.iter().map(row).collect(),
        pick: None,
        foot: None,
    };
    data_table(here.lang, &table)
}

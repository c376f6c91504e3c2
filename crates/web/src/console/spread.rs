//! The terms of sharing: whose link binds a new member, and for how long a link counts.
use super::frame::{self, No, Show, Spot, at, may_any, money, news, no, see, unfit};
use super::spread_held;
use crate::House;
use crate::community::lines::name_or_gone;
use crate::form::Form;
use crate::reply::Sorry;
use crate::spread::share::trio;
use crate::ui::field;
use crate::ui::{
    Around, Choice, DataTable, Row, button, card, card_head, column, data_table, radio_list,
};
use crate::who::Here;
use crate::words::format::number;
use app::community::who::Who;
use app::spread::views_figures::{Figures, Sharer};
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use rules::community::role::Right;
use rules::spread::binding::{Mode, Terms};

/// The figures look back so far, and name so many.
const DAYS: i64 = 30;
const SHARERS: i64 = 20;

/// The fields as they stand: stored, or typed and refused.
struct Fields {
    mode: Mode,
    protect: String,
    credit: String,
}

pub fn mode_word(here: &Here, mode: Mode) -> &'static str {
    here.pick(match mode {
        Mode::First => ["首次链接", "首次連結", "First link"],
        Mode::RegisterOnly => ["加入时的链接", "加入時的連結", "Link at joining"],
        Mode::Override => ["最后的链接", "最後的連結", "Last link"],
        Mode::Protect => ["有保护期", "有保護期", "Protected"],
    })
}
fn mode_note(here: &Here, mode: Mode) -> &'static str {
    here.pick(match mode {
        Mode::First => [
            "加入前打开的第一个链接算数；最后一笔留下的订单过后 365 天结束",
            "加入前開啟的第一個連結算數；最後一筆留下的訂單過後 365 天結束",
            "The first link opened before joining; ends 365 days after the last kept order.",
        ],
        Mode::RegisterOnly => [
            "加入前打开的最后一个链接算数，一直有效",
            "加入前開啟的最後一個連結算數，一直有效",
            "The last link opened before joining, for good.",
        ],
        Mode::Override => [
            "总是最后打开的链接算数，加入以后也一样",
            "總是最後開啟的連結算數，加入以後也一樣",
            "Always the last link opened, after joining too.",
        ],
        Mode::Protect => [
            "和“最后的链接”一样，但保护期内不会被别人接走",
            "和「最後的連結」一樣，但保護期內不會被別人接走",
            "As the last link, but nobody is taken over within the protected days.",
        ],
    })
}

pub async fn page(State(house): State<House>, here: Here, form: Form) -> Result<Markup, Sorry> {
    let who = here.may(Right::Campaigns)?;
    let t = house.app.spread_terms(who.community).await?;
    let (protect, credit) = (t.protect_days.to_string(), t.credit_days.to_string());
    let fields = Fields { mode: t.mode, protect, credit };
    shown(&house, &here, &fields, None, form.get("done")).await
}

pub async fn shown_with(house: &House, here: &Here, no: Option<No>) -> Result<Markup, Sorry> {
    let t = house.app.spread_terms(here.place.id).await?;
    let (protect, credit) = (t.protect_days.to_string(), t.credit_days.to_string());
    let fields = Fields { mode: t.mode, protect, credit };
    shown(house, here, &fields, no, "").await
}

async fn shown(
    house: &House,
    here: &Here,
    f: &Fields,
    no: Option<No>,
    done: &str,
) -> Result<Markup, Sorry> {
    let who = here.may(Right::Campaigns)?;
    let modes: Vec<_> = Mode::ALL
        .iter()
        .map(|m| {
            (Choice::new(m.code(), mode_word(here, *m), *m == f.mode), Some(mode_note(here, *m)))
        })
        .collect();
    let kept = here.pick([
        "改了以后只对新的关系起作用，已有的不变",
        "改了以後只對新的關係起作用，已有的不變",
        "A change is for what comes; who was brought before stays as it was.",
    ]);
    let since = here.now.plus_days(-DAYS);
    let figures = house.app.spread_figures(who.community, since, SHARERS).await?;
    let body = html! {
        (news(here, no, done))
        (spread_held::waiting(house, here, who).await?)
        (led_to(here, who, &figures))
        form method="post" action=(at(here, "/spread")) class="stack -l" {
            (card(html! {
                (card_head(here.pick(["新成员算谁带来的", "新成員算誰帶來的",
                    "Who brought a new member"])))
                (radio_list(Around::new("mode", here.pick(["哪个链接算数", "哪個連結算數",
                    "Which link counts"])).hint(kept), &modes))
                (field::number("protect_days", here.pick(["保护期（天）", "保護期（天）",
                    "Protected days"]), &f.protect).hint(here.pick([
                    "只用于“有保护期”", "只用於「有保護期」", "For the protected mode only."])))
            }))
            (card(html! {
                (card_head(here.pick(["订单算谁带来的", "訂單算誰帶來的",
                    "Who led to an order"])))
                (field::number("credit_days", here.pick(["链接有效期（天）", "連結有效期（天）",
                    "Days a link counts"]), &f.credit).hint(here.pick([
                    "这几天里最后打开的链接算数；没有就算带来买家的人",
                    "這幾天裡最後開啟的連結算數；沒有就算帶來買家的人",
                    "The last link opened within them; else whoever brought the buyer.",
                ])))
            }))
            div class="row" {
                (button(here.pick(["保存", "儲存", "Save"])).primary().submit())
            }
        }
    };
    let title = here.pick(["分享", "分享", "Sharing"]);
    frame::show(house, here, who, Show::new(Spot::Spread, title), body).await
}

/// What the last days brought, and through whom.
fn led_to(here: &Here, who: Who, f: &Figures) -> Markup {
    let sums = may_any(who, super::frame::ORDER);
    let row = |s: &Sharer| {
        let href = at(here, &format!("/members/{}?view=spread", s.member));
        let name = name_or_gone(here.lang, &s.name);
        let mut cells = vec![
            html! { @if who.rights.may(Right::Members) { a href=(href) { (name) } }
            @else { (name) } },
            html! { (number(s.joined)) },
            html! { (number(s.orders)) },
        ];
        if sums {
            cells.push(html! { (money(here, s.kept)) });
        }
        Row { cells, ..Row::default() }
    };
    let mut columns = vec![
        column(here.pick(["谁", "誰", "Who"])).grow(),
        column(here.pick(["带来的人", "帶來的人", "Brought"])).number(),
        column(here.pick(["订单", "訂單", "Orders"])).number(),
    ];
    if sums {
        columns.push(column(here.pick(["净额", "淨額", "Net"])).number());
    }
    let table = DataTable {
        caption: here.pick(["谁的链接带来订单", "誰的連結帶來訂單", "Whose links led to orders"]),
        columns,
        rows: f.sharers.iter().map(row).collect(),
        pick: None,
        foot: None,
    };
    html! {
        section class="card -flush" {
            div class="cell" { (card_head(here.pick(["最近 30 天", "最近 30 天", "Last 30 days"]))) }
            div class="cell" { div class="grow" { (trio(here, f.reach)) } }
            @if !f.sharers.is_empty() { (data_table(here.lang, &table)) }
        }
    }
}

pub async fn save(State(house): State<House>, here: Here, form: Form) -> Result<Response, Sorry> {
    let who = here.may(Right::Campaigns)?;
    let mode = Mode::of(form.get("mode")).ok_or(Sorry::Malformed)?;
    let typed = |name: &str| form.get(name).to_string();
    let fields = Fields { mode, protect: typed("protect_days"), credit: typed("credit_days") };
    let days = (form.int("protect_days"), form.int("credit_days"));
    let refused = match days {
        (Some(protect_days), Some(credit_days)) => {
            let terms = Terms { mode, protect_days, credit_days };
            match house.app.set_spread_terms(here.now, who, terms).await {
                Ok(()) => return Ok(see(&at(&here, "/spread?done=saved"))),
                Err(stop) => no(&here, stop)?,
            }
        }
        _ => unfit(&here, ["天数请填整数", "天數請填整數", "Enter the days as whole numbers."]),
    };
    let page = shown(&house, &here, &fields, Some(refused), "").await?;
    Ok((refused.status, page).into_response())
}

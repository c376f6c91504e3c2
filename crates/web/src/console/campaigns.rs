//! Group buys at the desk: what runs, what is taken, and one with its teams.
use super::frame::{self, Show, Spot, at, money, news};
use crate::House;
use crate::form::{Form, named};
use crate::reply::Sorry;
use crate::ui::table::pager;
use crate::ui::{
    DataTable, Icon, Row, Tone, button, card, card_head, column, data_table, empty_state, tag,
};
use crate::who::Here;
use crate::words::format::{count, day_time, number};
use app::sale::views_group_buy::{CampaignRow, TeamRow};
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use rules::base::id;
use rules::community::role::Right;
use rules::sale::group_buy::{CampaignState, TeamState};

const PAGE: i64 = 50;
type Of = Path<(String, String)>;

pub async fn page(State(house): State<House>, here: Here, form: Form) -> Result<Markup, Sorry> {
    let who = here.may(Right::Campaigns)?;
    let before = form.id::<id::Campaign>("before");
    let mut rows = house.app.campaigns(who.community, before, PAGE + 1).await?;
    let more = rows.len() as i64 > PAGE;
    rows.truncate(PAGE as usize);
    let next = rows.last().filter(|_| more);
    let next = next.map(|k| at(&here, &format!("/campaigns?before={}", k.id)));
    let first = before.map(|_| at(&here, "/campaigns"));
    let shown =
        count(here.lang, rows.len() as i64, ["个拼团", "個團購"], ["group buy", "group buys"]);
    let new = at(&here, "/campaigns/new");
    let body = html! {
        section class="card -flush" {
            @if rows.is_empty() {
                (empty_state(
                    here.pick(["还没有拼团", "還沒有團購", "No group buys yet"]),
                    here.pick(["挑一件商品，定人数和价格", "挑一件商品，定人數和價格",
                        "Pick a product, a number of people and a price."]), None))
            } @else {
                (data_table(here.lang, &table(&here, &rows)))
                (pager(here.lang, &shown, first.as_deref(), next.as_deref()))
            }
        }
    };
    let word = here.pick(["开拼团", "開團購", "New group buy"]);
    let lists = format!("{}/lead", here.base());
    let leaders = at(&here, "/campaigns/leaders");
    let actions = html! {
        (button(here.pick(["接龙", "接龍", "Chain orders"])).to(&lists))
        (button(here.pick(["团长能开的", "團長能開的", "Leaders' group buys"])).to(&leaders))
        (button(word).primary().icon(Icon::Plus).to(&new))
    };
    let title = here.pick(["拼团", "團購", "Group buys"]);
    let show = Show { actions: Some(actions), ..Show::new(Spot::Campaigns, title) };
    frame::show(&house, &here, who, show, body).await
}

fn table<'a>(here: &Here, rows: &'a [CampaignRow]) -> DataTable<'a> {
    let row = |k: &'a CampaignRow| Row {
        id: format!("k{}", k.id),
        key: "",
        name: &k.title,
        cells: vec![
            html! { a href=(at(here, &format!("/campaigns/{}", k.id))) { (k.title) } },
            html! { (number(k.size)) },
            html! { (money(here, k.price)) },
            html! {
                (number(k.taken))
                @if k.most > 0 { "/" (number(k.most)) }
                @else { " " span class="note" {
                    (here.pick(["不限", "不限", "no limit"])) } }
            },
            html! { (day_time(here.lang, k.ends, here.now, &here.zone())) },
            state(here, k),
        ],
    };
    DataTable {
        caption: here.pick(["拼团", "團購", "Group buys"]),
        columns: vec![
            column(here.pick(["名称", "名稱", "Name"])).grow(),
            column(here.pick(["几人团", "幾人團", "Team of"])).number(),
            column(here.pick(["团价", "團價", "Price"])).number(),
            column(here.pick(["名额", "名額", "Seats taken"])).number(),
            column(here.pick(["结束", "結束", "Ends"])),
            column(here.pick(["状态", "狀態", "State"])),
        ],
        rows: rows.iter().map(row).collect(),
        pick: None,
        foot: None,
    }
}

fn state(here: &Here, k: &CampaignRow) -> Markup {
    let (words, tone) = match k.state {
        CampaignState::Closed => (["已关闭", "已關閉", "Closed"], Tone::Plain),
        CampaignState::Open if k.ends <= here.now => (["已结束", "已結束", "Over"], Tone::Plain),
        CampaignState::Open if k.starts > here.now => {
            (["未开始", "未開始", "Not begun"], Tone::Gold)
        }
        CampaignState::Open => (["进行中", "進行中", "Running"], Tone::Green),
    };
    tag(here.pick(words), tone)
}

pub async fn one(
    State(house): State<House>,
    here: Here,
    Path((_, id)): Of,
    form: Form,
) -> Result<Markup, Sorry> {
    let who = here.may(Right::Campaigns)?;
    let found = house.app.campaign_page(here.now, who.community, named(&id)?, None).await?;
    let p = found.ok_or(Sorry::NotFound)?;
    let teams = house.app.teams(who.community, p.row.id).await?;
    let sums = |s: TeamState| teams.iter().filter(|t| t.state == s).count() as i64;
    let close = at(&here, &format!("/campaigns/{}/close", p.row.id));
    let open = p.row.state == CampaignState::Open && p.row.ends > here.now;
    let body = html! {
        (news(&here, None, form.get("done")))
        section class="card" {
            div class="row -wrap" {
                (state(&here, &p.row))
                span class="sub" {
                    (here.pick(["进行中", "進行中", "Open"])) " " (number(sums(TeamState::Open))) " · "
                    (here.pick(["成团", "成團", "Filled"])) " " (number(sums(TeamState::Filled))) " · "
                    (here.pick(["未成团", "未成團", "Not filled"])) " "
                    (number(sums(TeamState::Failing) + sums(TeamState::Failed)))
                }
            }
            table class="kv" {
                @for v in &p.prices {
                    tr {
                        th { (count(here.lang, p.row.size, ["人团", "人團"], ["person", "people"]))
                            " · " (v.choices.join(" · ")) }
                        td class="num" { (money(&here, v.price)) " / " (money(&here, v.leader))
                            " / " (money(&here, v.alone)) }
                    }
                }
            }
            p class="note" { (here.pick(["团价 / 开团价 / 单买价", "團價 / 開團價 / 單買價",
                "Together / who opens / alone"])) }
        }
        section class="card -flush" {
            (card_head(here.pick(["最近的团", "最近的團", "Newest teams"])))
            @if teams.is_empty() {
                (empty_state(here.pick(["还没有人开团", "還沒有人開團", "Nobody has opened a team"]),
                    "", None))
            } @else { (data_table(here.lang, &team_table(&here, &teams))) }
        }
        @if open {
            (card(html! {
                form class="row" method="post" action=(close) {
                    p class="note grow" { (here.pick([
                        "关闭后不再接受新成员；已经开的团走完为止。",
                        "關閉後不再接受新成員；已經開的團走完為止。",
                        "No new members after closing; open teams run to their ends.",
                    ])) }
                    (button(here.pick(["提前关闭", "提前關閉", "Close early"])).submit())
                }
            }))
        }
    };
    let crumbs = [(here.pick(["拼团", "團購", "Group buys"]), "/campaigns")];
    let seen = format!("{}/campaigns/{}", here.base(), p.row.id);
    let actions =
        html! { (button(here.pick(["成员看到的", "成員看到的", "Member view"])).to(&seen)) };
    let show =
        Show { above: &crumbs, actions: Some(actions), ..Show::new(Spot::Campaigns, &p.row.title) };
    frame::show(&house, &here, who, show, body).await
}

fn team_table<'a>(here: &Here, teams: &'a [TeamRow]) -> DataTable<'a> {
    let row = |t: &'a TeamRow| Row {
        id: format!("t{}", t.id),
        key: "",
        name: t.faces.first().map_or("", |f| f.1.as_str()),
        cells: vec![
            html! { (t.faces.first().map_or("–", |f| f.1.as_str())) },
            html! { (number(t.members)) "/" (number(t.size)) },
            html! { (number(t.held)) },
            html! { (day_time(here.lang, t.deadline, here.now, &here.zone())) },
            team_state(here, t.state),
        ],
    };
    DataTable {
        caption: here.pick(["团", "團", "Teams"]),
        columns: vec![
            column(here.pick(["第一位", "第一位", "First member"])).grow(),
            column(here.pick(["人数", "人數", "Members"])).number(),
            column(here.pick(["正在付款", "正在付款", "Being paid"])).number(),
            column(here.pick(["截止", "截止", "Deadline"])),
            column(here.pick(["状态", "狀態", "State"])),
        ],
        rows: teams.iter().map(row).collect(),
        pick: None,
        foot: None,
    }
}

fn team_state(here: &Here, s: TeamState) -> Markup {
    let (words, tone) = match s {
        TeamState::Open => (["进行中", "進行中", "Open"], Tone::Accent),
        TeamState::Filled => (["成团", "成團", "Filled"], Tone::Green),
        TeamState::Failing => (["退款中", "退款中", "Being refunded"], Tone::Gold),
        TeamState::Failed => (["未成团", "未成團", "Not filled"], Tone::Plain),
    };
    tag(here.pick(words), tone)
}

pub async fn close(
    State(house): State<House>,
    here: Here,
    Path((_, id)): Of,
) -> Result<Response, Sorry> {
    let who = here.may(Right::Campaigns)?;
    house.app.close_campaign(here.now, who, named(&id)?).await?;
    Ok(Redirect::to(&at(&here, &format!("/campaigns/{id}?done=1"))).into_response())
}

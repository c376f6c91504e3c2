//! All groups: who leads them, whether they live, who waits at the door; and making one.
use super::frame::{self, Show, Spot, at, see};
use crate::House;
use crate::community::group_form::{self, Filled, Wrong};
use crate::community::groups::{admission_word, kind_word};
use crate::community::lines::name_or_gone;
use crate::form::Form;
use crate::reply::{Sorry, status_of};
use crate::ui::table::pager;
use crate::ui::{
    DataTable, Icon, Row, Tone, button, column, data_table, empty_state, tag, tag_link,
};
use crate::who::Here;
use crate::words::format::{ago, count, number};
use app::Stop;
use app::community::views_group_list::ListedGroup;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use rules::base::id;

const PAGE: i64 = 50;

pub async fn page(State(house): State<House>, here: Here, form: Form) -> Result<Markup, Sorry> {
    let who = frame::allowed(&here, frame::PEOPLE)?;
    let before = form.id::<id::Group>("before");
    let mut rows = house.app.list_groups(here.now, who.community, before, PAGE + 1).await?;
    let more = rows.len() as i64 > PAGE;
    rows.truncate(PAGE as usize);
    let next = rows.last().filter(|_| more);
    let next = next.map(|g| at(&here, &format!("/groups?before={}", g.id)));
    let first = before.map(|_| at(&here, "/groups"));
    let shown = count(here.lang, rows.len() as i64, ["个群", "個群"], ["group", "groups"]);
    let new = at(&here, "/groups/new");
    let body = html! {
        section class="card -flush" {
            @if rows.is_empty() {
                (empty_state(
                    here.pick(["还没有群", "還沒有群", "No groups yet"]),
                    here.pick(["建一个群，请大家进来", "建一個群，請大家進來",
                        "Make one and ask people in."]), None))
            } @else {
                (data_table(here.lang, &table(&here, &rows)))
                (pager(here.lang, &shown, first.as_deref(), next.as_deref()))
            }
        }
    };
    let word = here.pick(["建群", "建群", "New group"]);
    let relay = here.pick(["转播到多个群", "轉播到多個群", "Relay to groups"]);
    let relays = format!("{}/relays", here.base());
    let actions =
        html! { (button(relay).to(&relays)) (button(word).primary().icon(Icon::Plus).to(&new)) };
    let title = here.pick(["群", "群", "Groups"]);
    let show = Show { actions: Some(actions), ..Show::new(Spot::Groups, title) };
    frame::show(&house, &here, who, show, body).await
}

fn table<'a>(here: &Here, rows: &'a [ListedGroup]) -> DataTable<'a> {
    let row = |g: &'a ListedGroup| Row {
        id: format!("g{}", g.id),
        key: "",
        name: &g.name,
        cells: vec![
            html! {
                a href=(at(here, &format!("/groups/{}", g.id))) { (g.name) } " "
                (tag(kind_word(here.lang, g.kind), Tone::Plain))
            },
            html! {
                @match &g.leader {
                    Some((id, name)) => {
                        a href=(at(here, &format!("/members/{id}"))) {
                            (name_or_gone(here.lang, name))
                        }
                        @if g.leaders > 1 { span class="note" { " +" (g.leaders - 1) } }
                    },
                    None => span class="neg" { (here.pick(["没有团长", "沒有團長", "None"])) },
                }
            },
            html! { (number(g.members)) span class="note" { "/" (number(g.capacity)) } },
            html! {
                @match g.last {
                    Some(last) => (ago(here.lang, last, here.now, &here.zone())),
                    None => span class="note" {
                        (here.pick(["还没人说话", "還沒人說話", "Nobody yet"]))
                    },
                }
            },
            html! { (admission_word(here.lang, g.admission)) },
            html! { (number(g.invites)) },
            html! {
                @if g.applied > 0 {
                    @let queue = at(here, "/moderation#applications");
                    (tag_link(&number(g.applied), Tone::Gold, &queue))
                } @else { "0" }
            },
        ],
    };
    DataTable {
        caption: here.pick(["群", "群", "Groups"]),
        columns: vec![
            column(here.pick(["群", "群", "Group"])).grow(),
            column(here.pick(["团长", "團長", "Leader"])),
            column(here.pick(["人数", "人數", "Members"])).number(),
            column(here.pick(["最近发言", "最近發言", "Last line"])),
            column(here.pick(["怎么进", "怎麼進", "Door"])),
            column(here.pick(["有效邀请码", "有效邀請碼", "Open invites"])).number(),
            column(here.pick(["申请", "申請", "Applying"])).number(),
        ],
        rows: rows.iter().map(row).collect(),
        pick: None,
        foot: None,
    }
}

pub async fn new(State(house): State<House>, here: Here) -> Result<Markup, Sorry> {
    frame::allowed(&here, frame::PEOPLE)?;
    editor(&house, &here, &Filled::fresh(house.app.mint(here.now)), None).await
}

async fn editor(
    house: &House,
    here: &Here,
    filled: &Filled,
    wrong: Option<Wrong>,
) -> Result<Markup, Sorry> {
    let who = frame::allowed(here, frame::PEOPLE)?;
    let tags = house.app.community_tags(who.community).await?;
    let body = html! {
        form class="stack -l" method="post" action=(at(here, "/groups/new")) {
            (group_form::fields(here, filled, &tags, true, wrong))
            p class="note" {
                (here.pick([
                    "你会是第一个团长，建好以后可以换人。",
                    "你會是第一個團長，建好以後可以換人。",
                    "You lead it at first; choose somebody else once it is there.",
                ]))
            }
            div class="row" {
                (button(here.pick(["建群", "建群", "Make the group"])).primary().submit())
            }
        }
    };
    let above = [(here.pick(["群", "群", "Groups"]), "/groups")];
    let title = here.pick(["建群", "建群", "New group"]);
    let show = Show { above: &above, ..Show::new(Spot::Groups, title) };
    frame::show(house, here, who, show, body).await
}

pub async fn create(State(house): State<House>, here: Here, form: Form) -> Result<Response, Sorry> {
    frame::allowed(&here, frame::PEOPLE)?;
    match house.app.create_group(here.now, group_form::creating(&here, &form)?).await {
        Ok(id) => Ok(see(&at(&here, &format!("/groups/{id}?done=saved")))),
        Err(Stop::Fault(fault)) => Err(fault.into()),
        Err(Stop::Refused(r)) => {
            let wrong = Wrong { code: r.code(), says: crate::reply::said(r, here.lang) };
            let page = editor(&house, &here, &Filled::typed(&form), Some(wrong)).await?;
            Ok((status(r.code()), page).into_response())
        }
    }
}

pub fn status(code: &str) -> StatusCode {
    StatusCode::from_u16(status_of(code)).unwrap_or(StatusCode::CONFLICT)
}

//! Open group buys of a community, those that end first first.
use super::chain::Lists;
use super::{Shot, own_page, photo, shown, sum};
use crate::House;
use crate::reply::Sorry;
use crate::ui::{
    GroupBuy, Icon, Person, Place, button, card_flush, cell_of, countdown, empty_state,
    group_buy_card,
};
use crate::who::Here;
use app::sale::views_chain::ChainRow;
use app::sale::views_group_buy::CampaignRow;
use axum::extract::State;
use axum::response::Response;
use maud::{Markup, Render, html};

const MOST: i64 = 30;

pub async fn campaigns(State(house): State<House>, here: Here) -> Result<Response, Sorry> {
    let rows = house.app.open_campaigns(here.now, here.place.id, MOST).await?;
    let lists = open_lists(&house, &here).await?;
    let title = here.pick(["正在拼团", "正在揪團", "Group buys"]);
    let mut page = own_page(&here, title, here.base());
    page.head.private = false;
    page.tab = Some(Place::Home);
    page.unread = crate::reach::unread(&house, &here).await;
    let shop = format!("{}/shop", here.base());
    let body = html! {
        @if !lists.is_empty() { (card_flush(html! { @for k in &lists { (list_cell(&here, k)) } })) }
        @if rows.is_empty() && lists.is_empty() {
            (empty_state(
                here.pick(["现在没有团", "現在沒有團", "No group buy right now"]),
                here.pick([
                    "有新的团会出现在这里，也会在群里说一声",
                    "有新的團會出現在這裡，也會在群裡說一聲",
                    "New ones appear here and are told in the groups.",
                ]),
                Some(button(here.pick(["去逛商品", "去逛商品", "See the shop"])).to(&shop)),
            ))
        }
        div class="goods" { @for row in &rows { (one(&here, row)) } }
    };
    Ok(shown(&page, body))
}

/// Lists that take orders now, as far as the reader may see them.
pub(crate) async fn open_lists(house: &House, here: &Here) -> Result<Vec<ChainRow>, Sorry> {
    let (all, mine) = (house.app.open_chains(here.now, here.place.id), Lists::of(house, here));
    let (mut all, mine) = (all.await?, mine.await?);
    all.retain(|k| mine.open_to(k.group));
    Ok(all)
}

/// A leader's list: its letter, whose it is, until when.
pub(crate) fn list_cell(here: &Here, k: &ChainRow) -> Markup {
    let main = html! {
        (k.title)
        br;
        span class="note" { (k.leader_name) " · " (k.group_name) " · "
            (countdown(here.lang, k.cut_off, here.now)) }
    };
    let n = k.last_number;
    let end = match here.lang {
        crate::words::Lang::En => format!("{n} orders"),
        crate::words::Lang::Hans => format!("{n} 单"),
        crate::words::Lang::Hant => format!("{n} 單"),
    };
    let href = format!("{}/campaigns/{}", here.base(), k.id);
    cell_of(main).lead(Icon::List).end(html! { (end) }).to(&href).render()
}

/// A campaign as a card: with its nearest team, or with an empty one to open.
pub(crate) fn one(here: &Here, row: &CampaignRow) -> Markup {
    let shot = Shot::of_campaign(row);
    let href = format!("{}/campaigns/{}", here.base(), row.id);
    let names: Vec<String> = match &row.nearest {
        Some(team) => team.faces.iter().map(|f| shown_name(here, &f.1)).collect(),
        None => Vec::new(),
    };
    let ids = row.nearest.iter().flat_map(|t| t.faces.iter().map(|f| f.0.raw()));
    let faces: Vec<Person> =
        ids.zip(&names).take(4).map(|(id, name)| Person::new(id, name)).collect();
    let near = row.nearest.as_ref();
    let small = |n: i64| u32::try_from(n).unwrap_or(u32::MAX);
    let g = GroupBuy {
        href: &href,
        title: &row.title,
        photo: photo(&shot),
        price: sum(here, row.price),
        taken: small(near.map_or(0, |t| t.members)),
        size: small(near.map_or(row.size, |t| t.size)),
        faces: &faces,
        until: near.map_or(row.ends, |t| t.deadline),
    };
    group_buy_card(here.lang, &g, here.now)
}

/// Members see each other's names; to strangers the first character says that it is a person.
pub(crate) fn shown_name(here: &Here, name: &str) -> String {
    match here.who {
        Some(_) => name.to_owned(),
        None => format!("{}**", crate::words::format::initial(name)),
    }
}

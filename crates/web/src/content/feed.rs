//! The feed: for you, latest, and each of my groups.
use super::{card, frame, reader, shown, steps};
use crate::House;
use crate::form::Form;
use crate::reply::Sorry;
use crate::ui::{self, Head, Icon, Page, Place, Tab, Top};
use crate::who::{Here, cookie};
use app::community::views_groups::MyGroup;
use app::content::feed::{Cursor, Feed, Of, Order};
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use maud::{Markup, Render, html};
use rules::base::{Id, id};

/// Which of its tabs is open.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Open {
    Order(Order),
    Group(Id<id::Group>),
}

impl Open {
    fn of(text: &str) -> Option<Open> {
        Order::of(text).map(Open::Order).or_else(|| Id::parse(text).map(Open::Group))
    }
    fn code(self) -> String {
        match self {
            Open::Order(order) => order.code().into(),
            Open::Group(group) => group.to_string(),
        }
    }
}

pub async fn page(
    State(house): State<House>,
    here: Here,
    headers: HeaderMap,
    form: Form,
) -> Result<Response, Sorry> {
    let (c, reader) = (here.place.id, reader(&house, &here).await?);
    let chosen = Open::of(form.get("tab"));
    let kept = cookie(&headers, "feed").and_then(Open::of);
    let open = chosen.or(kept).filter(|open| match open {
        Open::Group(g) => reader.groups.contains(g),
        Open::Order(_) => true,
    });
    let open = open.unwrap_or(Open::Order(Order::Ranked));
    let (of, order) = match open {
        Open::Order(order) => (Of::Community, order),
        Open::Group(group) => (Of::Group(group), Order::Latest),
    };
    let cursor = Cursor::parse(form.get("after"));
    let feed = house.app.feed(here.now, c, of, order, reader, cursor).await?;
    if here.fragment && cursor.is_some() {
        return Ok(steps(more_steps(&here, &feed, open)));
    }
    let groups = match here.who {
        Some(who) => house.app.my_groups(c, who.member).await?,
        None => Vec::new(),
    };
    let frame = frame(&house, &here, Place::Community).await;
    let title = here.pick(["社区", "社區", "Community"]);
    let head = Head {
        description: format!("{} · {title}", here.place.name),
        canonical: Some(format!("{}{}/feed", house.setup.address, here.base())),
        feed: Some(format!("{}/feed.atom", here.base())),
        ..Head::default()
    };
    let top = Top::Bar { title: title.into(), sub: None, back: None, end: Some(end(&here)) };
    let page = Page { title: title.into(), top, head, flush: true, ..frame };
    let mut response = shown(page.render(body(&here, &feed, open, &groups)));
    if chosen == Some(open) {
        remember(&house, &here, &open.code(), &mut response);
    }
    Ok(response)
}

/// The tab that was chosen opens next time too.
fn remember(house: &House, here: &Here, tab: &str, response: &mut Response) {
    let secure = if house.setup.secure { "; Secure" } else { "" };
    let year = 365 * 24 * 3600;
    let path = here.base();
    let text = format!("feed={tab}; Path={path}; Max-Age={year}; HttpOnly; SameSite=Lax{secure}");
    if let Ok(value) = HeaderValue::from_str(&text) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
}

fn end(here: &Here) -> Markup {
    let base = here.base();
    let (search, new) = (format!("{base}/search"), format!("{base}/posts/new"));
    html! {
        (ui::icon_button(Icon::Search, here.pick(["搜索", "搜尋", "Search"])).to(&search).render())
        (ui::icon_button(Icon::Edit, here.pick(["发帖", "發文", "Write"])).to(&new).render())
    }
}

fn tabs(here: &Here, open: Open, groups: &[MyGroup]) -> Markup {
    let href = |open: Open| format!("{}/feed?tab={}", here.base(), open.code());
    let first = [
        (Order::Ranked, here.pick(["给你看", "給你看", "For you"])),
        (Order::Latest, here.pick(["最新", "最新", "Latest"])),
    ];
    let mut all: Vec<(String, &str, bool)> = first
        .into_iter()
        .map(|(order, text)| (Open::Order(order), text))
        .chain(groups.iter().take(8).map(|g| (Open::Group(g.id), g.name.as_str())))
        .map(|(one, text)| (href(one), text, one == open))
        .collect();
    // a group far down my list is still there while it is open
    if !all.iter().any(|t| t.2) {
        let far = groups.iter().find(|g| Open::Group(g.id) == open);
        all.extend(far.map(|g| (href(open), g.name.as_str(), true)));
    }
    let items: Vec<Tab> = all.iter().map(|(href, text, on)| Tab::new(text, href, *on)).collect();
    ui::tabs(here.pick(["看哪些帖子", "看哪些貼文", "Which posts"]), &items, true)
}

fn more(here: &Here, feed: &Feed, open: Open) -> Option<Markup> {
    let next = feed.next?;
    let href = format!("{}/feed?tab={}&after={next}", here.base(), open.code());
    Some(ui::lazy_more(here.lang, &href))
}

fn more_steps(here: &Here, feed: &Feed, open: Open) -> ui::Fragment {
    let mut out = ui::fragment();
    for post in &feed.posts {
        out = out.append("#posts", &post.id.to_string(), card::card(here, post));
    }
    match more(here, feed, open) {
        Some(more) => out.replace("#more", more),
        None => out.remove("#more"),
    }
}

fn body(here: &Here, feed: &Feed, open: Open, groups: &[MyGroup]) -> Markup {
    let new = format!("{}/posts/new", here.base());
    let write = ui::button(here.pick(["写第一帖", "寫第一則", "Write the first"])).primary();
    html! {
        (tabs(here, open, groups))
        @if feed.posts.is_empty() {
            (ui::empty_state(
                here.pick(["还没有帖子", "還沒有貼文", "No posts yet"]),
                here.pick([
                    "晒晒今天收到的，或者问邻居一个问题",
                    "曬曬今天收到的，或者問鄰居一個問題",
                    "Show what arrived today, or ask the neighbours something.",
                ]),
                Some(write.to(&new)),
            ))
        }
        div class="stack" id="posts" { @for p in &feed.posts { (card::card(here, p)) } }
        @if let Some(more) = more(here, feed, open) { (more) }
    }
}

//! All members: views, search, filters; what they bought, for those who may see orders.
use super::frame::{self, Show, Spot, at, money};
use crate::House;
use crate::community::lines::name_or_gone;
use crate::edge::query_value;
use crate::form::Form;
use crate::reply::Sorry;
use crate::ui::console::saved_views;
use crate::ui::fragment::HEADER;
use crate::ui::table::pager;
use crate::ui::tabs::Tab;
use crate::ui::{
    Choice, DataTable, FilterBar, Icon, Person, Row, Size, Tone, avatar, button, column, data_grid,
    data_table, empty_state, filter_bar, fragment, tag,
};
use crate::who::Here;
use crate::words::deeds;
use crate::words::format::{count, date, number};
use crate::words::insight as words;
use app::community::views::MemberRow;
use app::community::views_members::{Among, FindMembers, FoundMember, LastOrder, MemberCounts};
use app::learning::segments::Class;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use maud::{Markup, Render, html};
use rules::base::{Id, id};
use rules::community::role::{Membership, Right, Role};
use rules::loyalty::stage::{Bounds, Segment, Stage};

const PAGE: i64 = 50;

/// What the address asks for.
pub fn asked(form: &Form, most: i64) -> FindMembers {
    FindMembers {
        among: match form.get("among") {
            "" => Some(Among::Active),
            among => Among::of(among),
        },
        query: rules::base::text::clip(form.get("q"), 80),
        tag: form.id("tag"),
        group: form.id("group"),
        last: LastOrder::of(form.get("last")),
        before: form.id("before"),
        most,
    }
}

/// The stage and segment it asks for.
pub fn class(form: &Form) -> Class {
    let (stage, segment) = (Stage::of(form.get("stage")), Segment::of(form.get("segment")));
    Class { stage, segment }
}

/// The list's address, or that of its file, with everything it asks for but the place in it.
pub fn address(here: &Here, list: &str, f: &FindMembers, class: Class) -> String {
    let mut path = format!("/{list}?among={}", f.among.map_or("all", Among::code));
    if !f.query.is_empty() {
        path.push_str(&format!("&q={}", query_value(&f.query)));
    }
    if let Some(tag) = f.tag {
        path.push_str(&format!("&tag={tag}"));
    }
    if let Some(group) = f.group {
        path.push_str(&format!("&group={group}"));
    }
    if let Some(last) = f.last {
        path.push_str(&format!("&last={}", last.code()));
    }
    if let Some(stage) = class.stage {
        path.push_str(&format!("&stage={}", stage.code()));
    }
    if let Some(segment) = class.segment {
        path.push_str(&format!("&segment={}", segment.code()));
    }
    at(here, &path)
}

pub async fn page(State(house): State<House>, here: Here, form: Form) -> Result<Response, Sorry> {
    let who = frame::allowed(&here, frame::PEOPLE)?;
    let c = who.community;
    let sale = sees_orders(who);
    let mut find = asked(&form, PAGE + 1);
    let mut class = class(&form);
    if !sale {
        (find.last, class) = (None, Class::default());
    }
    let bounds = Bounds::of(here.place.currency);
    let mut rows = house.app.find_of_class(here.now, c, find.clone(), (class, bounds)).await?;
    let more = rows.len() as i64 > PAGE;
    rows.truncate(PAGE as usize);
    let list = address(&here, "members", &find, class);
    let next = rows.last().filter(|_| more).map(|r| format!("{list}&before={}", r.row.member));
    let first = find.before.is_some().then_some(list);
    let inside = grid(&here, &rows, sale, first.as_deref(), next.as_deref());
    let action = at(&here, "/members");
    if here.fragment {
        let fresh = html! {
            form id="grid" method="post" action=(action) data-frag { (inside) }
        };
        return Ok(([(HEADER, "1")], fragment().replace("#grid", fresh).render()).into_response());
    }
    let counts = house.app.member_counts(here.now, c).await?;
    let chosen = Chosen {
        tags: house.app.community_tags(c).await?.into_iter().map(|t| (t.id, t.name)).collect(),
        groups: house
            .app
            .list_groups(here.now, c, None, 200)
            .await?
            .into_iter()
            .map(|g| (g.id, g.name)),
    };
    let above = html! {
        (views(&here, &find, counts))
        (filter_bar(here.lang, &FilterBar {
            action: &action,
            query: &find.query,
            placeholder: here.pick(["名字、成员编号", "名字、成員編號", "Name or member number"]),
            chips: &[],
            keep: &[("among", find.among.map_or("all", Among::code))],
            add: None,
        }, Some(filters(&here, &find, class, chosen, sale))))
    };
    let body = data_grid(&action, above, inside);
    let export = address(&here, "members.csv", &find, class);
    let word = here.pick(["导出", "匯出", "Export"]);
    let actions = html! { (button(word).icon(Icon::Download).to(&export)) };
    let title = here.pick(["成员", "成員", "Members"]);
    let show = Show { actions: Some(actions), ..Show::new(Spot::Members, title) };
    Ok(frame::show(&house, &here, who, show, body).await?.into_response())
}

struct Chosen<G> {
    tags: Vec<(Id<id::Tag>, String)>,
    groups: G,
}

fn among_words(among: Option<Among>) -> [&'static str; 3] {
    match among {
        None => ["全部", "全部", "All"],
        Some(Among::Active) => ["在社群里", "在社群裡", "Active"],
        Some(Among::Staff) => ["管理成员", "管理成員", "Staff"],
        Some(Among::Leaders) => ["团长和理事", "團長和理事", "Leaders"],
        Some(Among::Muted) => ["禁言中", "禁言中", "Muted"],
        Some(Among::Banned) => ["已移出", "已移出", "Banned"],
        Some(Among::Left) => ["已离开", "已離開", "Left"],
    }
}

fn views(here: &Here, find: &FindMembers, n: MemberCounts) -> Markup {
    let of = |among: Among| match among {
        Among::Active => Some(n.active),
        Among::Staff => Some(n.staff),
        Among::Leaders => None,
        Among::Muted => Some(n.muted),
        Among::Banned => Some(n.banned),
        Among::Left => Some(n.left),
    };
    let all = n.active + n.banned + n.left;
    let mut views: Vec<(Option<Among>, Option<i64>)> =
        Among::ALL.iter().map(|a| (Some(*a), of(*a))).collect();
    views.push((None, Some(all)));
    let hrefs: Vec<String> = views
        .iter()
        .map(|v| {
            let find = FindMembers { among: v.0, ..FindMembers::default() };
            address(here, "members", &find, Class::default())
        })
        .collect();
    let tabs: Vec<(Tab<'_>, Option<i64>)> = views
        .iter()
        .zip(&hrefs)
        .map(|((v, n), href)| (Tab::new(here.pick(among_words(*v)), href, *v == find.among), *n))
        .collect();
    saved_views(here.lang, &tabs, None)
}

fn last_words(last: LastOrder) -> [&'static str; 3] {
    match last {
        LastOrder::Month => ["30 天内买过", "30 天內買過", "Bought within 30 days"],
        LastOrder::Quarter => ["31–90 天前买过", "31–90 天前買過", "31 to 90 days ago"],
        LastOrder::Longer => ["90 天没买了", "90 天沒買了", "Not for 90 days"],
        LastOrder::Never => ["还没买过", "還沒買過", "Never bought"],
    }
}

fn filters(
    here: &Here,
    find: &FindMembers,
    class: Class,
    chosen: Chosen<impl Iterator<Item = (Id<id::Group>, String)>>,
    sale: bool,
) -> Markup {
    let tags: Vec<(String, String)> =
        chosen.tags.into_iter().map(|(id, name)| (id.to_string(), name)).collect();
    let groups: Vec<(String, String)> =
        chosen.groups.map(|(id, name)| (id.to_string(), name)).collect();
    let (tag, group) = (find.tag.map(|t| t.to_string()), find.group.map(|g| g.to_string()));
    let of = |list: &'_ [(String, String)], on: Option<&String>| -> Vec<(String, String, bool)> {
        list.iter().map(|(id, name)| (id.clone(), name.clone(), Some(id) == on)).collect()
    };
    let (tags, groups) = (of(&tags, tag.as_ref()), of(&groups, group.as_ref()));
    let last: Vec<(String, String, bool)> = LastOrder::ALL
        .iter()
        .map(|l| (l.code().into(), here.pick(last_words(*l)).into(), find.last == Some(*l)))
        .collect();
    let stages: Vec<(String, String, bool)> = Stage::ALL
        .iter()
        .map(|s| (s.code().into(), here.pick(words::stage(*s)).into(), class.stage == Some(*s)))
        .collect();
    let segments: Vec<(String, String, bool)> = Segment::ALL
        .iter()
        .map(|s| (s.code().into(), here.pick(words::segment(*s)).into(), class.segment == Some(*s)))
        .collect();
    html! {
        (list(here, "tag", ["标签：不限", "標籤：不限", "Any tag"], &tags))
        (list(here, "group", ["群：不限", "群：不限", "Any group"], &groups))
        @if sale {
            (list(here, "last", ["购买：不限", "購買：不限", "Any purchase"], &last))
            (list(here, "stage", ["阶段：不限", "階段：不限", "Any stage"], &stages))
            (list(here, "segment", ["分群：不限", "分群：不限", "Any segment"], &segments))
        }
        (button(here.pick(["筛选", "篩選", "Filter"])).small().submit())
    }
}

/// A select of the filter bar; its empty choice says what it is.
pub fn list(
    here: &Here,
    name: &str,
    any: [&'static str; 3],
    choices: &[(String, String, bool)],
) -> Markup {
    let choices: Vec<Choice> =
        choices.iter().map(|(value, text, on)| Choice::new(value, text, *on)).collect();
    html! {
        @if !choices.is_empty() {
            select class="input" name=(name) aria-label=(here.pick(any)) {
                option value="" { (here.pick(any)) }
                @for c in &choices { option value=(c.value) selected[c.on] { (c.text) } }
            }
        }
    }
}

fn grid(
    here: &Here,
    rows: &[FoundMember],
    sale: bool,
    first: Option<&str>,
    next: Option<&str>,
) -> Markup {
    if rows.is_empty() {
        return empty_state(
            here.pick(["这里没有成员", "這裡沒有成員", "No members here"]),
            here.pick([
                "换一个视图，或去掉几个条件看看",
                "換一個檢視，或去掉幾個條件看看",
                "Try another view, or fewer filters.",
            ]),
            None,
        );
    }
    let shown = count(here.lang, rows.len() as i64, ["人", "人"], ["member", "members"]);
    html! {
        (data_table(here.lang, &table(here, rows, sale)))
        (pager(here.lang, &shown, first, next))
    }
}

fn table<'a>(here: &Here, rows: &'a [FoundMember], sale: bool) -> DataTable<'a> {
    let zone = here.zone();
    let day = |m| date(here.lang, m, here.now, &zone);
    let row = |f: &'a FoundMember| {
        let (m, b) = (&f.row, f.bought);
        let name = name_or_gone(here.lang, &m.name);
        let mut cells = vec![
            html! {
                a href=(at(here, &format!("/members/{}", m.member))) class="who" {
                    (avatar(Person::new(m.member.raw(), name), Size::Xs)) (name)
                }
            },
            standing(here, m),
            html! { (day(m.joined_at)) },
        ];
        if sale {
            cells.push(html! { (number(b.orders)) });
            cells.push(html! { (money(here, b.paid - b.refunded)) });
            cells.push(html! { @if let Some(last) = b.last { (day(last)) } @else { "–" } });
        }
        Row { id: format!("m{}", m.member), key: "", name, cells }
    };
    let mut columns = vec![
        column(here.pick(["成员", "成員", "Member"])).grow(),
        column(here.pick(["角色和状态", "角色和狀態", "Role and state"])),
        column(here.pick(["加入", "加入", "Joined"])),
    ];
    if sale {
        columns.push(column(here.pick(["付过的订单", "付過的訂單", "Paid orders"])).number());
        columns.push(column(here.pick(["净消费", "淨消費", "Spent, net"])).number());
        columns.push(column(here.pick(["上次买", "上次買", "Last bought"])).number());
    }
    DataTable {
        caption: here.pick(["成员", "成員", "Members"]),
        columns,
        rows: rows.iter().map(row).collect(),
        pick: None,
        foot: None,
    }
}

/// Role and state of a member as tags.
pub fn standing(here: &Here, m: &MemberRow) -> Markup {
    let muted = m.muted_until.is_some_and(|until| until > here.now);
    let state = match m.state {
        Membership::Active => None,
        Membership::Left => Some((["已离开", "已離開", "Left"], Tone::Plain)),
        Membership::Banned => Some((["已移出", "已移出", "Banned"], Tone::Danger)),
        Membership::Closed => Some((["已注销", "已註銷", "Closed"], Tone::Plain)),
    };
    html! {
        @if m.role != Role::Member { (tag(deeds::role(here.lang, m.role), Tone::Green)) " " }
        @match state {
            Some((words, tone)) => (tag(here.pick(words), tone)),
            None if muted => (tag(here.pick(["禁言中", "禁言中", "Muted"]), Tone::Gold)),
            None if m.role == Role::Member => {
                span class="note" { (deeds::role(here.lang, m.role)) }
            },
            None => {},
        }
    }
}

/// Whether the reader may see what people bought.
pub fn sees_orders(who: app::community::who::Who) -> bool {
    who.rights.may(Right::Orders) || who.rights.may(Right::Money)
}

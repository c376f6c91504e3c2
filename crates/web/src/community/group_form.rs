//! Making a group, and changing one: the same form, whole each time.
use super::chat::Room;
use super::cookies::see;
use super::groups::{admission_word, kind_word};
use super::sign_in::again;
use crate::House;
use crate::form::Form;
use crate::reply::{Sorry, said};
use crate::ui::field;
use crate::ui::{Around, Choice, Page, Tone, Top, banner, button, choice_chips, select};
use crate::who::Here;
use app::Stop;
use app::community::PickUp;
use app::community::create_group::CreateGroup;
use app::community::update_group::UpdateGroup;
use app::community::views::TagRow;
use app::community::views_groups::GroupPage;
use axum::extract::{Path, State};
use axum::response::Response;
use maud::{Markup, html};
use rules::base::{Id, id};
use rules::community::group::{self, Admission, Deed, GroupKind};
use rules::community::role::Right;

/// What the fields show: as stored, or as typed.
pub struct Filled {
    pub id: String,
    name: String,
    kind: String,
    purpose: String,
    rules: String,
    notice: String,
    admission: String,
    capacity: String,
    place: [String; 3],
    slow: String,
    keywords: String,
    tags: Vec<String>,
}

impl Filled {
    pub fn typed(form: &Form) -> Filled {
        let get = |name: &str| form.raw(name).to_string();
        Filled {
            id: get("id"),
            name: get("name"),
            kind: get("kind"),
            purpose: get("purpose"),
            rules: get("rules"),
            notice: get("notice"),
            admission: get("admission"),
            capacity: get("capacity"),
            place: [get("place"), get("address"), get("hours")],
            slow: get("slow"),
            keywords: get("keywords"),
            tags: form.all("tags").map(str::to_string).collect(),
        }
    }
    pub fn fresh(id: Id<id::Group>) -> Filled {
        Filled {
            id: id.to_string(),
            name: String::new(),
            kind: GroupKind::Interest.code().into(),
            purpose: String::new(),
            rules: String::new(),
            notice: String::new(),
            admission: Admission::Open.code().into(),
            capacity: group::CAPACITY.to_string(),
            place: Default::default(),
            slow: "0".into(),
            keywords: String::new(),
            tags: Vec::new(),
        }
    }
    pub fn stored(page: &GroupPage) -> Filled {
        let card = page.card.clone();
        Filled {
            id: card.id.to_string(),
            name: card.name,
            kind: card.kind.code().into(),
            purpose: card.purpose,
            rules: page.rules.clone(),
            notice: page.notice.clone(),
            admission: card.admission.code().into(),
            capacity: card.capacity.to_string(),
            place: [card.pickup.name, card.pickup.address, card.pickup.hours],
            slow: page.slow_seconds.to_string(),
            keywords: page.keywords.clone(),
            tags: page.tags.iter().map(|(id, _)| id.to_string()).collect(),
        }
    }
}

/// A refusal beside its field.
#[derive(Clone, Copy)]
pub struct Wrong {
    pub code: &'static str,
    pub says: &'static str,
}

fn pickup(form: &Form) -> PickUp {
    PickUp {
        name: form.get("place").to_string(),
        address: form.get("address").to_string(),
        hours: form.get("hours").to_string(),
    }
}

/// The form; `is_new` asks for the kind, a group that is there has notice, pace and word list.
fn asks(here: &Here, f: &Filled, tags: &[TagRow], is_new: bool, wrong: Option<Wrong>) -> Markup {
    let p = |all| here.pick(all);
    let url = match is_new {
        true => format!("{}/groups/new", here.base()),
        false => format!("{}/groups/{}/edit", here.base(), f.id),
    };
    let back = match is_new {
        true => format!("{}/groups", here.base()),
        false => format!("{}/groups/{}", here.base(), f.id),
    };
    let title = if is_new {
        p(["建一个群", "建一個群", "New group"])
    } else {
        p(["改群资料", "改群資料", "Change the group"])
    };
    let body = html! {
        form class="stack" method="post" action=(url) {
            (fields(here, f, tags, is_new, wrong))
            (button(p(["保存", "儲存", "Save"])).primary().block().submit())
        }
    };
    Page {
        title: title.to_string(),
        top: Top::Bar { title: title.to_string(), sub: None, back: Some(back), end: None },
        head: crate::ui::Head { private: true, ..Default::default() },
        ..here.page()
    }
    .render(body)
}

/// Refusals that are told beside their field; the others stand above the form.
const BESIDE: [&str; 10] = [
    "bad_name",
    "bad_purpose",
    "bad_rules",
    "bad_capacity",
    "too_small",
    "bad_pick_up",
    "too_many_tags",
    "bad_notice",
    "bad_slow_mode",
    "bad_keywords",
];

/// Everything between the form's tags but its button.
pub fn fields(
    here: &Here,
    f: &Filled,
    tags: &[TagRow],
    is_new: bool,
    wrong: Option<Wrong>,
) -> Markup {
    let p = |all| here.pick(all);
    let at = |code: &str| wrong.filter(|w| w.code == code).map(|w| w.says);
    let general = wrong.filter(|w| !BESIDE.contains(&w.code));
    html! {
        input type="hidden" name="id" value=(f.id);
        @if let Some(w) = general { (banner(w.says, Tone::Danger)) }
        section class="card stack -l" {
            (field::text("name", p(["群名", "群名", "Name"]), &f.name).most(30).required()
                .error(at("bad_name")))
            @if is_new { (kinds(here, &f.kind)) }
            (field::text("purpose", p(["做什么的", "做什麼的", "What it is for"]), &f.purpose)
                .most(120).required().error(at("bad_purpose")))
            (field::textarea("rules", p(["群规（可不填）", "群規（可不填）", "Rules (optional)"]),
                &f.rules).error(at("bad_rules")))
            @if !is_new {
                (field::textarea("notice", p(["公告（可不填）", "公告（可不填）",
                    "Notice (optional)"]), &f.notice).error(at("bad_notice")))
            }
        }
        section class="card stack -l" { (the_door(here, f, tags, at("too_many_tags"),
            at("bad_capacity").or(at("too_small")))) }
        section class="card stack -l" {
            (field::text("place", p(["自提点名称（可不填）", "自取點名稱（可不填）",
                "Pick-up point (optional)"]), &f.place[0]).error(at("bad_pick_up")))
            (field::text("address", p(["自提点地址", "自取點地址", "Its address"]), &f.place[1]))
            (field::text("hours", p(["取货时间", "取貨時間", "Its hours"]), &f.place[2])
                .placeholder(p(["每天 9:00–20:00", "每天 9:00–20:00", "Daily 9:00–20:00"])))
        }
        @if !is_new { (pace(here, f, at("bad_slow_mode"), at("bad_keywords"))) }
    }
}

/// How fast one may speak, and which words wait.
fn pace(here: &Here, f: &Filled, slow: Option<&str>, words: Option<&str>) -> Markup {
    let p = |all| here.pick(all);
    html! {
        section class="card stack -l" {
            (field::number("slow", p(["慢速模式：两句之间隔几秒", "慢速模式：兩句之間隔幾秒",
                "Slow mode: seconds between two lines"]), &f.slow).range(0, group::SLOWEST)
                .hint(p(["0 是不限", "0 是不限", "0 switches it off"])).error(slow))
            (field::textarea("keywords", p(["先等团长看的词，一行一个",
                "先等團長看的詞，一行一個", "Words that wait for the leader, one a line"]),
                &f.keywords).error(words))
        }
    }
}

fn kinds(here: &Here, on: &str) -> Markup {
    let kinds: Vec<Choice> = GroupKind::ALL
        .iter()
        .map(|k| Choice::new(k.code(), kind_word(here.lang, *k), k.code() == on))
        .collect();
    choice_chips(Around::new("kind", here.pick(["种类", "種類", "Kind"])), &kinds, false)
}

fn the_door(
    here: &Here,
    f: &Filled,
    tags: &[TagRow],
    wrong_tags: Option<&str>,
    wrong_capacity: Option<&str>,
) -> Markup {
    let p = |all| here.pick(all);
    let doors: Vec<Choice> = Admission::ALL
        .iter()
        .map(|a| Choice::new(a.code(), admission_word(here.lang, *a), a.code() == f.admission))
        .collect();
    let ids: Vec<String> = tags.iter().map(|t| t.id.to_string()).collect();
    let chips: Vec<Choice> = tags
        .iter()
        .zip(&ids)
        .map(|(t, id)| Choice::new(id, &t.name, f.tags.contains(id)))
        .collect();
    html! {
        (select(Around::new("admission", p(["怎么进来", "怎麼進來", "How people come in"])), None,
            &doors))
        (field::number("capacity", p(["最多多少人", "最多多少人", "Places"]), &f.capacity)
            .range(2, group::MOST).error(wrong_capacity))
        @if !chips.is_empty() {
            (choice_chips(Around::new("tags", p(["标签", "標籤", "Tags"]))
                .hint(p(["选了同样标签的人会看到这个群", "選了同樣標籤的人會看到這個群",
                    "People with the same tags are shown this group"])).error(wrong_tags),
                &chips, true))
        }
    }
}

/// The command of a form for a new group; whoever makes it leads it.
pub fn creating(here: &Here, form: &Form) -> Result<CreateGroup, Sorry> {
    Ok(CreateGroup {
        community: here.place.id,
        by: here.may(Right::Members)?.member,
        id: form.must_id("id")?,
        kind: GroupKind::of(form.get("kind")).unwrap_or(GroupKind::Interest),
        name: form.get("name").to_string(),
        slug: None,
        purpose: form.get("purpose").to_string(),
        rules: form.raw("rules").to_string(),
        admission: Admission::of(form.get("admission")).unwrap_or(Admission::Open),
        // what is no number cannot be a size: the verb says so
        capacity: Some(form.int("capacity").unwrap_or(-1)),
        pickup: pickup(form),
        leader: None,
        tags: form.all("tags").filter_map(Id::parse).collect(),
    })
}
/// The command of a form that changes a group.
pub fn updating(here: &Here, page: &GroupPage, by: Id<id::Member>, form: &Form) -> UpdateGroup {
    UpdateGroup {
        community: here.place.id,
        by,
        group: page.card.id,
        name: form.get("name").to_string(),
        purpose: form.get("purpose").to_string(),
        rules: form.raw("rules").to_string(),
        notice: form.raw("notice").to_string(),
        admission: Admission::of(form.get("admission")).unwrap_or(page.card.admission),
        capacity: form.int("capacity").unwrap_or(-1),
        pickup: pickup(form),
        slow_seconds: form.int("slow").unwrap_or(-1),
        keywords: form.raw("keywords").to_string(),
        system_off: page.system_off.clone(),
        tags: form.all("tags").filter_map(Id::parse).collect(),
    }
}

pub async fn new_page(State(house): State<House>, here: Here) -> Result<Markup, Sorry> {
    here.may(Right::Members)?;
    let tags = house.app.community_tags(here.place.id).await?;
    Ok(asks(&here, &Filled::fresh(house.app.mint(here.now)), &tags, true, None))
}

pub async fn create(State(house): State<House>, here: Here, form: Form) -> Result<Response, Sorry> {
    let cmd = creating(&here, &form)?;
    match house.app.create_group(here.now, cmd).await {
        Ok(id) => Ok(see(&format!("{}/groups/{id}", here.base()))),
        Err(Stop::Refused(r)) => {
            let wrong = Wrong { code: r.code(), says: said(r, here.lang) };
            let tags = house.app.community_tags(here.place.id).await?;
            let page = asks(&here, &Filled::typed(&form), &tags, true, Some(wrong));
            Ok(again(r.code(), page))
        }
        Err(Stop::Fault(fault)) => Err(fault.into()),
    }
}

pub async fn edit_page(
    State(house): State<House>,
    here: Here,
    Path((_, group)): Path<(String, String)>,
) -> Result<Markup, Sorry> {
    let room = Room::of(&house, &here, &group).await?;
    if !room.may(Deed::Change) {
        return Err(Sorry::NotAllowed);
    }
    let tags = house.app.community_tags(here.place.id).await?;
    Ok(asks(&here, &Filled::stored(&room.page), &tags, false, None))
}

pub async fn edit(
    State(house): State<House>,
    here: Here,
    Path((_, group)): Path<(String, String)>,
    form: Form,
) -> Result<Response, Sorry> {
    let room = Room::of(&house, &here, &group).await?;
    let cmd = updating(&here, &room.page, room.who.member, &form);
    match house.app.update_group(here.now, cmd).await {
        Ok(()) => Ok(see(&room.url(&here))),
        Err(Stop::Refused(r)) => {
            let wrong = Wrong { code: r.code(), says: said(r, here.lang) };
            let tags = house.app.community_tags(here.place.id).await?;
            let filled = Filled { id: room.id.to_string(), ..Filled::typed(&form) };
            let page = asks(&here, &filled, &tags, false, Some(wrong));
            Ok(again(r.code(), page))
        }
        Err(Stop::Fault(fault)) => Err(fault.into()),
    }
}

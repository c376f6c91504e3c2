//! The same words into several groups: who looks after groups writes once, sees how each went.
use crate::House;
use crate::form::{Form, named};
use crate::reply::{Sorry, said, status_of};
use crate::ui::{
    Around, Choice, Page, Tone, Top, banner, button, card_head, cell_of, empty_state, field,
    select, tag,
};
use crate::who::Here;
use crate::words::Lang;
use crate::words::format::{count, day_time};
use app::Stop;
use app::community::who::Who;
use app::content::feed::{Of, Order};
use app::reach::relay_message::{Refused, RelayMessage, To};
use app::reach::views_relay::{RelayRow, RelayTo};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, Render, html};
use rules::base::{Id, Moment, id, text};
use rules::community::message::MOST;
use rules::community::role::Right;
use rules::reach::relay::{Reason, State as Stand};

const PAGE: i64 = 50;
const GROUPS: i64 = 500;

type Groups = Vec<(Id<id::Group>, String)>;

/// Groups this reader looks after: staff for members all of them, leaders and councils theirs.
async fn tended(house: &House, here: &Here) -> Result<(Who, Groups), Sorry> {
    let (who, c) = (here.member()?, here.place.id);
    let groups: Groups = if who.rights.may(Right::Members) {
        let all = house.app.list_groups(here.now, c, None, GROUPS).await?;
        all.into_iter().map(|g| (g.id, g.name)).collect()
    } else {
        house.app.tended_groups(c, who.member).await?
    };
    if groups.is_empty() { Err(Sorry::NotAllowed) } else { Ok((who, groups)) }
}

fn title(here: &Here) -> &'static str {
    here.pick(["转播到多个群", "轉播到多個群", "Relay to groups"])
}
fn frame(here: &Here, title: &str, back: &str) -> Page {
    Page {
        title: title.to_owned(),
        top: Top::Bar {
            title: title.to_owned(),
            sub: None,
            back: Some(format!("{}{back}", here.base())),
            end: None,
        },
        head: crate::ui::Head { private: true, ..Default::default() },
        ..here.page()
    }
}

pub async fn list(State(house): State<House>, here: Here) -> Result<Markup, Sorry> {
    let (who, _) = tended(&house, &here).await?;
    let rows = house.app.relays(who.community, who.member, None, PAGE).await?;
    let url = format!("{}/relays", here.base());
    Ok(frame(&here, title(&here), "/groups").render(html! {
        (button(here.pick(["写一条", "寫一則", "Write one"])).primary().block()
            .to(&format!("{url}/new")))
        section class="card -flush" {
            @if rows.is_empty() {
                (empty_state(here.pick(["还没有转播过", "還沒有轉播過", "Nothing relayed yet"]),
                    here.pick(["同一段话，一次发到你照看的几个群",
                        "同一段話，一次傳到你照看的幾個群",
                        "Say the same in several of your groups at once."]), None))
            }
            @for r in &rows { (line(&here, &url, r)) }
        }
    }))
}

fn line(here: &Here, url: &str, r: &RelayRow) -> Markup {
    let when = day_time(here.lang, r.at, here.now, &here.zone());
    let groups = count(here.lang, r.groups, ["个群", "個群"], ["group", "groups"]);
    let note = format!("{when} · {groups}");
    let end = html! {
        @if r.gave_up > 0 { (tag(&stand_words(here, Stand::GaveUp), Tone::Danger)) }
        @else if r.waiting > 0 { (tag(&stand_words(here, Stand::Queued), Tone::Blue)) }
        @else { (r.sent) "/" (r.groups) }
    };
    let what = text::clip(&text::line(&r.text), 40);
    let what = if what.is_empty() { r.link.clone() } else { what };
    cell_of(html! { (what) }).note(&note).end(end).to(&format!("{url}/{}", r.id)).render()
}

fn stand_words(here: &Here, s: Stand) -> String {
    here.pick(match s {
        Stand::Queued => ["等着发", "等著傳", "Queued"],
        Stand::Sent => ["已发出", "已傳出", "Sent"],
        Stand::Failed => ["没发成，会再试", "沒傳成，會再試", "Failed, will be tried again"],
        Stand::GaveUp => ["没发成", "沒傳成", "Gave up"],
        Stand::Cancelled => ["收回了", "收回了", "Taken back"],
    })
    .to_string()
}
fn reason_words(here: &Here, code: &str) -> String {
    let words = match Reason::of(code) {
        Some(Reason::Muted) => ["你被禁言了", "你被禁言了", "You were muted"],
        Some(Reason::NotAllowed) => {
            ["你不再照看这个群", "你不再照看這個群", "You do not look after this group any more"]
        }
        Some(Reason::NoSuchGroup) => ["群不在了", "群不在了", "The group is gone"],
        None => return code.to_string(),
    };
    here.pick(words).to_string()
}

pub async fn new(State(house): State<House>, here: Here, form: Form) -> Result<Markup, Sorry> {
    editor(&house, &here, &form, None).await
}

/// The newest posts for everybody: value, title, slug.
async fn posts(
    house: &House,
    here: &Here,
    who: Who,
) -> Result<Vec<(String, String, String)>, Sorry> {
    let c = here.place.id;
    let reader = crate::content::reader_of(house, c, Some(who)).await?;
    let feed = house.app.feed(here.now, c, Of::Community, Order::Latest, reader, None).await?;
    let open = feed.posts.into_iter().filter(|p| p.group.is_none());
    let one = |p: app::content::views::PostCard| {
        let title = if p.title.is_empty() { text::clip(&text::line(&p.lead), 40) } else { p.title };
        (p.id.to_string(), title, p.slug)
    };
    Ok(open.map(one).collect())
}

async fn editor(
    house: &House,
    here: &Here,
    form: &Form,
    wrong: Option<&str>,
) -> Result<Markup, Sorry> {
    let (who, groups) = tended(house, here).await?;
    let id: Id<id::Relay> = form.id("id").unwrap_or_else(|| house.app.mint(here.now));
    let posts = posts(house, here, who).await?;
    let posts: Vec<Choice<'_>> =
        posts.iter().map(|(id, title, _)| Choice::new(id, title, form.get("post") == id)).collect();
    let p = |words| here.pick(words);
    Ok(frame(here, title(here), "/relays").render(html! {
        @if let Some(says) = wrong { (banner(says, Tone::Danger)) }
        form class="stack" method="post" action={ (here.base()) "/relays/new" } {
            input type="hidden" name="id" value=(id);
            section class="card" {
                (field::textarea("text", p(["说什么", "說什麼", "Words"]), form.raw("text"))
                    .most(MOST as u32))
                (select(Around::new("post", p(["附上一篇帖子", "附上一篇貼文", "With a post"])),
                    Some(p(["不附", "不附", "None"])), &posts))
            }
            section class="card stack" {
                (card_head(p(["发到哪些群", "傳到哪些群", "Into which groups"])))
                p class="note" { (p([
                    "展开可以为这个群单独写，或定一个时间；不定就马上发。",
                    "展開可以為這個群單獨寫，或定一個時間；不定就馬上傳。",
                    "Open one to give it its own words or time; without a time it goes at once.",
                ])) }
                @for (id, name) in &groups { (one_group(here, form, &id.to_string(), name)) }
            }
            (button(p(["发出", "傳出", "Send"])).primary().block().submit())
        }
    }))
}

fn one_group(here: &Here, form: &Form, id: &str, name: &str) -> Markup {
    let on = form.all("group").any(|g| g == id) || (form.get("group") == id);
    let (own, at) = (format!("text_{id}"), format!("at_{id}"));
    let (words, time) = (form.raw(&own).to_owned(), form.get(&at).to_owned());
    html! {
        div {
            (crate::ui::tick("group", id, name, on, None))
            details class="rules" open[!words.is_empty() || !time.is_empty()] {
                summary class="note" { (here.pick(["单独写、定时", "單獨寫、定時",
                    "Own words, own time"])) }
                div class="stack" {
                    (field::textarea(&own, here.pick(["给这个群的话", "給這個群的話",
                        "Words for this group"]), &words).most(MOST as u32))
                    (field::date_time(&at, here.pick(["什么时候发", "什麼時候傳", "When"]), &time))
                }
            }
        }
    }
}

/// `2026-07-19T22:00` on the community's clock.
fn moment(here: &Here, typed: &str) -> Result<Option<Moment>, Refused> {
    if typed.is_empty() {
        return Ok(None);
    }
    let civil: jiff::civil::DateTime = typed.parse().map_err(|_| Refused::BadTime)?;
    let zoned = civil.to_zoned(here.zone()).map_err(|_| Refused::BadTime)?;
    Ok(Some(Moment(zoned.timestamp().as_millisecond())))
}

fn targets(here: &Here, form: &Form) -> Result<Vec<To>, Refused> {
    let one = |id: &str| {
        let group = Id::parse(id).ok_or(Refused::NoSuchGroup)?;
        let text = form.raw(&format!("text_{id}")).to_owned();
        Ok(To { group, text, at: moment(here, form.get(&format!("at_{id}")))? })
    };
    form.all("group").map(one).collect()
}

pub async fn create(State(house): State<House>, here: Here, form: Form) -> Result<Response, Sorry> {
    let (who, _) = tended(&house, &here).await?;
    let id = form.must_id("id")?;
    let link = match form.get("post") {
        "" => String::new(),
        wanted => {
            let all = posts(&house, &here, who).await?;
            let post = all.into_iter().find(|(id, ..)| id == wanted).ok_or(Sorry::Malformed)?;
            format!("{}{}/posts/{}", house.setup.address, here.base(), post.2)
        }
    };
    let said_no = match targets(&here, &form) {
        Err(no) => no,
        Ok(to) => {
            let cmd = RelayMessage { who, id, text: form.raw("text").into(), link, to };
            match house.app.relay_message(here.now, cmd).await {
                Ok(()) => {
                    let to = format!("{}/relays/{id}", here.base());
                    return Ok(Redirect::to(&to).into_response());
                }
                Err(Stop::Fault(fault)) => return Err(fault.into()),
                Err(Stop::Refused(no)) => no,
            }
        }
    };
    let page = editor(&house, &here, &form, Some(said(said_no, here.lang))).await?;
    let status = StatusCode::from_u16(status_of(said_no.code())).unwrap_or(StatusCode::CONFLICT);
    Ok((status, page).into_response())
}

pub async fn one(
    State(house): State<House>,
    here: Here,
    Path((_, relay)): Path<(String, String)>,
) -> Result<Markup, Sorry> {
    let (who, id) = (here.member()?, named::<id::Relay>(&relay)?);
    let found = house.app.relay(who.community, who.member, id).await?;
    let (r, rows) = found.ok_or(Sorry::NotFound)?;
    let sent = match here.lang {
        Lang::Hans => format!("{} / {} 个群已发出", r.sent, r.groups),
        Lang::Hant => format!("{} / {} 個群已傳出", r.sent, r.groups),
        Lang::En => format!("{} of {} groups have it", r.sent, r.groups),
    };
    Ok(frame(&here, title(&here), "/relays").render(html! {
        section class="card stack" {
            @if !r.text.is_empty() { p class="pre" { (r.text) } }
            @if !r.link.is_empty() { p { a class="link" href=(r.link) { (r.link) } } }
            p class="note" { (sent) }
            @if r.waiting > 0 {
                form method="post" action={ (here.base()) "/relays/" (id) "/cancel" } {
                    (button(here.pick(["收回还没发的", "收回還沒傳的", "Take back what waits"]))
                        .danger().submit())
                }
            }
        }
        section class="card -flush" { @for t in &rows { (delivery(&here, &r, t)) } }
    }))
}

fn delivery(here: &Here, r: &RelayRow, t: &RelayTo) -> Markup {
    let tone = match t.state {
        Stand::Sent => Tone::Green,
        Stand::Queued => Tone::Blue,
        Stand::Failed => Tone::Gold,
        Stand::GaveUp => Tone::Danger,
        Stand::Cancelled => Tone::Plain,
    };
    let when = day_time(here.lang, t.ended_at.unwrap_or(t.due), here.now, &here.zone());
    let why = match t.reason.as_str() {
        "" => String::new(),
        code => format!(" · {}", reason_words(here, code)),
    };
    let own = match r.link.is_empty() {
        true => t.text != r.text,
        false => t.text != format!("{}\n{}", r.text, r.link),
    };
    let what = html! {
        (t.group_name)
        @if own { br; span class="sub pre" { (t.text) } }
    };
    cell_of(what)
        .note(&format!("{when}{why}"))
        .end(tag(&stand_words(here, t.state), tone))
        .to(&format!("{}/groups/{}/chat?newest=1", here.base(), t.group))
        .render()
}

pub async fn cancel(
    State(house): State<House>,
    here: Here,
    Path((_, relay)): Path<(String, String)>,
) -> Result<Response, Sorry> {
    let (who, id) = (here.member()?, named::<id::Relay>(&relay)?);
    match house.app.cancel_relay(here.now, who, id).await {
        Ok(()) => Ok(Redirect::to(&format!("{}/relays/{id}", here.base())).into_response()),
        Err(Stop::Refused(_)) => Err(Sorry::NotFound),
        Err(Stop::Fault(fault)) => Err(fault.into()),
    }
}

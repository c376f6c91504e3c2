//! A group's chat: opens at the first unread line, older lines by cursor, composer at the bottom.
use super::cookies::see;
use super::lines::{self, Scene, name_or_gone};
use crate::House;
use crate::form::Form;
use crate::reply::Sorry;
use crate::ui::page::Stream;
use crate::ui::{
    Composer, Icon, Page, Top, button, chat_log, composer, icon_button, icon_s, unread_line,
};
use crate::who::Here;
use crate::words::format::{count, day_time};
use app::community::views_chat::{Line, Opening};
use app::community::views_groups::GroupPage;
use app::community::who::Who;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use maud::{Markup, Render, html};
use rules::base::{Id, Lang, id};
use rules::community::group::{self, Deed};
use rules::community::message::{LineState, MOST};
use rules::community::role::Right;

/// A group as one reader may see it.
pub struct Room {
    pub who: Who,
    pub id: Id<id::Group>,
    pub page: GroupPage,
}

impl Room {
    pub async fn of(house: &House, here: &Here, group: &str) -> Result<Room, Sorry> {
        let who = here.member()?;
        let id: Id<id::Group> = Id::parse(group).ok_or(Sorry::NotFound)?;
        let page = house.app.group_page(here.place.id, id, Some(who.member)).await?;
        Ok(Room { who, id, page: page.ok_or(Sorry::NotFound)? })
    }
    pub fn may(&self, deed: Deed) -> bool {
        group::may(deed, self.who.rights.may(Right::Members), self.page.role)
    }
    /// Its members read it, and those who tend it.
    pub fn reads(&self) -> bool {
        self.page.role.is_some() || self.may(Deed::Tend)
    }
    pub fn url(&self, here: &Here) -> String {
        format!("{}/groups/{}", here.base(), self.id)
    }
}

/// What the address asks for.
enum Look {
    Unread,
    Newest,
    Before(i64),
}

pub async fn page(
    State(house): State<House>,
    here: Here,
    Path((_, group)): Path<(String, String)>,
    form: Form,
) -> Result<Response, Sorry> {
    let room = Room::of(&house, &here, &group).await?;
    if !room.reads() {
        return Ok(see(&room.url(&here)));
    }
    let look = match form.int("before") {
        Some(seq) => Look::Before(seq),
        None if form.has("newest") => Look::Newest,
        None => Look::Unread,
    };
    let opening = opening(&house, &here, &room, &look).await?;
    let reply = match form.id::<id::Message>("reply") {
        Some(id) => answered(&house, &here, room.id, id).await?,
        None => None,
    };
    let wrong = Draft { text: "", error: None, waits: form.has("waits") };
    Ok(shown(&house, &here, &room, &opening, reply.as_ref(), &wrong).await?.into_response())
}

async fn opening(house: &House, here: &Here, room: &Room, look: &Look) -> Result<Opening, Sorry> {
    let (c, app) = (here.place.id, &house.app);
    let (seq, more) = match look {
        Look::Unread => return Ok(app.lines_around_unread(c, room.id, room.who.member).await?),
        Look::Newest => (i64::MAX, false),
        Look::Before(seq) => (*seq, true),
    };
    let cursor = app.newest_change(c, room.id).await?;
    let lines = app.lines_before(c, room.id, seq).await?;
    Ok(Opening { lines, first_unread: None, cursor, more })
}

/// The line a new one will answer, if it is of this group and there.
pub async fn answered(
    house: &House,
    here: &Here,
    group: Id<id::Group>,
    id: Id<id::Message>,
) -> Result<Option<Line>, Sorry> {
    let found = house.app.one_line(here.place.id, id).await?;
    let here = found.filter(|(of, line)| *of == group && line.state == LineState::Shown);
    Ok(here.map(|(_, line)| line))
}

/// What stands in the composer.
pub struct Draft<'a> {
    pub text: &'a str,
    pub error: Option<&'a str>,
    /// The last line waits for the leader.
    pub waits: bool,
}

/// The page after a post that was refused: the newest lines, and what was typed.
pub async fn refused(
    house: &House,
    here: &Here,
    room: &Room,
    reply: Option<&Line>,
    draft: &Draft<'_>,
) -> Result<Markup, Sorry> {
    let opening = opening(house, here, room, &Look::Newest).await?;
    shown(house, here, room, &opening, reply, draft).await
}

async fn shown(
    house: &House,
    here: &Here,
    room: &Room,
    opening: &Opening,
    reply: Option<&Line>,
    draft: &Draft<'_>,
) -> Result<Markup, Sorry> {
    let (c, url) = (here.place.id, room.url(here));
    let whose = (!room.may(Deed::Tend)).then_some(room.who.member);
    let waiting = house.app.waiting_lines(c, room.id, whose).await?;
    let scene =
        Scene::of(&house.app, &here.place, room.id, &opening.lines, &room.page.leaders).await?;
    let unread = opening.first_unread.map(|first| {
        let n = opening.lines.iter().filter(|l| l.seq >= first).count();
        u32::try_from(n).unwrap_or(u32::MAX)
    });
    let rows = html! {
        @for line in &opening.lines {
            @if opening.first_unread == Some(line.seq) {
                (unread_line(here.lang, unread.unwrap_or(0)))
            }
            (lines::line(here.lang, &scene, line))
        }
        @if opening.more {
            li class="sys" {
                (button(here.pick(["看最新的", "看最新的", "To the newest"])).small().quiet()
                    .to(&format!("{url}/chat?newest=1")))
            }
        } @else {
            @for line in &waiting { (waits(here, room, line)) }
        }
        @if opening.lines.is_empty() && waiting.is_empty() {
            li class="sys" { (here.pick([
                "还没有人说话，打个招呼吧",
                "還沒有人說話，打個招呼吧",
                "Nobody has spoken yet. Say hello.",
            ])) }
        }
    };
    let earlier = opening.lines.first().filter(|_| opening.lines.len() >= 10);
    let earlier = earlier.map(|l| format!("{url}/chat?before={}", l.seq));
    let writes = if room.page.role.is_some() {
        box_of(house, here, room, reply, draft)
    } else {
        html! { (read_only(here)) }
    };
    let log = chat_log(
        here.lang,
        earlier.as_deref(),
        rows,
        html! {
            (writes)
            (reads_up_to(here, room, opening.cursor))
        },
    );
    Ok(frame(here, room, opening).render_raw(html! {
        @if !room.page.notice.is_empty() {
            a class="pinned" href={ (url) } {
                (icon_s(Icon::Bell))
                span class="grow clip" { (room.page.notice) }
                (icon_s(Icon::Right))
            }
        }
        (log)
    }))
}

fn frame(here: &Here, room: &Room, opening: &Opening) -> Page {
    let (card, url) = (&room.page.card, room.url(here));
    let people = count(here.lang, card.members, ["人", "人"], ["member", "members"]);
    let leader = room.page.leaders.first().map(|l| format!(" · {}", l.name)).unwrap_or_default();
    let about = here.pick(["群资料", "群資料", "About the group"]);
    let stream = Stream { src: format!("{url}/live"), after: opening.cursor.to_string() };
    Page {
        title: card.name.clone(),
        top: Top::Bar {
            title: card.name.clone(),
            sub: Some(format!("{people}{leader}")),
            back: Some(format!("{}/groups", here.base())),
            end: Some(icon_button(Icon::More, about).to(&url).render()),
        },
        fill: true,
        // older pages are a look back: nothing new is appended to them
        stream: (!opening.more).then_some(stream),
        modules: &["chat.js"],
        head: crate::ui::Head { private: true, ..Default::default() },
        ..here.page()
    }
}

fn read_only(here: &Here) -> Markup {
    html! {
        p class="composer-hint" { (icon_s(Icon::Clock)) span { (here.pick([
            "你在替社群照看这个群，加入后才能说话",
            "你在替社群照看這個群，加入後才能說話",
            "You look after this group; join it to speak",
        ])) } }
    }
}

/// Script tells how far one has read; without it there is a button.
fn reads_up_to(here: &Here, room: &Room, cursor: i64) -> Markup {
    html! {
        @if room.page.role.is_some() && room.page.read_seq < cursor {
            noscript {
                form class="row" method="post" action={ (room.url(here)) "/read" } {
                    input type="hidden" name="seq" value=(cursor);
                    (button(here.pick(["都看过了", "都看過了", "Mark as read"])).small().bare()
                        .submit())
                }
            }
        }
    }
}

fn box_of(
    house: &House,
    here: &Here,
    room: &Room,
    reply: Option<&Line>,
    draft: &Draft<'_>,
) -> Markup {
    let url = room.url(here);
    let id: Id<id::Message> = house.app.mint(here.now);
    let (id, hint) = (id.to_string(), hint(here, room, draft.waits));
    let line = reply.map(|l| l.id.to_string());
    let stop = format!("{url}/chat");
    let what = reply.map(|l| rules::base::text::clip(&rules::base::text::line(&l.body), 60));
    let answers = reply.zip(line.as_deref()).map(|(l, id)| {
        (id, name_or_gone(here.lang, &l.name), what.as_deref().unwrap_or_default(), stop.as_str())
    });
    composer(
        here.lang,
        &Composer {
            action: &format!("{url}/chat"),
            id: &id,
            value: draft.text,
            placeholder: here.pick(["说点什么", "說點什麼", "Say something"]),
            most: MOST as u32,
            hint: hint.as_deref(),
            error: draft.error,
            reply: answers,
            picture_to: None,
            more: None,
            closed: muted(here, room),
        },
    )
}

fn muted(here: &Here, room: &Room) -> bool {
    room.who.muted_until.is_some_and(|until| until > here.now)
}

/// Why the next line may have to wait; the strongest reason only.
fn hint(here: &Here, room: &Room, waits: bool) -> Option<String> {
    if let Some(until) = room.who.muted_until.filter(|until| *until > here.now) {
        let until = day_time(here.lang, until, here.now, &here.zone());
        return Some(match here.lang {
            Lang::Hans => format!("你被禁言到 {until}"),
            Lang::Hant => format!("你被禁言到 {until}"),
            Lang::En => format!("You are muted until {until}"),
        });
    }
    if waits {
        let words = here.pick(WAITS);
        return Some(words.to_string());
    }
    let slow = room.page.slow_seconds;
    (slow > 0 && !room.may(Deed::Tend)).then(|| match here.lang {
        Lang::Hans => format!("慢速模式：每 {slow} 秒说一句"),
        Lang::Hant => format!("慢速模式：每 {slow} 秒說一句"),
        Lang::En => format!("Slow mode: one line every {slow} seconds"),
    })
}

pub const WAITS: [&str; 3] = [
    "刚才那句先等团长看。发链接请附 20 个字以上的介绍：这是什么、为什么好。",
    "剛才那句先等團長看。傳連結請附 20 個字以上的介紹：這是什麼、為什麼好。",
    "That line waits for the leader. With a link, say in 20 characters what it is and why.",
];

/// A line that waits: its author sees it, and who decides about it.
pub fn waits(here: &Here, room: &Room, line: &Line) -> Markup {
    let url = format!("{}/lines/{}", room.url(here), line.id);
    let mine = line.member == Some(room.who.member);
    html! {
        li class="sys" id={ "w" (line.id) } {
            p { b { (name_or_gone(here.lang, &line.name)) } " "
                (here.pick(["（等团长看）", "（等團長看）", "(waits for the leader)"])) }
            p class="pre" { (line.body) }
            @if room.may(Deed::Tend) {
                form class="row" method="post" action={ (url) "/decide" } {
                    (button(here.pick(["放行", "放行", "Let it in"])).small().submit()
                        .value("show", "yes"))
                    (button(here.pick(["不放", "不放", "Keep it out"])).small().quiet().submit()
                        .value("show", "no"))
                }
            } @else if mine {
                form method="post" action={ (url) "/delete" } {
                    (button(here.pick(["收回", "收回", "Take it back"])).small().quiet().submit())
                }
            }
        }
    }
}

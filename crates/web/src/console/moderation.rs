//! What waits for a decision: what was reported, in its place; lines and applications of newcomers.
use super::frame::{self, No, Show, Spot, at, news, when};
use super::member_acts::{DAYS, days};
use crate::House;
use crate::community::lines::name_or_gone;
use crate::form::Form;
use crate::reply::Sorry;
use crate::ui::field::text;
use crate::ui::{Choice, Person, Size, Tone, avatar, button, card, card_head, empty_state, tag};
use crate::who::Here;
use crate::words::deeds;
use crate::words::format::{date, number};
use app::community::views_groups::ApplicationRow;
use app::community::views_moderation::{Case, Voice, WaitingLine, What};
use app::community::who::Who;
use axum::extract::State;
use maud::{Markup, html};
use rules::base::{Id, id};
use rules::community::moderation::{Reported, right_over};
use rules::community::role::Right;

pub async fn page(State(house): State<House>, here: Here, form: Form) -> Result<Markup, Sorry> {
    shown(&house, &here, &form, "", None).await
}

/// What this reader may decide.
pub async fn mine(house: &House, who: Who) -> Result<Vec<Case>, Sorry> {
    let all = house.app.cases(who.community).await?;
    Ok(all.into_iter().filter(|x| who.rights.may(right_over(x.kind))).collect())
}

/// The page; `at` is the id of what was refused, whose fields keep what was typed.
pub async fn shown(
    house: &House,
    here: &Here,
    form: &Form,
    refused: &str,
    no: Option<No>,
) -> Result<Markup, Sorry> {
    let who = frame::allowed(here, frame::ORDERLY)?;
    let members = who.rights.may(Right::Members);
    let cases = mine(house, who).await?;
    let (lines, applied) = match members {
        true => (
            house.app.lines_that_wait(who.community).await?,
            house.app.all_applications(who.community).await?,
        ),
        false => Default::default(),
    };
    let body = html! {
        (news(here, no, form.get("done")))
        @if cases.is_empty() && lines.is_empty() && applied.is_empty() {
            section class="card" {
                (empty_state(
                    here.pick(["都处理完了", "都處理完了", "All done"]),
                    here.pick(["被举报的内容、等审核的消息和入群申请会排在这里",
                        "被檢舉的內容、等審核的訊息和入群申請會排在這裡",
                        "Reports, waiting messages and applications line up here."]), None))
            }
        }
        @if !cases.is_empty() {
            (head(here, "reports", ["被举报的", "被檢舉的", "Reported"], cases.len()))
            @for case in &cases {
                @let mine = refused == case.id.to_string();
                (the_case(here, who, case, if mine { Some(form) } else { None }))
            }
        }
        @if !lines.is_empty() {
            (head(here, "lines", ["等着显示的消息", "等著顯示的訊息", "Messages that wait"], lines.len()))
            @for line in &lines { (the_line(here, line)) }
        }
        @if !applied.is_empty() {
            (head(here, "applications", ["入群申请", "入群申請", "Applications"], applied.len()))
            @for (a, _, group) in &applied {
                @let mine = refused == a.id.to_string();
                (the_application(here, a, group, if mine { Some(form) } else { None }))
            }
        }
    };
    let title = here.pick(["审核", "審核", "Moderation"]);
    frame::show(house, here, who, Show::new(Spot::Moderation, title), body).await
}

fn head(here: &Here, id: &str, words: [&'static str; 3], n: usize) -> Markup {
    html! {
        h2 class="t2" id=(id) {
            (here.pick(words)) " " span class="note num" { (number(i64::try_from(n).unwrap_or(0))) }
        }
    }
}

fn person(here: &Here, member: Id<id::Member>, name: &str) -> Markup {
    let shown = name_or_gone(here.lang, name);
    html! { a href=(at(here, &format!("/members/{member}"))) { (shown) } }
}

/// Where the thing stands, for who wants to see it whole.
fn place(here: &Here, case: &Case) -> Option<String> {
    let under = case.what.as_ref().map_or(0, |w| w.under);
    match case.kind {
        Reported::Message => {
            let (group, _) = case.group.as_ref()?;
            Some(format!("{}/groups/{group}/chat", here.base()))
        }
        Reported::Post | Reported::Comment => {
            let post = Id::<id::Post>::of(under);
            (under != 0).then(|| format!("{}/posts/{post}", here.base()))
        }
        Reported::Review => {
            let product = Id::<id::Product>::of(under);
            (under != 0).then(|| format!("{}/products/{product}", here.base()))
        }
        Reported::Member => {
            Some(at(here, &format!("/members/{}", Id::<id::Member>::of(case.subject))))
        }
    }
}

fn the_case(here: &Here, who: Who, case: &Case, form: Option<&Form>) -> Markup {
    let first = case.voices.first();
    let title = match (&case.group, &case.what) {
        (Some((_, group)), _) => group.clone(),
        (None, Some(what)) => what.title.clone(),
        (None, None) => String::new(),
    };
    html! {
        section class="card" id=(case.id) {
            div class="row -wrap" {
                (tag(deeds::reported(here.lang, case.kind), Tone::Blue))
                @match (place(here, case), title.is_empty()) {
                    (Some(href), false) => a href=(href) { (title) },
                    // a note has no title
                    (Some(href), true) => a href=(href) {
                        (here.pick(["看原文", "看原文", "See it in its place"]))
                    },
                    (None, _) => (title),
                }
                span class="grow" {}
                @if let Some(first) = first { span class="note" { (when(here, first.at)) } }
            }
            @match &case.what {
                Some(what) => (thing(here, case.kind, what)),
                None => p class="sub" { (here.pick([
                    "已经不在了", "已經不在了", "It is not there any more."])) },
            }
            ul class="stack -s" { @for voice in &case.voices { (said(here, voice)) } }
            (decision(here, who, case, form))
        }
    }
}

/// What was reported, with what was said before it.
fn thing(here: &Here, kind: Reported, what: &What) -> Markup {
    let hidden = matches!(what.state.as_str(), "hidden" | "removed" | "declined");
    html! {
        div class="quoted stack -xs" {
            @for (name, words) in &what.before {
                p class="note" { (name_or_gone(here.lang, name)) "：" (words) }
            }
            p class="row -wrap" {
                @if let Some((member, name)) = &what.author {
                    (avatar(Person::new(member.raw(), name), Size::Xs))
                    b { (person(here, *member, name)) }
                }
                span class="note" { (when(here, what.at)) }
                @if what.anonymous {
                    (tag(here.pick(["匿名评价", "匿名評價", "Anonymous to members"]), Tone::Plain))
                }
                @if hidden {
                    (tag(here.pick(["已经看不到了", "已經看不到了", "Gone already"]), Tone::Plain))
                }
            }
            @if !what.text.is_empty() { p class="pre" { (what.text) } }
            @else if kind != Reported::Member {
                p class="sub" { (here.pick(["没有文字", "沒有文字", "No words"])) }
            }
        }
    }
}

fn said(here: &Here, v: &Voice) -> Markup {
    html! {
        li class="row -wrap" {
            (tag(deeds::report_reason(here.lang, v.reason), Tone::Gold))
            @if !v.words.is_empty() { span { (v.words) } }
            span class="note" {
                (here.pick(["举报人 ", "檢舉人 ", "reported by "])) (person(here, v.member, &v.name))
            }
        }
    }
}

fn decision(here: &Here, who: Who, case: &Case, form: Option<&Form>) -> Markup {
    let typed = |name: &str| form.map_or("", |f| f.get(name));
    let author = case.what.as_ref().and_then(|w| w.author.as_ref()).map(|a| a.0);
    let mutes = who.rights.may(Right::Members) && author.is_some_and(|a| a != who.member);
    let note = match right_over(case.kind) {
        Right::Content => here.pick([
            "为什么（作者和举报人会看到，隐藏时必填）",
            "為什麼（作者和檢舉人會看到，隱藏時必填）",
            "Why (its author and the reporters read it; needed to hide)",
        ]),
        _ => here.pick([
            "为什么（举报人会看到）",
            "為什麼（檢舉人會看到）",
            "Why (the reporters read it)",
        ]),
    };
    let hide = match case.kind {
        Reported::Member => here.pick(["举报成立", "檢舉成立", "Uphold"]),
        _ => here.pick(["隐藏", "隱藏", "Hide it"]),
    };
    let action = at(here, &format!("/moderation/reports/{}", case.id));
    let id = format!("note-{}", case.id);
    let names: Vec<(String, String)> =
        DAYS.iter().map(|n| (n.to_string(), days(here, *n))).collect();
    let mute = here.pick(["不禁言作者", "不禁言作者", "Do not mute the author"]);
    html! {
        form class="stack -s" method="post" action=(action) {
            (text("note", note, typed("note")).id(&id).most(200))
            div class="row -wrap" {
                @if mutes {
                    select class="input -fit" name="mute"
                        aria-label=(here.pick(["禁言作者", "禁言作者", "Mute the author"])) {
                        option value="" { (mute) }
                        @for c in names.iter().map(|(v, t)| Choice::new(v, t, typed("mute") == v)) {
                            option value=(c.value) selected[c.on] {
                                (here.pick(["禁言作者 ", "禁言作者 ", "Mute for "])) (c.text)
                            }
                        }
                    }
                }
                span class="grow" {}
                (button(here.pick(["保留，不处理", "保留，不處理", "Keep it"])).submit()
                    .value("do", "keep"))
                (button(hide).danger().submit().value("do", "hide"))
            }
        }
    }
}

fn the_line(here: &Here, l: &WaitingLine) -> Markup {
    let joined = date(here.lang, l.joined_at, here.now, &here.zone());
    let chat = format!("{}/groups/{}/chat", here.base(), l.group);
    card(html! {
        div class="row -wrap" {
            (avatar(Person::new(l.member.raw(), &l.name), Size::Xs))
            b { (person(here, l.member, &l.name)) }
            span class="note" { (joined) (here.pick([" 加入", " 加入", " joined"])) }
            span class="grow" {}
            span class="note" { a href=(chat) { (l.group_name) } " · " (when(here, l.at)) }
        }
        p class="pre quoted" { (l.body) }
        form class="row" method="post" action=(at(here, &format!("/moderation/lines/{}", l.id))) {
            span class="grow" {}
            (button(here.pick(["不放行", "不放行", "Decline"])).submit().value("do", "decline"))
            (button(here.pick(["放行", "放行", "Show it"])).primary().submit().value("do", "show"))
        }
    })
}

fn the_application(here: &Here, a: &ApplicationRow, group: &str, form: Option<&Form>) -> Markup {
    let action = at(here, &format!("/moderation/applications/{}", a.id));
    let id = format!("reason-{}", a.id);
    let reason = here.pick([
        "不同意的原因（对方会看到）",
        "不同意的原因（對方會看到）",
        "Reason to decline (they read it)",
    ]);
    let applies = here.pick(["申请加入", "申請加入", "applies to"]);
    card(html! {
        (card_head(&format!("{} {applies} {group}", name_or_gone(here.lang, &a.name))))
        div class="row -wrap" {
            (avatar(Person::new(a.member.raw(), &a.name), Size::Xs))
            b { (person(here, a.member, &a.name)) }
            span class="note" { (when(here, a.at)) }
        }
        @if !a.words.is_empty() { p class="pre quoted" { (a.words) } }
        form class="stack -s" method="post" action=(action) {
            (text("reason", reason, form.map_or("", |f| f.get("reason"))).id(&id).most(200))
            div class="row" {
                span class="grow" {}
                (button(here.pick(["不同意", "不同意", "Decline"])).submit().value("do", "decline"))
                (button(here.pick(["同意", "同意", "Let in"])).primary().submit().value("do", "admit"))
            }
        }
    })
}

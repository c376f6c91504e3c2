//! One post with everything under it.
use super::shot::{photos, shots};
use super::{card, comments, frame, reader, shown};
use crate::House;
use crate::form::Form;
use crate::reply::Sorry;
use crate::ui::{self, Head, Icon, Page, Place, Tone, Top};
use crate::who::Here;
use crate::words::format::iso;
use app::content::views::{PostCard, PostPage};
use axum::extract::{Path, State};
use axum::response::Response;
use maud::{Markup, Render, html};
use rules::base::{Id, id};
use rules::community::role::Right;
use rules::content::post::{Kind, State as Shown};
use rules::spread::link::Shown as Thing;

pub async fn page(
    State(house): State<House>,
    here: Here,
    Path((_, which)): Path<(String, String)>,
    form: Form,
) -> Result<Response, Sorry> {
    let after = form.id("after");
    let found = find(&house, &here, &which, after).await?;
    let say = comments::Say {
        id: house.app.mint(here.now),
        answers: form.id("answers"),
        text: "",
        error: None,
    };
    count(&house, &here, &found).await;
    let page = render(&house, &here, &found, &say).await;
    Ok(shown(page))
}

pub async fn find(
    house: &House,
    here: &Here,
    which: &str,
    after: Option<Id<id::Comment>>,
) -> Result<PostPage, Sorry> {
    let reader = reader(house, here).await?;
    let found = house.app.post_page(here.place.id, which, reader, after).await?;
    found.ok_or(Sorry::NotFound)
}

/// A card that was shown counts for its post; a count that fails spoils no page.
async fn count(house: &House, here: &Here, found: &PostPage) {
    let p = &found.post;
    let own = here.who.is_some_and(|w| w.member == p.author.id);
    if own || p.cards.is_empty() || p.state != Shown::Published {
        return;
    }
    let goods = p.cards.iter().map(|c| c.id).collect();
    let done = house.app.record_card_views(here.now, here.place.id, p.id, goods).await;
    if let Err(stop) = done {
        tracing::warn!(?stop, "a card view was not counted");
    }
}

pub async fn render(
    house: &House,
    here: &Here,
    found: &PostPage,
    say: &comments::Say<'_>,
) -> Markup {
    let p = &found.post;
    let title = title(here, p);
    let top = Top::Bar {
        title: title.clone(),
        sub: None,
        back: Some(format!("{}/feed", here.base())),
        end: Some(deeds(here, p)),
    };
    let frame = frame(house, here, Place::Community).await;
    let head = head(house, here, p, &title);
    let page = Page { title, top, head, ..frame };
    page.render(html! {
        (standing(here, found))
        (whole(here, p))
        (figures(here, found))
        (comments::section(here, found, say))
    })
}

/// "小满的帖子" where it has no title of its own.
pub fn title(here: &Here, p: &PostCard) -> String {
    if !p.title.is_empty() {
        return p.title.clone();
    }
    let name = card::name(here, &p.author);
    match here.pick(["hans", "hant", "en"]) {
        "en" => format!("Post by {name}"),
        "hant" => format!("{name}的貼文"),
        _ => format!("{name}的帖子"),
    }
}

fn head(house: &House, here: &Here, p: &PostCard, title: &str) -> Head {
    let site = &house.setup.address;
    let canonical = format!("{site}{}", card::address(here, p));
    let image = match p.pictures.first() {
        Some(name) => format!("{site}/pictures/{name}/1440"),
        None => format!("{site}/cover/{}/1440", p.id),
    };
    let at = p.published_at.unwrap_or(p.changed_at);
    let data = serde_json::json!({
        "@context": "https://schema.org", "@type": "Article",
        "headline": title, "image": image, "url": canonical,
        "datePublished": iso(at), "dateModified": iso(p.changed_at),
        "inLanguage": p.lang.tag(),
        "author": { "@type": "Person", "name": card::name(here, &p.author) },
        "interactionStatistic": { "@type": "InteractionCounter",
            "interactionType": "https://schema.org/LikeAction", "userInteractionCount": p.likes },
    });
    Head {
        description: p.lead.clone(),
        canonical: Some(canonical),
        image: Some(image),
        kind: "article",
        json_ld: Some(data),
        // what only a group may read is nothing for search engines
        private: p.group.is_some() || p.state != Shown::Published,
        feed: None,
    }
}

/// What the reader may do with it, at the end of the top bar.
fn deeds(here: &Here, p: &PostCard) -> Markup {
    let base = format!("{}/posts/{}", here.base(), p.id);
    let own = here.who.is_some_and(|w| w.member == p.author.id);
    let staff = here.who.is_some_and(|w| w.rights.may(Right::Content));
    let gone = matches!(p.state, Shown::Hidden | Shown::Removed);
    let link =
        |icon, word, path: &str| ui::icon_button(icon, word).to(&format!("{base}{path}")).render();
    let open = p.state == Shown::Published;
    html! {
        @if open { (crate::spread::button(here, Thing::Post, p.id.raw())) }
        @if own && !gone { (link(Icon::Edit, here.pick(["修改", "修改", "Edit"]), "/edit")) }
        @if own && !gone {
            (link(Icon::Trash, here.pick(["删除", "刪除", "Delete"]), "/end"))
        } @else if staff && !gone {
            (link(Icon::Trash, here.pick(["隐藏", "隱藏", "Hide"]), "/end"))
        }
        @if here.who.is_some() && !own {
            (link(Icon::Flag, here.pick(["举报", "檢舉", "Report"]), "/report"))
        }
    }
}

/// Why others do not see it.
fn standing(here: &Here, found: &PostPage) -> Markup {
    let text = match found.post.state {
        Shown::Published => return html! {},
        Shown::Draft => {
            here.pick(["草稿，只有你看得到", "草稿，只有你看得到", "A draft: only you can see it."])
        }
        Shown::Hidden => {
            here.pick(["已被管理成员隐藏", "已被管理成員隱藏", "Hidden by the staff."])
        }
        Shown::Removed => here.pick(["已删除", "已刪除", "Deleted."]),
    };
    let reason = found.reason.as_deref().unwrap_or("");
    let colon = here.pick(["：", "：", " "]);
    ui::banner_of(html! { (text) @if !reason.is_empty() { (colon) (reason) } }, Tone::Gold, None)
}

fn whole(here: &Here, p: &PostCard) -> Markup {
    let shots = shots(&p.pictures, card::picture_word(here));
    let bookmark = format!("{}/posts/{}/bookmark", here.base(), p.id);
    html! {
        article class="post" id=(p.id) lang=(p.lang.tag()) {
            header class="row" {
                (ui::avatar(ui::Person::new(p.author.id.raw(), card::name(here, &p.author)),
                    ui::Size::M))
                div class="grow" {
                    p class="row" {
                        @if p.author.closed { b { (card::name(here, &p.author)) } }
                        @else {
                            a href=(card::author_address(here, &p.author)) {
                                b { (card::name(here, &p.author)) }
                            }
                        }
                        @if let Some(mark) = card::mark(here, p.kind) { (mark) }
                    }
                    p class="note" { (card::when(here, p)) }
                }
                @if here.who.is_some() {
                    form method="post" action=(bookmark) {
                        @let on = if p.bookmarked { "no" } else { "yes" };
                        (ui::button(kept_word(here, p.bookmarked)).small().quiet()
                            .value("on", on))
                    }
                }
            }
            @if !p.title.is_empty() { h2 class="t1" { (p.title) } }
            div class="prose" { (card::cleaned(&p.html)) }
            (ui::pictures(&photos(&shots)))
            @if let Some(more) = card::attached(here, p) { (more) }
            (card::with(here, p, |card| ui::post_acts(here.lang, card)))
        }
        @if p.kind == Kind::Link {
            p class="note center" {
                (here.pick([
                    "链接指向别的网站，请自己判断",
                    "連結指向別的網站，請自行判斷",
                    "The link leads to another site; use your judgement.",
                ]))
            }
        }
    }
}
fn kept_word(here: &Here, kept: bool) -> &'static str {
    match kept {
        true => here.pick(["已收藏", "已收藏", "Saved"]),
        false => here.pick(["收藏", "收藏", "Save"]),
    }
}

/// What its cards led to, for the writer and staff.
fn figures(here: &Here, found: &PostPage) -> Markup {
    let name = |product| found.post.cards.iter().find(|c| c.id == product).map(|c| &c.title);
    let rows = found.counts.iter().filter_map(|n| name(n.product).map(|title| (title, n)));
    let rows: Vec<_> = rows.collect();
    html! {
        @if !rows.is_empty() {
            (ui::card(html! {
                (ui::card_head(here.pick(["商品带来了什么", "商品帶來了什麼", "What the goods led to"])))
                ul class="stack -s" {
                    @for (title, n) in rows {
                        li class="row" {
                            span class="grow clip" { (title) }
                            span class="note num" {
                                (here.pick(["看过", "看過", "seen"])) " " (n.views) " · "
                                (here.pick(["点开", "點開", "opened"])) " " (n.clicks) " · "
                                (here.pick(["下单", "下單", "ordered"])) " " (n.orders)
                            }
                        }
                    }
                }
            }))
        }
    }
}

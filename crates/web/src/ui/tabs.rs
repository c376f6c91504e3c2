//! Tabs are links; segments switch one choice.
use maud::{Markup, html};
use rules::base::Lang;

use super::icons::{Icon, icon};
use super::tag::badge;

/// One tab or segment.
#[derive(Clone, Copy, Debug)]
pub struct Tab<'a> {
    pub text: &'a str,
    pub href: &'a str,
    pub on: bool,
}

impl<'a> Tab<'a> {
    pub const fn new(text: &'a str, href: &'a str, on: bool) -> Self {
        Tab { text, href, on }
    }
}

/// `edge` reaches the column's edges, under the top bar.
pub fn tabs(label: &str, items: &[Tab], edge: bool) -> Markup {
    html! {
        nav class={ "tabs" @if edge { " -edge" } } aria-label=(label) {
            @for t in items { a href=(t.href) aria-current=[t.on.then_some("page")] { (t.text) } }
        }
    }
}

/// Two to four choices side by side that are pages of their own: today, 7 days, 30 days.
pub fn segmented(label: &str, items: &[Tab]) -> Markup {
    html! {
        nav class="seg" aria-label=(label) {
            @for t in items { a href=(t.href) aria-current=[t.on.then_some("page")] { (t.text) } }
        }
    }
}

/// The four places of a member, and of a leader the round button between them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Place {
    Home,
    Community,
    Inbox,
    Me,
}

/// Where a live stream puts the number of unread notices.
pub const UNREAD: &str = "inbox-n";

/// The number, or nothing.
pub fn unread_badge(n: u32) -> Markup {
    html! { @if n > 0 { (badge(n)) } }
}

/// `base` is the community's address, `/c/peach`.
pub fn tab_bar(lang: Lang, base: &str, on: Option<Place>, unread: u32, lead: bool) -> Markup {
    let link = |place: Place, drawing: Icon, text: &str, path: &str, n: Option<u32>| {
        html! {
            a href={ (base) (path) } aria-current=[(on == Some(place)).then_some("page")] {
                span class="tabbar-ic" {
                    (icon(drawing))
                    @if let Some(n) = n { span id=(UNREAD) { (unread_badge(n)) } }
                }
                (text)
            }
        }
    };
    let unread = if on == Some(Place::Inbox) { 0 } else { unread };
    html! {
        nav class="tabbar" aria-label=(lang.pick(["主导航", "主導覽", "Main"])) {
            (link(Place::Home, Icon::Home, lang.pick(["首页", "首頁", "Home"]), "", None))
            (link(Place::Community, Icon::Users, lang.pick(["社区", "社區", "Community"]), "/feed",
                None))
            @if lead {
                a class="-lead" href={ (base) "/lead/new" } {
                    span class="tabbar-ic" { (icon(Icon::Plus)) }
                    (lang.pick(["开团", "開團", "New buy"]))
                }
            }
            (link(Place::Inbox, Icon::Chat, lang.pick(["消息", "消息", "Inbox"]), "/inbox",
                Some(unread)))
            (link(Place::Me, Icon::User, lang.pick(["我的", "我的", "Me"]), "/me", None))
        }
    }
}

//! The frame of every console page: the list of places, the top bar, crumbs, the command palette.
use maud::{Markup, html};
use rules::base::Lang;

use super::button::{button, icon_button};
use super::icons::{Icon, icon, icon_s};
use super::page::Page;
use super::person::{Person, Size, avatar};
use super::tabs::Tab;
use super::tag::badge_mute;
use crate::words::format::number;

/// A place in the list at the left.
#[derive(Clone, Copy, Debug)]
pub struct NavLink<'a> {
    pub icon: Icon,
    pub text: &'a str,
    pub href: &'a str,
    pub on: bool,
    /// What waits there.
    pub count: u32,
}

/// Places under one title; the first and last parts have none.
#[derive(Clone, Copy, Debug)]
pub struct NavPart<'a> {
    pub title: &'a str,
    pub links: &'a [NavLink<'a>],
}

/// Everything around the body of a console page.
#[derive(Clone, Copy, Debug)]
pub struct Console<'a> {
    pub page: &'a Page,
    pub nav: &'a [NavPart<'a>],
    pub community: &'a str,
    /// "1,286 位成员".
    pub size: &'a str,
    /// Changes to another community; none when there is one.
    pub switch_to: Option<&'a str>,
    pub me: Person<'a>,
    pub role: &'a str,
    pub alerts: u32,
    pub alerts_href: &'a str,
    /// The page itself, as members see it.
    pub member_href: &'a str,
    /// Where this page lies; the last has no address.
    pub crumbs: &'a [(&'a str, Option<&'a str>)],
    pub actions: Option<&'a Markup>,
    pub palette: &'a [Command<'a>],
    /// The editor with a phone preview needs the member components too.
    pub studio: bool,
}

impl Console<'_> {
    /// The whole document; `page.title` is the `h1`.
    pub fn render(&self, body: Markup) -> Markup {
        let lang = self.page.lang;
        let inside = html! {
            (self.rail(lang))
            div class="work" {
                (self.top(lang))
                main id="main" class="cmain" {
                    div class="chead" {
                        div class="grow" { (crumbs(lang, self.crumbs)) h1 { (self.page.title) } }
                        @if let Some(actions) = self.actions { (actions) }
                    }
                    (body)
                }
            }
            (cmd_k(lang, self.palette))
            @if let Some(after) = &self.page.after { (after) }
        };
        let sheet = if self.studio { "studio.css" } else { "console.css" };
        self.page.document(sheet, "con", inside)
    }

    fn rail(&self, lang: Lang) -> Markup {
        let brand = html! {
            i class="logo" aria-hidden="true" { "熟" }
            span class="grow clip" { b { (self.community) } small { (self.size) } }
        };
        html! {
            nav class="nav" aria-label=(lang.pick(["主导航", "主導覽", "Main"])) {
                @match self.switch_to {
                    Some(href) => {
                        a class="nav-brand" href=(href) { (brand) (icon_s(Icon::Down)) }
                    },
                    None => { div class="nav-brand" { (brand) } },
                }
                @for part in self.nav {
                    @if !part.title.is_empty() { h2 { (part.title) } }
                    @for link in part.links {
                        a href=(link.href) title=(link.text)
                            aria-current=[link.on.then_some("page")] {
                            (icon(link.icon)) span { (link.text) }
                            @if link.count > 0 { (badge_mute(link.count)) }
                        }
                    }
                }
                div class="nav-me" {
                    (avatar(self.me, Size::S))
                    span class="grow clip" { b { (self.me.name) } small { (self.role) } }
                }
            }
        }
    }

    fn top(&self, lang: Lang) -> Markup {
        let find = lang.pick(["跳到页面", "跳到頁面", "Jump to a page"]);
        let alerts = format!("{} {}", lang.pick(["提醒", "提醒", "Alerts:"]), self.alerts);
        let view = lang.pick(["看成员端", "看成員端", "Member view"]);
        html! {
            header class="ctop" {
                button class="cmd" type="button" data-open="#cmdk" {
                    (icon_s(Icon::Search)) span class="clip" { (find) } kbd { "Ctrl K" }
                }
                span class="grow" {}
                (icon_button(Icon::Bell, &alerts).to(self.alerts_href).count(self.alerts))
                (button(view).small().icon(Icon::Phone).to(self.member_href))
            }
        }
    }
}

fn crumbs(lang: Lang, path: &[(&str, Option<&str>)]) -> Markup {
    html! {
        @if !path.is_empty() {
            nav class="note" aria-label=(lang.pick(["位置", "位置", "Breadcrumb"])) {
                @for (k, (text, href)) in path.iter().enumerate() {
                    @if k > 0 { " / " }
                    @match href {
                        Some(href) => { a class="note" href=(href) { (text) } },
                        None => (text),
                    }
                }
            }
        }
    }
}

/// Something the palette finds: a page, or an action with its own page.
#[derive(Clone, Copy, Debug)]
pub struct Command<'a> {
    pub icon: Icon,
    pub text: &'a str,
    pub note: &'a str,
    pub href: &'a str,
}

/// Ctrl or Cmd K.
pub fn cmd_k(lang: Lang, commands: &[Command]) -> Markup {
    let jump = lang.pick(["页面名称", "頁面名稱", "Name of a page"]);
    html! {
        dialog class="cmdk" id="cmdk" aria-label=(lang.pick(["命令面板", "指令面板", "Commands"])) {
            cmd-k {
                div class="cmdk-in" {
                    (icon(Icon::Search))
                    input type="text" role="combobox" aria-expanded="true"
                        aria-controls="cmdk-list" aria-label=(jump) placeholder=(jump)
                        autocomplete="off";
                    kbd { "Esc" }
                }
                ul id="cmdk-list" role="listbox" aria-label=(lang.pick(["结果", "結果", "Results"])) {
                    @for (k, c) in commands.iter().enumerate() {
                        li role="option" id={ "ck" (k) } data-href=(c.href)
                            aria-selected=(if k == 0 { "true" } else { "false" }) {
                            (icon(c.icon)) span class="grow" { (c.text) }
                            span class="note" { (c.note) }
                        }
                    }
                }
                p class="cmdk-foot note" role="status" data-none hidden {
                    (lang.pick(["没有找到", "沒有找到", "Nothing found"]))
                }
                p class="cmdk-foot note" {
                    span { (lang.pick(["↑↓ 选择", "↑↓ 選擇", "↑↓ move"])) }
                    span { (lang.pick(["↵ 打开", "↵ 開啟", "↵ open"])) }
                }
            }
        }
    }
}

/// Tabs with counts over a table: all, to ship, my own view.
pub fn saved_views(lang: Lang, views: &[(Tab, Option<i64>)], save: Option<&str>) -> Markup {
    html! {
        nav class="views" aria-label=(lang.pick(["保存的视图", "儲存的檢視", "Saved views"])) {
            @for (t, n) in views {
                a href=(t.href) aria-current=[t.on.then_some("page")] {
                    (t.text)
                    @if let Some(n) = n { span class="note num" { (number(*n)) } }
                }
            }
            @if let Some(id) = save {
                @let opens = format!("#{id}");
                a href=(opens) data-open=(opens) {
                    (icon_s(Icon::Plus)) (lang.pick(["存成视图", "存成檢視", "Save view"]))
                }
            }
        }
    }
}

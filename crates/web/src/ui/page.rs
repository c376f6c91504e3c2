//! The frame of every member and leader page.
use maud::{DOCTYPE, Markup, PreEscaped, Render, html};
use rules::base::{Lang, Moment};

use super::button::icon_button;
use super::icons::Icon;
use super::picture::qr_img;
use super::tabs::{Place, tab_bar};
use crate::assets;

#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Theme {
    #[default]
    System,
    Light,
    Dark,
}

impl Theme {
    const fn attr(self) -> Option<&'static str> {
        match self {
            Theme::System => None,
            Theme::Light => Some("light"),
            Theme::Dark => Some("dark"),
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum TextSize {
    #[default]
    Normal,
    /// 118 %
    Large,
    /// 140 %, the size of the elder mode.
    Largest,
}

impl TextSize {
    const fn attr(self) -> Option<&'static str> {
        match self {
            TextSize::Normal => None,
            TextSize::Large => Some("l"),
            TextSize::Largest => Some("xl"),
        }
    }
}

/// What strangers' software reads of a page.
#[derive(Clone, Debug, Default)]
pub struct Head {
    pub description: String,
    /// Absolute address of this page without its passing parameters.
    pub canonical: Option<String>,
    /// Absolute address of the picture shown with a shared link.
    pub image: Option<String>,
    /// `website`, `article`, `product`; the first when empty.
    pub kind: &'static str,
    pub json_ld: Option<serde_json::Value>,
    /// Address of an Atom feed of what this page shows.
    pub feed: Option<String>,
    /// Pages about one person stay out of search engines.
    pub private: bool,
}

/// The bar on top of a page.
#[derive(Clone, Debug, Default)]
pub enum Top {
    /// The body begins the page itself (home, me) and brings its own `h1`.
    #[default]
    None,
    /// Title, way back, something at its end.
    Bar { title: String, sub: Option<String>, back: Option<String>, end: Option<Markup> },
    /// Round buttons over a picture; the body brings the `h1`.
    Clear { back: String, end: Option<Markup> },
}

/// Where live changes of a page come from.
#[derive(Clone, Debug)]
pub struct Stream {
    pub src: String,
    pub after: String,
}

/// Everything around a body. Fill what differs: `Page { title, ..Page::new(lang, now) }`.
#[derive(Clone, Debug)]
pub struct Page {
    pub lang: Lang,
    pub now: Moment,
    pub title: String,
    /// The community's name, after the title and in shared links.
    pub site: String,
    pub theme: Theme,
    pub text_size: TextSize,
    /// The reader's member id, to know one's own lines in a chat.
    pub me: Option<String>,
    /// The community's address, `/c/peach`.
    pub base: String,
    pub top: Top,
    /// Draws the tab bar with this place marked.
    pub tab: Option<Place>,
    pub unread: u32,
    pub leader: bool,
    /// A bar of actions at the bottom instead of the tab bar.
    pub bar: Option<Markup>,
    /// Sheets and dialogs the body opens.
    pub after: Option<Markup>,
    pub head: Head,
    pub stream: Option<Stream>,
    /// Scripts known to be needed: `["chat.js"]`.
    pub modules: &'static [&'static str],
    /// Address of the QR picture of this page, for the card beside it on wide screens.
    pub qr: Option<String>,
    /// Exactly as high as the screen: chat, hand-out.
    pub fill: bool,
    /// No space above the first part.
    pub flush: bool,
    /// A variant of the whole page, such as `rpage`.
    pub class: &'static str,
}

impl Page {
    pub fn new(lang: Lang, now: Moment) -> Page {
        Page {
            lang,
            now,
            title: String::new(),
            site: String::new(),
            theme: Theme::System,
            text_size: TextSize::Normal,
            me: None,
            base: String::new(),
            top: Top::None,
            tab: None,
            unread: 0,
            leader: false,
            bar: None,
            after: None,
            head: Head::default(),
            stream: None,
            modules: &[],
            qr: None,
            fill: false,
            flush: false,
            class: "",
        }
    }

    /// The whole document, `body` inside `<main>`.
    pub fn render(&self, body: Markup) -> Markup {
        let main = html! {
            main id="main" class={ "main" @if self.flush { " -flush" } } { (body) }
        };
        self.render_raw(main)
    }

    /// For bodies that are their own main part, such as a chat log; they carry `id="main"`.
    pub fn render_raw(&self, main: Markup) -> Markup {
        let fill = if self.fill { " -fill" } else { "" };
        let gap = if self.class.is_empty() { "" } else { " " };
        let inside = html! {
            div class="shell" {
                div class={ "page" (fill) (gap) (self.class) } {
                    (self.top_bar())
                    (main)
                    @if let Some(bar) = &self.bar { div class="bar" { (bar) } }
                    @else if let Some(place) = self.tab {
                        (tab_bar(self.lang, &self.base, Some(place), self.unread, self.leader))
                    }
                }
                @if let Some(qr) = &self.qr { (side_card(self.lang, qr)) }
            }
            @if let Some(after) = &self.after { (after) }
        };
        // few pages are red, and the envelope is heavy
        let sheet = if self.class == "rpage" { "red.css" } else { "member.css" };
        self.document(sheet, "", inside)
    }

    pub(super) fn document(&self, sheet: &str, body_class: &str, inside: Markup) -> Markup {
        let skip = self.lang.pick(["跳到正文", "跳到正文", "Skip to content"]);
        html! {
            (DOCTYPE)
            html lang=(self.lang.tag()) data-now=(self.now.0) data-me=[self.me.as_deref()]
                data-theme=[self.theme.attr()] data-text=[self.text_size.attr()] {
                head { (self.head_part(sheet)) }
                body class=[(!body_class.is_empty()).then_some(body_class)] {
                    a class="skip" href="#main" { (skip) }
                    (inside)
                    @if let Some(s) = &self.stream {
                        live-stream src=(s.src) data-after=(s.after) {}
                    } @else if self.badge_is_live() {
                        live-stream src={ (self.base) "/inbox/live" } data-after=(self.unread) {}
                    }
                    p class="sr" id="say" aria-live="polite" {}
                }
            }
        }
    }

    /// A member's page with the tab bar. The inbox itself is new at every visit.
    fn badge_is_live(&self) -> bool {
        self.me.is_some() && self.bar.is_none() && self.tab.is_some_and(|t| t != Place::Inbox)
    }

    fn head_part(&self, sheet: &str) -> Markup {
        let title = match (self.title.as_str(), self.site.as_str()) {
            (title, "") => title.to_owned(),
            ("", site) => site.to_owned(),
            (title, site) if title == site => title.to_owned(),
            (title, site) => format!("{title} · {site}"),
        };
        let head = &self.head;
        let kind = if head.kind.is_empty() { "website" } else { head.kind };
        let description = (!head.description.is_empty()).then_some(&head.description);
        html! {
            meta charset="utf-8";
            meta name="viewport" content="width=device-width,initial-scale=1,viewport-fit=cover";
            title { (title) }
            meta name="color-scheme" content="light dark";
            @if let Some(text) = description { meta name="description" content=(text); }
            @if head.private { meta name="robots" content="noindex"; }
            @if let Some(url) = &head.canonical { link rel="canonical" href=(url); }
            @if let Some(url) = &head.feed {
                link rel="alternate" type="application/atom+xml" title=(self.site) href=(url);
            }
            @if !head.private {
                meta property="og:title" content=(self.title);
                meta property="og:type" content=(kind);
                @if !self.site.is_empty() { meta property="og:site_name" content=(self.site); }
                @if let Some(text) = description { meta property="og:description" content=(text); }
                @if let Some(url) = &head.canonical { meta property="og:url" content=(url); }
                @if let Some(url) = &head.image { meta property="og:image" content=(url); }
            }
            link rel="icon" href=(assets::url("logo.svg")) type="image/svg+xml";
            link rel="stylesheet" href=(assets::url(sheet));
            @for module in self.modules { link rel="modulepreload" href=(assets::url(module)); }
            script type="module" src=(assets::url("core.js")) {}
            @if let Some(data) = &head.json_ld {
                script type="application/ld+json" { (PreEscaped(script_json(data))) }
            }
        }
    }

    /// Shown under the bar while the live stream is away.
    fn offline(&self) -> &'static str {
        self.lang.pick(["正在重新连接…", "正在重新連線…", "Reconnecting…"])
    }

    fn top_bar(&self) -> Markup {
        let back_word = self.lang.pick(["返回", "返回", "Back"]);
        match &self.top {
            Top::None => html! {},
            Top::Bar { title, sub, back, end } => html! {
                header class="top" data-off=(self.offline()) {
                    @if let Some(href) = back {
                        (icon_button(Icon::Back, back_word).to(href).render())
                    }
                    div class="top-t" {
                        h1 class="clip" { (title) }
                        @if let Some(sub) = sub { p class="note clip" { (sub) } }
                    }
                    @if let Some(end) = end { (end) }
                }
            },
            Top::Clear { back, end } => html! {
                header class="top -clear" data-off=(self.offline()) {
                    (icon_button(Icon::Back, back_word).to(back).render())
                    span class="grow" {}
                    @if let Some(end) = end { (end) }
                }
            },
        }
    }
}

/// A small drawing over its word, at the left of an action bar.
pub fn bar_link(drawing: Icon, text: &str, href: &str) -> Markup {
    html! { a class="bar-ic" href=(href) { (super::icons::icon(drawing)) (text) } }
}

fn side_card(lang: Lang, qr: &str) -> Markup {
    let open = lang.pick(["手机扫码打开", "手機掃碼打開", "Open on your phone"]);
    let alt = lang.pick(["本页二维码", "本頁 QR 碼", "QR code of this page"]);
    let note = lang.pick([
        "微信或任何浏览器都可以",
        "微信或任何瀏覽器都可以",
        "Works in WeChat and any browser",
    ]);
    html! {
        aside class="side-card" aria-label=(open) {
            div class="card center" {
                (qr_img(qr, alt))
                p class="t3" { (open) }
                p class="note" { (note) }
            }
        }
    }
}

/// JSON that cannot end its own script element.
fn script_json(data: &serde_json::Value) -> String {
    data.to_string().replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page() -> Page {
        Page {
            title: "桃 <b>".into(),
            site: "桃源里".into(),
            base: "/c/peach".into(),
            tab: Some(Place::Home),
            unread: 3,
            theme: Theme::Dark,
            text_size: TextSize::Largest,
            ..Page::new(Lang::Hant, Moment(1_784_376_532_000))
        }
    }

    #[test]
    fn the_frame_carries_clock_language_theme_and_tabs() {
        let html = page().render(html! { h1 { "x" } }).into_string();
        for part in [
            "<html lang=\"zh-Hant\" data-now=\"1784376532000\"",
            " data-theme=\"dark\" data-text=\"xl\">",
            "<title>桃 &lt;b&gt; · 桃源里</title>",
            "href=\"/c/peach\" aria-current=\"page\"",
            "<i class=\"badge\">3</i>",
            "社區",
        ] {
            assert!(html.contains(part), "{part} in {html}");
        }
        assert!(!html.contains(" style=") && !html.contains("onclick"));
    }

    #[test]
    fn structured_data_cannot_leave_its_element() {
        let mut page = page();
        page.head.json_ld = Some(serde_json::json!({"name": "</script><script>alert(1)"}));
        page.head.private = true;
        let html = page.render(html! {}).into_string();
        assert_eq!(html.matches("</script>").count(), 2);
        assert!(html.contains("noindex") && !html.contains("og:title"));
    }
}

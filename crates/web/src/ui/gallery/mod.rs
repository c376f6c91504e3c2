//! Every component in every state, for development and for tests; shown at `/_gallery`.
mod basics;
mod desk;
mod forms;
mod samples;
mod talk;
mod trade;

use maud::{Markup, html};
use rules::base::{Currency, Lang, Moment, Money};

use super::page::Page;
use super::{Person, Photo};
use crate::assets;
pub use samples::{chat_sample, console_sample, feed_sample, member_sample};

/// Saturday 18 July 2026, 20:35 in Shanghai.
const NOW: Moment = Moment(1_784_378_100_000);

/// The cast of the samples.
struct Cast {
    mei: Person<'static>,
    zhou: Person<'static>,
    lin: Person<'static>,
    man: Person<'static>,
    tong: Person<'static>,
}

fn cast(lang: Lang) -> Cast {
    let p = |id: i64, names: [&'static str; 3]| Person::new(id << 22, lang.pick(names));
    Cast {
        mei: p(1, ["梅姐", "梅姐", "Mei"]),
        zhou: p(2, ["老周", "老周", "Zhou"]),
        lin: p(3, ["林一", "林一", "Lin"]),
        man: p(4, ["小满", "小滿", "Xiaoman"]),
        tong: p(7, ["李彤", "李彤", "Tong"]),
    }
}

fn yuan(minor: i64) -> Money {
    Money::new(minor, Currency::Cny)
}

/// The addresses of the drawings live as long as the program.
fn drawing(name: &str) -> &'static str {
    use std::collections::BTreeMap;
    use std::sync::LazyLock;
    static ALL: LazyLock<BTreeMap<&'static str, String>> = LazyLock::new(|| {
        ["peach", "tea", "mug", "plant", "dumpling", "qr"]
            .into_iter()
            .map(|name| (name, assets::url(&format!("img/{name}.svg"))))
            .collect()
    });
    ALL.get(name).map_or("", String::as_str)
}

fn photo(name: &str, alt: &'static str) -> Photo<'static> {
    Photo {
        src: drawing(name),
        alt,
        width: 560,
        height: 560,
        colour: Some(0xf3_e2_d0),
        fixed: true,
    }
}

/// A titled part of the gallery, its samples side by side.
fn part(id: &str, title: &str, samples: &[Markup]) -> Markup {
    html! {
        section class="g-sec" id=(id) {
            h2 { (title) }
            div class="g-row" { @for s in samples { div class="g-box" { (s) } } }
        }
    }
}

/// The whole document.
pub fn gallery(lang: Lang) -> Markup {
    let mut page = Page::new(lang, NOW);
    page.title = lang.pick(["Kith 组件", "Kith 元件", "Kith components"]).into();
    page.head.private = true;
    page.me = Some("mem_81".into());
    let links = ["tokens", "icons", "buttons", "people", "numbers", "cards", "over", "fields"];
    let more = ["choices", "trade", "offers", "talk", "desk", "charts"];
    let inside = html! {
        nav class="g-nav" aria-label="Components" {
            @for id in links.iter().chain(&more) { a href={ "#" (id) } { (id) } }
        }
        main id="main" class="g-main" {
            h1 class="t1" { (page.title) }
            (basics::all(lang))
            (forms::all(lang))
            (trade::all(lang))
            (talk::all(lang))
        }
        div class="g-con con-demo" { (desk::all(lang)) }
        (trade::overlays(lang))
    };
    page.document("gallery.css", "", inside)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::page::{TextSize, Theme};
    use std::collections::BTreeSet;
    use std::path::PathBuf;

    /// Written where a plain file server can show them: `target/gallery`.
    fn write(path: &str, bytes: &[u8]) {
        let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../target/gallery");
        let path = root.join(path.trim_start_matches('/'));
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("writable");
        std::fs::write(path, bytes).expect("writable");
    }

    fn values<'a>(html: &'a str, attr: &str) -> Vec<&'a str> {
        html.split(attr).skip(1).filter_map(|rest| rest.split('"').next()).collect()
    }

    fn check(name: &str, html: &str) {
        assert!(!html.contains(" style=\"") && !html.contains("<style"), "{name}: no inline style");
        for event in [" onclick", " onload", " onsubmit", "javascript:"] {
            assert!(!html.contains(event), "{name}: no inline script");
        }
        let ids = values(html, " id=\"");
        let unique: BTreeSet<&str> = ids.iter().copied().collect();
        let twice: Vec<_> =
            unique.iter().filter(|id| ids.iter().filter(|x| x == id).count() > 1).collect();
        assert!(twice.is_empty(), "{name}: ids twice: {twice:?}");
        for attr in [" for=\"", " aria-labelledby=\"", " aria-describedby=\""] {
            for id in values(html, attr).iter().flat_map(|ids| ids.split(' ')) {
                assert!(unique.contains(id), "{name}: {attr}{id}\" points nowhere");
            }
        }
        assert_eq!(html.matches("<h1").count(), 1, "{name}: one h1");
        let pictures = html.matches("<img ").count();
        assert_eq!(values(html, " alt=\"").len(), pictures, "{name}: every picture has alt");
    }

    #[test]
    fn every_component_is_drawn_and_sound() {
        for lang in Lang::ALL {
            let tag = lang.tag();
            let whole = gallery(lang).into_string();
            check(tag, &whole);
            write(&format!("gallery-{tag}.html"), whole.as_bytes());
            for (theme, word) in [(Theme::Light, "light"), (Theme::Dark, "dark")] {
                let dressed = whole.replacen("<html ", &format!("<html data-theme=\"{word}\" "), 1);
                write(&format!("gallery-{tag}-{word}.html"), dressed.as_bytes());
                let pages = [
                    ("member", member_sample(lang, theme, TextSize::Normal)),
                    ("console", console_sample(lang, theme)),
                    ("chat", chat_sample(lang, theme)),
                    ("feed", feed_sample(lang, theme)),
                ];
                for (name, page) in pages {
                    let page = page.into_string();
                    check(name, &page);
                    write(&format!("{name}-{tag}-{word}.html"), page.as_bytes());
                }
            }
            let large = member_sample(lang, Theme::Light, TextSize::Largest).into_string();
            write(&format!("member-{tag}-xl.html"), large.as_bytes());
            for url in values(&whole, " src=\"/a/").iter().chain(&values(&whole, " href=\"/a/")) {
                let name = url.split_once('/').expect("hash/name").1;
                assert!(assets::content(name).is_some(), "{name} is linked and does not exist");
            }
        }
        for name in [
            "member.css",
            "console.css",
            "gallery.css",
            "core.js",
            "chat.js",
            "console.js",
            "swipe.js",
            "picker.js",
            "logo.svg",
        ] {
            write(&assets::url(name), &assets::content(name).expect(name));
        }
        for name in ["peach", "tea", "mug", "plant", "dumpling", "qr", "down"] {
            let name = format!("img/{name}.svg");
            write(&assets::url(&name), &assets::content(&name).expect("a drawing"));
        }
    }
}

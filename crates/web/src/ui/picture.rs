//! Pictures with three widths, a colour that stands in until they arrive, and galleries.
use maud::{Markup, html};
use rules::base::Lang;

use super::icons::{Icon, icon};

/// The widths every uploaded picture is kept in.
pub const WIDTHS: [u32; 3] = [360, 720, 1440];

/// A picture as pages need it. `src` is its address without a width; `{src}/720` is one file.
#[derive(Clone, Copy, Debug, Default)]
pub struct Photo<'a> {
    pub src: &'a str,
    pub alt: &'a str,
    /// Size of the largest file, so that nothing jumps when it arrives.
    pub width: u32,
    pub height: u32,
    /// The average colour, `0xRRGGBB`.
    pub colour: Option<u32>,
    /// One file, no widths: drawings.
    pub fixed: bool,
}

/// How wide the picture will stand, so that a phone fetches no more than it shows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fit {
    /// The whole column; the first one on a page is fetched early.
    Hero,
    Column,
    Half,
    Third,
    /// A square of 40, 64 or 88 px.
    Thumb(u32),
}

impl Fit {
    fn sizes(self) -> String {
        match self {
            Fit::Hero | Fit::Column => "(min-width:560px) 560px, 100vw".into(),
            Fit::Half => "(min-width:560px) 268px, 50vw".into(),
            Fit::Third => "(min-width:560px) 180px, 33vw".into(),
            Fit::Thumb(px) => format!("{px}px"),
        }
    }
}

fn file(p: &Photo, width: u32) -> String {
    if p.fixed { p.src.to_owned() } else { format!("{}/{width}", p.src) }
}

fn img(p: &Photo, fit: Fit, class: Option<&str>) -> Markup {
    let (w, h) = match fit {
        Fit::Thumb(px) => (px, px),
        _ => (p.width.max(1), p.height.max(1)),
    };
    let set = WIDTHS.map(|w| format!("{} {w}w", file(p, w))).join(", ");
    let hero = fit == Fit::Hero;
    html! {
        img class=[class] src=(file(p, 720)) srcset=[(!p.fixed).then_some(set)]
            sizes=[(!p.fixed).then(|| fit.sizes())] alt=(p.alt) width=(w) height=(h)
            loading=[(!hero).then_some("lazy")] fetchpriority=[hero.then_some("high")]
            decoding="async";
    }
}

/// With its colour behind it. The colour is an SVG attribute: a style one would break the policy.
pub fn picture(p: &Photo, fit: Fit) -> Markup {
    html! {
        @match p.colour {
            Some(colour) => {
                span class="pic" {
                    svg aria-hidden="true" {
                        @let fill = format!("#{:06x}", colour & 0xff_ffff);
                        rect width="100%" height="100%" fill=(fill) {}
                    }
                    (img(p, fit, None))
                }
            },
            None => (img(p, fit, None)),
        }
    }
}

/// A small square beside text: 40, 64 or 88 px.
pub fn thumb(p: &Photo, px: u32) -> Markup {
    let class = match px {
        0..=40 => "th -s",
        41..=64 => "th",
        _ => "th -l",
    };
    img(p, Fit::Thumb(px), Some(class))
}

/// One, two or many pictures inside a post.
pub fn pictures(photos: &[Photo]) -> Markup {
    let fit = if photos.len() == 1 { Fit::Column } else { Fit::Third };
    html! {
        @if !photos.is_empty() {
            div class={ "pics" @if photos.len() == 1 { " -one" } } {
                @for p in photos { (picture(p, fit)) }
            }
        }
    }
}

/// The pictures on top of a page: swiped sideways, dots and arrow keys with script.
pub fn gallery(lang: Lang, photos: &[Photo], wide: bool) -> Markup {
    let label = lang.pick(["图片", "圖片", "Pictures"]);
    let n = photos.len();
    html! {
        @if n > 0 {
            swipe-gallery class={ "hero -edge" @if wide { " -wide" } } {
                div class="hero-strip" tabindex=[(n > 1).then_some("0")] role="group"
                    aria-label=(label) {
                    @for (k, p) in photos.iter().enumerate() {
                        (picture(p, if k == 0 { Fit::Hero } else { Fit::Column }))
                    }
                }
                @if n > 1 { span class="hero-n num" aria-hidden="true" { "1/" (n) } }
            }
        }
    }
}

/// A real `<img>`, so that a long press reads it. One a screen; white in every theme.
pub fn qr_img(src: &str, alt: &str) -> Markup {
    html! { img class="qr" src=(src) width="176" height="176" alt=(alt); }
}

/// Adding photos one by one, made smaller on the phone. A plain file field without script.
#[derive(Clone, Copy, Debug)]
pub struct PicturePicker<'a> {
    pub lang: Lang,
    pub id: &'a str,
    pub name: &'a str,
    pub label: &'a str,
    pub most: u32,
    /// Kept from an earlier try: the token that stays in the form and the picture it stands for.
    pub kept: &'a [(&'a str, Photo<'a>)],
    pub error: Option<&'a str>,
}

pub fn picture_picker(p: &PicturePicker) -> Markup {
    let (hint, error) = (format!("{}-h", p.id), p.error.map(|_| format!("{}-e", p.id)));
    let described = error.as_ref().map_or(hint.clone(), |e| format!("{e} {hint}"));
    html! {
        div class="field" {
            label class="field-label" for=(p.id) { (p.label) }
            img-picker data-most=(p.most) {
                ul class="shots" {
                    @for (token, photo) in p.kept {
                        li {
                            (img(photo, Fit::Thumb(88), None))
                            input type="hidden" name={ (p.name) "_kept" } value=(token);
                        }
                    }
                    li class="shots-add" {
                        (icon(Icon::Image))
                        span aria-hidden="true" { (p.lang.pick(["加图", "加圖", "Add"])) }
                        input id=(p.id) name=(p.name) type="file" multiple
                            accept="image/jpeg,image/png,image/webp" aria-describedby=(described)
                            aria-invalid=[p.error.map(|_| "true")];
                    }
                }
            }
            p class="field-hint" id=(hint) {
                @match p.lang {
                    Lang::Hans => { "最多 " (p.most) " 张" },
                    Lang::Hant => { "最多 " (p.most) " 張" },
                    Lang::En => { "Up to " (p.most) },
                }
            }
            @if let Some(text) = p.error { (super::field::error_line(p.id, text)) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phone_may_choose_its_file() {
        let p = Photo { src: "/m/7", alt: "桃", width: 1440, height: 1080, ..Photo::default() };
        let hero = picture(&p, Fit::Hero).into_string();
        assert!(hero.contains("srcset=\"/m/7/360 360w, /m/7/720 720w, /m/7/1440 1440w\""));
        assert!(hero.contains("fetchpriority=\"high\"") && !hero.contains("lazy"));
        let other = picture(&Photo { colour: Some(0x00_ff7f), ..p }, Fit::Half).into_string();
        assert!(other.contains("loading=\"lazy\"") && other.contains("fill=\"#00ff7f\""));
        assert!(!other.contains("style="));
    }
}

//! Faces: one person, a few, and the seats of a group.
use maud::{Markup, html};
use rules::base::Lang;

use crate::words::format::initial;

/// A person as lists show one. `id` only chooses the colour, which outlives a change of name.
#[derive(Clone, Copy, Debug, Default)]
pub struct Person<'a> {
    pub id: i64,
    pub name: &'a str,
    pub picture: Option<&'a str>,
}

impl<'a> Person<'a> {
    pub const fn new(id: i64, name: &'a str) -> Self {
        Person { id, name, picture: None }
    }
}

/// Diameters 24, 30, 36, 48, 64.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Size {
    Xs,
    S,
    #[default]
    M,
    L,
    Xl,
}

impl Size {
    const fn parts(self) -> (&'static str, u32) {
        match self {
            Size::Xs => (" -xs", 24),
            Size::S => (" -s", 30),
            Size::M => ("", 36),
            Size::L => (" -l", 48),
            Size::Xl => (" -xl", 64),
        }
    }
}

/// One of six tints. Ids are time-ordered, so their bits are mixed before the remainder is taken.
fn hue(id: i64) -> char {
    let mixed = (id as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32;
    ['a', 'b', 'c', 'd', 'e', 'f'][(mixed % 6) as usize]
}

fn face(p: Person, size: Size, more: &str) -> Markup {
    let (class, px) = size.parts();
    html! {
        @match p.picture {
            Some(src) => {
                img class={ "av" (class) (more) } src=(src) alt="" width=(px) height=(px)
                    loading="lazy" decoding="async";
            },
            None => {
                i class={ "av -" (hue(p.id)) (class) (more) } aria-hidden="true" {
                    (initial(p.name))
                }
            },
        }
    }
}

/// Decoration: the name always stands beside it.
pub fn avatar(p: Person, size: Size) -> Markup {
    face(p, size, "")
}

fn names(people: &[Person], more: u32, lang: Lang) -> String {
    let comma = lang.pick(["、", "、", ", "]);
    let list = people.iter().map(|p| p.name).collect::<Vec<_>>().join(comma);
    let all = people.len() as u32 + more;
    match (more, lang) {
        (0, _) => list,
        (_, Lang::Hans) => format!("{list} 等 {all} 人"),
        (_, Lang::Hant) => format!("{list} 等 {all} 人"),
        (_, Lang::En) => format!("{list} and {more} more"),
    }
}

/// Overlapping faces; `more` counts those not drawn.
pub fn face_pile(lang: Lang, people: &[Person], more: u32, size: Size) -> Markup {
    let (class, _) = size.parts();
    html! {
        span class="faces" role="img" aria-label=(names(people, more, lang)) {
            @for p in people { (avatar(*p, size)) }
            @if more > 0 { i class={ "av -more" (class) } aria-hidden="true" { "+" (more) } }
        }
    }
}

/// "3 friends bought it": faces and a true sentence.
pub fn vouch(lang: Lang, people: &[Person], sentence: &str) -> Markup {
    html! {
        p class="vouch" {
            @if !people.is_empty() { (face_pile(lang, people, 0, Size::Xs)) }
            span { (sentence) }
        }
    }
}

/// Every seat of a group, taken and empty. Beyond 20 seats a meter says it better: none are drawn.
pub fn progress_seats(lang: Lang, people: &[Person], size: usize) -> Markup {
    let taken = people.len();
    let colon = lang.pick(["：", "：", ": "]);
    html! {
        @if size <= 20 {
            div class="seats" role="img"
                aria-label={ (taken) "/" (size) (colon) (names(people, 0, lang)) } {
                @for (k, p) in people.iter().enumerate() {
                    (face(*p, Size::M, if k == 0 { " -lead" } else { "" }))
                }
                @for _ in taken..size { i class="seat" {} }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_leave_its_attribute() {
        let evil = [Person::new(1, "\"><script>alert(1)</script>")];
        let html = face_pile(Lang::En, &evil, 0, Size::S).into_string();
        assert!(!html.contains("<script") && html.contains("&quot;&gt;&lt;script"));
    }

    #[test]
    fn neighbours_in_time_get_different_tints() {
        let tints: std::collections::BTreeSet<char> = (0..24).map(|n| hue(n << 12)).collect();
        assert_eq!(tints.len(), 6);
    }

    #[test]
    fn seats_are_drawn_to_the_last() {
        let two = [Person::new(1, "梅"), Person::new(2, "周")];
        let html = progress_seats(Lang::Hans, &two, 5).into_string();
        assert_eq!(html.matches("class=\"seat\"").count(), 3);
        assert!(html.contains("2/5：梅、周"));
        assert_eq!(progress_seats(Lang::Hans, &two, 21).into_string(), "");
    }
}

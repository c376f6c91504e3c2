//! The pictures of a product in its editor: added, described, put in order, taken out.
use super::frame::{No, unfit};
use super::product_form::Typed;
use crate::House;
use crate::content::shot::Shot;
use crate::form::Form;
use crate::reply::{Sorry, said};
use crate::ui::field::text;
use crate::ui::{PicturePicker, card_head, picture_picker, thumb};
use crate::who::Here;
use app::pictures;
use maud::{Markup, html};
use rules::base::text::{clip, line};
use rules::sale::product::PICTURES;

/// One picture as the form holds it.
struct Held<'t> {
    row: usize,
    name: &'t str,
    alt: &'t str,
    /// Where the owner wants it; 1 is the first.
    place: usize,
    out: bool,
}

/// A name our own files may have: hex, a dash, a shape.
fn is_ours(name: &str) -> bool {
    let hash = name.split('-').next().unwrap_or("");
    !hash.is_empty()
        && hash.bytes().all(|b| b.is_ascii_hexdigit())
        && pictures::shape(name).is_some()
}

fn held(t: &Typed) -> Vec<Held<'_>> {
    (0..PICTURES * 2)
        .map(|row| Held {
            row,
            name: t.get(&format!("picture_{row}")),
            alt: t.get(&format!("alt_{row}")),
            place: t.get(&format!("place_{row}")).parse().unwrap_or(row + 1),
            out: !t.get(&format!("out_{row}")).is_empty(),
        })
        .filter(|h| is_ours(h.name))
        .collect()
}

/// Keeps the files somebody sent; their names go into the fields, so that a refusal loses none.
pub async fn take(
    house: &House,
    here: &Here,
    form: &Form,
    t: &mut Typed,
) -> Result<Option<No>, Sorry> {
    let mut refused = None;
    for file in form.files.iter().filter(|f| f.field == "pictures").take(PICTURES) {
        match house.app.store_picture(file.bytes.to_vec()).await {
            Ok(name) => {
                let known = held(t);
                let next = known.iter().map(|h| h.row + 1).max().unwrap_or(0);
                if known.iter().all(|h| h.name != name) {
                    t.put(&format!("picture_{next}"), &name);
                }
            }
            Err(app::Stop::Refused(why)) => {
                refused = Some(No { text: said(why, here.lang), ..unfit(here, [""; 3]) });
            }
            Err(app::Stop::Fault(fault)) => return Err(fault.into()),
        }
    }
    Ok(refused)
}

/// Names and descriptions in the order that was chosen; `None` when the form had no pictures part.
pub fn chosen(t: &Typed) -> Option<Vec<(String, String)>> {
    if t.get("with_pictures").is_empty() {
        return None;
    }
    let mut all: Vec<Held<'_>> = held(t).into_iter().filter(|h| !h.out).collect();
    // one that was moved up goes before the one whose place it takes, one moved down behind it
    all.sort_by_key(|h| (h.place, h.place.cmp(&(h.row + 1)), h.row));
    Some(all.iter().map(|h| (h.name.to_string(), clip(&line(h.alt), 200))).collect())
}

pub fn fields(here: &Here, t: &Typed) -> Markup {
    let all = held(t);
    let free = PICTURES.saturating_sub(all.len());
    let hint = here.pick([
        "第一张是封面。改“第几张”可以换顺序，勾“去掉”再保存就拿掉。",
        "第一張是封面。改「第幾張」可以換順序，勾「去掉」再儲存就拿掉。",
        "The first is the cover. Change the places to reorder; ticked ones go when you save.",
    ]);
    html! {
        (card_head(here.pick(["图片", "圖片", "Pictures"])))
        input type="hidden" name="with_pictures" value="on";
        @if !all.is_empty() {
            p class="sub" { (hint) }
            ul class="stack -s" { @for h in &all { (one(here, h)) } }
        }
        @if free > 0 {
            (picture_picker(&PicturePicker {
                lang: here.lang,
                id: "pictures",
                name: "pictures",
                label: here.pick(["加图片", "加圖片", "Add pictures"]),
                most: u32::try_from(free).unwrap_or(0),
                kept: &[],
                error: None,
            }))
        }
        @if all.is_empty() {
            p class="note" { (here.pick([
                "没有照片时，成员看到的是按种类画的图。",
                "沒有照片時，成員看到的是按種類畫的圖。",
                "Without a photo members see a drawing of its kind."])) }
        }
    }
}

fn one(here: &Here, h: &Held<'_>) -> Markup {
    let shot = Shot::stored(h.name, h.alt);
    let (name, alt) = (format!("picture_{}", h.row), format!("alt_{}", h.row));
    let (place, out) = (format!("place_{}", h.row), format!("out_{}", h.row));
    let says = here.pick([
        "图上是什么（读屏会念）",
        "圖上是什麼（讀屏會念）",
        "What it shows (read aloud to those who cannot see it)",
    ]);
    let nth = here.pick(["第几张", "第幾張", "Place"]);
    html! {
        li class="picture-row" {
            (thumb(&shot.photo(), 88))
            input type="hidden" name=(name) value=(h.name);
            (text(&alt, says, h.alt).most(200))
            div class="field" {
                label class="field-label" for=(place) { (nth) }
                input class="input" id=(place) name=(place) value=(h.place) inputmode="numeric"
                    size="3" autocomplete="off";
            }
            label class="row" {
                input class="tick" type="checkbox" name=(out) value="on" checked[h.out];
                span { (here.pick(["去掉", "去掉", "Remove"])) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The order of the pictures a, b, c when they are given these places; `-` takes one out.
    fn check(places: [&str; 3], want: &str) {
        let mut t = Typed::blank();
        t.put("with_pictures", "on");
        for (row, (name, place)) in ["aa-1x1", "bb-1x1", "cc-1x1"].iter().zip(places).enumerate() {
            t.put(&format!("picture_{row}"), name);
            match place {
                "-" => t.put(&format!("out_{row}"), "on"),
                place => t.put(&format!("place_{row}"), place),
            }
        }
        let got = chosen(&t).expect("a pictures part");
        let got: String = got.iter().filter_map(|p| p.0.chars().next()).collect();
        assert_eq!(got, want, "{places:?}");
    }

    #[test]
    fn pictures_stand_where_they_were_put() {
        check(["1", "2", "3"], "abc");
        check(["1", "2", "1"], "cab");
        check(["3", "2", "3"], "bca");
        check(["3", "2", "1"], "cba");
        check(["x", "", "3"], "abc");
        check(["-", "2", "3"], "bc");
        check(["2", "1", "3"], "bac");
    }

    #[test]
    fn a_form_without_pictures_leaves_them_alone() {
        assert!(chosen(&Typed::blank()).is_none());
        let mut t = Typed::blank();
        t.put("with_pictures", "on");
        t.put("picture_0", "../../etc-1x1");
        assert_eq!(chosen(&t), Some(Vec::new()), "no name of ours");
    }
}

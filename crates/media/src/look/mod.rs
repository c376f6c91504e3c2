//! Drawings of our own: one look per kind of product, so that no page shows an empty box.
//!
//! A drawing is a small SVG without text or fonts, 640 by 640, the ground filled. The seed
//! chooses the palette and small details, so that two products of a kind differ.

mod care;
mod carry;
mod cover;
mod decor;
mod food;
mod home;
mod kitchen;
mod pets;
mod sheet;
mod sleep;
mod wear;

pub use cover::cover;
use sheet::Sheet;

type Draw = fn(&mut Sheet);

const LOOKS: &[(&str, Draw)] = &[
    ("armchair", home::armchair),
    ("babydress", wear::babydress),
    ("babywear", wear::babywear),
    ("backpack", carry::backpack),
    ("bag", carry::bag),
    ("beanbag", home::beanbag),
    ("bed", home::bed),
    ("bedding", sleep::bedding),
    ("blanket", sleep::blanket),
    ("board", kitchen::board),
    ("bowl", kitchen::bowl),
    ("boxers", wear::boxers),
    ("briefs", wear::briefs),
    ("brush", pets::brush),
    ("cabinet", home::cabinet),
    ("candle", care::candle),
    ("chair", home::chair),
    ("clock", home::clock),
    ("coffee", kitchen::coffee),
    ("cookies", food::cookies),
    ("curtain", decor::curtain),
    ("cushion", sleep::cushion),
    ("domeflower", decor::domeflower),
    ("fan", home::fan),
    ("flowers", decor::flowers),
    ("fruit", food::fruit),
    ("grillpan", kitchen::grillpan),
    ("headphones", carry::headphones),
    ("knife", kitchen::knife),
    ("lamp", home::lamp),
    ("leash", pets::leash),
    ("litterbox", pets::litterbox),
    ("litterhood", pets::litterhood),
    ("mat", sleep::mat),
    ("mattress", sleep::mattress),
    ("mirror", home::mirror),
    ("mug", kitchen::mug),
    ("mungcake", food::mungcake),
    ("noodles", food::noodles),
    ("notebook", carry::notebook),
    ("nuts", food::nuts),
    ("ornament", decor::ornament),
    ("pan", kitchen::pan),
    ("parcel", carry::parcel),
    ("pastry", food::pastry),
    ("pen", carry::pen),
    ("petbed", pets::petbed),
    ("petbowl", pets::petbowl),
    ("pethouse", pets::pethouse),
    ("pillow", sleep::pillow),
    ("pineapplecake", food::pineapplecake),
    ("pot", kitchen::pot),
    ("print", care::print),
    ("quilt", sleep::quilt),
    ("retractable", pets::retractable),
    ("rice", food::rice),
    ("rug", sleep::rug),
    ("scratcher", pets::scratcher),
    ("scratchpost", pets::scratchpost),
    ("shirt", wear::shirt),
    ("shoes", wear::shoes),
    ("skincare", care::skincare),
    ("soap", care::soap),
    ("socks", wear::socks),
    ("sofa", home::sofa),
    ("storage", carry::storage),
    ("suitcase", carry::suitcase),
    ("table", home::table),
    ("tea", kitchen::tea),
    ("teapot", kitchen::teapot),
    ("toothbrush", care::toothbrush),
    ("towel", sleep::towel),
    ("toy", carry::toy),
    ("umbrella", carry::umbrella),
    ("underwear", wear::boxers),
    ("yarn", wear::yarn),
    ("zongzi", food::zongzi),
];

/// The names of all looks, in alphabetical order.
pub fn kinds() -> impl Iterator<Item = &'static str> {
    LOOKS.iter().map(|(name, _)| *name)
}

/// The drawing of a kind of product, 640 by 640. A name nobody drew is a parcel.
pub fn svg(look: &str, hue_seed: u64) -> String {
    let draw = LOOKS.iter().find(|(name, _)| *name == look).map_or(carry::parcel as Draw, |l| l.1);
    let mut sheet = Sheet::new(hue_seed);
    room(&mut sheet);
    draw(&mut sheet);
    sheet.finish(640, 640)
}

/// Wall and floor behind every product; sometimes a round of light on the wall.
fn room(s: &mut Sheet) {
    let ink = s.ink;
    s.rect(0, 0, 640, 640, 0, ink.wall);
    match s.dice(4) {
        0 => s.disc(470, 170, 120, ink.floor),
        1 => s.path("M0 0h260C250 120 160 210 0 230z", ink.floor),
        2 => s.path("M640 60v230c-110-10-190-90-200-230z", ink.floor),
        _ => s.disc(180, 190, 130, ink.floor),
    };
    s.rect(0, 468, 640, 172, 0, ink.floor);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_look_draws_a_picture_that_fills_its_ground() {
        for look in kinds() {
            let drawn = svg(look, 3);
            assert!(drawn.starts_with("<svg") && drawn.ends_with("</svg>"), "{look}");
            assert!(!drawn.contains("<text"), "{look} must not need a font");
            assert_eq!(drawn.matches("<g").count(), drawn.matches("</g>").count(), "{look}");
            let png = crate::render::png(&drawn, 64).unwrap_or_else(|e| panic!("{look}: {e:?}"));
            let pixels = image::load_from_memory(&png).expect("own PNG").to_rgba8();
            assert_eq!(pixels.dimensions(), (64, 64));
            assert!(pixels.pixels().all(|p| p.0[3] == 255), "{look} leaves holes");
            let room = svg_of_room(3);
            assert_ne!(png, crate::render::png(&room, 64).expect("room"), "{look} is empty");
        }
    }

    fn svg_of_room(seed: u64) -> String {
        let mut sheet = Sheet::new(seed);
        room(&mut sheet);
        sheet.finish(640, 640)
    }

    #[test]
    fn the_seed_changes_the_colours_and_nothing_else_does() {
        assert_eq!(svg("mug", 5), svg("mug", 5));
        let different: std::collections::BTreeSet<_> = (0..24).map(|n| svg("mug", n)).collect();
        assert!(different.len() > 12, "only {} of 24 differ", different.len());
    }

    #[test]
    fn covers_are_wide_scenes_of_several_kinds() {
        let scenes: std::collections::BTreeSet<_> = (0..24).map(cover).collect();
        assert!(scenes.len() > 15, "only {} of 24 differ", scenes.len());
        for scene in &scenes {
            assert_eq!(scene.matches("<g").count(), scene.matches("</g>").count());
            let png = crate::render::png(scene, 80).expect("a scene");
            let pixels = image::load_from_memory(&png).expect("own PNG").to_rgba8();
            assert_eq!(pixels.dimensions(), (80, 60));
            assert!(pixels.pixels().all(|p| p.0[3] == 255), "a hole");
        }
    }

    #[test]
    fn an_unknown_look_is_a_parcel() {
        assert_eq!(svg("submarine", 9), svg("parcel", 9));
    }

    #[test]
    fn names_are_in_order_and_stand_once() {
        let mut names: Vec<_> = kinds().collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), LOOKS.len());
    }
}

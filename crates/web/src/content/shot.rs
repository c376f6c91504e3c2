//! Addresses and shapes of pictures: stored ones, and the drawings that stand in for them.
use crate::ui::Photo;
use app::content::views::ProductCard;
use app::pictures;
use app::sale::views_catalogue::Item;
use rules::base::{Id, id};

/// A picture with its address; [`Shot::photo`] lends it to a component.
#[derive(Clone, Debug)]
pub struct Shot {
    pub src: String,
    pub alt: String,
    width: u32,
    height: u32,
}

impl Shot {
    pub fn stored(name: &str, alt: &str) -> Shot {
        let (width, height) = pictures::shape(name).unwrap_or((720, 720));
        Shot { src: format!("/pictures/{name}"), alt: alt.to_string(), width, height }
    }
    /// The picture of a product, or the drawing of its kind.
    pub fn product(picture: Option<&str>, look: &str, id: Id<id::Product>) -> Shot {
        match picture {
            Some(name) => Shot::stored(name, ""),
            None => Shot {
                src: format!("/look/{look}/{id}"),
                alt: String::new(),
                width: 720,
                height: 720,
            },
        }
    }
    pub fn item(i: &Item) -> Shot {
        Shot::product(i.picture.as_deref(), &i.look, i.id)
    }
    pub fn card(c: &ProductCard) -> Shot {
        Shot::product(c.picture.as_deref(), &c.look, c.id)
    }
    pub fn photo(&self) -> Photo<'_> {
        let (width, height) = (self.width, self.height);
        Photo { src: &self.src, alt: &self.alt, width, height, ..Photo::default() }
    }
}

/// All pictures of a post or review; screen readers hear which one of how many.
pub fn shots(names: &[String], what: &str) -> Vec<Shot> {
    let all = names.len();
    let one = |(k, name): (usize, &String)| Shot::stored(name, &format!("{what} {}/{all}", k + 1));
    names.iter().enumerate().map(one).collect()
}
pub fn photos(shots: &[Shot]) -> Vec<Photo<'_>> {
    shots.iter().map(Shot::photo).collect()
}

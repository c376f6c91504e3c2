//! The form of a post: what was typed, and how it is shown again.
use super::card::kind_word;
use super::shot::Shot;
use crate::form::Form;
use crate::ui::{self, Around, Choice, Photo, PicturePicker, Tone, field};
use crate::who::Here;
use app::community::views::TagRow;
use app::community::views_groups::MyGroup;
use app::content::views::PostPage;
use app::sale::views_catalogue::Item;
use maud::{Markup, html};
use rules::base::{Id, id};
use rules::community::role::Right;
use rules::content::post::{self, Kind};

/// As typed; nothing is judged here.
#[derive(Clone, Debug)]
pub struct Typed {
    pub id: Id<id::Post>,
    /// `Some`: an edit, of the version the form was made from.
    pub version: Option<i64>,
    pub kind: Kind,
    pub title: String,
    pub text: String,
    pub link: String,
    pub pictures: Vec<String>,
    /// Products chosen or typed.
    pub cards: Vec<Id<id::Product>>,
    /// A product number that is none.
    pub odd_card: Option<String>,
    pub group: Option<Id<id::Group>>,
    pub tags: Vec<Id<id::Tag>>,
}

impl Typed {
    pub fn read(form: &Form, id: Id<id::Post>, pictures: Vec<String>) -> Typed {
        let mut cards = Vec::new();
        let mut odd_card = None;
        for (name, value) in form.pairs().filter(|(n, _)| n.starts_with("card")) {
            // a whole address of a product is as good as its number
            let last = value.trim().rsplit('/').next().unwrap_or("");
            let number = last.split(['?', '#']).next().unwrap_or("");
            match Id::parse(number) {
                Some(id) if !cards.contains(&id) => cards.push(id),
                Some(_) => {}
                None if number.is_empty() => {}
                None => odd_card = (name == "card_id").then(|| value.trim().to_string()),
            }
        }
        Typed {
            id,
            version: form.int("version"),
            kind: Kind::of(form.get("kind")).unwrap_or(Kind::Note),
            title: form.raw("title").to_string(),
            text: form.raw("text").to_string(),
            link: form.get("link").to_string(),
            pictures,
            cards,
            odd_card,
            group: form.id("group"),
            tags: form.all("tags").filter_map(Id::parse).collect(),
        }
    }
    pub fn of(page: &PostPage) -> Typed {
        let p = &page.post;
        Typed {
            id: p.id,
            version: Some(p.version),
            kind: p.kind,
            title: p.title.clone(),
            text: page.source.clone().unwrap_or_default(),
            link: p.link.clone(),
            pictures: p.pictures.clone(),
            cards: p.cards.iter().map(|c| c.id).collect(),
            odd_card: None,
            group: p.group,
            tags: p.tags.clone(),
        }
    }
}

/// What there is to choose from.
pub struct Offer {
    pub groups: Vec<MyGroup>,
    pub tags: Vec<TagRow>,
    /// The best sold, and those chosen already.
    pub items: Vec<Item>,
}

/// A refusal by the field it belongs to.
#[derive(Clone, Copy, Default)]
pub struct Wrong<'a> {
    pub code: &'a str,
    pub says: &'a str,
}

impl<'a> Wrong<'a> {
    fn at(&self, codes: &[&str]) -> Option<&'a str> {
        codes.contains(&self.code).then_some(self.says)
    }
    /// A sentence that belongs to no field.
    fn above(&self) -> Option<&'a str> {
        let fields = [TITLE, TEXT, LINK, PICTURES, CARDS, GROUP, TAGS, KIND].concat();
        (!self.code.is_empty() && !fields.contains(&self.code)).then_some(self.says)
    }
}

const TITLE: &[&str] = &["title_missing", "title_too_long"];
const TEXT: &[&str] = &["text_missing", "text_too_long", "introduction_too_short"];
const LINK: &[&str] = &["link_unfit"];
const PICTURES: &[&str] = &[
    "too_many_pictures",
    "no_such_picture",
    "picture_too_heavy",
    "picture_wrong_type",
    "picture_too_large",
    "picture_broken",
];
const CARDS: &[&str] = &["too_many_cards", "no_such_product"];
const GROUP: &[&str] = &["not_in_group"];
const TAGS: &[&str] = &["too_many_tags"];
const KIND: &[&str] = &["staff_only"];

pub fn form(here: &Here, t: &Typed, offer: &Offer, wrong: Wrong, action: &str) -> Markup {
    html! {
        form class="stack" method="post" action=(action) enctype="multipart/form-data" {
            input type="hidden" name="id" value=(t.id);
            @if let Some(text) = wrong.above() { (ui::banner(text, Tone::Danger)) }
            section class="card" {
                @match t.version {
                    Some(version) => {
                        input type="hidden" name="version" value=(version);
                        input type="hidden" name="kind" value=(t.kind.code());
                    },
                    None => (kinds(here, t, wrong)),
                }
                (words(here, t, wrong))
                (pictures(here, t, wrong))
            }
            (goods(here, t, offer, wrong))
            (place(here, t, offer, wrong))
            (ui::button(here.pick(["发布", "發布", "Publish"])).primary().block().submit())
        }
    }
}

fn kinds(here: &Here, t: &Typed, wrong: Wrong) -> Markup {
    let staff = here.who.is_some_and(|w| w.rights.may(Right::Content));
    let kinds = [Kind::Note, Kind::Article, Kind::Link, Kind::Announcement];
    let choices: Vec<Choice> = kinds
        .iter()
        .filter(|k| staff || **k != Kind::Announcement)
        .map(|k| Choice::new(k.code(), kind_word(here, *k), *k == t.kind))
        .collect();
    let label = here.pick(["发什么", "發什麼", "What is it"]);
    ui::choice_chips(Around::new("kind", label).error(wrong.at(KIND)), &choices, false)
}

fn words(here: &Here, t: &Typed, wrong: Wrong) -> Markup {
    let title =
        here.pick(["标题（随笔可不填）", "標題（隨筆可不填）", "Title (a note needs none)"]);
    let text = here.pick(["正文", "內文", "Text"]);
    let hint = here.pick([
        "文章可用 Markdown；链接请写 20 字以上的推荐",
        "文章可用 Markdown；連結請寫 20 字以上的推薦",
        "Articles may use Markdown; a link needs 20 characters on why it is worth reading.",
    ]);
    let link = here.pick(["网址（只有链接要填）", "網址（只有連結要填）", "Address (links only)"]);
    let most = u32::try_from(post::ARTICLE).unwrap_or(u32::MAX);
    html! {
        (field::text("title", title, &t.title).error(wrong.at(TITLE)).most(80))
        (field::textarea("text", text, &t.text).hint(hint).error(wrong.at(TEXT)).most(most))
        @if t.version.is_none() || t.kind == Kind::Link {
            (field::text("link", link, &t.link).error(wrong.at(LINK)).autofill("url")
                .placeholder("https://"))
        }
    }
}

fn pictures(here: &Here, t: &Typed, wrong: Wrong) -> Markup {
    let what = super::card::picture_word(here);
    let shots = super::shot::shots(&t.pictures, what);
    let kept: Vec<(&str, Photo)> =
        t.pictures.iter().map(String::as_str).zip(shots.iter().map(Shot::photo)).collect();
    ui::picture_picker(&PicturePicker {
        lang: here.lang,
        id: "pictures",
        name: "pictures",
        label: what,
        most: 9,
        kept: &kept,
        error: wrong.at(PICTURES),
    })
}

/// One list for each card, and one more; then a number for what is not among the best sold.
fn goods(here: &Here, t: &Typed, offer: &Offer, wrong: Wrong) -> Markup {
    let none = here.pick(["不挂商品", "不掛商品", "None"]);
    let lists = (t.cards.len() + 1).clamp(2, post::CARDS);
    let ids: Vec<String> = offer.items.iter().map(|i| i.id.to_string()).collect();
    let typed = here.pick(["商品编号或网址", "商品編號或網址", "Number or address of a product"]);
    let hint = here.pick([
        "列表里没有时填这里",
        "清單裡沒有時填這裡",
        "For goods that are not in the list.",
    ]);
    html! {
        details class="card" open[!t.cards.is_empty() || wrong.at(CARDS).is_some()] {
            summary { b { (here.pick(["挂商品", "掛商品", "Attach goods"])) } }
            div class="stack" {
                @for k in 0..lists {
                    @let name = format!("card{}", k + 1);
                    @let label = format!("{} {}", here.pick(["商品", "商品", "Product"]), k + 1);
                    @let on = t.cards.get(k);
                    @let choices = offer.items.iter().zip(&ids)
                        .map(|(i, id)| Choice::new(id, &i.title, on == Some(&i.id)))
                        .collect::<Vec<_>>();
                    (ui::select(Around::new(&name, &label), Some(none), &choices))
                }
                (field::text("card_id", typed, t.odd_card.as_deref().unwrap_or("")).hint(hint)
                    .error(wrong.at(CARDS)))
            }
        }
    }
}

fn place(here: &Here, t: &Typed, offer: &Offer, wrong: Wrong) -> Markup {
    let everyone = here.pick(["整个社区", "整個社區", "The whole community"]);
    let groups: Vec<_> = offer.groups.iter().map(|g| (g.id.to_string(), g)).collect();
    let rooms: Vec<Choice> =
        groups.iter().map(|(id, g)| Choice::new(id, &g.name, t.group == Some(g.id))).collect();
    let tags: Vec<_> = offer.tags.iter().take(40).map(|x| (x.id.to_string(), x)).collect();
    let tags: Vec<Choice> =
        tags.iter().map(|(id, x)| Choice::new(id, &x.name, t.tags.contains(&x.id))).collect();
    let label = here.pick(["发在哪里", "發在哪裡", "Where"]);
    let topics = here.pick(["标签（最多 8 个）", "標籤（最多 8 個）", "Tags (up to 8)"]);
    html! {
        @if (t.version.is_none() && !rooms.is_empty()) || !tags.is_empty() {
            section class="card" {
                @if t.version.is_none() && !rooms.is_empty() {
                    (ui::select(Around::new("group", label).error(wrong.at(GROUP)),
                        Some(everyone), &rooms))
                }
                @if !tags.is_empty() {
                    (ui::choice_chips(Around::new("tags", topics).error(wrong.at(TAGS)), &tags,
                        true))
                }
            }
        }
    }
}

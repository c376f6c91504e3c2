//! Writing a post and changing one's own.
use super::compose_form::{self, Offer, Typed, Wrong};
use super::{again, frame, go, post, reader, shown, store};
use crate::House;
use crate::form::Form;
use crate::reply::{Sorry, said, status_of};
use crate::ui::{Head, Page, Place, Top};
use crate::who::Here;
use crate::words::Say;
use app::Stop;
use app::content::create_post::{self, CreatePost};
use app::content::edit_post::{self, EditPost};
use app::sale::views_catalogue::{List, Order};
use axum::extract::{Path, State};
use axum::response::Response;
use maud::Markup;
use rules::content::post::Kind;

type Which = Path<(String, String)>;

/// How many goods the list offers.
const GOODS: i64 = 50;

pub async fn new(State(house): State<House>, here: Here, form: Form) -> Result<Response, Sorry> {
    here.member()?;
    let typed = Typed::read(&form, house.app.mint(here.now), Vec::new());
    Ok(shown(render(&house, &here, &typed, Wrong::default()).await?))
}

pub async fn create(State(house): State<House>, here: Here, form: Form) -> Result<Response, Sorry> {
    let who = here.member()?;
    let (pictures, bad) = store(&house, &form, "pictures").await?;
    let typed = Typed::read(&form, form.must_id("id")?, pictures);
    if let Some(no) = bad {
        return refused(&house, &here, &typed, (no.code(), said(no, here.lang))).await;
    }
    if typed.odd_card.is_some() {
        let no = create_post::Refused::NoSuchProduct;
        return refused(&house, &here, &typed, (no.code(), said(no, here.lang))).await;
    }
    let cmd = CreatePost {
        community: here.place.id,
        by: who.member,
        id: typed.id,
        kind: typed.kind,
        group: typed.group,
        groups: reader(&house, &here).await?.groups,
        title: typed.title.clone(),
        text: typed.text.clone(),
        link: typed.link.clone(),
        pictures: typed.pictures.clone(),
        cards: typed.cards.clone(),
        tags: typed.tags.clone(),
        mentions: Vec::new(),
        lang: here.lang,
        publish: true,
    };
    match house.app.create_post(here.now, cmd).await {
        Ok(posted) => Ok(go(&format!("{}/posts/{}", here.base(), posted.slug))),
        Err(Stop::Fault(fault)) => Err(fault.into()),
        Err(Stop::Refused(no)) => {
            refused(&house, &here, &typed, (no.code(), said(no, here.lang))).await
        }
    }
}

pub async fn open(
    State(house): State<House>,
    here: Here,
    Path((_, which)): Which,
) -> Result<Response, Sorry> {
    let who = here.member()?;
    let found = post::find(&house, &here, &which, None).await?;
    if found.post.author.id != who.member {
        return Err(not_yours());
    }
    Ok(shown(render(&house, &here, &Typed::of(&found), Wrong::default()).await?))
}

fn not_yours() -> Sorry {
    let no = edit_post::Refused::NotYours;
    Sorry::Refused { code: no.code(), says: no.says() }
}

pub async fn change(
    State(house): State<House>,
    here: Here,
    Path((_, which)): Which,
    form: Form,
) -> Result<Response, Sorry> {
    let who = here.member()?;
    let found = post::find(&house, &here, &which, None).await?;
    let (pictures, bad) = store(&house, &form, "pictures").await?;
    let mut typed = Typed::read(&form, found.post.id, pictures);
    typed.kind = found.post.kind;
    typed.version = typed.version.or(Some(found.post.version));
    let early = bad.map(|no| (no.code(), said(no, here.lang)));
    let odd = edit_post::Refused::NoSuchProduct;
    let odd = typed.odd_card.is_some().then(|| (odd.code(), said(odd, here.lang)));
    if let Some(no) = early.or(odd) {
        return refused(&house, &here, &typed, no).await;
    }
    let cmd = EditPost {
        community: here.place.id,
        by: who.member,
        id: typed.id,
        version: typed.version.unwrap_or(found.post.version),
        kind: typed.kind,
        title: typed.title.clone(),
        text: typed.text.clone(),
        link: typed.link.clone(),
        pictures: typed.pictures.clone(),
        cards: typed.cards.clone(),
        tags: typed.tags.clone(),
        mentions: Vec::new(),
        publish: true,
    };
    match house.app.edit_post(here.now, cmd).await {
        Ok(_) => Ok(go(&format!("{}/posts/{}", here.base(), found.post.slug))),
        Err(Stop::Fault(fault)) => Err(fault.into()),
        Err(Stop::Refused(no)) => {
            refused(&house, &here, &typed, (no.code(), said(no, here.lang))).await
        }
    }
}

/// The form again, with everything that was typed.
async fn refused(
    house: &House,
    here: &Here,
    typed: &Typed,
    (code, says): (&str, &str),
) -> Result<Response, Sorry> {
    let page = render(house, here, typed, Wrong { code, says }).await?;
    Ok(again(status(code), page))
}

/// What is wrong with the words themselves is 422, also where the code begins with the field.
fn status(code: &str) -> u16 {
    match status_of(code) {
        409 if code != "changed_meanwhile" && code != "ended" && code != "id_taken" => 422,
        404 if code == "no_such_product" || code == "no_such_picture" => 422,
        other => other,
    }
}

async fn render(
    house: &House,
    here: &Here,
    typed: &Typed,
    wrong: Wrong<'_>,
) -> Result<Markup, Sorry> {
    let (c, who) = (here.place.id, here.member()?);
    let list = List { category: None, order: Order::Sold, after: None, most: GOODS };
    let mut items = house.app.products(c, list).await?;
    let others = typed.cards.iter().filter(|id| !items.iter().any(|i| i.id == **id)).copied();
    items.extend(house.app.products_of(c, others.collect()).await?);
    let offer = Offer {
        groups: house.app.my_groups(c, who.member).await?,
        tags: house.app.community_tags(c).await?,
        items,
    };
    let (base, edit) = (here.base(), typed.version.is_some());
    let (title, action, back) = match edit {
        true => (
            here.pick(["修改帖子", "修改貼文", "Edit the post"]),
            format!("{base}/posts/{}/edit", typed.id),
            format!("{base}/posts/{}", typed.id),
        ),
        false => (
            here.pick(["发帖", "發文", "New post"]),
            format!("{base}/posts/new"),
            format!("{base}/feed"),
        ),
    };
    let kind_note = typed.kind == Kind::Announcement;
    let sub = kind_note.then(|| here.pick(["公告", "公告", "Announcement"]).to_string());
    let page = Page {
        title: title.into(),
        top: Top::Bar { title: title.into(), sub, back: Some(back), end: None },
        head: Head { private: true, ..Head::default() },
        modules: &["picker.js"],
        ..frame(house, here, Place::Community).await
    };
    Ok(page.render(compose_form::form(here, typed, &offer, wrong, &action)))
}

//! Joining a community: its purpose and rules, an explicit yes, a name, two or three tags.
use super::cookies::{local, see};
use super::sign_in::again;
use crate::House;
use crate::edge::query_value;
use crate::form::Form;
use crate::reply::{Sorry, said};
use crate::ui::field;
use crate::ui::{Around, Choice, Page, Tone, Top, banner, button, choice_chips, tick};
use crate::who::Here;
use crate::words::format::count;
use app::Stop;
use app::community::join_community::{JoinCommunity, Refused};
use app::community::views::TagRow;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use rules::base::Id;

pub async fn page(State(house): State<House>, here: Here, form: Form) -> Result<Response, Sorry> {
    let next = form.get("next");
    if here.who.is_some() {
        return Ok(see(&if next.is_empty() { here.base() } else { local(next) }));
    }
    asks(&house, &here, &form, None).await.map(IntoResponse::into_response)
}

pub async fn join(
    State(house): State<House>,
    here: Here,
    headers: HeaderMap,
    form: Form,
) -> Result<Response, Sorry> {
    let Some(person) = &here.person else {
        let join = format!("{}/join", here.base());
        return Ok(see(&format!("/sign-in?next={}", query_value(&join))));
    };
    let skipped = form.has("skip");
    let tags = form.all("tags").filter(|_| !skipped).filter_map(Id::parse).collect();
    let cmd = JoinCommunity {
        community: here.place.id,
        account: person.account,
        name: form.get("name").to_string(),
        tags,
        agreed: form.get("agreed") == "yes",
    };
    // whose link led here brought the member
    let visitor = crate::spread::visitor(&headers);
    match house.app.join_through(here.now, cmd, visitor).await {
        Ok(_) => {
            let next = local(form.get("next"));
            let next =
                if next == "/" { String::new() } else { format!("?next={}", query_value(&next)) };
            Ok(see(&format!("{}/welcome{next}", here.base())))
        }
        Err(Stop::Refused(r)) => {
            Ok(again(refused_code(r), asks(&house, &here, &form, Some(r)).await?))
        }
        Err(Stop::Fault(fault)) => Err(fault.into()),
    }
}

/// A missing yes is a field left out, as an empty name is.
fn refused_code(r: Refused) -> &'static str {
    if r == Refused::NotAgreed { "no_yes" } else { r.code() }
}

async fn asks(
    house: &House,
    here: &Here,
    form: &Form,
    wrong: Option<Refused>,
) -> Result<Markup, Sorry> {
    let about = house.app.about(here.place.id).await?.ok_or(Sorry::NotFound)?;
    let mut tags = house.app.community_tags(here.place.id).await?;
    tags.sort_by_key(|t| std::cmp::Reverse(t.members));
    tags.truncate(24);
    let title = here.pick(["加入", "加入", "Join"]);
    let page = Page {
        title: title.to_string(),
        top: Top::Bar {
            title: here.place.name.clone(),
            sub: Some(count(here.lang, about.members, ["位成员", "位成員"], ["member", "members"])),
            back: Some(here.base()),
            end: None,
        },
        head: crate::ui::Head { description: about.purpose.clone(), ..Default::default() },
        ..here.page()
    };
    let body = html! {
        section class="card stack" {
            p class="t2" { (about.purpose) }
            @if !about.rules.is_empty() {
                h2 class="t3" { (here.pick(["这里的规则", "這裡的規則", "The rules here"])) }
                p class="pre sub" { (about.rules) }
            }
        }
        @if here.person.is_some() { (yes(here, form, &tags, wrong)) }
        @else { (comes_in_first(here, form)) }
    };
    Ok(page.render(body))
}

fn comes_in_first(here: &Here, form: &Form) -> Markup {
    let mut back = format!("{}/join", here.base());
    if form.has("next") {
        back.push_str("?next=");
        back.push_str(&query_value(&local(form.get("next"))));
    }
    let to = format!("/sign-in?next={}", query_value(&back));
    html! {
        section class="card stack" {
            p class="sub" { (here.pick([
                "登录以后，同意规则就能加入。大约一分钟。",
                "登入以後，同意規則就能加入。大約一分鐘。",
                "Sign in, agree to the rules, and you are in. About a minute.",
            ])) }
            (button(here.pick(["登录并加入", "登入並加入", "Sign in and join"])).primary().block()
                .to(&to))
        }
    }
}

fn yes(here: &Here, form: &Form, tags: &[TagRow], wrong: Option<Refused>) -> Markup {
    let p = |all| here.pick(all);
    let at = |r: Refused| wrong.filter(|w| *w == r).map(|w| said(w, here.lang));
    let known = here.person.as_ref().map_or("", |person| person.name.as_str());
    let name = if form.has("name") { form.raw("name") } else { known };
    let ids: Vec<String> = tags.iter().map(|t| t.id.to_string()).collect();
    let on = |id: &str| form.all("tags").any(|t| t == id);
    let chips: Vec<Choice> =
        tags.iter().zip(&ids).map(|(t, id)| Choice::new(id, &t.name, on(id))).collect();
    let general = wrong
        .filter(|w| !matches!(w, Refused::NotAgreed | Refused::BadName | Refused::TooManyTags));
    let around = Around::new("tags", p(["对什么感兴趣", "對什麼感興趣", "What are you here for?"]))
        .hint(p([
            "选两三个，马上给你看合适的",
            "選兩三個，馬上給你看合適的",
            "Choose two or three, and see what fits at once",
        ]))
        .error(at(Refused::TooManyTags));
    html! {
        form class="card stack -l" method="post" action={ (here.base()) "/join" } {
            @if let Some(r) = general { (banner(said(r, here.lang), Tone::Danger)) }
            @if form.has("next") {
                input type="hidden" name="next" value=(local(form.get("next")));
            }
            (field::text("name", p(["在这里怎么称呼你", "在這裡怎麼稱呼你", "Your name here"]), name)
                .autofill("nickname").most(24).required().error(at(Refused::BadName)))
            @if !chips.is_empty() { (choice_chips(around, &chips, true)) }
            (tick("agreed", "yes", p([
                "我看过规则，同意遵守",
                "我看過規則，同意遵守",
                "I have read the rules and agree to them",
            ]), form.get("agreed") == "yes", at(Refused::NotAgreed)))
            div class="row" {
                @if !chips.is_empty() {
                    (button(p(["不选标签", "不選標籤", "Skip the tags"])).bare().submit()
                        .value("skip", "1"))
                }
                (button(p(["加入", "加入", "Join"])).primary().grow().submit())
            }
        }
    }
}

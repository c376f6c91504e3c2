//! Oneself in a community: profile, tags, groups, and how one likes to see things.
use super::cookies::{local, see};
use super::sign_in::again;
use crate::House;
use crate::form::Form;
use crate::loyalty::points_words::{points as points_said, title as points_title};
use crate::loyalty::tier_words;
use crate::reply::{Sorry, said};
use crate::ui::field;
use crate::ui::{
    Around, Choice, Icon, Page, Person, Place, Size, TextSize, Theme, Tone, Top, avatar, badge,
    banner, button, cell, choice_chips, icon_button, tag,
};
use crate::who::{Here, Visit};
use crate::words::format::{date, money};
use app::Stop;
use app::community::choose_tags::ChooseTags;
use app::community::edit_member::{EditMember, Refused};
use app::community::views::MemberCard;
use app::loyalty::views_tier::MemberPrices;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use maud::{Markup, Render, html};
use rules::base::Id;
use rules::base::{Lang, Money};
use rules::community::group::GroupRole;
use rules::community::role::Role;

pub async fn page(State(house): State<House>, here: Here) -> Result<Markup, Sorry> {
    let (c, who) = (here.place.id, here.member()?);
    if let Some(token) = &here.token {
        // a session slides on here; who never looks at this page signs in again some day
        house.app.keep_session(here.now, token).await?;
    }
    let card = house.app.member_card(c, who.member, None).await?.ok_or(Sorry::NotFound)?;
    let groups = house.app.my_groups(c, who.member).await?;
    let leads = groups.iter().any(|g| g.role != GroupRole::Member);
    let wallet = house.app.wallet(c, who.member, None, 0).await?.total();
    let tiers = house.app.member_prices(c, Some(who.member), Vec::new()).await?;
    let points = house.app.points(here.now, (c, who.member), None, 0).await?;
    let points = points.any().then(|| points.balance());
    let unread: i64 = groups.iter().map(|g| g.unread).sum();
    let to_review = house.app.reviewable(c, who.member).await?.len();
    let page = Page {
        title: here.pick(["我的", "我的", "Me"]).to_string(),
        tab: Some(Place::Me),
        unread: crate::reach::unread(&house, &here).await,
        leader: leads,
        flush: true,
        head: crate::ui::Head { private: true, ..Default::default() },
        ..here.page()
    };
    let body = html! {
        (face(&here, &card))
        @if !tiers.ladder.is_empty() { (tier(&here, &tiers)) }
        @if leads { (leading(&here)) }
        (links(&here, (groups.len(), wallet, points), (unread, to_review), who.rights.any()))
        section class="card" { (looks(&here.visit, &format!("{}/me", here.base()))) }
        (leaving(&here))
    };
    Ok(page.render(body))
}

fn face(here: &Here, card: &MemberCard) -> Markup {
    let (base, edit) = (here.base(), here.pick(["改资料", "改資料", "Edit your profile"]));
    let since = date(here.lang, card.row.joined_at, here.now, &here.zone());
    html! {
        section class="mehead -edge" {
            (avatar(Person::new(card.row.member.raw(), &card.row.name), Size::Xl))
            div class="grow" {
                h1 class="t1" { (card.row.name) }
                p class="sub" { (here.place.name) " · "
                    @if here.lang == Lang::En { "joined " (since) } @else { (since) " 加入" } }
            }
            (icon_button(Icon::User, edit).to(&format!("{base}/me/edit")))
        }
        section class="card stack" {
            @if card.bio.is_empty() {
                p class="sub" { (here.pick(["还没有介绍自己", "還沒有介紹自己",
                    "Nothing about you yet"])) }
            } @else { p class="pre" { (card.bio) } }
            div class="row -wrap" {
                @if card.row.role != Role::Member {
                    (tag(super::about::role(here, card.row.role), Tone::Accent))
                }
                @for (_, name) in &card.tags { (tag(name, Tone::Green)) }
                a class="sub end" href={ (base) "/me/tags" } {
                    (here.pick(["选标签", "選標籤", "Choose tags"]))
                }
            }
        }
    }
}

/// One's tier, and the way to what it gives.
fn tier(here: &Here, tiers: &MemberPrices) -> Markup {
    let none = here.pick(["还没有等级", "還沒有等級", "No tier yet"]);
    let mine = tiers.mine.as_ref();
    let gives = mine.map(|t| tier_words::gives(here, &t.terms)).unwrap_or_default();
    let name = mine.map_or(none, |t| t.terms.name.as_str());
    let to = format!("{}/tiers", here.base());
    html! {
        section class="card -flush" {
            (cell(here.pick(["会员等级", "會員等級", "My tier"])).lead(Icon::Star).note(&gives)
                .end(html! { b { (name) } }).to(&to))
        }
    }
}

/// The way to the workbench, for who leads a group.
fn leading(here: &Here) -> Markup {
    html! {
        section class="card -flush" {
            (cell(here.pick(["团长工作台", "團長工作台", "Leading"])).lead(Icon::List)
                .note(here.pick(["开接龙、分拣、交货", "開接龍、分裝、交貨",
                    "Open lists, pack, hand out"]))
                .to(&format!("{}/lead", here.base())))
        }
    }
}

fn links(
    here: &Here,
    (groups, wallet, points): (usize, i64, Option<i64>),
    (unread, to_review): (i64, usize),
    staff: bool,
) -> Markup {
    let (base, p) = (here.base(), |all| here.pick(all));
    html! {
        section class="card -flush" {
            (cell(p(["我的订单", "我的訂單", "My orders"])).lead(Icon::Bag)
                .to(&format!("{base}/orders")))
            (cell(p(["我的评价", "我的評價", "My reviews"])).lead(Icon::Edit).end(html! {
                @if to_review > 0 { (badge(u32::try_from(to_review).unwrap_or(100))) }
            }).to(&format!("{base}/reviews")))
            (cell(p(["购物车", "購物車", "Cart"])).lead(Icon::Parcel).to(&format!("{base}/cart")))
            (cell(p(["优惠券", "優惠券", "Coupons"])).lead(Icon::Ticket)
                .to(&format!("{base}/me/coupons")))
            @if let Some(n) = points {
                (cell(points_title(here)).lead(Icon::Star)
                    .end(html! { (points_said(here.lang, n)) })
                    .to(&format!("{base}/me/points")))
            }
            (cell(p(["余额", "餘額", "Wallet"])).lead(Icon::Wallet)
                .end(html! { (money(Money::new(wallet, here.place.currency))) })
                .to(&format!("{base}/wallet")))
            (cell(p(["我的群", "我的群", "My groups"])).lead(Icon::Users).end(html! {
                @if unread > 0 { (badge(u32::try_from(unread).unwrap_or(100))) } @else { (groups) }
            }).to(&format!("{base}/groups")))
            (cell(p(["我关注的人", "我追蹤的人", "People I follow"])).lead(Icon::User)
                .to(&format!("{base}/me/follows")))
            (cell(p(["通过我来的", "透過我來的", "Through me"])).lead(Icon::Share)
                .to(&format!("{base}/me/shares")))
            (cell(p(["我的推荐记录", "我的推薦紀錄", "My record"])).lead(Icon::Check)
                .to(&format!("{base}/me/record")))
            (cell(p(["我的佣金", "我的佣金", "My commission"])).lead(Icon::Chart)
                .to(&format!("{base}/me/earnings")))
            (cell(p(["消息", "消息", "Inbox"])).lead(Icon::Bell).to(&format!("{base}/inbox")))
            (cell(p(["关于这里", "關於這裡", "About this place"])).lead(Icon::Heart)
                .to(&format!("{base}/about")))
            @if staff {
                (cell(p(["管理后台", "管理後台", "Console"])).lead(Icon::Scan)
                    .to(&format!("{base}/console")))
            }
            (cell(p(["账号和登录", "帳號和登入", "Account and sign-in"])).lead(Icon::User)
                .to(&format!("{base}/me/account")))
        }
    }
}

/// Language, theme and text size; works without script.
pub fn looks(visit: &Visit, next: &str) -> Markup {
    let p = |all| visit.pick(all);
    let langs = [("zh-Hans", "简体"), ("zh-Hant", "繁體"), ("en", "English")];
    let langs = langs.map(|(tag, name)| Choice::new(tag, name, visit.lang.tag() == tag));
    let theme = visit.taste.theme;
    let themes = [
        Choice::new("system", p(["跟随系统", "跟隨系統", "System"]), theme == Theme::System),
        Choice::new("light", p(["浅色", "淺色", "Light"]), theme == Theme::Light),
        Choice::new("dark", p(["深色", "深色", "Dark"]), theme == Theme::Dark),
    ];
    let size = visit.taste.text_size;
    let sizes = [
        Choice::new("n", p(["标准", "標準", "Normal"]), size == TextSize::Normal),
        Choice::new("l", p(["大", "大", "Large"]), size == TextSize::Large),
        Choice::new("xl", p(["特大", "特大", "Largest"]), size == TextSize::Largest),
    ];
    html! {
        form class="stack" method="post" action="/preferences" {
            input type="hidden" name="next" value=(next);
            (choice_chips(Around::new("lang", p(["语言", "語言", "Language"])), &langs, false))
            (choice_chips(Around::new("theme", p(["明暗", "明暗", "Theme"])), &themes, false))
            (choice_chips(Around::new("text", p(["字号", "字級", "Text size"])), &sizes, false))
            (button(p(["用这样", "用這樣", "Apply"])).small().quiet().submit())
        }
    }
}

fn leaving(here: &Here) -> Markup {
    html! {
        form class="center" method="post" action="/sign-out" {
            (button(here.pick(["退出登录", "登出", "Sign out"])).bare().submit())
        }
    }
}

pub(super) fn frame(here: &Here, title: &str) -> Page {
    Page {
        title: title.to_string(),
        top: Top::Bar {
            title: title.to_string(),
            sub: None,
            back: Some(format!("{}/me", here.base())),
            end: None,
        },
        head: crate::ui::Head { private: true, ..Default::default() },
        ..here.page()
    }
}

pub async fn edit_page(State(house): State<House>, here: Here) -> Result<Markup, Sorry> {
    let who = here.member()?;
    let card = house.app.member_card(here.place.id, who.member, None).await?;
    let card = card.ok_or(Sorry::NotFound)?;
    Ok(edits(&here, &card.row.name, &card.bio, None))
}

fn edits(here: &Here, name: &str, bio: &str, wrong: Option<Refused>) -> Markup {
    let at = |r: Refused| wrong.filter(|w| *w == r).map(|w| said(w, here.lang));
    let body = html! {
        form class="card stack -l" method="post" action={ (here.base()) "/me/edit" } {
            (field::text("name", here.pick(["在这里的名字", "在這裡的名字", "Your name here"]), name)
                .most(24).autofill("nickname").required().error(at(Refused::BadName)))
            (field::textarea("bio", here.pick(["介绍自己", "介紹自己", "About you"]), bio)
                .most(300).error(at(Refused::BadBio)))
            (button(here.pick(["保存", "儲存", "Save"])).primary().submit())
        }
    };
    frame(here, here.pick(["改资料", "改資料", "Your profile"])).render(body)
}

pub async fn edit(State(house): State<House>, here: Here, form: Form) -> Result<Response, Sorry> {
    let cmd = EditMember {
        community: here.place.id,
        member: here.member()?.member,
        name: form.get("name").to_string(),
        bio: form.raw("bio").to_string(),
    };
    match house.app.edit_member(here.now, cmd).await {
        Ok(()) => Ok(see(&format!("{}/me", here.base()))),
        Err(Stop::Refused(r)) => {
            Ok(again(r.code(), edits(&here, form.raw("name"), form.raw("bio"), Some(r))))
        }
        Err(Stop::Fault(fault)) => Err(fault.into()),
    }
}

pub async fn tags_page(
    State(house): State<House>,
    here: Here,
    form: Form,
) -> Result<Markup, Sorry> {
    let mine = house.app.member_tags(here.place.id, here.member()?.member).await?;
    let mine: Vec<String> = mine.iter().map(ToString::to_string).collect();
    chooses(&house, &here, &form, &mine, None).await
}

async fn chooses(
    house: &House,
    here: &Here,
    form: &Form,
    mine: &[String],
    wrong: Option<&str>,
) -> Result<Markup, Sorry> {
    let all = house.app.community_tags(here.place.id).await?;
    let ids: Vec<String> = all.iter().map(|t| t.id.to_string()).collect();
    let chips: Vec<Choice> =
        all.iter().zip(&ids).map(|(t, id)| Choice::new(id, &t.name, mine.contains(id))).collect();
    let title = here.pick(["选标签", "選標籤", "Choose tags"]);
    let body = html! {
        @if chips.is_empty() {
            (banner(here.pick(["这里还没有标签", "這裡還沒有標籤", "There are no tags here yet"]),
                Tone::Plain))
        } @else {
            form class="card stack -l" method="post" action={ (here.base()) "/me/tags" } {
                @if form.has("next") {
                    input type="hidden" name="next" value=(local(form.get("next")));
                }
                (choice_chips(Around::new("tags", here.pick(["对什么感兴趣", "對什麼感興趣",
                    "What are you here for?"])).error(wrong), &chips, true))
                (button(here.pick(["保存", "儲存", "Save"])).primary().submit().render())
            }
        }
    };
    Ok(frame(here, title).render(body))
}

pub async fn tags(State(house): State<House>, here: Here, form: Form) -> Result<Response, Sorry> {
    let tags = form.all("tags").filter_map(Id::parse).collect();
    let cmd = ChooseTags { community: here.place.id, member: here.member()?.member, tags };
    match house.app.choose_tags(here.now, cmd).await {
        Ok(()) => {
            let next = local(form.get("next"));
            let welcome = next == "/welcome" || next.starts_with("/welcome?");
            let next = if welcome { next.as_str() } else { "/me" };
            Ok(see(&format!("{}{next}", here.base())))
        }
        Err(Stop::Refused(r)) => {
            let typed: Vec<String> = form.all("tags").map(str::to_string).collect();
            let page = chooses(&house, &here, &form, &typed, Some(said(r, here.lang))).await?;
            Ok(again(r.code(), page).into_response())
        }
        Err(Stop::Fault(fault)) => Err(fault.into()),
    }
}

//! One's coupons: those to take, those one has, those that are used.
use super::coupon_words::{amount, condition, scope};
use crate::House;
use crate::community::cookies::see;
use crate::community::sign_in::again;
use crate::form::Form;
use crate::reply::{Sorry, said};
use crate::ui::field;
use crate::ui::offer::{Coupon, CouponState, coupon};
use crate::ui::{Head, Page, Tone, Top, banner, button, card, card_head, empty_state};
use crate::who::Here;
use crate::words::{Lang, format};
use app::Stop;
use app::loyalty::claim_coupon::{ClaimCoupon, Refused, Which};
use app::loyalty::views::{ClaimRow, CouponRow};
use app::sale::place_order::Refused as Unusable;
use axum::extract::State;
use axum::response::Response;
use maud::{Markup, html};
use rules::base::{Id, Moment, id};
use rules::loyalty::coupon::{ClaimState, Scope};

pub async fn page(State(house): State<House>, here: Here) -> Result<Markup, Sorry> {
    shown(&house, &here, "", None).await
}

async fn shown(
    house: &House,
    here: &Here,
    typed: &str,
    refused: Option<Refused>,
) -> Result<Markup, Sorry> {
    let (c, who) = (here.place.id, here.member()?);
    let open = house.app.open_coupons(here.now, c, who.member).await?;
    let mine = house.app.my_coupons(c, who.member).await?;
    let title = here.pick(["优惠券", "優惠券", "Coupons"]);
    let top = Top::Bar {
        title: title.into(),
        sub: None,
        back: Some(format!("{}/me", here.base())),
        end: None,
    };
    let head = Head { private: true, ..Head::default() };
    let page = Page { title: title.into(), top, head, ..here.page() };
    let bought = house.app.bought_before(c, who.member).await?;
    let left = open.iter().filter(|k| k.mine < k.per_member && (k.most == 0 || k.claimed < k.most));
    let left = left.filter(|k| !(bought && k.scope == Scope::FirstOrder));
    let left: Vec<&CouponRow> = left.collect();
    Ok(page.render(html! {
        @if let Some(r) = refused { (banner(said(r, here.lang), Tone::Danger)) }
        (by_code(house, here, typed))
        @if !left.is_empty() {
            (card(html! {
                (card_head(here.pick(["可以领", "可以領", "To take"])))
                @for k in left { (offered(house, here, k)) }
            }))
        }
        @if mine.is_empty() {
            (empty_state(here.pick(["还没有优惠券", "還沒有優惠券", "No coupons yet"]),
                here.pick(["领到的会放在这里，结账时选用",
                    "領到的會放在這裡，結帳時選用",
                    "Those you take are kept here; choose one when you order."]), None))
        } @else {
            (card(html! {
                (card_head(here.pick(["我的", "我的", "Mine"])))
                @for x in &mine { (own(here, x, bought)) }
            }))
        }
    }))
}

fn by_code(house: &House, here: &Here, typed: &str) -> Markup {
    let id: Id<id::Claim> = house.app.mint(here.now);
    card(html! {
        form class="row" method="post" action={ (here.base()) "/me/coupons/claim" } {
            input type="hidden" name="id" value=(id);
            span class="grow" {
                (field::text("code", here.pick(["优惠码", "優惠碼", "Code"]), typed).most(40))
            }
            (button(here.pick(["兑换", "兌換", "Take it"])).submit())
        }
    })
}

fn until(here: &Here, at: Moment) -> String {
    let day = format::date(here.lang, at, here.now, &here.zone());
    match here.lang {
        Lang::En => format!("until {day}"),
        Lang::Hans | Lang::Hant => format!("{day} 到期"),
    }
}

fn offered(house: &House, here: &Here, k: &CouponRow) -> Markup {
    let id: Id<id::Claim> = house.app.mint(here.now);
    let (n, unit) = amount(here, k);
    let days = match here.lang {
        Lang::En => format!("{} · good for {} days", scope(here, k), k.days),
        Lang::Hans => format!("{} · 领后 {} 天有效", scope(here, k), k.days),
        Lang::Hant => format!("{} · 領後 {} 天有效", scope(here, k), k.days),
    };
    let take = button(here.pick(["领取", "領取", "Take"])).submit();
    let shown = Coupon {
        amount: &n,
        unit,
        condition: &condition(here, k),
        name: &k.name,
        until: &days,
        state: CouponState::Claim,
        action: Some(take),
    };
    html! {
        form method="post" action={ (here.base()) "/me/coupons/claim" } {
            input type="hidden" name="id" value=(id);
            input type="hidden" name="coupon" value=(k.id);
            (coupon(&shown))
        }
    }
}

fn own(here: &Here, x: &ClaimRow, bought: bool) -> Markup {
    let (n, unit) = amount(here, &x.coupon);
    let over = x.state == ClaimState::Claimed && x.until <= here.now;
    let late = bought && x.coupon.scope == Scope::FirstOrder;
    let state = match x.state {
        ClaimState::Claimed if !over && !late => CouponState::Mine,
        _ => CouponState::Used,
    };
    let text = match x.state {
        ClaimState::Used => here.pick(["已使用", "已使用", "Used"]).to_string(),
        ClaimState::Held => here.pick(["订单待付款", "訂單待付款", "In an unpaid order"]).into(),
        ClaimState::Claimed if over => here.pick(["已过期", "已過期", "Expired"]).into(),
        ClaimState::Claimed if late => said(Unusable::CouponNotFirst, here.lang).to_string(),
        ClaimState::Claimed => {
            format!("{} · {}", scope(here, &x.coupon), until(here, x.until))
        }
    };
    let shop = format!("{}/shop", here.base());
    let order = x.order.map(|order| format!("{}/orders/{order}", here.base()));
    let see = here.pick(["看订单", "看訂單", "See the order"]);
    let action = match (state, &order) {
        (CouponState::Mine, _) => Some(button(here.pick(["去用", "去用", "Use it"])).to(&shop)),
        (_, Some(order)) => Some(button(see).to(order)),
        (_, None) => None,
    };
    coupon(&Coupon {
        amount: &n,
        unit,
        condition: &condition(here, &x.coupon),
        name: &x.coupon.name,
        until: &text,
        state,
        action,
    })
}

pub async fn claim(State(house): State<House>, here: Here, form: Form) -> Result<Response, Sorry> {
    let who = here.member()?;
    let which = match form.id::<id::Coupon>("coupon") {
        Some(id) => Which::Listed(id),
        None => Which::Code(form.get("code").to_string()),
    };
    let id = form.must_id("id")?;
    let cmd = ClaimCoupon { community: here.place.id, by: who.member, id, which };
    match house.app.claim_coupon(here.now, cmd).await {
        Ok(()) => Ok(see(&format!("{}/me/coupons", here.base()))),
        Err(Stop::Refused(r)) => {
            let page = shown(&house, &here, form.get("code"), Some(r)).await?;
            Ok(again(app::Refusal::code(r), page))
        }
        Err(Stop::Fault(fault)) => Err(fault.into()),
    }
}

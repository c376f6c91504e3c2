//! The cart: what lies in it, what it costs, what cannot be bought any more.
use super::{
    Shot, chosen, fragments, leave, member_or_door, own_page, photo, shown, shown_as, sum,
};
use crate::House;
use crate::form::Form;
use crate::loyalty::tier_words;
use crate::reply::{Sorry, said, status_of};
use crate::ui::page::bar_link;
use crate::ui::{
    Icon, Tone, banner, button, card, empty_state, fragment, icon_s, member_price, price,
    price_ink, stepper, thumb,
};
use crate::who::Here;
use crate::words::{Lang, format};
use app::Stop;
use app::community::who::Who;
use app::sale::fill_cart::Refused;
use app::sale::views::CartLine;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use rules::base::id;
use rules::sale::price::{QUANTITY, Shipping};

pub async fn cart(State(house): State<House>, here: Here) -> Result<Response, Sorry> {
    let who = match member_or_door(&here, &here.path) {
        Ok(who) => who,
        Err(door) => return Ok(leave(&here, &door)),
    };
    let seen = look(&house, &here, who).await?;
    Ok(page(&here, &seen, None))
}

/// Puts in, sets or takes out one variant.
pub async fn fill(State(house): State<House>, here: Here, form: Form) -> Result<Response, Sorry> {
    let add = form.get("op") == "add";
    let back = match form.id::<id::Product>("product") {
        Some(p) => format!("{}/products/{p}", here.base()),
        None => format!("{}/cart", here.base()),
    };
    let who = match member_or_door(&here, &back) {
        Ok(who) => who,
        Err(door) => return Ok(leave(&here, &door)),
    };
    let out = match form.id::<id::Variant>("variant") {
        None => Err(Stop::Refused(Refused::NoSuchProduct)),
        Some(variant) => {
            let qty = if out_of(&form) { Some(0) } else { form.int("qty") };
            match qty.filter(|n| *n >= 0) {
                Some(qty) => {
                    let from = form.id("from");
                    house.app.fill_cart(here.now, who, variant, (qty, add), from).await
                }
                None => Err(Stop::Refused(Refused::BadQuantity)),
            }
        }
    };
    let refused = match out {
        Ok(_) => None,
        Err(Stop::Refused(r)) => Some(r),
        Err(Stop::Fault(fault)) => return Err(fault.into()),
    };
    let seen = look(&house, &here, who).await?;
    let what = match () {
        () if add => Change::Added,
        () if refused.is_none() && !form.has("whole") && !out_of(&form) => Change::Counted,
        () => Change::List,
    };
    Ok(answer(&here, &seen, what, refused))
}

/// The button that takes a line out stands in the form that sets its quantity.
fn out_of(form: &Form) -> bool {
    form.all("op").any(|op| op == "remove")
}

/// What of the page is not true any more.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Change {
    /// The count on the product page.
    Added,
    /// The sums only: the stepper keeps its focus.
    Counted,
    List,
}

fn answer(here: &Here, seen: &Seen, what: Change, refused: Option<Refused>) -> Response {
    if !here.fragment {
        return match refused {
            None => Redirect::to(&format!("{}/cart", here.base())).into_response(),
            Some(_) => page(here, seen, refused),
        };
    }
    let done = here.pick(["已放进购物车", "已放進購物車", "It is in your cart"]);
    let f = match what {
        Change::Added => {
            let cart = here.pick(["购物车", "購物車", "Cart"]);
            let cart = format!("{cart} {}", seen.lines.len());
            let href = format!("{}/cart", here.base());
            fragment().inner("#cart-count", bar_link(Icon::Bag, &cart, &href))
        }
        Change::Counted => {
            let hint = hint(here, seen).unwrap_or_default();
            fragment().inner("#cart-hint", html! { (hint) }).inner("#cart-bar", bar(here, seen))
        }
        Change::List => {
            fragment().inner("#cart", inside(here, seen)).inner("#cart-bar", bar(here, seen))
        }
    };
    fragments(match (refused, what) {
        (Some(r), _) => f.toast(said(r, here.lang), Tone::Danger),
        (None, Change::Added) => f.toast(done, Tone::Green),
        (None, _) => f,
    })
}

/// Straight to the checkout with one variant; nothing is kept.
pub async fn buy_now(here: Here, form: Form) -> Result<Response, Sorry> {
    let variant = form.must_id::<id::Variant>("variant")?;
    let qty = form.int("qty").filter(|n| QUANTITY.contains(n)).unwrap_or(1);
    let from = form.id::<id::Post>("from").map(|id| format!("&from={id}")).unwrap_or_default();
    Ok(leave(&here, &format!("{}/checkout?variant={variant}&qty={qty}{from}", here.base())))
}

struct Seen {
    lines: Vec<CartLine>,
    shipping: Shipping,
    points: bool,
    /// For readers without a tier: that others pay less.
    quiet: Option<String>,
}

impl Seen {
    fn goods(&self) -> i64 {
        let usable = self.lines.iter().filter(|l| l.usable());
        usable.map(|l| l.price.saturating_mul(l.qty)).fold(0, i64::saturating_add)
    }
    fn count(&self) -> i64 {
        self.lines.iter().filter(|l| l.usable()).map(|l| l.qty).sum()
    }
}

async fn look(house: &House, here: &Here, who: Who) -> Result<Seen, Sorry> {
    let mut lines = house.app.cart(here.place.id, who.member).await?;
    let known = house.app.checkout(here.place.id, who.member).await?;
    let ids = lines.iter().map(|l| l.product).collect();
    let prices = tier_words::prices(house, here, ids).await?;
    tier_words::reprice(&prices, &mut lines);
    let shipping = tier_words::delivery(&prices, known.shipping);
    let quiet = tier_words::quiet(here, &prices).filter(|_| !lines.is_empty());
    Ok(Seen { lines, shipping, points: !known.points.is_empty(), quiet })
}

fn page(here: &Here, seen: &Seen, refused: Option<Refused>) -> Response {
    let title = here.pick(["购物车", "購物車", "Cart"]);
    let mut page = own_page(here, title, format!("{}/shop", here.base()));
    page.bar = Some(html! { div class="row grow" id="cart-bar" { (bar(here, seen)) } });
    let body = html! {
        @if let Some(r) = refused { (banner(said(r, here.lang), Tone::Danger)) }
        div class="stack" id="cart" { (inside(here, seen)) }
    };
    match refused.map(|r| StatusCode::from_u16(status_of(r.code()))) {
        Some(status) => shown_as(status.unwrap_or(StatusCode::CONFLICT), &page, body),
        None => shown(&page, body),
    }
}

fn inside(here: &Here, seen: &Seen) -> Markup {
    let shop = format!("{}/shop", here.base());
    let (good, gone): (Vec<&CartLine>, Vec<&CartLine>) =
        seen.lines.iter().partition(|l| l.usable());
    html! {
        @if seen.lines.is_empty() {
            (empty_state(
                here.pick(["购物车还是空的", "購物車還是空的", "Your cart is empty"]),
                here.pick(["去店里看看", "去店裡看看", "Have a look at the shop."]),
                Some(button(here.pick(["逛逛", "逛逛", "To the shop"])).to(&shop).primary()),
            ))
        }
        @for l in &good { (card(row(here, l, false))) }
        p class="note center" id="cart-hint" { (hint(here, seen).unwrap_or_default()) }
        (tier_words::quiet_line(here, seen.quiet.as_deref()))
        @if !gone.is_empty() {
            (card(html! {
                details class="rules" {
                    summary { (gone_words(here, gone.len())) (icon_s(Icon::Down)) }
                    div class="stack" { @for l in &gone { (row(here, l, true)) } }
                }
            }))
        }
    }
}

fn gone_words(here: &Here, n: usize) -> String {
    match here.lang {
        Lang::Hans => format!("{n} 款现在买不了"),
        Lang::Hant => format!("{n} 款現在買不了"),
        Lang::En => format!("{n} cannot be bought now"),
    }
}

/// `再买 ¥12.00 免运费`.
fn hint(here: &Here, seen: &Seen) -> Option<String> {
    let (goods, shipping) = (seen.goods(), seen.shipping);
    if goods == 0 || shipping.fee == 0 {
        return None;
    }
    let missing = shipping.free_from - goods;
    let fee = format::money(sum(here, shipping.fee));
    if shipping.free_from > 0 && missing > 0 {
        let missing = format::money(sum(here, missing));
        return Some(match here.lang {
            Lang::Hans => format!("快递 {fee}，再买 {missing} 免运费"),
            Lang::Hant => format!("宅配 {fee}，再買 {missing} 免運費"),
            Lang::En => format!("Delivery {fee}; free if you add {missing}"),
        });
    }
    let free = shipping.free_from > 0;
    let words = match (free, seen.points) {
        (true, _) => here.pick(["快递免运费", "宅配免運費", "Delivery is free"]).to_owned(),
        (false, true) => match here.lang {
            Lang::Hans => format!("自提免费，快递 {fee}"),
            Lang::Hant => format!("自取免費，宅配 {fee}"),
            Lang::En => format!("Collect for free, delivery {fee}"),
        },
        (false, false) => format!("{} {fee}", here.pick(["运费", "運費", "Delivery"])),
    };
    Some(words)
}

/// Why a line cannot be bought as it is.
fn trouble(here: &Here, l: &CartLine) -> Option<String> {
    let n = l.on_hand;
    if !l.listed {
        return Some(here.pick(["已下架", "已下架", "Withdrawn"]).into());
    }
    (n < l.qty).then(|| match (here.lang, n) {
        (_, 0) => here.pick(["卖完了", "賣完了", "Sold out"]).into(),
        (Lang::Hans, _) => format!("只剩 {n} 件，请减少数量"),
        (Lang::Hant, _) => format!("只剩 {n} 件，請減少數量"),
        (Lang::En, _) => format!("Only {n} left; take fewer"),
    })
}

/// `whole`: a change here may move the line, so the whole list has to come anew.
fn row(here: &Here, l: &CartLine, whole: bool) -> Markup {
    let shot = Shot::of_cart(l);
    let href = format!("{}/products/{}?variant={}", here.base(), l.product, l.variant);
    let most = l.on_hand.clamp(1, *QUANTITY.end());
    let remove = format!("{}{}", here.pick(["移出：", "移出：", "Remove: "]), l.title);
    html! {
        form class="row -top" method="post" action={ (here.base()) "/cart" } data-frag data-live
            id={ "line-" (l.variant) } {
            input type="hidden" name="op" value="set";
            input type="hidden" name="variant" value=(l.variant);
            @if whole { input type="hidden" name="whole" value="yes"; }
            (thumb(&photo(&shot), 64))
            div class="grow stack -xs" {
                a href=(href) { b class="clamp2" { (l.title) } }
                @if !l.choices.is_empty() { p class="note" { (chosen(&l.choices)) } }
                @if let Some(why) = trouble(here, l) { p class="hot note" { (why) } }
                div class="row -wrap" {
                    (price_ink(sum(here, l.price)))
                    @if let Some(list) = l.list_price {
                        span { (member_price(here.lang, sum(here, list))) }
                    }
                    span class="end row" {
                        @if l.listed && l.on_hand > 0 {
                            (stepper(here.lang, "qty", l.qty, 1, most, &l.title))
                            noscript { button class="btn -s" type="submit" {
                                (here.pick(["更新", "更新", "Update"]))
                            } }
                        }
                        button class="ib" type="submit" name="op" value="remove"
                            aria-label=(remove) { (crate::ui::icon(Icon::Trash)) }
                    }
                }
            }
        }
    }
}

fn bar(here: &Here, seen: &Seen) -> Markup {
    let n = seen.count();
    let count = format::count(here.lang, n, ["件", "件"], ["item", "items"]);
    let before = here.pick(["，不含运费", "，不含運費", ", before delivery"]);
    let words = format!("{count}{before}");
    let checkout = format!("{}/checkout", here.base());
    let pay = button(here.pick(["去结算", "去結帳", "Check out"])).primary().to(&checkout);
    html! {
        div class="grow" {
            (price(sum(here, seen.goods())))
            p class="note" { (words) }
        }
        (pay.disabled(n == 0))
    }
}

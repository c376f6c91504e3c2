//! The checkout as a page: nothing here decides anything.
use super::checkout::Bill;
use super::{Shot, chosen, divisions, own_page, photo, shown_as, sum};
use crate::loyalty::points_words::{points, title as points_title};
use crate::loyalty::tier_words::{member_price_of, quiet_line};
use crate::reply::said;
use crate::spread::commission_words::disclosed;
use crate::ui::{
    Around, Choice, Icon, SumRow, Tone, banner, banner_of, button, card, card_flush, cell, field,
    item_row, price, price_ink, radio_list, shop_price, sum_list,
};
use crate::who::Here;
use crate::words::{Lang, format, states};
use app::sale::place_order::Refused;
use app::sale::views::CartLine;
use axum::http::StatusCode;
use axum::response::Response;
use maud::{Markup, Render, html};
use rules::ledger::Provider;
use rules::sale::order::Delivery;

/// Which field a refusal belongs to; what belongs to none is said on top.
fn field_of(r: Refused) -> Option<&'static str> {
    match r {
        Refused::BadRecipient => Some("name"),
        Refused::BadPhone => Some("phone"),
        Refused::BadRegion => Some("region"),
        Refused::BadStreet => Some("street"),
        Refused::NoteTooLong => Some("note"),
        Refused::NoSuchPickupPoint => Some("group"),
        Refused::ProviderNotHere => Some("provider"),
        _ => None,
    }
}

/// Whether another team, or a new one, is a way out.
fn other_team_helps(r: Refused) -> bool {
    matches!(
        r,
        Refused::AlreadyInTeam
            | Refused::NoSuchTeam
            | Refused::TeamOver
            | Refused::TeamFull
            | Refused::AllSeatsTaken
    )
}

pub(super) fn page(
    here: &Here,
    bill: &Bill,
    refused: Option<Refused>,
    status: StatusCode,
) -> Response {
    let title = here.pick(["确认订单", "確認訂單", "Your order"]);
    let mut page = own_page(here, title, back(here, bill));
    page.bar = Some(bar(here, bill));
    let error =
        |name: &str| refused.filter(|r| field_of(*r) == Some(name)).map(|r| said(r, here.lang));
    let body = html! {
        @if let Some(r) = refused { (on_top(here, r)) }
        @if let Some(together) = &bill.together {
            @if refused.is_some_and(other_team_helps) { (together.instead(here)) }
        }
        form class="stack" id="checkout" method="post" action={ (here.base()) "/checkout" } {
            // Enter in a field sends the form's first button: it must be the order, no choice
            button class="sr" type="submit" tabindex="-1" aria-hidden="true"
                disabled[bill.quote.is_none()] {}
            @if !bill.known.points.is_empty() { (ways(here, bill)) }
            (hidden(bill))
            (aside(here, bill))
            @match bill.way {
                Delivery::Pickup => (pick_up(here, bill, error)),
                Delivery::Ship => (ship(here, bill, error)),
            }
            (goods(here, bill))
            @if let Some(together) = &bill.together { (together.late(here)) }
            (bill.coupons.card(here))
            (bill.points.card(here))
            (bill.purse.card(here))
            (paying(here, bill, error("provider")))
            (card(html! {
                (field::text("note", here.pick(["给店家留言", "給店家留言", "A note for the shop"]),
                    &bill.typed.note).most(300).error(error("note"))
                    .placeholder(here.pick(["可不填", "可不填", "Optional"])))
            }))
            (breakdown(here, bill))
            (quiet_line(here, bill.quiet.as_deref()))
            @if bill.earns { p class="note" id="earns" { (disclosed(here)) } }
        }
    };
    shown_as(status, &page, body)
}

/// A refusal of the whole form; one of a field is also named here, so that it is seen at once.
fn on_top(here: &Here, r: Refused) -> Markup {
    let tone = match r {
        Refused::PriceChanged => Tone::Gold,
        _ => Tone::Danger,
    };
    let cart = format!("{}/cart", here.base());
    match r {
        Refused::SoldOut | Refused::NotForSale | Refused::NoSuchProduct => {
            let end = button(here.pick(["购物车", "購物車", "Cart"])).to(&cart).small();
            banner_of(html! { (said(r, here.lang)) }, tone, Some(end))
        }
        _ => banner(said(r, here.lang), tone),
    }
}

fn back(here: &Here, bill: &Bill) -> String {
    if let Some(together) = &bill.together {
        return together.page(here);
    }
    match (bill.at_once, bill.lines.first()) {
        (Some((variant, _)), Some(line)) => {
            format!("{}/products/{}?variant={variant}", here.base(), line.product)
        }
        _ => format!("{}/cart", here.base()),
    }
}

/// Buttons of the form, because another way is another total: the page comes anew with the right
/// one, and with everything that was typed.
fn ways(here: &Here, bill: &Bill) -> Markup {
    let fee = bill.known.shipping.fee;
    let ship = here.pick(["快递", "宅配", "Delivery"]);
    let goods = bill.lines.iter().map(|l| l.price.saturating_mul(l.qty)).sum::<i64>();
    let free = bill.known.shipping.free_from > 0 && goods >= bill.known.shipping.free_from;
    let ship = match fee == 0 || free {
        true => ship.to_owned(),
        false => format!("{ship} +{}", format::money(sum(here, fee))),
    };
    let text = here.pick(["自提", "自取", "Collect"]);
    let label = here.pick(["取货方式", "取貨方式", "How to get it"]);
    html! {
        div class="seg -wide" role="group" aria-label=(label) {
            @for (way, text) in [(Delivery::Pickup, text), (Delivery::Ship, ship.as_str())] {
                button type="submit" name="choose_way" value=(way.code()) formnovalidate
                    aria-pressed=(if bill.way == way { "true" } else { "false" }) { (text) }
            }
        }
    }
}

/// What belongs to the other way to get the goods stays in the form, out of sight.
fn aside(here: &Here, bill: &Bill) -> Markup {
    let t = &bill.typed;
    let ships = bill.way == Delivery::Ship;
    let fields = ships && fresh(bill);
    let keep = |name: &str, value: &str| {
        html! { @if !value.is_empty() { input type="hidden" name=(name) value=(value); } }
    };
    html! {
        @if ships { (keep("group", &t.group)) } @else { (keep("address", &t.address)) }
        @if !fields {
            @if divisions::listed(here) { (t.chosen.hidden()) }
            @else { (keep("region", &t.to.region)) }
            (keep("street", &t.to.street))
        }
        @if ships && !fields {
            (keep("name", &t.to.recipient))
            (keep("phone", &t.to.phone))
        }
    }
}

/// Whether a parcel goes to an address that is typed now.
fn fresh(bill: &Bill) -> bool {
    bill.typed.address == "new" || bill.known.addresses.is_empty()
}

fn hidden(bill: &Bill) -> Markup {
    let t = &bill.typed;
    let total = bill.quote.as_ref().map(|q| q.total);
    html! {
        input type="hidden" name="order" value=(t.order);
        input type="hidden" name="payment" value=(t.payment);
        input type="hidden" name="way" value=(bill.way.code());
        @if let Some(together) = &bill.together { (together.hidden()) }
        @if let Some(claim) = bill.coupons.chosen {
            input type="hidden" name="coupon" value=(claim);
        }
        (bill.points.hidden())
        @if !t.from.is_empty() { input type="hidden" name="from" value=(t.from); }
        @if let Some(total) = total { input type="hidden" name="expected" value=(total); }
        @if let Some((variant, _)) = bill.at_once {
            input type="hidden" name="variant" value=(variant);
        }
        @for l in &bill.lines {
            input type="hidden" name="line" value={ (l.variant) " " (l.qty) };
        }
    }
}

fn person(here: &Here, bill: &Bill, error: impl Fn(&str) -> Option<&'static str>) -> Markup {
    let to = &bill.typed.to;
    let name = match bill.way {
        Delivery::Pickup => here.pick(["取货人", "取貨人", "Who collects"]),
        Delivery::Ship => here.pick(["收货人", "收件人", "Recipient"]),
    };
    html! {
        (field::text("name", name, &to.recipient).error(error("name")).autofill("name").most(40))
        (field::phone("phone", here.pick(["手机号", "手機號碼", "Phone"]), &to.phone)
            .error(error("phone")).most(20))
    }
}

fn pick_up(here: &Here, bill: &Bill, error: impl Fn(&str) -> Option<&'static str>) -> Markup {
    let ids: Vec<String> = bill.known.points.iter().map(|p| p.group.to_string()).collect();
    let notes: Vec<String> =
        bill.known.points.iter().map(|p| format!("{} {}", p.address, p.hours)).collect();
    let points: Vec<(Choice, Option<&str>)> = bill
        .known
        .points
        .iter()
        .enumerate()
        .map(|(k, p)| {
            let on = ids[k] == bill.typed.group;
            (Choice::new(&ids[k], &p.name, on), Some(notes[k].trim()).filter(|n| !n.is_empty()))
        })
        .collect();
    let around = Around::new("group", here.pick(["自提点", "自取點", "Pick-up point"]));
    html! {
        (card(radio_list(around.error(error("group")), &points)))
        (card(person(here, bill, error)))
    }
}

fn ship(here: &Here, bill: &Bill, error: impl Fn(&str) -> Option<&'static str>) -> Markup {
    if fresh(bill) {
        return new_address(here, bill, error);
    }
    let keys = &bill.known.keys;
    let who: Vec<String> =
        bill.known.addresses.iter().map(|a| format!("{} {}", a.recipient, a.phone)).collect();
    let at: Vec<String> =
        bill.known.addresses.iter().map(|a| format!("{} {}", a.region, a.street)).collect();
    let choices: Vec<(Choice, Option<&str>)> = keys
        .iter()
        .enumerate()
        .map(|(k, key)| (Choice::new(key, &who[k], *key == bill.typed.address), Some(&*at[k])))
        .collect();
    let around = Around::new("address", here.pick(["寄到", "寄到", "Send to"]));
    let other = here.pick(["寄到别的地址", "寄到別的地址", "Another address"]);
    html! {
        (card(radio_list(around, &choices)))
        (card_flush(cell(other).lead(Icon::Plus).chooses("choose_address", "new", false).render()))
    }
}

fn new_address(here: &Here, bill: &Bill, error: impl Fn(&str) -> Option<&'static str>) -> Markup {
    let to = &bill.typed.to;
    let region = here.pick(["城市和邮编", "城市和郵遞區號", "Town and postcode"]);
    let hint = here.pick(["例如 Leeds LS1 4DY", "例如 Leeds LS1 4DY", "Such as Leeds LS1 4DY"]);
    let street = here.pick(["街道、楼号、门牌", "街道、樓號、門牌", "Street and number"]);
    let known = here.pick(["用保存的地址", "用儲存的地址", "A known address"]);
    html! {
        (card(html! {
            input type="hidden" name="address" value="new";
            (person(here, bill, &error))
            @if divisions::listed(here) { (bill.typed.chosen.show(here, error("region"))) }
            @else {
                (field::text("region", region, &to.region).error(error("region")).hint(hint)
                    .most(80))
            }
            (field::text("street", street, &to.street).error(error("street"))
                .autofill("street-address").most(200))
            @if !bill.known.addresses.is_empty() {
                button class="more" type="submit" name="choose_address"
                    value=(bill.known.keys.first().map_or("new", String::as_str)) formnovalidate {
                    (known)
                }
            }
        }))
    }
}

fn goods(here: &Here, bill: &Bill) -> Markup {
    let shots: Vec<Shot> = bill.lines.iter().map(Shot::of_cart).collect();
    card(html! {
        @for (l, shot) in bill.lines.iter().zip(&shots) {
            @let note = match l.choices.is_empty() {
                true => format!("×{}", l.qty),
                false => format!("{} ×{}", chosen(&l.choices), l.qty),
            };
            @let note = match l.list_price {
                Some(list) => format!("{note} · {}", shop_price(here.lang, sum(here, list))),
                None => note,
            };
            (item_row(&photo(shot), &l.title, &note,
                price_ink(sum(here, l.price.saturating_mul(l.qty)))))
        }
    })
}

fn paying(here: &Here, bill: &Bill, error: Option<&str>) -> Markup {
    let note = |p: Provider| match p {
        Provider::Wallet => states::provider(here.lang, p),
        Provider::Sandbox => {
            here.pick(["演示用，不收真钱", "示範用，不收真錢", "For demonstration; no real money"])
        }
        Provider::Manual => here.pick([
            "下单后给收款方式，转账后填单号",
            "下單後給收款方式，轉帳後填單號",
            "You get the details next, then enter the slip number",
        ]),
    };
    let choices: Vec<(Choice, Option<&str>)> = bill
        .providers
        .iter()
        .map(|p| {
            let on = p.code() == bill.typed.provider;
            (Choice::new(p.code(), states::provider(here.lang, *p), on), Some(note(*p)))
        })
        .collect();
    let around = Around::new("provider", here.pick(["支付方式", "付款方式", "Pay with"]));
    card(radio_list(around.error(error), &choices))
}

/// What a line costs less than everybody pays.
fn less(l: &CartLine) -> i64 {
    l.list_price.map_or(0, |list| (list - l.price).saturating_mul(l.qty))
}

fn breakdown(here: &Here, bill: &Bill) -> Markup {
    let Some(q) = &bill.quote else { return html! {} };
    let n: i64 = bill.lines.iter().map(|l| l.qty).sum();
    let goods = match here.lang {
        Lang::En => format!("Goods ({n})"),
        _ => format!("商品 {n} 件"),
    };
    let shipping = match bill.way {
        Delivery::Pickup => here.pick(["自提", "自取", "Collect"]),
        Delivery::Ship => here.pick(["运费", "運費", "Delivery"]),
    };
    let money = |minor| html! { (format::money(sum(here, minor))) };
    let (off, by_points) = (q.discounts.iter().sum::<i64>(), q.points.iter().sum::<i64>());
    let saved: i64 = bill.lines.iter().map(less).sum();
    let mut rows = vec![SumRow::new(goods, money(q.goods + off + by_points + saved))];
    if let Some(tier) = bill.tier.as_ref().filter(|_| saved > 0) {
        rows.push(SumRow::minus(member_price_of(here, &tier.terms.name), money(-saved)));
    }
    if off > 0 {
        let coupon = here.pick(["优惠券", "優惠券", "Coupon"]);
        rows.push(SumRow::minus(coupon, money(-off)));
    }
    if by_points > 0 {
        let used = points(here.lang, bill.points.used());
        let name = format!("{} · {used}", points_title(here));
        rows.push(SumRow::minus(name, money(-by_points)));
    }
    rows.push(SumRow::new(shipping, money(q.shipping)));
    let by_wallet = bill.purse.taken();
    if by_wallet > 0 {
        rows.push(SumRow::new(here.pick(["合计", "合計", "Total"]), money(q.total)));
        let balance = here.pick(["余额", "餘額", "Balance"]);
        rows.push(SumRow::minus(balance, money(-by_wallet)));
    }
    let total = here.pick(["应付", "應付", "To pay"]);
    card(sum_list(&rows, Some(&SumRow::new(total, price(sum(here, q.total - by_wallet))))))
}

fn bar(here: &Here, bill: &Bill) -> Markup {
    let note = here.pick([
        "下单后库存为你留着",
        "下單後庫存為你留著",
        "The goods are kept for you while you pay",
    ]);
    let rest = bill.quote.as_ref().map(|q| q.total - bill.purse.taken());
    let pay = match rest {
        Some(0) if bill.purse.taken() > 0 => {
            here.pick(["用余额付清", "用餘額付清", "Pay by balance"]).to_owned()
        }
        Some(n) => {
            format!("{} {}", here.pick(["付", "付", "Pay"]), format::money(sum(here, n)))
        }
        None => here.pick(["付", "付", "Pay"]).to_owned(),
    };
    html! {
        p class="note grow" { (note) }
        button class="btn -primary" type="submit" form="checkout" disabled[bill.quote.is_none()] {
            (pay)
        }
    }
}

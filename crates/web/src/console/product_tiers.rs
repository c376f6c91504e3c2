//! Member prices of one product: a price for a variant and a tier where the percent does not do.
use super::frame::{at, money, no, see, unfit};
use super::product::overview;
use crate::House;
use crate::form::Form;
use crate::reply::Sorry;
use crate::ui::{button, card_head};
use crate::who::Here;
use app::loyalty::set_tier_prices::SetTierPrices;
use app::sale::views_catalogue::{Product, Variant};
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use rules::base::{Id, Money, id};
use rules::community::role::Right;
use rules::loyalty::tier::{Tier, member_price};
use rules::sale::price;

/// Nothing where there are no tiers.
pub async fn card(house: &House, here: &Here, p: &Product, typed: &Form) -> Result<Markup, Sorry> {
    let tiers = house.app.member_prices(here.place.id, None, Vec::new()).await?.ladder;
    if tiers.is_empty() {
        return Ok(html! {});
    }
    let set = house.app.tier_prices(here.place.id, p.id).await?;
    let value = |v: &Variant, t: &Tier| {
        let name = field(v.id, t.id);
        if typed.has(&name) {
            return typed.get(&name).to_owned();
        }
        let of = set.iter().find(|s| s.0 == v.id && s.1 == t.id);
        of.map_or(String::new(), |s| Money::new(s.2, here.place.currency).decimal())
    };
    let listed: Vec<&Variant> = p.variants.iter().filter(|v| v.listed).collect();
    Ok(html! {
        section class="card -flush" id="member-prices" {
            div class="cell" { (card_head(here.pick(["会员价", "會員價", "Member prices"]))) }
            form method="post" action=(at(here, &format!("/products/{}/tiers", p.id))) {
                div class="scroll-x" {
                    table class="grid -cards" {
                        caption class="sr" { (here.pick(["会员价", "會員價", "Member prices"])) }
                        thead {
                            tr {
                                th scope="col" class="-grow" {
                                    (here.pick(["规格", "規格", "Variant"]))
                                }
                                th scope="col" { (here.pick(["店价", "店價", "Shop price"])) }
                                @for t in &tiers { th scope="col" { (t.terms.name) } }
                            }
                        }
                        tbody { @for v in listed { (row(here, v, &tiers, &value)) } }
                    }
                }
                div class="cell row -wrap" {
                    p class="note grow" { (here.pick([
                        "留空按等级的折扣算（灰字）；不能高于店价。",
                        "留空依等級的折扣計算（灰字）；不能高於店價。",
                        "Empty: the tier's percent applies, shown in grey. \
                         Never above the shop's price."])) }
                    (button(here.pick(["保存会员价", "儲存會員價", "Save member prices"])).submit())
                }
            }
        }
    })
}

fn field(variant: Id<id::Variant>, tier: Id<id::Tier>) -> String {
    format!("{variant}.{tier}")
}

fn row(
    here: &Here,
    v: &Variant,
    tiers: &[Tier],
    value: &impl Fn(&Variant, &Tier) -> String,
) -> Markup {
    let name = if v.choices.is_empty() { v.sku.clone() } else { v.choices.join(" / ") };
    html! {
        tr {
            td class="-grow" { (name) }
            td data-head=(here.pick(["店价", "店價", "Shop price"])) { (money(here, v.price)) }
            @for t in tiers {
                @let by_percent = member_price(v.price, t.terms.off_bp, None);
                td data-head=(t.terms.name) {
                    input class="input" name=(field(v.id, t.id)) value=(value(v, t)) size="8"
                        inputmode="decimal" autocomplete="off"
                        placeholder=(Money::new(by_percent, here.place.currency).decimal())
                        aria-label={ (t.terms.name) " " (name) };
                }
            }
        }
    }
}

/// Variant, tier and what was typed for them.
fn cells(form: &Form) -> impl Iterator<Item = (Id<id::Variant>, Id<id::Tier>, &str)> {
    form.pairs().filter_map(|(name, value)| {
        let (variant, tier) = name.split_once('.')?;
        Some((Id::parse(variant)?, Id::parse(tier)?, value.trim()))
    })
}

pub async fn save(
    State(house): State<House>,
    here: Here,
    Path((_, product)): Path<(String, String)>,
    form: Form,
) -> Result<Response, Sorry> {
    let who = here.may(Right::Catalogue)?;
    let id: Id<id::Product> = Id::parse(&product).ok_or(Sorry::NotFound)?;
    let read = |typed: &str| match typed {
        "" => Some(None),
        typed => price::price(typed, here.place.currency).map(Some),
    };
    let typed: Option<Vec<_>> =
        cells(&form).map(|(v, t, text)| Some((v, t, read(text)?))).collect();
    let refused = match typed {
        None => unfit(
            &here,
            [
                "价格请填数字，例如 39.90",
                "價格請填數字，例如 39.90",
                "Enter a price such as 39.90.",
            ],
        ),
        Some(prices) => {
            let set = SetTierPrices { who, product: id, prices };
            match house.app.set_tier_prices(here.now, set).await {
                Ok(()) => return Ok(see(&at(&here, &format!("/products/{id}?done=saved")))),
                Err(stop) => no(&here, stop)?,
            }
        }
    };
    let page = overview(&house, &here, who, id, &form, Some(refused)).await?;
    Ok((refused.status, page).into_response())
}

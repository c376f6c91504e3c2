//! Pictures of one order that are not for everybody: proofs of payment, evidence of a case. Only
//! its buyer and the staff who decide get them.
use super::named;
use crate::House;
use crate::form::Form;
use crate::reply::Sorry;
use crate::ui::Icon;
use crate::who::Here;
use app::Stop;
use app::pictures::{Refused, is_private, shape};
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use rules::base::{Id, id};
use rules::community::role::Right;

/// `GET /c/{community}/orders/{order}/pictures/{picture}/{width}`
pub async fn picture(
    State(house): State<House>,
    here: Here,
    Path((_, order, picture, width)): Path<(String, String, String, u32)>,
) -> Result<Response, Sorry> {
    let who = here.member()?;
    let (c, id) = (here.place.id, named::<id::Order>(&order)?);
    let page = house.app.order_page(c, id).await?.ok_or(Sorry::NotFound)?;
    let tends = who.rights.may(Right::Orders) || who.rights.may(Right::Money);
    let known = is_private(&picture) && house.app.is_of_order(c, id, picture.clone()).await?;
    if !known || !(tends || page.row.member == who.member) {
        return Err(Sorry::NotFound);
    }
    let served = house.app.stored_picture(picture, width).await.ok_or(Sorry::NotFound)?;
    let headers =
        [(header::CONTENT_TYPE, served.mime), (header::CACHE_CONTROL, "private, max-age=86400")];
    Ok((headers, served.bytes).into_response())
}

/// Keeps the pictures of a form: those of an earlier try, then the new ones, `most` at most.
pub async fn store(
    house: &House,
    order: Id<id::Order>,
    form: &Form,
    (name, most): (&str, usize),
) -> Result<(Vec<String>, Option<Refused>), Sorry> {
    let field = format!("{name}_kept");
    let kept = form.all(&field).filter(|n| is_private(n)).take(most);
    let mut names: Vec<String> = kept.map(str::to_string).collect();
    let mut refused = None;
    for file in form.files.iter().filter(|f| f.field == name).take(most + 1) {
        match house.app.store_private_picture(order, file.bytes.to_vec()).await {
            Ok(stored) if names.contains(&stored) => {}
            Ok(stored) => names.push(stored),
            Err(Stop::Refused(why)) => refused = Some(why),
            Err(Stop::Fault(fault)) => return Err(fault.into()),
        }
    }
    Ok((names, refused))
}

/// Pictures as small squares that open in full.
pub fn shown(here: &Here, order: Id<id::Order>, names: &[String], label: &str) -> Markup {
    html! {
        @if !names.is_empty() {
            ul class="shots" {
                @for (k, name) in names.iter().enumerate() {
                    @let (width, height) = shape(name).unwrap_or((720, 720));
                    @let at = format!("{}/orders/{order}/pictures/{name}", here.base());
                    li {
                        a href={ (at) "/1440" } {
                            img src={ (at) "/360" } alt={ (label) " " (k + 1) } width=(width)
                                height=(height) loading="lazy" decoding="async";
                        }
                    }
                }
            }
        }
    }
}

/// What an earlier try of a form brought: it stays, though it cannot be shown before it is sent.
pub fn kept(here: &Here, name: &str, names: &[String]) -> Markup {
    html! {
        @if !names.is_empty() {
            @for one in names { input type="hidden" name={ (name) "_kept" } value=(one); }
            p class="note row" {
                (crate::ui::icon_s(Icon::Check))
                (here.pick(["已收到的图片会一起提交：", "已收到的圖片會一起送出：",
                    "Pictures already received go along: "]))
                (names.len())
            }
        }
    }
}

//! The ladder at the desk: what each tier asks and gives, how many members have it.
use super::frame::{self, No, Show, Spot, at, news, no, see, unfit};
use super::tiers_wrong::{Wrong, wrong};
use crate::House;
use crate::form::Form;
use crate::reply::Sorry;
use crate::ui::field;
use crate::ui::{Tone, banner, button, card, card_head};
use crate::who::Here;
use crate::words::format::number;
use app::community::who::Who;
use app::loyalty::set_tiers::SetTiers;
use app::loyalty::views_tier::LadderDesk;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use rules::base::{Currency, Id, Money, id};
use rules::community::role::Right;
use rules::loyalty::tier::{GRACE_DAYS, TIERS, Terms, Tier, of_points, points};

pub async fn page(State(house): State<House>, here: Here, form: Form) -> Result<Markup, Sorry> {
    let who = here.may(Right::Campaigns)?;
    let desk = house.app.ladder_desk(who.community).await?;
    let mut typed = stored(&house, &here, &desk);
    typed.put("done", form.get("done"));
    shown(&house, &here, who, (&desk, &typed), None).await
}

/// The form as it is filled from what is stored: empty rows are for new tiers.
fn stored(house: &House, here: &Here, desk: &LadderDesk) -> Form {
    let mut f = Form::default();
    f.put("version", &desk.version.to_string());
    f.put("grace", &desk.grace_days.unwrap_or(GRACE_DAYS).to_string());
    for row in 0..TIERS {
        let mut put = |name: &str, value: &str| f.put(&format!("{name}_{row}"), value);
        let Some((tier, _)) = desk.tiers.get(row) else {
            put("id", &house.app.mint::<id::Tier>(here.now).to_string());
            continue;
        };
        put("id", &tier.id.to_string());
        put("name", &tier.terms.name);
        put("growth", &points(tier.terms.growth, here.place.currency).to_string());
        put("percent", &percent_text(tier.terms.off_bp));
        if tier.terms.free_shipping {
            put("free", "on");
        }
    }
    f
}

/// Basis points as a percent with two digits is what cents are to a unit.
pub(super) fn percent_text(off_bp: i64) -> String {
    let text = Money::new(off_bp, Currency::Cny).decimal();
    text.strip_suffix(".00").map_or(text.clone(), str::to_string)
}
fn percent_typed(text: &str) -> Option<i64> {
    match text {
        "" => Some(0),
        text => Money::parse(text.trim_end_matches('%'), Currency::Cny).map(|m| m.minor),
    }
}

async fn shown(
    house: &House,
    here: &Here,
    who: Who,
    (desk, typed): (&LadderDesk, &Form),
    wrong: Option<&Wrong>,
) -> Result<Markup, Sorry> {
    let body = html! {
        @match wrong {
            Some(wrong) => (banner(&wrong.text, Tone::Danger)),
            None => (news(here, None, typed.get("done"))),
        }
        form class="stack" method="post" action=(at(here, "/tiers")) {
            input type="hidden" name="version" value=(typed.get("version"));
            section class="card -flush" { (table(here, (desk, typed), wrong)) }
            (card(html! {
                (field::number("grace", here.pick(["降级前保留几天", "降級前保留幾天",
                    "Days a tier is kept before going down"]), typed.get("grace")).range(0, 365))
                (notes(here))
                div class="row" {
                    (button(here.pick(["保存", "儲存", "Save"])).primary().submit())
                }
            }))
        }
    };
    let title = here.pick(["会员等级", "會員等級", "Tiers"]);
    frame::show(house, here, who, Show::new(Spot::Tiers, title), body).await
}

fn notes(here: &Here) -> Markup {
    let lines: [[&str; 3]; 3] = [
        [
            "成长值：近 365 天收下的商品，实付一元记 1 点，退掉的不算。",
            "成長值：近 365 天收下的商品，實付一元記 1 點，退掉的不算。",
            "Growth: one point for each whole unit paid for goods received in the last 365 days, \
             less what was given back.",
        ],
        [
            "名称留空的行不保存；清空一行的名称就取消这一级，原来的成员归到下一级。",
            "名稱留空的列不儲存；清空一列的名稱就取消這一級，原來的成員歸到下一級。",
            "Rows without a name are not kept. Emptying the name of a tier ends it; its members \
             move to the one below.",
        ],
        [
            "单个规格的会员价在商品页设置；没设的按折扣算，向下取整到最小单位。",
            "單個規格的會員價在商品頁設定；沒設的依折扣計算，向下取整到最小單位。",
            "Prices of single variants are set on the product's page. Without one the percent \
             applies, rounded down to the smallest unit.",
        ],
    ];
    html! {
        (card_head(here.pick(["怎么算", "怎麼算", "How it is counted"])))
        @for l in lines { p class="note" { (here.pick(l)) } }
    }
}

fn table(here: &Here, (desk, t): (&LadderDesk, &Form), wrong: Option<&Wrong>) -> Markup {
    #[rustfmt::skip]
    let heads: [[&'static str; 3]; 5] = [
        ["等级", "等級", "Tier"], ["成长值从", "成長值從", "From growth points"],
        ["减百分之几", "減百分之幾", "Percent off"], ["免运费", "免運費", "Free delivery"],
        ["成员", "成員", "Members"],
    ];
    html! {
        div class="scroll-x" {
            table class="grid -cards" {
                caption class="sr" { (here.pick(["会员等级", "會員等級", "Tiers"])) }
                thead {
                    tr {
                        @for (k, h) in heads.iter().enumerate() {
                            th scope="col" class=[(k == 4).then_some("num")] { (here.pick(*h)) }
                        }
                    }
                }
                tbody { @for row in 0..TIERS {
                    @let odd = wrong.and_then(|w| w.at).filter(|at| at.0 == row).map(|at| at.1);
                    (table_row(here, (desk, t), (row, odd), &heads))
                } }
            }
        }
    }
}

fn table_row(
    here: &Here,
    (desk, t): (&LadderDesk, &Form),
    (row, odd): (usize, Option<&str>),
    heads: &[[&'static str; 3]; 5],
) -> Markup {
    let head = |k: usize| here.pick(heads[k]);
    let label = |k: usize| format!("{} {}", head(k), row + 1);
    let cell = |name: &str| t.get(&format!("{name}_{row}")).to_owned();
    let input = |name: &str, k: usize, mode: Option<&str>, size: u32| {
        html! {
            input class="input" name={ (name) "_" (row) } value=(cell(name)) aria-label=(label(k))
                inputmode=[mode] size=(size) autocomplete="off"
                aria-invalid=[(odd == Some(name)).then_some("true")];
        }
    };
    let known = desk.tiers.iter().find(|(tier, _)| tier.id.to_string() == cell("id"));
    html! {
        tr {
            td data-head=(head(0)) {
                input type="hidden" name={ "id_" (row) } value=(cell("id"));
                (input("name", 0, None, 12))
            }
            td data-head=(head(1)) { (input("growth", 1, Some("numeric"), 8)) }
            td data-head=(head(2)) { (input("percent", 2, Some("decimal"), 6)) }
            td data-head=(head(3)) {
                label class="hit" {
                    input class="tick" type="checkbox" name={ "free_" (row) } value="on"
                        checked[cell("free") == "on"] aria-label=(label(3))
                        aria-invalid=[(odd == Some("free")).then_some("true")];
                }
            }
            td class="num" data-head=(head(4)) {
                @match known { Some((_, n)) => { (number(*n)) }, None => { "–" } }
            }
        }
    }
}

/// The rows that have a name: those that are kept.
fn named_rows(form: &Form) -> Vec<usize> {
    (0..TIERS).filter(|row| !form.get(&format!("name_{row}")).is_empty()).collect()
}

/// The tiers as typed; a number that is none does not pass the law.
fn typed_tiers(here: &Here, form: &Form) -> Result<Vec<Tier>, Sorry> {
    let mut out = Vec::new();
    for row in named_rows(form) {
        let cell = |name: &str| form.get(&format!("{name}_{row}"));
        let id: Id<id::Tier> = form.must_id(&format!("id_{row}"))?;
        let growth = cell("growth").parse().ok();
        let terms = Terms {
            name: cell("name").into(),
            growth: growth.and_then(|n| of_points(n, here.place.currency)).unwrap_or(-1),
            off_bp: percent_typed(cell("percent")).unwrap_or(-1),
            free_shipping: cell("free") == "on",
        };
        out.push(Tier { id, terms });
    }
    Ok(out)
}

pub async fn save(State(house): State<House>, here: Here, form: Form) -> Result<Response, Sorry> {
    let who = here.may(Right::Campaigns)?;
    let says =
        ["页面过期了，请刷新再试", "頁面過期了，請重新整理再試", "Reload this page and try again."];
    let tiers = typed_tiers(&here, &form)?;
    let terms: Vec<Terms> = tiers.iter().map(|t| t.terms.clone()).collect();
    let refused: No = match form.int("version") {
        None => unfit(&here, says),
        Some(version) => {
            let grace_days = form.int("grace").unwrap_or(-1);
            let set = SetTiers { who, version, grace_days, tiers };
            match house.app.set_tiers(here.now, set).await {
                Ok(()) => return Ok(see(&at(&here, "/tiers?done=saved"))),
                Err(stop) => no(&here, stop)?,
            }
        }
    };
    let desk = house.app.ladder_desk(who.community).await?;
    let wrong = wrong(&here, &terms, &named_rows(&form), refused);
    let page = shown(&house, &here, who, (&desk, &form), Some(&wrong)).await?;
    Ok((refused.status, page).into_response())
}

#[cfg(test)]
mod tests {
    use super::{percent_text, percent_typed};

    #[test]
    fn percents_are_typed_and_shown() {
        for (text, off) in [("5", 500), ("7.5", 750), ("0.25", 25), ("12%", 1200), ("", 0)] {
            assert_eq!(percent_typed(text), Some(off), "{text}");
        }
        assert_eq!(percent_typed("five"), None);
        assert_eq!((percent_text(500), percent_text(750)), ("5".into(), "7.50".into()));
    }
}

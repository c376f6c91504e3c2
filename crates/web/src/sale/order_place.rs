//! An order's place on a leader's list: its running number, and how the list stands.
use crate::ui::{button, stamp};
use crate::who::Here;
use crate::words::{Lang, format};
use app::sale::views_chain::PlaceRow;
use maud::{Markup, html};
use rules::sale::chain::{ChainState, PlaceState};

fn words(here: &Here, p: &PlaceRow) -> &'static str {
    here.pick(match (p.state, p.chain) {
        (PlaceState::Held, _) => {
            ["付款后就有跟团号", "付款後就有跟團號", "You get your number when you pay"]
        }
        (PlaceState::Released, _) => [
            "没有按时付款，没算进接龙",
            "沒有按時付款，沒算進接龍",
            "Not paid in time: not on the list",
        ],
        (PlaceState::Left, _) => [
            "这一单已退款，不再算在接龙里",
            "這一單已退款，不再算在接龍裡",
            "This order was refunded and is off the list",
        ],
        (PlaceState::Refunding | PlaceState::Refunded, _)
        | (PlaceState::Confirmed, ChainState::Failing | ChainState::Failed) => [
            "接龙没有达标，钱原路退回",
            "接龍沒有達標，錢依原付款方式退回",
            "The list stayed below its minimum; your money goes back",
        ],
        (PlaceState::Confirmed, ChainState::Open) => {
            ["在接龙里了，等截单", "在接龍裡了，等截單", "On the list; it closes at the cut-off"]
        }
        (PlaceState::Confirmed, ChainState::Standing) => {
            ["接龙已截单", "接龍已截單", "The list is closed"]
        }
    })
}

pub(super) fn card(here: &Here, p: &PlaceRow) -> Markup {
    let list = format!("{}/campaigns/{}", here.base(), p.campaign);
    let number = here.pick(["跟团号", "跟團號", "Number"]);
    let arrives = format::day_time(here.lang, p.arrives, here.now, &here.zone());
    crate::ui::card(html! {
        div class="row" {
            @if p.number > 0 { (stamp(p.number, number)) }
            div class="grow" {
                p { b { (words(here, p)) } }
                p class="note" { (here.pick(["到货 ", "到貨 ", "Arrives "])) (arrives) }
                @if let Some(by) = &p.by {
                    p class="note" { @match here.lang {
                        Lang::En => { "Entered for you by " (by) ", paid in cash" },
                        Lang::Hans => { (by) " 替你下的单，现金已收" },
                        Lang::Hant => { (by) " 幫你下的單，現金已收" },
                    } }
                }
            }
            (button(here.pick(["看接龙", "看接龍", "The list"])).small().to(&list))
        }
    })
}

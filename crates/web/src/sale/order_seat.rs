//! An order's seat in a group buy: how the team stands, and whom to bring along.
use crate::ui::{Icon, button, card_flush, cell, countdown};
use crate::who::Here;
use crate::words::Lang;
use app::sale::views_group_buy::SeatRow;
use maud::{Markup, Render, html};
use rules::sale::group_buy::{SeatState, TeamState};

fn card_words(here: &Here, s: &SeatRow) -> Option<String> {
    let n = s.missing;
    Some(match (s.state, s.team_state) {
        (SeatState::Confirmed, TeamState::Open) => match here.lang {
            Lang::En => format!("{n} more to go. You are number {}.", s.number),
            Lang::Hans => format!("还差 {n} 人成团，你是 #{}", s.number),
            Lang::Hant => format!("還差 {n} 人成團，你是 #{}", s.number),
        },
        (SeatState::Confirmed | SeatState::Kept, TeamState::Filled) => match here.lang {
            Lang::En => format!("The team is complete. You are number {}.", s.number),
            Lang::Hans => format!("成团了，你是 #{}", s.number),
            Lang::Hant => format!("成團了，你是 #{}", s.number),
        },
        (SeatState::Held, _) => here
            .pick([
                "位子给你留着，付款才算数",
                "位子幫你留著，付款才算數",
                "Your seat is kept. It counts once you pay.",
            ])
            .into(),
        (SeatState::Refunding | SeatState::Refunded | SeatState::Confirmed, _) => here
            .pick([
                "没有成团，钱原路退回",
                "沒有成團，錢依原付款方式退回",
                "The team did not fill; your money goes back.",
            ])
            .into(),
        (SeatState::Left, _) => {
            here.pick(["你退出了这个团", "你退出了這個團", "You left the team."]).into()
        }
        (SeatState::Released, _) => here
            .pick([
                "没有按时付款，位子放回去了",
                "沒有按時付款，位子放回去了",
                "It was not paid in time; the seat went back.",
            ])
            .into(),
        (SeatState::Moved | SeatState::Kept, _) => return None,
    })
}

pub(super) fn card(here: &Here, s: &SeatRow) -> Markup {
    let team = format!("{}/campaigns/{}?team={}", here.base(), s.campaign, s.team);
    if let Some(next) = s.next {
        let text = here.pick([
            "付款到得晚，换到了另一个团，看新的订单",
            "付款到得晚，換到了另一個團，看新的訂單",
            "The payment came late and went to another team. See the new order.",
        ]);
        let href = format!("{}/orders/{next}", here.base());
        return card_flush(cell(text).lead(Icon::Users).to(&href).render());
    }
    let Some(words) = card_words(here, s) else { return html! {} };
    let open = s.team_state == TeamState::Open && s.state == SeatState::Confirmed;
    let see = match open {
        true => here.pick(["邀请邻居", "邀請鄰居", "Bring a neighbour"]),
        false => here.pick(["看团", "看團", "The team"]),
    };
    crate::ui::card(html! {
        div class="row" {
            div class="grow" {
                p { b { (words) } }
                @if open {
                    p class="note" {
                        (here.pick(["剩 ", "剩 ", "Time left "]))
                        (countdown(here.lang, s.deadline, here.now))
                    }
                }
            }
            (button(see).small().to(&team))
        }
    })
}

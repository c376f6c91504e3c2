//! Colours, icons, buttons, people, cards, overlays.
use maud::{Markup, html};
use rules::base::Lang;

use super::super::*;
use super::{NOW, cast, part, yuan};

pub(super) fn all(lang: Lang) -> Markup {
    html! {
        (colours())
        (icons())
        (buttons(lang))
        (people(lang))
        (numbers(lang))
        (cards(lang))
        (over(lang))
    }
}

fn colours() -> Markup {
    let names = [
        "bg",
        "surface",
        "raised",
        "sunken",
        "ink",
        "ink-2",
        "ink-3",
        "line",
        "line-2",
        "accent",
        "accent-fill",
        "accent-50",
        "green",
        "green-50",
        "gold",
        "gold-50",
        "blue",
        "blue-50",
        "danger",
        "danger-50",
        "own",
        "paper",
        "c1",
        "c2",
        "c3",
        "c4",
        "c5",
        "c6",
    ];
    html! {
        section class="g-sec" id="tokens" {
            h2 { "Tokens" }
            ul class="g-sw" {
                @for n in names {
                    li {
                        svg viewBox="0 0 40 28" aria-hidden="true" {
                            rect width="40" height="28" rx="6" fill={ "var(--" (n) ")" }
                                stroke="var(--line)" {}
                        }
                        (n)
                    }
                }
            }
        }
    }
}

fn icons() -> Markup {
    html! {
        section class="g-sec" id="icons" {
            h2 { "Icons" }
            ul class="g-ic" {
                @for i in Icon::ALL { li { (icon_l(*i)) span { (format!("{i:?}")) } } }
            }
        }
    }
}

fn buttons(lang: Lang) -> Markup {
    let p = |all: [&'static str; 3]| lang.pick(all);
    let (join, alone) = (p(["参团", "參團", "Join"]), p(["单独买", "單獨買", "Buy alone"]));
    let small = p(["邀请", "邀請", "Invite"]);
    part(
        "buttons",
        "button, icon_button",
        &[
            html! { div class="row -wrap" {
                (button(join).primary()) (button(alone)) (button(p(["稍后", "稍後", "Later"])).quiet())
                (button(p(["取消", "取消", "Cancel"])).bare())
                (button(p(["退款", "退款", "Refund"])).danger())
            } },
            html! { div class="row -wrap" {
                (button(small).small().primary()) (button(small).small().icon(Icon::Share))
                (icon_button(Icon::Bell, p(["提醒 2", "提醒 2", "Alerts: 2"])).count(2))
                (icon_button(Icon::Plus, p(["加", "加", "Add"])).fill())
            } },
            html! { div class="row -wrap" {
                (button(p(["卖完了", "賣完了", "Sold out"])).primary().disabled(true))
                (button(p(["付款中", "付款中", "Paying"])).primary().busy(true))
                (button("¥46.00").above(alone)) (button("¥39.90").above(join).primary())
            } },
            html! { (button(p(["付 ¥71.60", "付 ¥71.60", "Pay ¥71.60"])).primary().block()) },
        ],
    )
}

fn people(lang: Lang) -> Markup {
    let (c, p) = (cast(lang), |all: [&'static str; 3]| lang.pick(all));
    let some = [c.mei, c.zhou, c.lin, c.man];
    part(
        "people",
        "tag, badge, avatar, face_pile, seats",
        &[
            html! { div class="row -wrap" {
                (tag(p(["已售 1,204", "已售 1,204", "1,204 sold"]), Tone::Plain))
                (tag(p(["8 人团", "8 人團", "Group of 8"]), Tone::Accent))
                (tag_icon(p(["团长验货", "團長驗貨", "Checked"]), Tone::Green, Icon::Shield))
                (tag(p(["积分", "積分", "Points"]), Tone::Gold))
                (tag(p(["待成团", "待成團", "Waiting"]), Tone::Blue))
                (tag(p(["退款中", "退款中", "Refunding"]), Tone::Danger))
                (badge(3)) (badge(120)) (badge_mute(42))
            } },
            html! { div class="row -wrap" {
                (avatar(c.mei, Size::Xs)) (avatar(c.zhou, Size::S)) (avatar(c.lin, Size::M))
                (avatar(c.man, Size::L)) (avatar(c.tong, Size::Xl))
            } },
            html! { div class="stack" {
                div class="row" { (face_pile(lang, &some, 124, Size::S)) }
                (vouch(lang, &some[2..], p(["3 位熟人买过，2 位复购", "3 位熟人買過，2 位回購",
                    "3 friends bought it, 2 of them again"])))
                (stars(lang, 4))
            } },
            html! { div class="card" {
                p class="t2" { (to_go(lang, 4)) }
                (meter(4, 8, "4/8", Fill::Accent, false)) (progress_seats(lang, &some, 8))
            } },
            html! { div class="card" {
                p class="t2" { (p(["满了，4 人都付了款", "滿了，4 人都付了款", "Full: all 4 have paid"])) }
                (meter(4, 4, "4/4", Fill::Green, false)) (progress_seats(lang, &some, 4))
            } },
        ],
    )
}

fn numbers(lang: Lang) -> Markup {
    let until = NOW.plus(19_268_000);
    part(
        "numbers",
        "price, countdown, meter",
        &[
            html! { div class="stack" {
                div class="row -base" { (price_xl(yuan(3990))) (was(lang, yuan(4600), 7)) }
                div class="row -base" { (price(yuan(3990))) (price_ink(yuan(1_280_000))) }
            } },
            html! { div class="stack" {
                div class="row" { (countdown_box(lang, until, NOW)) }
                div class="row" { (countdown(lang, until, NOW)) }
            } },
            html! { div class="stack" {
                (meter(5, 8, "5/8", Fill::Accent, false))
                (meter(12, 12, "12/12", Fill::Green, false))
                (meter(60, 100, "60%", Fill::Gold, true))
            } },
        ],
    )
}

fn cards(lang: Lang) -> Markup {
    let p = |all: [&'static str; 3]| lang.pick(all);
    let tab = |all: [&'static str; 3], on| Tab::new(lang.pick(all), "#", on);
    part(
        "cards",
        "card, cell, tabs, timeline, sum",
        &[
            card(html! {
                (card_head_more(p(["谁在跟团", "誰在跟團", "Who joined"]),
                    p(["全部 128", "全部 128", "All 128"]), "#"))
                p class="sub" { (p(["还没有人说话。", "還沒有人說話。", "Nobody has said a word."])) }
            }),
            card_flush(html! {
                (cell(p(["优惠券", "優惠券", "Coupon"])).lead(Icon::Ticket).to("#")
                    .end(html! { b class="hot" { "−¥5.00" } }))
                (cell(p(["我的群", "我的群", "My groups"])).lead(Icon::Chat).to("#").end("4"))
                (cell(p(["南门驿站", "南門驛站", "South Gate Depot"])).lead(Icon::Pin)
                    .note(p(["周一 9:00–20:30", "週一 9:00–20:30", "Monday 9:00–20:30"])))
            }),
            tabs(
                p(["订单", "訂單", "Orders"]),
                &[
                    tab(["全部", "全部", "All"], false),
                    tab(["待付 1", "待付 1", "To pay 1"], true),
                    tab(["拼团中", "拼團中", "In group"], false),
                    tab(["待取", "待取", "To collect"], false),
                    tab(["售后", "售後", "After-sale"], false),
                ],
                false,
            ),
            card(timeline(&[
                TimelineStep::new(
                    Step::Now,
                    p(["到南门驿站", "到南門驛站", "At South Gate Depot"]),
                    p(["今天 09:12", "今天 09:12", "today 09:12"]),
                ),
                TimelineStep::new(Step::Good, p(["已成团", "已成團", "Group filled"]), ""),
                TimelineStep::new(Step::Bad, p(["少送 1 份", "少送 1 份", "One short"]), ""),
                TimelineStep::new(
                    Step::Next,
                    p([
                        "取货后 7 天内可售后",
                        "取貨後 7 天內可售後",
                        "Returns within 7 days of collection",
                    ]),
                    "",
                ),
            ])),
            card(sum_list(
                &[
                    SumRow::new(p(["商品 2 件", "商品 2 件", "2 items"]), "¥79.80"),
                    SumRow::minus(p(["优惠券", "優惠券", "Coupon"]), "−¥5.00"),
                    SumRow::new(p(["运费", "運費", "Shipping"]), p(["免费", "免費", "Free"])),
                ],
                Some(&SumRow::new(p(["实付", "實付", "Total"]), price(yuan(7480)))),
            )),
            card(rules(
                p(["团购规则", "團購規則", "Rules"]),
                &[
                    p(["8 人付款即成团。", "8 人付款即成團。", "8 paid seats fill the group."]),
                    p(["不成团原路退款。", "不成團原路退款。", "Full refund if it does not fill."]),
                ],
            )),
        ],
    )
}

fn over(lang: Lang) -> Markup {
    let p = |all: [&'static str; 3]| lang.pick(all);
    let again = button(p(["再付一次", "再付一次", "Pay again"])).small();
    part(
        "over",
        "sheet, dialog, drawer, banner, empty_state, skeleton",
        &[
            html! { div class="row -wrap" {
                (button(p(["开底部面板", "開底部面板", "Open a sheet"])).opens("sku"))
                (button(p(["开对话框", "開對話框", "Open a dialog"])).opens("leave"))
                (button(p(["开侧栏", "開側欄", "Open a drawer"])).opens("drawer"))
            } },
            html! { div class="stack" {
                (banner(p(["周日停电，取货改到 20:30 前。", "週日停電，取貨改到 20:30 前。",
                    "No power on Sunday: collect before 20:30."]), Tone::Blue))
                (banner(p(["已退 ¥14.60，原路返回。", "已退 ¥14.60，原路返回。",
                    "¥14.60 went back the way it came."]), Tone::Green))
                (banner(p(["馄饨差 2 份。", "餛飩差 2 份。", "Two wontons short."]), Tone::Gold))
                (banner_of(html! { (p(["付款没成功，钱没有扣。", "付款沒成功，錢沒有扣。",
                    "The payment failed. Nothing was taken."])) }, Tone::Danger, Some(again)))
            } },
            html! { div class="stack" {
                div class="toast" { (p(["已加入购物车", "已加入購物車", "Added to cart"])) }
                div class="toast -bad" { (p(["网络不稳定，请再试一次", "網路不穩定，請再試一次",
                    "The connection dropped. Please try again."])) }
            } },
            card(empty_state(
                p(["还没有订单", "還沒有訂單", "No orders yet"]),
                p([
                    "第一单可以从邻居在买的东西开始。",
                    "第一單可以從鄰居在買的東西開始。",
                    "Start with what the neighbours buy.",
                ]),
                Some(button(p(["去看看", "去看看", "Have a look"])).primary().to("#")),
            )),
            skeleton(lang, false),
        ],
    )
}

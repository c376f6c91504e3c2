//! Products, orders, coupons, polls.
use maud::{Markup, Render, html};
use rules::base::Lang;

use super::super::*;
use super::{NOW, cast, drawing, part, photo, yuan};

pub(super) fn all(lang: Lang) -> Markup {
    html! { (sale(lang)) (offers(lang)) }
}

pub(super) fn some_goods(lang: Lang) -> Markup {
    let (c, p) = (cast(lang), |all: [&'static str; 3]| lang.pick(all));
    let one = Good {
        href: "#",
        title: p(["武夷岩茶 小罐 50 克", "武夷岩茶 小罐 50 克", "Wuyi rock tea, small tin 50 g"]),
        photo: photo("tea", ""),
        price: yuan(6800),
        list: Some(yuan(7200)),
        friends: &[c.lin, c.mei],
        sentence: Some(p(["3 位熟人买过", "3 位熟人買過", "3 friends bought it"])),
        add: Some("#"),
        sold_out: false,
    };
    let mug = p(["刻字马克杯 可刻 4 个字", "刻字馬克杯 可刻 4 個字", "Engraved mug"]);
    let plant = p(["龟背竹 小盆", "龜背竹 小盆", "Monstera, small pot"]);
    let group = p(["本群 26 人买过", "本群 26 人買過", "26 people in your group"]);
    goods(
        lang,
        &[
            one,
            Good {
                title: mug,
                photo: photo("mug", ""),
                price: yuan(7900),
                sentence: Some(group),
                friends: &[],
                ..one
            },
            Good {
                title: plant,
                photo: photo("plant", ""),
                price: yuan(3600),
                friends: &[c.lin],
                sold_out: true,
                ..one
            },
        ],
    )
}

pub(super) fn a_group_buy(lang: Lang) -> Markup {
    let (c, p) = (cast(lang), |all: [&'static str; 3]| lang.pick(all));
    let faces = [c.mei, c.man, c.tong];
    let buy = GroupBuy {
        href: "#",
        title: p(["阳山水蜜桃 五斤装", "陽山水蜜桃 五斤裝", "Yangshan peaches, 2.5 kg"]),
        photo: photo("peach", ""),
        price: yuan(3990),
        taken: 5,
        size: 8,
        faces: &faces,
        until: NOW.plus(19_268_000),
    };
    let wontons = p(["手工馄饨 60 只", "手工餛飩 60 隻", "Handmade wontons × 60"]);
    let full = GroupBuy {
        title: wontons,
        photo: photo("dumpling", ""),
        price: yuan(5800),
        taken: 6,
        size: 6,
        faces: &faces[..2],
        ..buy
    };
    strip(html! { (group_buy_card(lang, &buy, NOW)) (group_buy_card(lang, &full, NOW)) })
}

fn sale(lang: Lang) -> Markup {
    let p = |all: [&'static str; 3]| lang.pick(all);
    let wontons = p(["荠菜鲜肉馄饨 60 只", "薺菜鮮肉餛飩 60 隻", "Wontons × 60"]);
    let note = p(["跟团号 #96 · 2 份", "跟團號 #96 · 2 份", "No. 96 · 2 portions"]);
    let order = OrderCard {
        href: "#",
        number: "D2607-00118",
        state: p(["待取", "待取", "To collect"]),
        tone: Tone::Gold,
        photo: photo("dumpling", ""),
        title: wontons,
        note,
        total: yuan(11600),
        actions: vec![
            button(p(["问团长", "問團長", "Ask"])).to("#"),
            button(p(["取件码", "取件碼", "Pick-up code"])).primary().to("#"),
        ],
    };
    let pick_up = Ticket {
        state: p(["可以取货了", "可以取貨了", "Ready to collect"]),
        place: p([
            "今天 20:30 前，南门驿站",
            "今天 20:30 前，南門驛站",
            "Before 20:30 today, South Gate Depot",
        ]),
        code: "418206",
        qr: Some(drawing("qr")),
        hint: Some(p([
            "屏幕太暗时调亮一点。",
            "螢幕太暗時調亮一點。",
            "Turn the screen up if it is dim.",
        ])),
        below: Some(
            html! { (item_row(&photo("dumpling", ""), wontons, note, price_ink(yuan(11600)))) },
        ),
    };
    let peach = p(["阳山水蜜桃", "陽山水蜜桃", "Yangshan peaches"]);
    let photos = [photo("peach", peach), photo("tea", "2"), photo("mug", "3")];
    part(
        "trade",
        "gallery, good, group_buy_card, pcard, order_card, ticket",
        &[
            gallery(lang, &photos, true),
            some_goods(lang),
            a_group_buy(lang),
            card(html! {
                (pcard("#", &photos[0], peach, yuan(3990), p(["还差 3 人", "還差 3 人", "3 to go"])))
                (item_row(&photos[1], wontons, note, stepper(lang, "n", 2, 0, 9, wontons)))
            }),
            order_card(&order),
            ticket(lang, &pick_up),
            html! { div class="card" { div class="row" {
                (stamp(129, p(["跟团号", "跟團號", "in line"])))
                span class="grow sub" { (wontons) }
            } ul { (pick_row(html! { (icon(Icon::Parcel)) }, wontons, note,
                html! { span class="pick-n" { "×2" } })) } } },
        ],
    )
}

fn offers(lang: Lang) -> Markup {
    let p = |all: [&'static str; 3]| lang.pick(all);
    let mine = Coupon {
        amount: "5",
        unit: p(["元", "元", "yuan"]),
        condition: p(["满 60 可用", "滿 60 可用", "from ¥60"]),
        name: p(["邻居券", "鄰居券", "Neighbour coupon"]),
        until: p(["7月31日前 · 全场", "7月31日前 · 全場", "Until 31 July · everything"]),
        state: CouponState::Mine,
        action: Some(button(p(["去用", "去用", "Use"])).to("#")),
    };
    let claim = Some(button(p(["领取", "領取", "Claim"])).submit());
    let new = Coupon { state: CouponState::Claim, action: claim, ..mine.clone() };
    let used = Coupon { state: CouponState::Used, action: None, ..mine.clone() };
    let option = |value, all: [&'static str; 3], votes, mine| PollOption {
        value,
        text: lang.pick(all),
        votes,
        mine,
    };
    let options = [
        option("1", ["岩茶入门", "岩茶入門", "Rock tea for beginners"], 41, true),
        option("2", ["阳台种菜", "陽台種菜", "Growing on a balcony"], 30, false),
        option("3", ["给孩子选书", "給孩子選書", "Books for children"], 15, false),
    ];
    let open = Poll {
        id: "poll-1",
        question: p([
            "周日分享会，想听什么？",
            "週日分享會，想聽什麼？",
            "Sunday's session: on what?",
        ]),
        note: p(["单选 · 86 人投了", "單選 · 86 人投了", "Choose one · 86 voted"]),
        options: &options,
        vote_to: Some("#"),
        many: false,
        error: None,
    };
    let closed = Poll { id: "poll-2", vote_to: None, ..open };
    part(
        "offers",
        "coupon, poll",
        &[
            html! { div class="stack -s" { (coupon(&mine)) (coupon(&new))
            (coupon(&used)) } },
            card(poll(lang, &open)),
            card(poll(lang, &closed)),
        ],
    )
}

/// The overlays the gallery's buttons open.
pub(super) fn overlays(lang: Lang) -> Markup {
    let p = |all: [&'static str; 3]| lang.pick(all);
    let tea = [
        Choice::new("1", p(["水仙", "水仙", "Shuixian"]), true),
        Choice::new("2", p(["肉桂", "肉桂", "Rougui"]), false),
        Choice::new("3", p(["铁罗汉", "鐵羅漢", "Tieluohan"]), false).off(),
    ];
    let body = html! {
        div class="row -top" {
            (thumb(&photo("tea", ""), 88))
            div class="stack -xs" { (price_xl(yuan(6800)))
                p class="note" { (p(["库存 126", "庫存 126", "126 in stock"])) } }
        }
        (sku_chips("kind", p(["品种", "品種", "Kind"]), &tea))
        div class="row" {
            span class="field-label grow" { (p(["数量", "數量", "Quantity"])) }
            (stepper(lang, "qty", 1, 1, 6, p(["水仙", "水仙", "Shuixian"])))
        }
    };
    let buy = button(p(["买 1 件 ¥68.00", "買 1 件 ¥68.00", "Buy 1 for ¥68.00"])).primary().block();
    let stay = p(["你的订单和余额都还在。", "你的訂單和餘額都還在。", "Orders and wallet stay."]);
    html! {
        (sheet(lang, "sku", p(["选规格", "選規格", "Choose"]), body, Some(buy.render())))
        (dialog(lang, "leave", p(["退出这个群？", "退出這個群？", "Leave this group?"]),
            html! { p class="sub" { (stay) } },
            html! {
                (button(p(["再想想", "再想想", "Stay"])).closes())
                (button(p(["退出", "退出", "Leave"])).danger())
            }))
        (drawer(lang, "drawer", "D2607-00124", html! { p class="sub" { (stay) } }, None))
    }
}

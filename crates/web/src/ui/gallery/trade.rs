//! Products, orders, posts, reviews, chat.
use maud::{Markup, Render, html};
use rules::base::Lang;

use super::super::*;
use super::{NOW, cast, drawing, part, photo, yuan};

pub(super) fn all(lang: Lang) -> Markup {
    html! { (sale(lang)) (offers(lang)) (talk(lang)) }
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
            html! { div class="stack -s" { (coupon(lang, &mine)) (coupon(lang, &new))
            (coupon(lang, &used)) } },
            card(poll(lang, &open)),
            card(poll(lang, &closed)),
        ],
    )
}

pub(super) fn a_post(lang: Lang, id: &str) -> Markup {
    let (c, p) = (cast(lang), |all: [&'static str; 3]| lang.pick(all));
    let photos = [photo("peach", "1"), photo("plant", "2"), photo("mug", "3")];
    let title = p(["阳山水蜜桃 五斤装", "陽山水蜜桃 五斤裝", "Yangshan peaches, 2.5 kg"]);
    let to_go = p(["还差 3 人", "還差 3 人", "3 to go"]);
    post_card(
        lang,
        &PostCard {
            id,
            href: "#",
            author: c.man,
            author_href: "#",
            when: p(["12 分钟前 · 水果群", "12 分鐘前 · 水果群", "12 min ago · Fruit"]),
            mark: Some(tag_icon(p(["晒单", "曬單", "Story"]), Tone::Green, Icon::Shield)),
            title: None,
            text: p([
                "桃子到了，先给大家切一个看看。皮能撕下来，汁水要用碗接。\n给我妈寄了一箱。",
                "桃子到了，先給大家切一個看看。皮能撕下來，汁水要用碗接。\n給我媽寄了一箱。",
                "The peaches are here, so I cut one open for you.\nI sent a box to my mother.",
            ]),
            photos: &photos,
            card: Some(pcard("#", &photos[0], title, yuan(3990), to_go)),
            likes: 36,
            liked: true,
            comments: 18,
            like_to: Some("#"),
            share_to: Some("#"),
            more: Some("leave"),
            whole: false,
        },
    )
}

fn comments(lang: Lang) -> Markup {
    let (c, p) = (cast(lang), |all: [&'static str; 3]| lang.pick(all));
    let reply = Comment {
        id: "k2",
        author: c.man,
        when: p(["6 分钟前", "6 分鐘前", "6 min ago"]),
        text: p(["学到了。", "學到了。", "Good to know."]),
        ..Comment::default()
    };
    let first = Comment {
        id: "k1",
        author: c.lin,
        when: p(["8 分钟前", "8 分鐘前", "8 min ago"]),
        mark: Some(tag(p(["关注的人", "關注的人", "Following"]), Tone::Green)),
        text: p(["常温放软再冰，最甜。", "常溫放軟再冰，最甜。", "Soften them first, then chill."]),
        replies: vec![reply],
        reply_to: Some("#"),
    };
    html! { div class="card" { ul { (comment(lang, &first)) } } }
}

fn reviews(lang: Lang) -> Markup {
    let (c, p) = (cast(lang), |all: [&'static str; 3]| lang.pick(all));
    let photos = [photo("tea", "1")];
    let near = Review {
        id: "r1",
        author: c.lin,
        relation: Some(tag(p(["你关注的人", "你關注的人", "You follow"]), Tone::Green)),
        near: true,
        stars: 5,
        text: p(["比想象中柔，第二罐了。", "比想像中柔，第二罐了。", "Softer than I thought."]),
        photos: &photos,
        note: p(["7月2日 · 第 2 次买", "7月2日 · 第 2 次買", "2 Jul · bought twice"]),
        answer: None,
    };
    let far = Review {
        id: "r2",
        author: c.tong,
        relation: None,
        near: false,
        stars: 3,
        photos: &[],
        answer: Some(p(["已退款，谢谢说出来。", "已退款，謝謝說出來。", "Refunded. Thank you."])),
        ..near.clone()
    };
    card(html! {
        (card_head_more(p(["评价 326", "評價 326", "326 reviews"]), p(["全部", "全部", "All"]), "#"))
        (review_summary(lang, 48, [272, 38, 10, 4, 2]))
        ul { (review(lang, &near)) (review(lang, &far)) }
    })
}

pub(super) fn chat(lang: Lang) -> Markup {
    let (c, p) = (cast(lang), |all: [&'static str; 3]| lang.pick(all));
    let hello = p([
        "@老周 我八点才下班，能放冰柜吗？",
        "@老周 我八點才下班，能放冰櫃嗎？",
        "@Zhou I finish at eight. Could you put mine in the freezer?",
    ]);
    let line = ChatLine {
        id: "m1",
        author: c.mei,
        by: "mem_2",
        role: None,
        at: "19:44",
        iso: "2026-07-18T11:44:00Z",
        said: Said::Text(hello),
        reply: None,
        reactions: &[],
        react_to: None,
        same: false,
    };
    let answer = ChatLine {
        id: "m2",
        author: c.zhou,
        by: "mem_1",
        role: Some(p(["团长", "團長", "Leader"])),
        said: Said::Text(p([
            "行，给你贴上名字。",
            "行，給你貼上名字。",
            "Sure, with your name on it.",
        ])),
        reply: Some((c.mei.name, hello)),
        reactions: &[("👍", 12, true), ("🍑", 7, false)],
        react_to: Some("#"),
        ..line.clone()
    };
    let title = p(["阳山水蜜桃 五斤装", "陽山水蜜桃 五斤裝", "Yangshan peaches, 2.5 kg"]);
    let buy = html! {
        (pcard("#", &photo("peach", ""), title, yuan(3990), p(["8 人团", "8 人團", "Group of 8"])))
        (button(p(["参团", "參團", "Join"])).primary().small().block().to("#"))
    };
    let card = ChatLine {
        id: "m3",
        said: Said::Card(buy),
        reply: None,
        reactions: &[],
        same: true,
        ..answer.clone()
    };
    let own = ChatLine {
        id: "m4",
        author: c.man,
        by: "mem_81",
        said: Said::Text(p(["我也想寄放一份。", "我也想寄放一份。", "One more for me, please."])),
        ..line.clone()
    };
    let gone = ChatLine {
        id: "m5",
        said: Said::Gone(p(["这条已撤回", "這則已收回", "This line was taken back"])),
        ..line.clone()
    };
    let joined = html! { b { (c.tong.name) } " " (p(["加入了群", "加入了群", "joined"])) };
    html! {
        (chat_line(&line)) (chat_line(&answer)) (chat_line(&card))
        (chat_note("s1", joined)) (unread_line(lang, 2)) (chat_line(&own)) (chat_line(&gone))
    }
}

fn talk(lang: Lang) -> Markup {
    let p = |all: [&'static str; 3]| lang.pick(all);
    let slow = p([
        "慢速模式：40 秒后可以再发。",
        "慢速模式：40 秒後可以再發。",
        "Slow mode: you can write again in 40 s.",
    ]);
    let write = Composer {
        action: "#",
        id: "c1",
        value: "",
        placeholder: p(["说点什么", "說點什麼", "Say something"]),
        most: 2000,
        hint: Some(slow),
        error: None,
        reply: Some(("m1", "梅姐", "能放冰柜吗？", "#")),
        picture_to: Some("#"),
        more: Some("leave"),
        closed: false,
    };
    part(
        "talk",
        "post_card, comment, review, chat_line, composer",
        &[
            a_post(lang, "p1"),
            comments(lang),
            reviews(lang),
            html! { ol class="log" { (chat(lang)) } (composer(lang, &write)) },
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

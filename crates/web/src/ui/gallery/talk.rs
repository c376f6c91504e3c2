//! What people say: posts, comments, reviews, chat.
use maud::{Markup, html};
use rules::base::Lang;

use super::super::*;
use super::{cast, part, photo, yuan};

pub(super) fn all(lang: Lang) -> Markup {
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

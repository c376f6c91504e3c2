//! Two whole pages made of components: what page writers start from.
use maud::{Markup, Render, html};
use rules::base::Lang;

use super::super::page::bar_link;
use super::super::*;
use super::{NOW, cast, drawing, photo, yuan};

/// A group buy as a member sees it.
pub fn member_sample(lang: Lang, theme: Theme, text_size: TextSize) -> Markup {
    let p = |all: [&'static str; 3]| lang.pick(all);
    let share = icon_button(Icon::Share, p(["分享", "分享", "Share"])).to("#");
    let (join, alone) = (p(["参团", "參團", "Join group"]), p(["单独买", "單獨買", "Buy alone"]));
    let page = Page {
        theme,
        text_size,
        title: p(["阳山水蜜桃 8 人团", "陽山水蜜桃 8 人團", "Yangshan peaches, group of 8"]).into(),
        site: p(["桃源里熟客", "桃源里熟客", "Peach Court"]).into(),
        base: "/c/peach".into(),
        top: Top::Clear { back: "#".into(), end: Some(share.render()) },
        bar: Some(html! {
            (bar_link(Icon::Home, p(["首页", "首頁", "Home"]), "#"))
            (bar_link(Icon::Chat, p(["问团长", "問團長", "Ask"]), "#"))
            (button("¥46.00").above(alone).grow().to("#"))
            (button("¥39.90").above(join).primary().grow().to("#"))
        }),
        qr: Some(drawing("qr").into()),
        flush: true,
        modules: &["swipe.js"],
        ..Page::new(lang, NOW)
    };
    page.render(html! { (offer(lang)) (seats(lang)) (super::trade::some_goods(lang)) })
}

fn offer(lang: Lang) -> Markup {
    let p = |all: [&'static str; 3]| lang.pick(all);
    let two = p(["两颗水蜜桃", "兩顆水蜜桃", "Two peaches"]);
    html! {
        (gallery(lang, &[photo("peach", two), photo("tea", "2")], true))
        section class="card pull" {
            div class="row -base" {
                (price_xl(yuan(3990)))
                span class="sub" { (p(["单买 ¥46.00", "單買 ¥46.00", "Alone ¥46.00"])) }
                span class="end" { (tag(p(["8 人团", "8 人團", "Group of 8"]), Tone::Accent)) }
            }
            h1 class="t1" {
                (p(["阳山水蜜桃 五斤装", "陽山水蜜桃 五斤裝", "Yangshan honey peaches, 2.5 kg box"]))
            }
            p class="sub" {
                (p(["7月20日 周一到，南门驿站自提", "7月20日 週一到，南門驛站自取",
                    "Arrives Monday 20 July, pick up at South Gate Depot"]))
            }
            div class="row -wrap" {
                (tag_icon(p(["团长验货", "團長驗貨", "Checked by leader"]), Tone::Green, Icon::Shield))
                (tag(p(["坏一赔一", "壞一賠一", "Bad one? Get one"]), Tone::Green))
            }
        }
    }
}

fn seats(lang: Lang) -> Markup {
    let (c, p) = (cast(lang), |all: [&'static str; 3]| lang.pick(all));
    let taken = [c.zhou, c.mei, c.man, c.tong, c.lin];
    let until = NOW.plus(19_268_000);
    let words = p(["已有 5 人，共 8 人", "已有 5 人，共 8 人", "5 of 8 seats taken"]);
    card_id(
        "seats-88",
        html! {
            div class="row" {
                h2 class="t2 grow" { (to_go(lang, 3)) }
                (countdown_box(lang, until, NOW))
            }
            (meter(5, 8, words, Fill::Accent, false))
            (progress_seats(lang, &taken, 8))
            div class="row" {
                p class="note grow" {
                    (p(["不成团原路退款。没有虚拟人数。", "不成團原路退款。沒有虛擬人數。",
                        "Full refund if it does not fill. No invented members."]))
                }
                (button(p(["邀请邻居", "邀請鄰居", "Invite"])).small().icon(Icon::Share).to("#"))
            }
        },
    )
}

/// The console's overview.
pub fn console_sample(lang: Lang, theme: Theme) -> Markup {
    let (c, p) = (cast(lang), |all: [&'static str; 3]| lang.pick(all));
    let page = Page {
        theme,
        title: p(["总览", "總覽", "Overview"]).into(),
        site: p(["桃源里熟客", "桃源里熟客", "Peach Court"]).into(),
        modules: &["console.js"],
        after: Some(super::trade::overlays(lang)),
        ..Page::new(lang, NOW)
    };
    let link = |icon, all: [&'static str; 3], on, count| NavLink {
        icon,
        text: lang.pick(all),
        href: "#",
        on,
        count,
    };
    let first = [link(Icon::Grid, ["总览", "總覽", "Overview"], true, 0)];
    let sale = [
        link(Icon::Bag, ["订单", "訂單", "Orders"], false, 42),
        link(Icon::Parcel, ["商品", "商品", "Products"], false, 0),
    ];
    let people = [
        link(Icon::Users, ["成员", "成員", "Members"], false, 0),
        link(Icon::Flag, ["审核", "審核", "Moderation"], false, 11),
    ];
    let nav = [
        NavPart { title: "", links: &first },
        NavPart { title: p(["成交", "成交", "Sale"]), links: &sale },
        NavPart { title: p(["社群", "社群", "Community"]), links: &people },
    ];
    let actions = html! {
        (segmented(p(["时间", "時間", "Period"]), &[
            Tab::new(p(["今天", "今天", "Today"]), "#", false),
            Tab::new(p(["7 天", "7 天", "7 days"]), "#", true)]))
        (button(p(["新建活动", "新增活動", "New campaign"])).primary().icon(Icon::Plus).to("#"))
    };
    let console = Console {
        page: &page,
        nav: &nav,
        community: p(["桃源里熟客", "桃源里熟客", "Peach Court"]),
        size: p(["1,286 位成员", "1,286 位成員", "1,286 members"]),
        switch_to: None,
        me: c.zhou,
        role: p(["主理人", "主理人", "Owner"]),
        alerts: 2,
        alerts_href: "#",
        member_href: "#",
        crumbs: &[
            (p(["后台", "後台", "Console"]), Some("#")),
            (p(["总览", "總覽", "Overview"]), None),
        ],
        actions: Some(&actions),
        palette: &super::desk::commands(lang),
        studio: false,
    };
    console.render(html! {
        div class="cols -four -stretch" { @for k in super::desk::kpis(lang) { (k) } }
        div class="cols -main" {
            (card(super::desk::line(lang)))
            (card(timeline(&[TimelineStep::new(Step::Now, p(["待发货", "待出貨", "To ship"]), "42")])))
        }
        (super::desk::grid(lang))
    })
}

/// A group's chat: exactly as high as the screen, its own main part.
pub fn chat_sample(lang: Lang, theme: Theme) -> Markup {
    let p = |all: [&'static str; 3]| lang.pick(all);
    let more = icon_button(Icon::More, p(["群资料", "群資料", "About"])).to("#");
    let page = Page {
        theme,
        title: p(["桃源里 · 水果群", "桃源里 · 水果群", "Peach Court · Fruit"]).into(),
        me: Some("mem_81".into()),
        top: Top::Bar {
            title: p(["桃源里 · 水果群", "桃源里 · 水果群", "Peach Court · Fruit"]).into(),
            sub: Some(p(["412 人 · 老周", "412 人 · 老周", "412 people · Zhou"]).into()),
            back: Some("#".into()),
            end: Some(more.render()),
        },
        fill: true,
        modules: &["chat.js"],
        ..Page::new(lang, NOW)
    };
    let write = composer(
        lang,
        &Composer {
            action: "#",
            id: "c1",
            value: "",
            placeholder: p(["说点什么", "說點什麼", "Say something"]),
            most: 2000,
            hint: None,
            error: None,
            reply: None,
            picture_to: Some("#"),
            more: None,
            closed: false,
        },
    );
    page.render_raw(chat_log(lang, Some("#"), super::talk::chat(lang), write))
}

/// The feed with its tabs, a leader's tab bar and a pill for new posts.
pub fn feed_sample(lang: Lang, theme: Theme) -> Markup {
    let p = |all: [&'static str; 3]| lang.pick(all);
    let tab = |all: [&'static str; 3], on| Tab::new(lang.pick(all), "#", on);
    let write = icon_button(Icon::Edit, p(["发帖", "發文", "New post"])).to("#");
    let page = Page {
        theme,
        title: p(["社区", "社區", "Community"]).into(),
        base: "/c/peach".into(),
        top: Top::Bar {
            title: p(["社区", "社區", "Community"]).into(),
            sub: None,
            back: None,
            end: Some(write.render()),
        },
        tab: Some(Place::Community),
        unread: 3,
        leader: true,
        flush: true,
        qr: Some(drawing("qr").into()),
        after: Some(super::trade::overlays(lang)),
        ..Page::new(lang, NOW)
    };
    page.render(html! {
        (tabs(p(["看谁的", "看誰的", "Feed"]), &[tab(["给你看", "給你看", "For you"], true),
            tab(["关注", "關注", "Following"], false), tab(["水果群", "水果群", "Fruit"], false)], true))
        (new_posts(lang, 3, "#"))
        (super::talk::a_post(lang, "p1"))
        (super::talk::a_post(lang, "p2"))
    })
}

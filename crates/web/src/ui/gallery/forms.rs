//! Fields and choices, refused and accepted.
use maud::{Markup, Render, html};
use rules::base::{Currency, Lang};

use super::super::field;
use super::super::*;
use super::{part, photo};

pub(super) fn all(lang: Lang) -> Markup {
    html! { (fields(lang)) (choices(lang)) }
}

fn fields(lang: Lang) -> Markup {
    let p = |all: [&'static str; 3]| lang.pick(all);
    let short = p([
        "还差 1 位。验证码是 6 位数字。",
        "還差 1 位。驗證碼是 6 位數字。",
        "One digit is missing. The code has 6 digits.",
    ]);
    let cap = p([
        "5 箱不够一个 8 人团，至少填 8。",
        "5 箱不夠一個 8 人團，至少填 8。",
        "5 boxes do not fill a group of 8. Enter at least 8.",
    ]);
    let place = p(["可不填，60 字内", "可不填，60 字內", "Optional, up to 60 characters"]);
    part(
        "fields",
        "field",
        &[
            field::text("f1", p(["名字", "名字", "Name"]), "何小满").render(),
            field::phone("f2", p(["手机号", "手機號碼", "Phone"]), "")
                .before("+86")
                .hint(p([
                    "团长只看到尾号",
                    "團長只看到尾號",
                    "The leader sees the last digits only",
                ]))
                .render(),
            field::code("f3", p(["验证码", "驗證碼", "Code"]), "41820").error(Some(short)).render(),
            field::money("f4", p(["团价", "團價", "Group price"]), "39.90", Currency::Cny)
                .hint(p(["30 天最低 ¥39.90", "30 天最低 ¥39.90", "Lowest in 30 days ¥39.90"]))
                .render(),
            field::number("f5", p(["总共", "總共", "In all"]), "5")
                .after(p(["箱", "箱", "boxes"]))
                .error(Some(cap))
                .render(),
            field::date("f6", p(["到货日", "到貨日", "Arrives on"]), "2026-07-20").render(),
            field::date_time("f7", p(["截止", "截止", "Closes"]), "2026-07-19T22:00").render(),
            field::textarea("f8", p(["留言", "留言", "Note"]), "")
                .placeholder(place)
                .most(60)
                .render(),
            field::text("f9", p(["不能改", "不能改", "Fixed"]), "D2607-00118").disabled().render(),
            field::email("f10", p(["邮箱", "電子郵件", "E-mail"]), "").render(),
            field::search("f11", p(["找成员", "找成員", "Find a member"]), "").render(),
            picture_picker(&PicturePicker {
                lang,
                id: "f12",
                name: "photos",
                label: p(["照片", "照片", "Photos"]),
                most: 9,
                kept: &[("t1", photo("peach", "1")), ("t2", photo("tea", "2"))],
                error: None,
            }),
        ],
    )
}

fn choices(lang: Lang) -> Markup {
    let p = |all: [&'static str; 3]| lang.pick(all);
    let around = |name, all: [&'static str; 3]| Around::new(name, lang.pick(all));
    let pick_up = Choice::new("pick_up", p(["自提", "自取", "Pick up"]), true);
    let ship = Choice::new("ship", p(["快递", "快遞", "Delivery"]), false);
    let tea = [
        Choice::new("1", p(["水仙", "水仙", "Shuixian"]), true),
        Choice::new("2", p(["肉桂", "肉桂", "Rougui"]), false),
        Choice::new("3", p(["铁罗汉", "鐵羅漢", "Tieluohan"]), false).off(),
    ];
    part(
        "choices",
        "select, chips, switch, address, stepper",
        &[
            select(around("g1", ["取货", "取貨", "Delivery"]), None, &[pick_up, ship]),
            sku_chips("g2", p(["品种", "品種", "Kind"]), &tea),
            choice_chips(
                around("g3", ["要通知我", "通知我", "Notify me"]).hint(p([
                    "可多选",
                    "可複選",
                    "Choose any",
                ])),
                &[pick_up, ship],
                true,
            ),
            radio_list(
                around("g4", ["支付方式", "付款方式", "Pay with"]),
                &[
                    (Choice::new("wx", p(["微信支付", "微信支付", "WeChat Pay"]), true), None),
                    (Choice::new("wallet", p(["余额", "餘額", "Wallet"]), false), Some("¥12.36")),
                ],
            ),
            html! { div class="card" {
                (switch("g5", p(["匿名评价", "匿名評價", "Stay anonymous"]), None, true))
                (switch("g6", p(["留 10% 的人不发", "留 10% 的人不發", "Hold 10% back"]),
                    Some(p(["用来对比", "用來對照", "To compare"])), false))
                (tick("g7", "yes", p(["我读过群规", "我讀過群規", "I have read the rules"]), false,
                    Some(p(["请先读群规", "請先讀群規", "Please read the rules first"]))))
            } },
            html! { div class="row -wrap" {
                (stepper(lang, "g8", 1, 0, 6, p(["桃", "桃", "peaches"])))
                (stepper(lang, "g9", 0, 0, 6, p(["茶", "茶", "tea"])))
                (segmented(p(["取货", "取貨", "Delivery"]), &[
                    Tab::new(p(["今天", "今天", "Today"]), "#", true),
                    Tab::new(p(["7 天", "7 天", "7 days"]), "#", false)]))
            } },
            html! { form class="stack" method="post" action="#" { (an_address(lang)) } },
        ],
    )
}

fn an_address(lang: Lang) -> Markup {
    let p = |all: [&'static str; 3]| lang.pick(all);
    let around = |name, all: [&'static str; 3]| Around::new(name, lang.pick(all));
    let provinces = [Choice::new("32", p(["江苏省", "江蘇省", "Jiangsu"]), true)];
    let cities = [Choice::new("3202", p(["无锡市", "無錫市", "Wuxi"]), false)];
    let choose = p(["请选城市", "請選城市", "Choose a city"]);
    let city = around("city", ["市", "市", "City"]).error(Some(choose));
    let divisions = [
        Division { around: around("province", ["省", "省", "Province"]), choices: &provinces },
        Division { around: city, choices: &cities },
        Division { around: around("district", ["区", "區", "District"]), choices: &[] },
    ];
    let digits = p(["手机号是 11 位", "手機號碼是 11 位", "A phone number has 11 digits"]);
    address(&Address {
        lang,
        refresh: "#",
        divisions: &divisions,
        name: ("何小满", None),
        phone: ("138", Some(digits)),
        street: ("", None),
        postcode: Some(("", None)),
    })
}

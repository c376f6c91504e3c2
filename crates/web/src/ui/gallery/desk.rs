//! Console components: key numbers, tables, charts, differences.
use maud::{Markup, Render, html};
use rules::base::Lang;

use super::super::*;
use super::{cast, part};
use crate::words::format::number;

pub(super) fn all(lang: Lang) -> Markup {
    let p = |all: [&'static str; 3]| lang.pick(all);
    let fact = serde_json::json!({"fact": "order.received", "cash": 5800});
    html! {
        (part("desk", "kpi, diff, json_view, facts", &[
            kpis(lang)[0].clone(),
            kpis(lang)[1].clone(),
            diff(&[(Some(p(["团价 ¥42.90", "團價 ¥42.90", "Price ¥42.90"])),
                Some(p(["团价 ¥39.90", "團價 ¥39.90", "Price ¥39.90"])))]),
            json_view(&fact),
            card(facts(&[(p(["订单", "訂單", "Orders"]), html! { "41" }),
                (p(["上次买", "上次買", "Last order"]), html! { "7-12" })])),
        ]))
        (grid(lang))
        section class="g-sec" id="charts" {
            h2 { "chart_line, chart_bars" }
            div class="cols -two" { (card(line(lang))) (card(bars(lang))) }
        }
        (cmd_k(lang, &commands(lang)))
    }
}

pub(super) fn commands(lang: Lang) -> [Command<'static>; 2] {
    let p = |all: [&'static str; 3]| lang.pick(all);
    let ship = p(["待发货订单", "待出貨訂單", "Orders to ship"]);
    let ledger = p(["账本", "帳本", "Ledger"]);
    [
        Command { icon: Icon::Bag, text: ship, note: "42", href: "#" },
        Command { icon: Icon::Book, text: ledger, note: "", href: "#" },
    ]
}

pub(super) fn kpis(lang: Lang) -> [Markup; 4] {
    let p = |all: [&'static str; 3]| lang.pick(all);
    let before = p(["上期 ¥84,770", "上期 ¥84,770", "before ¥84,770"]);
    let days = p(["30 天内", "30 天內", "in 30 days"]);
    let up = Some(Delta { text: "12.4%", up: true, good: true });
    let sales = Kpi {
        name: p(["成交额", "成交額", "Sales"]),
        value: "¥96,720",
        delta: up,
        note: before,
        trend: &[9, 11, 10, 14, 12, 18, 21],
    };
    let second = Kpi {
        name: p(["第二单比例", "第二單比例", "Second orders"]),
        value: "31.6%",
        delta: Some(Delta { text: "1.2", up: false, good: false }),
        note: days,
        trend: &[330, 326, 328, 321, 320, 317, 316],
    };
    let orders = Kpi {
        name: p(["付款订单", "付款訂單", "Paid orders"]),
        value: "1,318",
        note: p(["上期 1,219", "上期 1,219", "before 1,219"]),
        ..sales
    };
    let refunds = Kpi {
        name: p(["退款", "退款", "Refunds"]),
        value: "¥88.00",
        delta: Some(Delta { text: "3%", up: false, good: true }),
        ..second
    };
    [kpi(lang, &sales), kpi(lang, &second), kpi(lang, &orders), kpi(lang, &refunds)]
}

pub(super) fn line(lang: Lang) -> Markup {
    let p = |all: [&'static str; 3]| lang.pick(all);
    let labels = match lang {
        Lang::En => ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"],
        Lang::Hans => ["周日", "周一", "周二", "周三", "周四", "周五", "周六"],
        Lang::Hant => ["週日", "週一", "週二", "週三", "週四", "週五", "週六"],
    };
    let labels = labels.map(str::to_owned);
    html! {
        h2 class="t2" { (p(["成交额", "成交額", "Sales"])) }
        (chart_line(lang, &LineChart {
            title: p(["近 7 天成交额", "近 7 天成交額", "Sales, last 7 days"]),
            sentence: p(["周六最高 ¥21,380，比上周六多 ¥4,480。",
                "週六最高 ¥21,380，比上週六多 ¥4,480。",
                "Saturday was best with ¥21,380, ¥4,480 more than a week before."]),
            labels: &labels,
            values: &[9240, 11860, 10420, 13980, 12150, 17690, 21380],
            compare: &[8710, 10020, 11240, 11300, 12480, 14120, 16900],
            format: &|v| format!("¥{}", number(v)),
            area: true,
        }))
    }
}

fn bars(lang: Lang) -> Markup {
    let p = |all: [&'static str; 3]| lang.pick(all);
    let times = |t: &str| format!("{t} {}", p(["次", "次", "times"]));
    let bar = |name: &str, value, low, high| Bar {
        interval: Some((low, high)),
        colour: 3,
        ..Bar::new(times(name), value)
    };
    let all =
        [bar("0", 4, 3, 5), bar("1–2", 11, 9, 13), bar("3–5", 23, 20, 26), bar("6–10", 34, 29, 39)];
    html! {
        h2 class="t2" { (p(["互动与成交", "互動與成交", "Talk and sales"])) }
        (chart_bars(lang, p(["互动次数", "互動次數", "Times talked"]),
            p(["说过 3 次话以上的人，成交率约是没说话的 6 倍。",
                "說過 3 次話以上的人，成交率約是沒說話的 6 倍。",
                "Those who spoke three times or more buy about six times as often."]),
            &all, &|v| format!("{v}%")))
    }
}

fn orders(lang: Lang) -> DataTable<'static> {
    let (c, p) = (cast(lang), |all: [&'static str; 3]| lang.pick(all));
    let who = |person: Person| {
        html! {
            span class="who" { (avatar(person, Size::Xs)) a href="#" { (person.name) } }
        }
    };
    let peaches = p(["阳山水蜜桃 五斤 ×2", "陽山水蜜桃 五斤 ×2", "Yangshan peaches × 2"]);
    let waiting = tag(p(["待成团", "待成團", "Waiting"]), Tone::Blue);
    let refund = tag(p(["退款中", "退款中", "Refunding"]), Tone::Danger);
    let row = |id: &str, key: &'static str, person, state: &Markup, sum: Markup, at: &str| Row {
        id: id.to_owned(),
        key,
        name: key,
        cells: vec![
            html! { a href="#" { (key) } },
            who(person),
            html! { (peaches) },
            state.clone(),
            html! { (c.zhou.name) },
            sum,
            html! { (at) },
        ],
    };
    DataTable {
        caption: p(["订单", "訂單", "Orders"]),
        columns: vec![
            column(p(["订单", "訂單", "Order"])),
            column(p(["成员", "成員", "Member"])),
            column(p(["买了什么", "買了什麼", "Items"])).grow(),
            column(p(["状态", "狀態", "State"])),
            column(p(["团长", "團長", "Leader"])).optional(),
            column(p(["金额", "金額", "Amount"])).number().sort(Sort::None, "#"),
            column(p(["下单", "下單", "Placed"])).number().sort(Sort::Down, "#"),
        ],
        rows: vec![
            row("o128", "D2607-00128", c.mei, &waiting, html! { "¥79.80" }, "20:31"),
            row("o127", "D2607-00127", c.man, &waiting, html! { "¥39.90" }, "20:27"),
            row(
                "o125",
                "D2607-00125",
                c.lin,
                &refund,
                html! { span class="neg" { "−¥88.00" } },
                "18:44",
            ),
        ],
        pick: Some("order"),
        foot: None,
    }
}

pub(super) fn grid(lang: Lang) -> Markup {
    let p = |all: [&'static str; 3]| lang.pick(all);
    let tab = |all: [&'static str; 3], on| Tab::new(lang.pick(all), "#", on);
    let above = html! {
        (saved_views(lang, &[(tab(["全部", "全部", "All"], true), Some(3218)),
            (tab(["待发货", "待出貨", "To ship"], false), Some(42)),
            (tab(["退款", "退款", "Refunds"], false), Some(6))], Some("leave")))
        (filter_bar(lang, &FilterBar {
            action: "#",
            query: "",
            placeholder: p(["订单号、名字、尾号", "訂單號、名字、尾號", "Order, name, phone"]),
            chips: &[FilterChip { text: p(["近 7 天", "近 7 天", "Last 7 days"]), without: "#" }],
            keep: &[("view", "all")],
            add: Some("leave"),
        }, Some(icon_button(Icon::Columns, p(["选列", "選列", "Columns"])).render())))
    };
    let total = p([
        "3,218 单，合计 ¥128,406.50",
        "3,218 單，合計 ¥128,406.50",
        "3,218 orders, ¥128,406.50 in total",
    ]);
    data_grid(
        "#",
        above,
        html! {
            (data_table(lang, &orders(lang)))
            (bulk_bar(lang, &[button(p(["发货", "出貨", "Ship"])).icon(Icon::Truck).value("do", "ship"),
                button(p(["打印", "列印", "Print"])).icon(Icon::Print).value("do", "print")]))
            (pager(lang, total, None, Some("#")))
        },
    )
}

//! Who buys: RFM, cohorts, and what to expect of the next 90 days.
use super::frame::{self, Show, Spot, at};
use super::insight_classes;
use super::insight_tabs::insight_tabs;
use crate::House;
use crate::reply::Sorry;
use crate::ui::{Icon, Kpi, button, card, card_head, data_twin, empty_state, kpi, section_head};
use crate::who::Here;
use crate::words::format::{self, number};
use crate::words::insight as words;
use app::learning::insight::Analysis;
use app::learning::insight::bg_nbd::NoFit;
use app::learning::insight::cohort::Cohort;
use app::learning::insight::date::month_text;
use app::learning::insight::rfm::{Cell, Rfm};
use axum::extract::State;
use maud::{Markup, html};
use rules::base::Money;
use rules::community::role::Right;

/// Everything is read from the orders when asked for; nothing is kept.
pub async fn figures(house: &House, here: &Here) -> Result<Option<Analysis>, Sorry> {
    let who = here.may(Right::Insight)?;
    let (zone, currency) = (here.zone(), here.place.currency);
    Ok(house.app.buyers(here.now, who.community, zone, currency).await?)
}

pub async fn page(State(house): State<House>, here: Here) -> Result<Markup, Sorry> {
    let who = here.may(Right::Insight)?;
    let all = figures(&house, &here).await?;
    let figures = match &all {
        None => empty_state(
            here.pick(["还没有付过的订单", "還沒有付過的訂單", "Nobody has paid an order yet"]),
            here.pick([
                "第一单之后，这里会说谁常来、谁快走了。",
                "第一單之後，這裡會說誰常來、誰快走了。",
                "After the first orders this page tells who comes often and who is leaving.",
            ]),
            None,
        ),
        Some(all) => html! {
            div class="cols -four -stretch" { (tops(&here, all)) }
            (card(rfm(&here, all)))
            (card(cohorts(&here, &all.cohorts)))
            (card(outlook(&here, all)))
        },
    };
    let classes = insight_classes::shown(&house, &here, who).await?;
    let body = html! { (insight_tabs(&here, "")) (figures) (classes) };
    let note = here.pick([
        "付过、没有全退的订单；不含店员自购，不含运费",
        "付過、沒有全退的訂單；不含店員自購，不含運費",
        "Paid orders, less what went back; without staff and without delivery",
    ]);
    let title = here.pick(["买家洞察", "買家洞察", "Buyers"]);
    let log = at(&here, "/insight/orders.csv");
    let word = here.pick(["导出订单日志", "匯出訂單日誌", "Export the order log"]);
    let actions = html! { (button(word).icon(Icon::Download).to(&log)) };
    let show = Show { note: Some(note), actions: Some(actions), ..Show::new(Spot::Insight, title) };
    frame::show(&house, &here, who, show, body).await
}

/// An amount of an estimate, in whole units of the smallest.
pub fn about(here: &Here, amount: f64) -> String {
    let minor = amount * f64::from(10_i32.pow(here.place.currency.exponent()));
    format::money(Money::new(minor.round() as i64, here.place.currency))
}
fn share(part: u32, all: u32) -> String {
    format!("{:.0}%", 100.0 * f64::from(part) / f64::from(all.max(1)))
}

fn tops(here: &Here, all: &Analysis) -> Markup {
    let r = all.repeat;
    let unknown = || "–".to_string();
    let gone = all.gone().map_or_else(unknown, |n| number(n.into()));
    let orders = all.expected_orders().map_or_else(unknown, |n| format!("{n:.0}"));
    let worth = all.expected_worth().map(|w| about(here, w)).unwrap_or_default();
    let buyers = number(r.customers.into());
    let again = number(r.by_order.into());
    let half = here.pick([
        "还会再来的可能低于一半",
        "還會再來的可能低於一半",
        "less likely than not to return",
    ]);
    let table = [
        (["买家", "買家", "Buyers"], buyers.as_str(), String::new()),
        (["再买过的", "再買過的", "Came again"], &share(r.by_order, r.customers), again),
        (["90 天内预计订单", "90 天內預計訂單", "Orders expected in 90 days"], &orders, worth),
        (["可能已经走了", "可能已經走了", "Probably gone"], &gone, half.to_string()),
    ];
    html! {
        @for (name, value, note) in &table {
            (kpi(here.lang, &Kpi {
                name: here.pick(*name), value, delta: None, note, trend: &[],
            }))
        }
    }
}

/// A step of colour, 0 to 9, from a share of the darkest.
fn heat(part: f64) -> String {
    format!("h{}", (part * 9.0).round().clamp(0.0, 9.0))
}

fn export(here: &Here, path: &str) -> Markup {
    html! { a class="link" href=(at(here, path)) { (here.pick(["导出", "匯出", "Export"])) " CSV" } }
}

fn rfm(here: &Here, all: &Analysis) -> Markup {
    let title =
        here.pick(["谁常来，谁久没来", "誰常來，誰久沒來", "Who comes, and who stays away"]);
    let Some(rfm) = &all.rfm else {
        return html! {
            (card_head(title))
            p class="sub" {
                (here.pick([
                    "分五档至少要 5 位买家。", "分五檔至少要 5 位買家。", "Fifths need 5 buyers.",
                ]))
            }
        };
    };
    let most = rfm.grid.iter().flatten().copied().max().unwrap_or(1).max(1);
    html! {
        (card_head(title))
        div class="scroll-x" {
            table class="heat" {
                caption class="sr" { (title) }
                thead { tr {
                    th scope="col" {
                        (here.pick(["最近买 ╲ 买得勤", "最近買 ╲ 買得勤", "Lately ╲ often"]))
                    }
                    @for f in 1..=5 { th scope="col" { (f) } }
                } }
                tbody {
                    @for (k, counts) in rfm.grid.iter().enumerate() {
                        tr {
                            th scope="row" { (5 - k) }
                            @for (j, n) in counts.iter().enumerate() {
                                @let cell = Cell::of(5 - k as u8, j as u8 + 1);
                                td class=(heat(f64::from(*n) / f64::from(most))) {
                                    (cell_link(here, cell, html! {
                                        b class="num" { (n) } br; (here.pick(words::cell(cell)))
                                    }))
                                }
                            }
                        }
                    }
                }
            }
        }
        p class="sub" { (rfm_sentence(here, all, rfm)) " " (export(here, "/insight/rfm.csv")) }
        (rfm_twin(here, rfm))
    }
}

fn cell_link(here: &Here, cell: Cell, body: Markup) -> Markup {
    html! { a href=(at(here, &format!("/insight/cells/{}", cell.code()))) { (body) } }
}

fn rfm_sentence(here: &Here, all: &Analysis, rfm: &Rfm) -> String {
    let of = |cell| rfm.cells.iter().find(|h| h.cell == cell).map_or(0, |h| h.customers);
    let (best, leaving) =
        (of(Cell::Champions) + of(Cell::LoyalCustomers), of(Cell::AtRisk) + of(Cell::CantLose));
    let n = all.repeat.customers;
    match here.lang {
        rules::base::Lang::Hans => {
            format!("{n} 位买家里，{best} 位常来，{leaving} 位以前常来、现在很久没来了。")
        }
        rules::base::Lang::Hant => {
            format!("{n} 位買家裡，{best} 位常來，{leaving} 位以前常來、現在很久沒來了。")
        }
        rules::base::Lang::En => format!(
            "Of {n} buyers, {best} come often, and {leaving} used to and have been away for long."
        ),
    }
}

fn rfm_twin(here: &Here, rfm: &Rfm) -> Markup {
    let heads = [
        here.pick(["格", "格", "Cell"]),
        here.pick(["人数", "人數", "People"]),
        here.pick(["平均几天没买", "平均幾天沒買", "Days since, mean"]),
        here.pick(["平均订单", "平均訂單", "Orders, mean"]),
        here.pick(["平均消费", "平均消費", "Spent, mean"]),
    ];
    let rows: Vec<Vec<String>> = rfm
        .cells
        .iter()
        .map(|h| {
            vec![
                here.pick(words::cell(h.cell)).to_string(),
                number(h.customers.into()),
                format!("{:.1}", h.mean_recency),
                format!("{:.2}", h.mean_frequency),
                about(here, h.mean_total),
            ]
        })
        .collect();
    data_twin(here.lang, &heads, &rows)
}

fn outlook(here: &Here, all: &Analysis) -> Markup {
    let title = here.pick(["接下来 90 天", "接下來 90 天", "The next 90 days"]);
    let orders = all.expected_orders();
    html! {
        (card_head(title))
        @if let Some(orders) = orders { p { (coming(here, orders, all)) } }
        @match &all.bg_nbd {
            Ok(_) => {},
            Err(no) => p class="sub" id="no-bg-nbd" data-code=(no.code()) {
                (here.pick(words::no_bg_nbd(no)))
            },
        }
        @match &all.gamma_gamma {
            Ok(_) => {},
            Err(no) => p class="sub" id="no-gamma-gamma" data-code=(no.code()) {
                (here.pick(words::no_gamma_gamma(*no)))
            },
        }
        (section_head(here.pick(["模型", "模型", "The models"]), None))
        (models(here, all))
        p class="sub" { (export(here, "/insight/buyers.csv")) }
    }
}

fn coming(here: &Here, orders: f64, all: &Analysis) -> String {
    let n = all.repeat.customers;
    let orders = format!("{orders:.1}");
    let worth = all.expected_worth().map(|w| about(here, w));
    let (words, worth) = match &worth {
        Some(worth) => (
            [
                "现在的 {n} 位买家预计会下 {orders} 单，约 {worth}。",
                "現在的 {n} 位買家預計會下 {orders} 單，約 {worth}。",
                "The {n} buyers of today are expected to order {orders} times, about {worth}.",
            ],
            worth.as_str(),
        ),
        None => (
            [
                "现在的 {n} 位买家预计会下 {orders} 单。",
                "現在的 {n} 位買家預計會下 {orders} 單。",
                "The {n} buyers of today are expected to order {orders} times.",
            ],
            "",
        ),
    };
    here.pick(words)
        .replace("{n}", &n.to_string())
        .replace("{orders}", &orders)
        .replace("{worth}", worth)
}

fn models(here: &Here, all: &Analysis) -> Markup {
    let mut rows: Vec<Vec<String>> = vec![];
    let mut row = |name: &str, x: f64| rows.push(vec![name.to_string(), format!("{x:.4}")]);
    match &all.bg_nbd {
        Ok(m) => {
            let all = [("r", m.r), ("alpha", m.alpha), ("a", m.a), ("b", m.b)];
            all.iter().for_each(|(name, x)| row(&format!("BG/NBD {name}"), *x));
        }
        Err(NoFit::NobodyLeaves(n)) => {
            row("NBD r", n.r);
            row("NBD alpha", n.alpha);
        }
        Err(_) => {}
    }
    if let Ok(m) = &all.gamma_gamma {
        let all = [("p", m.p), ("q", m.q), ("v", m.v)];
        all.iter().for_each(|(name, x)| row(&format!("Gamma-Gamma {name}"), *x));
    }
    if let Some(c) = all.correlation.filter(|_| all.gamma_gamma.is_ok()) {
        row(here.pick(["次数与金额的相关", "次數與金額的相關", "Frequency with amount"]), c);
    }
    let ahead = here.pick(["参数", "參數", "Parameter"]);
    let heads = [ahead, here.pick(["数值", "數值", "Value"])];
    html! {
        p class="note" {
            (here.pick([
                "BG/NBD 估计谁会再来，Gamma-Gamma 估计一单值多少。",
                "BG/NBD 估計誰會再來，Gamma-Gamma 估計一單值多少。",
                "BG/NBD estimates who returns, Gamma-Gamma what an order is worth.",
            ]))
        }
        @if !rows.is_empty() { (data_twin(here.lang, &heads, &rows)) }
    }
}

fn cohorts(here: &Here, cohorts: &[Cohort]) -> Markup {
    let title = here.pick([
        "每月新买家，后来还回来买的",
        "每月新買家，後來還回來買的",
        "New buyers of a month, and who bought again",
    ]);
    // a table wider than a year says nothing more
    let most = cohorts.iter().map(|c| c.kept.len()).max().unwrap_or(1).min(13);
    let months: Vec<String> = (1..most).map(|k| k.to_string()).collect();
    let (month, people) =
        (here.pick(["首单月", "首單月", "First order"]), here.pick(["人数", "人數", "People"]));
    let mut heads = vec![month, people];
    heads.extend(months.iter().map(String::as_str));
    let rows = cohorts.iter().map(|c| {
        let mut row = vec![month_text(c.month), c.size().to_string()];
        row.extend((1..most).map(|k| c.kept.get(k).map_or("–".into(), u32::to_string)));
        row
    });
    let rows: Vec<Vec<String>> = rows.collect();
    html! {
        (card_head(title))
        div class="scroll-x" {
            table class="heat" id="cohorts" {
                caption class="sr" { (title) }
                thead { tr { @for (k, h) in heads.iter().enumerate() {
                    th scope="col" class=[(k == 1).then_some("num")] { (h) }
                } } }
                tbody {
                    @for c in cohorts {
                        tr {
                            th scope="row" { (month_text(c.month)) }
                            td class="num" { (c.size()) }
                            @for k in 1..most { (cohort_cell(c, k)) }
                        }
                    }
                }
            }
        }
        p class="sub" {
            (cohort_sentence(here, cohorts)) " " (export(here, "/insight/cohorts.csv"))
        }
        (data_twin(here.lang, &heads, &rows))
    }
}

fn cohort_cell(c: &Cohort, k: usize) -> Markup {
    html! {
        @match (c.share(k), c.kept.get(k)) {
            // 60 % and more are rare enough to be the darkest
            (Some(share), Some(n)) => td class=(heat(share / 0.6)) title={ (n) "/" (c.size()) } {
                (format!("{:.0}%", 100.0 * share))
            },
            _ => td {},
        }
    }
}

fn cohort_sentence(here: &Here, cohorts: &[Cohort]) -> String {
    // only cohorts whose next month is over, and so not the newest cell
    let known: Vec<&Cohort> = cohorts.iter().filter(|c| c.kept.len() > 2).collect();
    let people: u32 = known.iter().map(|c| c.size()).sum();
    let again: u32 = known.iter().map(|c| c.kept[1]).sum();
    if people == 0 {
        let early = [
            "要等满两个月才看得出。",
            "要等滿兩個月才看得出。",
            "It takes two whole months to show.",
        ];
        return here.pick(early).to_string();
    }
    let says = [
        "首单后的下一个月，{share} 的人又买了。",
        "首單後的下一個月，{share} 的人又買了。",
        "{share} bought again in the month after their first order.",
    ];
    here.pick(says).replace("{share}", &share(again, people))
}

//! The overview: today against the same weekday, two weeks as lines, what waits for a person.
use super::frame::{self, Show, Spot, at, may_any, money, when};
use super::orders;
use crate::House;
use crate::reply::Sorry;
use crate::ui::{
    Delta, Icon, Kpi, LineChart, Tone, card, card_head, chart_line, data_table, empty_state, icon,
    icon_s, kpi, tag,
};
use crate::who::Here;
use crate::words::format::{clock, date, number, weekday};
use app::community::who::Who;
use app::sale::views_console::Find;
use app::sale::views_money::{Span, ToDo};
use axum::extract::State;
use jiff::ToSpan;
use maud::{Markup, html};
use rules::base::Moment;
use rules::community::role::Right;

/// Days of a line, and of the line before it.
const DAYS: i64 = 14;
const SEES_MONEY: &[Right] = &[Right::Money, Right::Orders, Right::Insight];

pub async fn page(State(house): State<House>, here: Here) -> Result<Markup, Sorry> {
    let who = here.staff()?;
    let todo = house.app.to_do(who.community).await?;
    let days = days(&house, &here, who).await?;
    let latest = if may_any(who, frame::ORDERS) {
        let newest = Find { most: 8, ..Find::default() };
        house.app.find_orders(who.community, newest).await?
    } else {
        Vec::new()
    };
    let rich = may_any(who, SEES_MONEY);
    let body = html! {
        div class="cols -four -stretch" { (kpis(&here, &days, rich)) }
        div class="cols -main -stretch" {
            (card(chart(&here, &days, rich)))
            (waiting(&here, who, &todo))
        }
        @if may_any(who, frame::ORDERS) { (newest(&here, &latest)) }
        @if rich { (card(chart(&here, &days, false))) }
    };
    let note = format!(
        "{} {} {} · {}",
        date(here.lang, here.now, here.now, &here.zone()),
        weekday(here.lang, here.now, &here.zone()),
        clock(here.now, &here.zone()),
        here.pick([
            "对比上周同一天同一时刻",
            "對比上週同一天同一時刻",
            "against the same time a week ago"
        ])
    );
    let title = here.pick(["总览", "總覽", "Overview"]);
    let show = Show { note: Some(&note), ..Show::new(Spot::Home, title) };
    Ok(frame::framed(&here, who, &todo, &show, body))
}

/// Two weeks and the two before, day by day, and what today is compared with.
struct Days {
    labels: Vec<String>,
    now: Vec<Span>,
    before: Vec<Span>,
    /// The same weekday last week, up to the same time of day.
    then: Span,
}

fn plus(a: Span, b: Span) -> Span {
    Span {
        orders: a.orders + b.orders,
        money: a.money + b.money,
        joined: a.joined + b.joined,
        messages: a.messages + b.messages,
    }
}

/// When each of the last `2 * DAYS` days began, today last, and this time of day on each of them.
fn edges(here: &Here) -> Vec<(Moment, Moment)> {
    let zone = here.zone();
    let now = jiff::Timestamp::from_millisecond(here.now.0).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    let now = now.to_zoned(zone);
    let moment = |z: &jiff::Zoned| Moment(z.timestamp().as_millisecond());
    (0..2 * DAYS)
        .rev()
        .filter_map(|back| {
            let then = now.checked_sub(back.days()).ok()?;
            let begin = then.start_of_day().ok()?;
            Some((moment(&begin), moment(&then)))
        })
        .collect()
}

/// One read: each day is cut in two at this time of day, so that both halves can be added up.
async fn days(house: &House, here: &Here, who: Who) -> Result<Days, Sorry> {
    let edges = edges(here);
    let mut cuts: Vec<Moment> = edges.iter().flat_map(|(begin, then)| [*begin, *then]).collect();
    cuts.dedup();
    let spans = house.app.spans(who.community, cuts.clone()).await?;
    let between = |from: Moment, to: Moment| {
        let inside = cuts.iter().zip(&spans).filter(|(at, _)| **at >= from && **at < to);
        inside.fold(Span::default(), |sum, (_, s)| plus(sum, *s))
    };
    let whole = |k: usize| {
        let until = edges.get(k + 1).map_or(here.now, |next| next.0);
        between(edges[k].0, until)
    };
    let (half, zone) = (edges.len() - edges.len().min(DAYS as usize), here.zone());
    let cut = |k: usize| between(edges[k].0, edges[k].1);
    let mut before: Vec<Span> = (0..half).map(whole).collect();
    // today is not over: the day it is drawn against ends at the same time
    if let Some(last) = before.last_mut() {
        *last = cut(half - 1);
    }
    let week_ago = edges.len().saturating_sub(8);
    Ok(Days {
        labels: edges[half..].iter().map(|e| day(here, e.0, &zone)).collect(),
        now: (half..edges.len()).map(whole).collect(),
        before,
        then: if edges.is_empty() { Span::default() } else { cut(week_ago) },
    })
}

/// Short: `3/1` where months come first, `1 Mar` in English.
fn day(here: &Here, at: Moment, zone: &jiff::tz::TimeZone) -> String {
    let stamp = jiff::Timestamp::from_millisecond(at.0).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    let z = stamp.to_zoned(zone.clone());
    match here.lang {
        rules::base::Lang::En => date(here.lang, at, here.now, zone),
        _ => format!("{}/{}", z.month(), z.day()),
    }
}

fn kpis(here: &Here, days: &Days, rich: bool) -> Markup {
    let today = days.now.last().copied().unwrap_or_default();
    let of = |name: [&'static str; 3], value: fn(&Span) -> i64, text: &dyn Fn(i64) -> String| {
        let (now, then) = (value(&today), value(&days.then));
        let trend: Vec<i64> = days.now.iter().map(value).collect();
        let change = change(now, then);
        let note = match here.lang {
            rules::base::Lang::En => format!("last week {}", text(then)),
            _ => format!("{} {}", here.pick(["上周", "上週", ""]), text(then)),
        };
        let delta =
            change.as_deref().map(|t| Delta { text: t, up: now >= then, good: now >= then });
        let k = Kpi { name: here.pick(name), value: &text(now), delta, note: &note, trend: &trend };
        kpi(here.lang, &k)
    };
    let plain = |n: i64| number(n);
    html! {
        @if rich {
            (of(["今天成交", "今天成交", "Sales today"], |s| s.money, &|n| money(here, n)))
        }
        (of(["今天付款订单", "今天付款訂單", "Paid orders today"], |s| s.orders, &plain))
        (of(["今天新成员", "今天新成員", "Joined today"], |s| s.joined, &plain))
        (of(["今天消息", "今天訊息", "Messages today"], |s| s.messages, &plain))
    }
}

/// `12.5%`; none where there is nothing to compare with.
fn change(now: i64, then: i64) -> Option<String> {
    if then <= 0 || now == then {
        return None;
    }
    let tenths = (i128::from(now) - i128::from(then)).unsigned_abs() * 1000 / then as u128;
    Some(format!("{}.{}%", tenths / 10, tenths % 10))
}

fn chart(here: &Here, days: &Days, of_money: bool) -> Markup {
    let value = |s: &Span| if of_money { s.money } else { s.orders };
    let text = |n: i64| if of_money { money(here, n) } else { number(n) };
    let values: Vec<i64> = days.now.iter().map(value).collect();
    let compare: Vec<i64> = days.before.iter().map(value).collect();
    let (sum, before) = (values.iter().sum::<i64>(), compare.iter().sum::<i64>());
    let best = (0..values.len()).max_by_key(|k| values[*k]).unwrap_or(0);
    let (day, most) = (
        days.labels.get(best).map_or("", String::as_str),
        text(values.get(best).copied().unwrap_or(0)),
    );
    let (sum, before) = (text(sum), text(before));
    let sentence = match here.lang {
        rules::base::Lang::Hans => {
            format!("14 天共 {sum}，之前 14 天 {before}；{day} 最高，{most}。")
        }
        rules::base::Lang::Hant => {
            format!("14 天共 {sum}，之前 14 天 {before}；{day} 最高，{most}。")
        }
        rules::base::Lang::En => {
            format!("{sum} in 14 days, {before} in the 14 before; best on {day} with {most}.")
        }
    };
    let title = here.pick(match of_money {
        true => ["近 14 天成交", "近 14 天成交", "Sales, 14 days"],
        false => ["近 14 天付款订单", "近 14 天付款訂單", "Paid orders, 14 days"],
    });
    // the ticks have little room: whole units, no cents
    let short = |n: i64| if of_money { whole(here, n) } else { number(n) };
    html! {
        h2 class="t2" { (title) }
        (chart_line(here.lang, &LineChart {
            title,
            sentence: &sentence,
            labels: &days.labels,
            values: &values,
            compare: &compare,
            format: &short,
            area: true,
        }))
    }
}

fn whole(here: &Here, minor: i64) -> String {
    let unit = 10_i64.pow(here.place.currency.exponent());
    if minor % unit != 0 {
        return money(here, minor);
    }
    let sign = if minor < 0 { "−" } else { "" };
    format!("{sign}{}{}", here.place.currency.symbol(), number((minor / unit).abs()))
}

/// Something that waits, and the list it waits in.
struct Line {
    icon: Icon,
    words: [&'static str; 3],
    n: i64,
    path: &'static str,
    rights: &'static [Right],
}

/// Everything that can wait for a person.
fn lines(todo: &ToDo) -> [Line; 7] {
    [
        Line {
            icon: Icon::Check,
            words: ["待核对的转账", "待核對的轉帳", "Transfers to check"],
            n: todo.proofs,
            path: "/ledger/proofs",
            rights: &[Right::Money],
        },
        Line {
            icon: Icon::Parcel,
            words: ["待备货的订单", "待備貨的訂單", "Orders to pack"],
            n: todo.to_fulfil,
            path: "/orders?view=to_pack",
            rights: &[Right::Orders],
        },
        Line {
            icon: Icon::Redo,
            words: ["待答复的退款申请", "待答覆的退款申請", "Refund requests to answer"],
            n: todo.cases,
            path: "/orders/cases",
            rights: &[Right::Orders],
        },
        Line {
            icon: Icon::Wallet,
            words: ["待转账退回的退款", "待轉帳退回的退款", "Refunds to pay back"],
            n: todo.refunds_by_hand,
            path: "/ledger/refunds",
            rights: &[Right::Money],
        },
        Line {
            icon: Icon::Bolt,
            words: ["卡住的任务", "卡住的任務", "Stuck jobs"],
            n: todo.stuck_jobs,
            path: "/jobs?state=gave_up",
            rights: &[],
        },
        Line {
            icon: Icon::Tag,
            words: ["快没货的规格", "快沒貨的規格", "Variants running out"],
            n: todo.low_stock,
            path: "/products?view=few",
            rights: &[Right::Catalogue],
        },
        Line {
            icon: Icon::Shield,
            words: ["等审核的", "等審核的", "To be decided"],
            n: todo.moderation,
            path: "/moderation",
            rights: frame::ORDERLY,
        },
    ]
}

fn waiting(here: &Here, who: Who, todo: &ToDo) -> Markup {
    let lines = lines(todo);
    let mine = lines.iter().filter(|l| may_any(who, l.rights));
    html! {
        section class="card" id="todo" {
            (card_head(here.pick(["等人处理", "等人處理", "Waiting for you"])))
            ul class="todo" {
                @for l in mine {
                    li {
                        (icon(l.icon)) a href=(at(here, l.path)) { (here.pick(l.words)) }
                        (tag(&number(l.n), if l.n > 0 { Tone::Accent } else { Tone::Green }))
                    }
                }
                @if may_any(who, &[Right::Money]) {
                    li {
                        (icon(Icon::Warn)) a href=(at(here, "/ledger/suspense")) {
                            (here.pick(["说不清的钱", "說不清的錢", "Unexplained money"]))
                        }
                        (tag(&money(here, todo.unexplained),
                            if todo.unexplained == 0 { Tone::Green } else { Tone::Danger }))
                    }
                }
            }
            @if may_any(who, &[Right::Money]) { p class="note" { (unexplained(here, todo)) } }
        }
    }
}

fn unexplained(here: &Here, todo: &ToDo) -> &'static str {
    here.pick(if todo.unexplained == 0 {
        [
            "说不清的钱是 0：收到的每一笔都对得上一个订单。",
            "說不清的錢是 0：收到的每一筆都對得上一個訂單。",
            "Nothing unexplained: every sum received belongs to an order.",
        ]
    } else {
        [
            "说不清的钱：收到了，但对不上任何待付款的订单，要退给付款人。",
            "說不清的錢：收到了，但對不上任何待付款的訂單，要退給付款人。",
            "Received, but it fits no order that waits for payment: it goes back to the payer.",
        ]
    })
}

fn newest(here: &Here, rows: &[app::sale::views_console::Found]) -> Markup {
    let title = here.pick(["最近订单", "最近訂單", "Latest orders"]);
    let all = here.pick(["全部", "全部", "All"]);
    html! {
        section class="card -flush" {
            div class="card-head cell" {
                h2 class="t2" { (title) }
                a class="more" href=(at(here, "/orders")) { (all) (icon_s(Icon::Right)) }
            }
            @if rows.is_empty() {
                (empty_state(
                    here.pick(["还没有订单", "還沒有訂單", "No orders yet"]),
                    here.pick(["第一单来了会出现在这里", "第一單來了會出現在這裡",
                        "The first one will show here."]), None))
            } @else {
                (data_table(here.lang, &orders::table(here, title, rows, None, &|m| when(here, m))))
            }
        }
    }
}

//! What a pasted list looks like: where it is pasted, and its lines as they were understood.
use super::super::{own_page, shown_as, sum};
use super::Led;
use super::paste::Line;
use crate::ui::{Tone, banner, button, card, card_head, field, rules};
use crate::who::Here;
use crate::words::format;
use app::sale::views_chain::OfferRow;
use axum::http::StatusCode;
use axum::response::Response;
use maud::{Markup, html};
use rules::sale::pasted::Wrong;
use rules::sale::pasted_lines::LETTERS;

/// Orders of people outside that are on the list: who collects, the order, its running number.
pub(super) type Before = Vec<(String, String, i64)>;

/// The lines, what was there before, and whom to call where no number is given.
pub(super) struct Seen<'a> {
    pub all: &'a [Line],
    pub before: &'a Before,
    pub phone: &'a str,
}

pub(super) fn frame(here: &Here, led: &Led) -> crate::ui::Page {
    let title = here.pick(["贴外群的接龙", "貼外群的接龍", "Paste a list from outside"]);
    own_page(here, title, led.path(here, ""))
}

/// The page to paste into; what was sent from it, where that was nothing, or too many lines.
pub(super) fn empty(here: &Here, led: &Led, sent: Option<(&str, usize)>) -> Markup {
    let typed = sent.map_or("", |s| s.0);
    let wrong = sent.map(|(_, lines)| match lines {
        0 => here.pick([
            "没有找到一行接龙，每行写「1. 名字 商品 数量」",
            "沒有找到一行接龍，每行寫「1. 名字 商品 數量」",
            "No line was found. Each reads \"1. name, goods, how many\".",
        ]),
        _ => here.pick([
            "一次最多 200 行，分几次贴",
            "一次最多 200 行，分幾次貼",
            "At most 200 lines at once: paste it in parts.",
        ]),
    });
    let label = here.pick(["把接龙整段贴进来", "把接龍整段貼進來", "Paste the whole list"]);
    html! {
        form class="stack -l" method="post" action=(led.path(here, "/paste"))
            enctype="multipart/form-data" {
            (card(html! {
                (field::textarea("text", label, typed).error(wrong))
                p class="note" { (here.pick([
                    "商品写名字、简称，或者第几样的字母（A、B）。下一步先给你看，不会马上下单。",
                    "商品寫名字、簡稱，或者第幾樣的字母（A、B）。下一步先給你看，不會馬上下單。",
                    "Goods by name, by part of it, or by letter (A, B). You see it all first; \
                     nothing is ordered yet.",
                ])) }
                p class="note" { (here.pick([
                    "这些单子记在你名下，每单写上各人的名字；自己名下的单子没有服务费。",
                    "這些單子記在你名下，每單寫上各人的名字；自己名下的單子沒有服務費。",
                    "The orders stand in your name, each with its person's; \
                     orders in one's own name earn no service pay.",
                ])) }
            }))
            (letters(here, led))
            (button(here.pick(["看一遍", "看一遍", "Look at it"])).primary().block().submit()
                .value("act", "look"))
        }
    }
}

/// What comes after Z goes by its name.
fn letter(k: usize) -> String {
    let code = u8::try_from(k).ok().filter(|k| *k < 26).map(|k| char::from(b'A' + k));
    code.map(String::from).unwrap_or_default()
}

fn letters(here: &Here, led: &Led) -> Markup {
    card(html! {
        (card_head(here.pick(["单子上有", "單子上有", "On the list"])))
        ul { @for (k, f) in led.page.offers.iter().enumerate() {
            li class="row" {
                b { (letter(k)) }
                span class="grow" { (f.title) " " (f.choices.join(" ")) }
                span class="note" { (format::money(sum(here, f.price))) }
            }
        } }
    })
}

/// The same folded, where the lines are mended.
fn on_the_list(here: &Here, led: &Led) -> Markup {
    let name =
        |(k, f): (usize, &OfferRow)| format!("{} {} {}", letter(k), f.title, f.choices.join(" "));
    let all: Vec<String> = led.page.offers.iter().enumerate().map(name).collect();
    let all: Vec<&str> = all.iter().map(String::as_str).collect();
    rules(here.pick(["单子上有", "單子上有", "On the list"]), &all)
}

/// The line that was refused, the sentence, the status.
type Refused = Option<(Option<usize>, &'static str, u16)>;

pub(super) fn page(here: &Here, led: &Led, seen: &Seen<'_>, refused: Refused) -> Response {
    let wanted = || seen.all.iter().filter(|l| !l.skip);
    let clear = || wanted().filter(|l| l.row.wrong.is_none());
    let total: i64 = clear().map(|l| amount(led, l)).sum();
    let says = here
        .pick([
            "{n} 单，要收 {sum}；{bad} 行要改",
            "{n} 單，要收 {sum}；{bad} 行要改",
            "Orders: {n}, to take {sum}; lines to mend: {bad}",
        ])
        .replace("{n}", &clear().count().to_string())
        .replace("{sum}", &format::money(sum(here, total)))
        .replace("{bad}", &(wanted().count() - clear().count()).to_string());
    let code = refused.map_or(200, |r| r.2);
    let at = refused.and_then(|r| r.0);
    let body = html! {
        @if let Some((None, why, _)) = refused { (banner(why, Tone::Danger)) }
        @else if let Some((Some(_), _, _)) = refused {
            (banner(here.pick(["一单都没有下：有一行被拒绝了", "一單都沒有下：有一行被拒絕了",
                "Nothing was ordered: one line was refused."]), Tone::Danger))
        }
        form class="stack -l" method="post" action=(led.path(here, "/paste"))
            enctype="multipart/form-data" {
            (card(html! {
                p class="t3" id="sum" { (says) }
                (field::phone("phone", here.pick(["没写手机号的，打这个", "沒寫手機號碼的，打這個",
                    "Whom to call where no number is given"]), seen.phone).most(20))
            }))
            (on_the_list(here, led))
            @for k in 0..seen.all.len() {
                (card(one(here, led, seen, (k, refused.filter(|_| at == Some(k)).map(|r| r.1)))))
            }
            div class="row -wrap" {
                (button(here.pick(["改好了，再看", "改好了，再看", "Look again"])).submit()
                    .value("act", "look"))
                (button(here.pick(["收了现金，全部下单", "收了現金，全部下單",
                    "Cash taken, order all"])).primary().grow().submit().value("act", "order"))
            }
        }
    };
    let code = StatusCode::from_u16(code).unwrap_or(StatusCode::CONFLICT);
    shown_as(code, &frame(here, led), body)
}

fn amount(led: &Led, l: &Line) -> i64 {
    let price = |(k, n): &(usize, i64)| led.page.offers[*k].price.saturating_mul(*n);
    l.row.goods.iter().map(price).sum()
}

fn one(
    here: &Here,
    led: &Led,
    seen: &Seen<'_>,
    (k, refused): (usize, Option<&'static str>),
) -> Markup {
    let l = &seen.all[k];
    let (line, skip) = (format!("line_{k}"), format!("skip_{k}"));
    let number = if l.number.is_empty() { (k + 1).to_string() } else { l.number.clone() };
    let label = format!("{} {number}", here.pick(["第", "第", "Line"]));
    let unclear = l.row.wrong.as_ref().filter(|_| !l.skip).map(|w| wrong(here, w));
    let error = refused.map(str::to_owned).or(unclear);
    let name = |(k, n): &(usize, i64)| {
        let f = &led.page.offers[*k];
        format!("{} {} ×{n}", f.title, f.choices.join(" ")).replace("  ", " ")
    };
    let goods: Vec<String> = l.row.goods.iter().map(name).collect();
    html! {
        @for (name, value) in [("number", &l.number), ("id", &l.id), ("payment", &l.payment)] {
            input type="hidden" name=(format!("{name}_{k}")) value=(value);
        }
        (field::text(&line, &label, &l.text).error(error.as_deref()).most(LETTERS as u32))
        p class="understood row" {
            span class="grow" {
                b { (l.row.name) } " " (goods.join("，"))
                @if !l.row.phone.is_empty() { span class="note" { " " (l.row.phone) } }
                @if !l.row.note.is_empty() { span class="note" { " " (l.row.note) } }
            }
            @if l.row.wrong.is_none() { span { (format::money(sum(here, amount(led, l)))) } }
        }
        @for said in told(here, led, seen, k) { p class="note" { (said) } }
        label class="row note" {
            input class="tick" type="checkbox" name=(skip) value="on" checked[l.skip];
            (here.pick(["这行不要", "這行不要", "Leave it out"]))
        }
    }
}

/// What she should know of a line before she orders it.
fn told(here: &Here, led: &Led, seen: &Seen<'_>, k: usize) -> Vec<String> {
    let l = &seen.all[k];
    let same = |(name, order, _): &&(String, String, i64)| *name == l.row.name && *order != l.id;
    let there = seen.before.iter().find(same).map(|(.., n)| {
        here.pick([
            "{who} 已经在单子上了：#{n}。再下一单才去掉勾",
            "{who} 已經在單子上了：#{n}。要再下一單才取消勾選",
            "{who} is on the list already: #{n}. Untick this only for one more order.",
        ])
        .replace("{who}", &l.row.name)
        .replace("{n}", &n.to_string())
    });
    let twin = !l.row.name.is_empty() && seen.all[..k].iter().any(|o| o.row.name == l.row.name);
    let twin = twin.then(|| {
        let words =
            ["这个名字上面已经有一行", "這個名字上面已經有一行", "The name stands above as well."];
        here.pick(words).to_owned()
    });
    let short = |(k, n): &(usize, i64)| {
        let f = &led.page.offers[*k];
        (f.left() < *n).then(|| {
            here.pick(["{what} 只剩 {n}", "{what} 只剩 {n}", "{what}: only {n} left"])
                .replace("{what}", &f.title)
                .replace("{n}", &f.left().to_string())
        })
    };
    let short = l.row.goods.iter().find_map(short);
    [there, twin, short].into_iter().flatten().collect()
}

fn wrong(here: &Here, wrong: &Wrong) -> String {
    let (sentence, words) = match wrong {
        Wrong::NoName => (["看不出是谁的", "看不出是誰的", "Whose is it?"], ""),
        Wrong::NoGoods => (["看不出要什么", "看不出要什麼", "It does not say what is wanted."], ""),
        Wrong::SizeOrQuantity(w) => (
            [
                "「{w}」是规格还是数量？写成「……x1」",
                "「{w}」是規格還是數量？寫成「……x1」",
                "\"{w}\": the size, or how many? Write x1 behind it.",
            ],
            w.as_str(),
        ),
        Wrong::Changed(w) => (
            [
                "「{w}」：像是改了或取消了。只写最后要的，或者勾上「这行不要」",
                "「{w}」：像是改了或取消了。只寫最後要的，或者勾上「這行不要」",
                "\"{w}\": changed or cancelled? Write what is wanted in the end, or leave it out.",
            ],
            w.as_str(),
        ),
        Wrong::TooLong => (
            [
                "这行太长了，超过 200 字的没有读：删短一点",
                "這行太長了，超過 200 字的沒有讀：刪短一點",
                "This line is too long: what is beyond 200 letters was not read.",
            ],
            "",
        ),
        // `+1` of a list with several goods
        Wrong::Unknown(w) if !w.chars().any(char::is_alphabetic) => (
            [
                "「{w}」是哪一样？写上名字或字母",
                "「{w}」是哪一樣？寫上名字或字母",
                "\"{w}\" of what? Write the name or the letter.",
            ],
            w.as_str(),
        ),
        Wrong::Unknown(w) => {
            (["单子上没有「{w}」", "單子上沒有「{w}」", "\"{w}\" is not on the list."], w.as_str())
        }
        Wrong::Several(w) => (
            [
                "「{w}」有好几样，写全名或字母",
                "「{w}」有好幾樣，寫全名或字母",
                "\"{w}\" may be several things: write the name or the letter.",
            ],
            w.as_str(),
        ),
        Wrong::BadQuantity(w) => (
            [
                "「{w}」的数量不对，写 1 到 99 的整数",
                "「{w}」的數量不對，寫 1 到 99 的整數",
                "How many is \"{w}\"? Write a whole number from 1 to 99.",
            ],
            w.as_str(),
        ),
    };
    here.pick(sentence).replace("{w}", words)
}

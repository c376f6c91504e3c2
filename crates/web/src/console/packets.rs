//! Red packets of the shop: how each stands, and a new one.
use super::frame::{self, No, Show, Spot, at, money, news, no, see, unfit, when};
use crate::House;
use crate::form::Form;
use crate::reply::Sorry;
use crate::spread::{needs_words, split_words, state_tone, state_words, wish_words};
use crate::ui::{
    Around, Choice, DataTable, Icon, Row, button, card, card_head, choice_chips, column,
    data_table, empty_state, field, pager, select, tag,
};
use crate::who::Here;
use app::spread::open_packet::OpenPacket;
use app::spread::views_packet::Packet;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use maud::{Markup, Render, html};
use rules::base::{Id, Money, id};
use rules::community::role::Right;
use rules::spread::packet::{MOST_HOURS, MOST_SLOTS, MOST_WISH, Needs, Split};

const PAGE: usize = 50;
/// To choose from.
const GROUPS: i64 = 500;

fn title(here: &Here) -> &'static str {
    here.pick(["红包", "紅包", "Red packets"])
}

pub async fn page(State(house): State<House>, here: Here, form: Form) -> Result<Markup, Sorry> {
    let who = here.may(Right::Money)?;
    let before = form.id::<id::RedPacket>("before");
    let mut rows = house.app.packets(who.community, before, PAGE as i64 + 1).await?;
    let more = rows.len() > PAGE;
    rows.truncate(PAGE);
    let next =
        rows.last().filter(|_| more).map(|p| at(&here, &format!("/packets?before={}", p.id)));
    let first = before.map(|_| at(&here, "/packets"));
    let body = html! {
        (news(&here, None, form.get("done")))
        section class="card -flush" {
            @if rows.is_empty() {
                (empty_state(
                    here.pick(["还没有发过红包", "還沒有發過紅包", "No red packets yet"]),
                    here.pick(["发一个到群里，谢谢大家", "發一個到群裡，謝謝大家",
                        "Open one in a group to thank its people."]), None))
            } @else {
                (data_table(here.lang, &table(&here, &rows)))
                (pager(here.lang, "", first.as_deref(), next.as_deref()))
            }
        }
    };
    let word = here.pick(["发红包", "發紅包", "New red packet"]);
    let new = html! { (button(word).primary().icon(Icon::Plus).to(&at(&here, "/packets/new"))) };
    let show = Show { actions: Some(new), ..Show::new(Spot::Packets, title(&here)) };
    frame::show(&house, &here, who, show, body).await
}

fn table<'a>(here: &Here, rows: &'a [Packet]) -> DataTable<'a> {
    let row = |p: &'a Packet| Row {
        cells: vec![
            html! {
                a href={ (here.base()) "/packets/" (p.id) } { (wish_words(here.lang, &p.wish)) }
                br; span class="note" { (split_words(here.lang, p.split)) " · "
                    (needs_words(here.lang, p.needs)) }
            },
            html! { (p.group_name) },
            tag(state_words(here.lang, p.state), state_tone(p.state)),
            html! { (p.taken) " / " (p.slots) },
            html! { (money(here, p.given)) br; span class="note" { (money(here, p.total)) } },
            html! { (when(here, p.at)) br; span class="note" { (p.by_name) } },
            html! { (when(here, p.ended_at.unwrap_or(p.until))) },
            html! {
                a class="mono" href=(at(here, &format!("/ledger/{}", p.id.as_id::<id::Order>()))) {
                    (here.pick(["分录", "分錄", "Entries"])) }
            },
        ],
        ..Row::default()
    };
    DataTable {
        caption: title(here),
        columns: vec![
            column(here.pick(["红包", "紅包", "Red packet"])).grow(),
            column(here.pick(["群", "群", "Group"])),
            column(here.pick(["状态", "狀態", "State"])),
            column(here.pick(["已领", "已領", "Taken"])).number(),
            column(here.pick(["已领 / 总额", "已領 / 總額", "Given of"])).number(),
            column(here.pick(["发出", "發出", "Opened"])),
            column(here.pick(["结束", "結束", "Ends"])).optional(),
            column(here.pick(["账本", "帳本", "Ledger"])).optional(),
        ],
        rows: rows.iter().map(row).collect(),
        pick: None,
        foot: None,
    }
}

pub async fn new(State(house): State<House>, here: Here, form: Form) -> Result<Markup, Sorry> {
    editor(&house, &here, &form, None).await
}

async fn editor(house: &House, here: &Here, form: &Form, no: Option<No>) -> Result<Markup, Sorry> {
    let who = here.may(Right::Money)?;
    let groups = house.app.list_groups(here.now, who.community, None, GROUPS).await?;
    let groups: Vec<(String, String)> =
        groups.into_iter().map(|g| (g.id.to_string(), g.name)).collect();
    let body = html! {
        (news(here, no, ""))
        form class="stack -l" method="post" action=(at(here, "/packets/new")) {
            (fields(house, here, form, &groups))
            (card(html! {
                (card_head(here.pick(["先说清楚", "先說清楚", "Before you send it"])))
                ul class="stack -s sub" {
                    li { (here.pick([
                        "钱在发出的那一刻就从“促销”科目拨进红包；没领完的，到期自动退回，退一次。",
                        "錢在發出的那一刻就從「促銷」科目撥進紅包；沒領完的，到期自動退回，退一次。",
                        "The money leaves the promotion account at once; what nobody takes comes \
                         back by itself when time is over, once.",
                    ])) }
                    li { (here.pick([
                        "每份多少在发出时就定好了，谁也改不了；结束后公布种子，大家都能验。",
                        "每份多少在發出時就定好了，誰也改不了；結束後公布種子，大家都能驗。",
                        "All shares are drawn at once and cannot be changed; afterwards the seed \
                         is told, so that anybody can check.",
                    ])) }
                    li { (here.pick([
                        "店主和管理成员不能领。别拿红包换转发或拉人：平台规则不许，这里也没有这个选项。",
                        "店主和管理成員不能領。別拿紅包換轉發或拉人：平臺規則不許，這裡也沒有這個選項。",
                        "Owner and staff take none. It is no reward for sharing or bringing \
                         people: the rules of the platforms forbid that, and there is no such \
                         choice here.",
                    ])) }
                }
            }))
            div class="row" {
                (button(here.pick(["塞钱，发出", "塞錢，發出", "Fill it and send it"])).primary().submit())
            }
        }
    };
    let word = here.pick(["发红包", "發紅包", "New red packet"]);
    let above = [(title(here), "/packets")];
    let show = Show { above: &above, ..Show::new(Spot::Packets, word) };
    frame::show(house, here, who, show, body).await
}

fn fields(house: &House, here: &Here, form: &Form, groups: &[(String, String)]) -> Markup {
    let id: Id<id::RedPacket> = form.id("id").unwrap_or_else(|| house.app.mint(here.now));
    let chosen = |name: &str, code: &str, first: bool| match form.get(name) {
        "" => first,
        typed => typed == code,
    };
    let groups: Vec<Choice<'_>> =
        groups.iter().map(|(id, name)| Choice::new(id, name, form.get("group") == id)).collect();
    let splits = Split::ALL.iter().rev();
    let splits: Vec<Choice<'_>> = splits
        .map(|s| {
            let on = chosen("split", s.code(), *s == Split::Lucky);
            Choice::new(s.code(), split_words(here.lang, *s), on)
        })
        .collect();
    let needs: Vec<Choice<'_>> = Needs::ALL
        .iter()
        .map(|n| {
            let on = chosen("needs", n.code(), *n == Needs::Member);
            Choice::new(n.code(), needs_words(here.lang, *n), on)
        })
        .collect();
    let hours = if form.has("hours") { form.get("hours") } else { "24" };
    let p = |words| here.pick(words);
    let total = p(["一共多少钱", "一共多少錢", "Sum"]);
    let slots = p(["分成几份", "分成幾份", "Shares"]);
    let open = p(["几小时后过期", "幾小時後過期", "Hours until it is over"]);
    card(html! {
        input type="hidden" name="id" value=(id);
        (select(Around::new("group", p(["发到哪个群", "發到哪個群", "Group"])), None, &groups))
        div class="fields" {
            (field::money("total", total, form.get("total"), here.place.currency).required())
            (field::number("slots", slots, form.get("slots")).range(1, MOST_SLOTS).required())
        }
        (choice_chips(Around::new("split", p(["怎么分", "怎麼分", "How it is parted"])), &splits, false))
        (choice_chips(Around::new("needs", p(["谁能领", "誰能領", "Who may take one"])), &needs, false))
        (field::number("hours", open, hours).range(1, MOST_HOURS).required())
        (field::text("wish", p(["写一句话", "寫一句話", "A few words"]), form.raw("wish"))
            .most(MOST_WISH as u32).placeholder(p(["谢谢大家", "謝謝大家", "Thank you all"])))
    })
    .render()
}

pub async fn create(State(house): State<House>, here: Here, form: Form) -> Result<Response, Sorry> {
    let who = here.may(Right::Money)?;
    let total = Money::parse(form.get("total"), here.place.currency);
    let (Some(split), Some(needs)) = (Split::of(form.get("split")), Needs::of(form.get("needs")))
    else {
        return Err(Sorry::Malformed);
    };
    let refused = match total {
        None => unfit(
            &here,
            [
                "金额请填数字，例如 88 或 88.80",
                "金額請填數字，例如 88 或 88.80",
                "Enter an amount such as 88 or 88.80.",
            ],
        ),
        Some(total) => {
            let cmd = OpenPacket {
                who,
                id: form.must_id("id")?,
                group: form.must_id("group")?,
                split,
                total: total.minor,
                slots: form.int("slots").unwrap_or(0),
                needs,
                hours: form.int("hours").unwrap_or(0),
                wish: form.raw("wish").to_string(),
            };
            match house.app.open_packet(here.now, cmd).await {
                Ok(()) => return Ok(see(&at(&here, "/packets?done=packet_opened"))),
                Err(stop) => no(&here, stop)?,
            }
        }
    };
    let page = editor(&house, &here, &form, Some(refused)).await?;
    Ok((refused.status, page).into_response())
}

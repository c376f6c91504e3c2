//! Webhooks: other programs that are told what happens here. The owner's page and each one's log.
use super::frame::{self, No, Show, Spot, at, news, no, see, when};
use crate::House;
use crate::form::{Form, named};
use crate::reply::Sorry;
use crate::ui::{
    DataTable, Field, Row, Tone, banner, button, card, card_head, column, data_table, empty_state,
    facts, field, pager, tag, tick,
};
use crate::who::Here;
use crate::words::deeds::happened;
use app::community::who::Who;
use app::reach::event_body::event_body;
use app::reach::make_webhook::MakeWebhook;
use app::reach::views_webhook::{DeliveryRow, WebhookRow};
use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use maud::{Markup, Render, html};
use rules::base::{Id, id};
use rules::community::role::Role;
use rules::reach::event::EVENTS;
use rules::reach::webhook::{Delivery, MOST_ADDRESS, State as Stand, TRIES};

const PAGE: usize = 50;

fn owner(here: &Here) -> Result<Who, Sorry> {
    let who = here.staff()?;
    if who.role == Role::Owner { Ok(who) } else { Err(Sorry::NotAllowed) }
}
fn title(here: &Here) -> &'static str {
    here.pick(["网络回调", "網路回呼", "Webhooks"])
}
fn stand(here: &Here, s: Stand) -> Markup {
    let (words, tone) = match s {
        Stand::Active => (["在发送", "在傳送", "Active"], Tone::Green),
        Stand::Ended => (["已停用", "已停用", "Ended"], Tone::Plain),
        Stand::Gone => (["对方说不在了", "對方說不在了", "The receiver is gone"], Tone::Danger),
    };
    tag(here.pick(words), tone)
}
fn delivery_state(here: &Here, s: Delivery) -> Markup {
    let (words, tone) = match s {
        Delivery::Waiting => (["等着发", "等著傳", "Waiting"], Tone::Blue),
        Delivery::Delivered => (["收到了", "收到了", "Delivered"], Tone::Green),
        Delivery::GaveUp => (["没送到", "沒送到", "Gave up"], Tone::Danger),
        Delivery::Cancelled => (["不发了", "不傳了", "Called off"], Tone::Plain),
    };
    tag(here.pick(words), tone)
}

/// Why there was no answer.
fn reason(here: &Here, code: &str) -> String {
    let words = match code {
        "forbidden" => [
            "这个地址在内网，不能发",
            "這個位址在內網，不能傳",
            "The address is inside a private network",
        ],
        "timeout" => ["10 秒没有回答", "10 秒沒有回答", "No answer within 10 seconds"],
        "no_connection" => ["连不上", "連不上", "No connection"],
        "broken_off" => ["中途断了", "中途斷了", "The connection broke off"],
        other => return other.to_string(),
    };
    here.pick(words).to_string()
}

pub async fn page(State(house): State<House>, here: Here, form: Form) -> Result<Markup, Sorry> {
    shown(&house, &here, &form, None, None).await
}

/// `fresh`: the endpoint that was just made and its secret, which nobody sees again.
async fn shown(
    house: &House,
    here: &Here,
    form: &Form,
    no: Option<No>,
    fresh: Option<&str>,
) -> Result<Markup, Sorry> {
    let who = owner(here)?;
    let rows = house.app.webhooks(who.community).await?;
    let body = html! {
        (news(here, no, form.get("done")))
        @if let Some(secret) = fresh { (once(here, secret)) }
        section class="card -flush" {
            @if rows.is_empty() {
                (empty_state(here.pick(["还没有网络回调", "還沒有網路回呼", "No webhooks yet"]),
                    here.pick(["有人下单、付款、入群时，把消息发给你的程序",
                        "有人下單、付款、入群時，把訊息傳給你的程式",
                        "A program of yours is told when somebody orders, pays or joins."]), None))
            } @else { (data_table(here.lang, &table(here, &rows))) }
        }
        (make(house, here, form))
    };
    let above = [(here.pick(["设置", "設定", "Settings"]), "/settings")];
    let show = Show { above: &above, ..Show::new(Spot::Settings, title(here)) };
    frame::show(house, here, who, show, body).await
}

fn table<'a>(here: &Here, rows: &'a [WebhookRow]) -> DataTable<'a> {
    let row = |w: &'a WebhookRow| Row {
        cells: vec![
            html! { a class="mono" href=(at(here, &format!("/settings/webhooks/{}", w.id))) {
            (w.url) } },
            html! { (w.events.len()) },
            stand(here, w.state),
            html! { (when(here, w.made_at)) },
        ],
        ..Row::default()
    };
    DataTable {
        caption: title(here),
        columns: vec![
            column(here.pick(["地址", "位址", "Address"])).grow(),
            column(here.pick(["几种消息", "幾種訊息", "Kinds"])).number(),
            column(here.pick(["状态", "狀態", "State"])),
            column(here.pick(["添加", "新增", "Added"])),
        ],
        rows: rows.iter().map(row).collect(),
        pick: None,
        foot: None,
    }
}

fn once(here: &Here, secret: &str) -> Markup {
    let says = here.pick([
        "请现在就抄下来，填到接收程序里：只显示这一次",
        "請現在就抄下來，填到接收程式裡：只顯示這一次",
        "Write it down now and give it to the receiving program: it is shown this once.",
    ]);
    card(html! {
        (banner(says, Tone::Gold))
        p class="code" id="secret" { code { (secret) } }
    })
}

fn make(house: &House, here: &Here, form: &Form) -> Markup {
    let id: Id<id::Webhook> = form.id("id").unwrap_or_else(|| house.app.mint(here.now));
    let ticked = |name: &str| form.all("event").any(|e| e == name);
    let hint = here.pick([
        "要用 https；指向内网的地址不会发送",
        "要用 https；指向內網的位址不會傳送",
        "It begins with https; nothing is sent to private networks.",
    ]);
    let url: Field<'_> =
        field::text("url", here.pick(["地址", "位址", "Address"]), form.raw("url"))
            .most(MOST_ADDRESS as u32)
            .required()
            .hint(hint)
            .placeholder("https://example.org/kith");
    card(html! {
        (card_head(here.pick(["新的接收地址", "新的接收位址", "A new endpoint"])))
        form method="post" action=(at(here, "/settings/webhooks")) class="stack" {
            input type="hidden" name="id" value=(id);
            (url.render())
            fieldset class="field" {
                legend class="field-label" { (here.pick(["什么时候发", "什麼時候傳", "What to send"])) }
                div class="cols -two" {
                    @for e in EVENTS {
                        (tick("event", e.name, &format!("{} · {}", e.name,
                            happened(here.lang, e.fact)), ticked(e.name), None))
                    }
                }
            }
            div class="row" {
                (button(here.pick(["添加", "新增", "Add it"])).primary().submit())
            }
        }
    })
}

/// A page that holds a secret: no copy of it stays in a cache.
fn secretive(status: StatusCode, page: Markup) -> Response {
    let mut response = (status, page).into_response();
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

pub async fn create(State(house): State<House>, here: Here, form: Form) -> Result<Response, Sorry> {
    let who = owner(&here)?;
    let events = form.all("event").map(str::to_owned).collect();
    let cmd = MakeWebhook { who, id: form.must_id("id")?, url: form.get("url").into(), events };
    let (refused, fresh) = match house.app.make_webhook(here.now, cmd).await {
        Ok(secret) => (None, Some(secret)),
        Err(stop) => (Some(no(&here, stop)?), None),
    };
    let blank = Form::default();
    let typed = if fresh.is_some() { &blank } else { &form };
    let page = shown(&house, &here, typed, refused, fresh.as_deref()).await?;
    Ok(secretive(refused.map_or(StatusCode::OK, |r| r.status), page))
}

pub async fn one(
    State(house): State<House>,
    here: Here,
    Path((_, webhook)): Path<(String, String)>,
    form: Form,
) -> Result<Markup, Sorry> {
    log(&house, &here, named(&webhook)?, &form, (None, None)).await
}

/// One endpoint and its log.
async fn log(
    house: &House,
    here: &Here,
    id: Id<id::Webhook>,
    form: &Form,
    (no, fresh): (Option<No>, Option<&str>),
) -> Result<Markup, Sorry> {
    let who = owner(here)?;
    let w = house.app.webhook(who.community, id).await?.ok_or(Sorry::NotFound)?;
    let before = form.id::<id::Delivery>("before");
    let mut rows = house.app.deliveries(who.community, id, before, PAGE as i64 + 1).await?;
    let more = rows.len() > PAGE;
    rows.truncate(PAGE);
    let here_at = at(here, &format!("/settings/webhooks/{id}"));
    let next = rows.last().filter(|_| more).map(|d| format!("{here_at}?before={}", d.id));
    let first = before.map(|_| here_at.clone());
    let body = html! {
        (news(here, no, form.get("done")))
        @if let Some(secret) = fresh { (once(here, secret)) }
        (about(here, &w, &here_at))
        section class="card -flush" {
            div class="cell" {
                (card_head(here.pick(["发送记录", "傳送紀錄", "Messages"])))
                p class="note" { (here.pick([
                    "没送到会再试，75 小时里一共 10 次；对方回答 2xx 才算收到。",
                    "沒送到會再試，75 小時裡一共 10 次；對方回答 2xx 才算收到。",
                    "What fails is tried 10 times within 75 hours; an answer of 2xx counts.",
                ])) }
            }
            @if rows.is_empty() {
                (empty_state(here.pick(["还没有发过", "還沒有傳過", "Nothing was sent yet"]),
                    here.pick(["勾选的事发生以后，会出现在这里",
                        "勾選的事發生以後，會出現在這裡",
                        "Once something of what you ticked happens, it stands here."]), None))
            } @else {
                (data_table(here.lang, &messages(here, &w, &here_at, &rows)))
                (pager(here.lang, "", first.as_deref(), next.as_deref()))
            }
        }
    };
    let above = [
        (here.pick(["设置", "設定", "Settings"]), "/settings"),
        (title(here), "/settings/webhooks"),
    ];
    let show = Show { above: &above, ..Show::new(Spot::Settings, title(here)) };
    frame::show(house, here, who, show, body).await
}

fn about(here: &Here, w: &WebhookRow, url: &str) -> Markup {
    let active = w.state == Stand::Active;
    let kinds: Vec<&str> = w.events.iter().map(|e| e.name).collect();
    let secret = match active && w.version > 1 && here.now < w.old_until {
        true => html! { (here.pick(["新旧都有效，到", "新舊都有效，到", "old and new sign until"]))
        " " (when(here, w.old_until)) },
        false => html! { (here.pick(["第", "第", "version"])) " " (w.version) " "
        (here.pick(["版", "版", ""])) },
    };
    card(html! {
        (facts(&[
            (here.pick(["地址", "位址", "Address"]), html! { span class="code" { (w.url) } }),
            (here.pick(["状态", "狀態", "State"]), stand(here, w.state)),
            (here.pick(["消息", "訊息", "Events"]), html! { span class="code" { (kinds.join(" ")) } }),
            (here.pick(["密钥", "金鑰", "Secret"]), secret),
        ]))
        @if active {
            div class="row -wrap" {
                form method="post" action={ (url) "/turn" } {
                    input type="hidden" name="version" value=(w.version);
                    (button(here.pick(["换新密钥", "換新金鑰", "New secret"])).submit())
                }
                form method="post" action={ (url) "/end" } {
                    (button(here.pick(["停用", "停用", "End it"])).danger().submit())
                }
            }
            p class="note" { (here.pick([
                "换新密钥后，24 小时内两把都签，接收程序可以慢慢换。",
                "換新金鑰後，24 小時內兩把都簽，接收程式可以慢慢換。",
                "For 24 hours after a change both secrets sign, so the receiver may take its time.",
            ])) }
        }
    })
}

fn messages<'a>(here: &Here, w: &WebhookRow, url: &str, rows: &'a [DeliveryRow]) -> DataTable<'a> {
    let body = |fact| event_body(here.place.id, fact).unwrap_or_default();
    let row = |d: &'a DeliveryRow| Row {
        cells: vec![
            html! {
                details { summary { (happened(here.lang, &d.fact.kind)) }
                    p class="code" { (body(&d.fact)) } }
                span class="note mono" { (d.fact.id) }
            },
            delivery_state(here, d.state),
            html! { (d.tries) " / " (TRIES) },
            html! {
                @if let Some(status) = d.status { (status) }
                @if !d.reason.is_empty() { (reason(here, &d.reason)) }
            },
            html! { (when(here, d.ended_at.unwrap_or(d.next_at))) },
            html! {
                @if w.state == Stand::Active && d.state != Delivery::Waiting {
                    form method="post" action={ (url) "/replay" } {
                        input type="hidden" name="delivery" value=(d.id);
                        (button(here.pick(["再发一次", "再傳一次", "Send again"])).small().submit())
                    }
                }
            },
        ],
        ..Row::default()
    };
    DataTable {
        caption: here.pick(["发送记录", "傳送紀錄", "Messages"]),
        columns: vec![
            column(here.pick(["发生了什么", "發生了什麼", "What happened"])).grow(),
            column(here.pick(["状态", "狀態", "State"])),
            column(here.pick(["试了几次", "試了幾次", "Tries"])).number(),
            column(here.pick(["对方的回答", "對方的回答", "Answer"])),
            column(here.pick(["结束或下一次", "結束或下一次", "Ended, or next try"])),
            column(here.pick(["处理", "處理", "Act"])),
        ],
        rows: rows.iter().map(row).collect(),
        pick: None,
        foot: None,
    }
}

pub async fn turn(
    State(house): State<House>,
    here: Here,
    Path((_, webhook)): Path<(String, String)>,
) -> Result<Response, Sorry> {
    let (who, id) = (owner(&here)?, named(&webhook)?);
    let (no, fresh) = match house.app.turn_webhook(here.now, who, id).await {
        Ok(secret) => (None, Some(secret)),
        Err(stop) => (Some(no(&here, stop)?), None),
    };
    let page = log(&house, &here, id, &Form::default(), (no, fresh.as_deref())).await?;
    Ok(secretive(no.map_or(StatusCode::OK, |r| r.status), page))
}

pub async fn end(
    State(house): State<House>,
    here: Here,
    Path((_, webhook)): Path<(String, String)>,
) -> Result<Response, Sorry> {
    let (who, id) = (owner(&here)?, named::<id::Webhook>(&webhook)?);
    match house.app.end_webhook(here.now, who, id).await {
        Ok(()) => Ok(see(&at(&here, &format!("/settings/webhooks/{id}?done=webhook_ended")))),
        Err(stop) => {
            let no = no(&here, stop)?;
            let page = log(&house, &here, id, &Form::default(), (Some(no), None)).await?;
            Ok((no.status, page).into_response())
        }
    }
}

pub async fn replay(
    State(house): State<House>,
    here: Here,
    Path((_, webhook)): Path<(String, String)>,
    form: Form,
) -> Result<Response, Sorry> {
    let (who, id) = (owner(&here)?, named::<id::Webhook>(&webhook)?);
    match house.app.replay_delivery(here.now, who, form.must_id("delivery")?).await {
        Ok(()) => Ok(see(&at(&here, &format!("/settings/webhooks/{id}?done=replayed")))),
        Err(stop) => {
            let no = no(&here, stop)?;
            let page = log(&house, &here, id, &Form::default(), (Some(no), None)).await?;
            Ok((no.status, page).into_response())
        }
    }
}

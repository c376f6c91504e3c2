//! Keys of the API: what programs may do here, made and ended by the owner.
use super::frame::{self, No, Show, Spot, at, news, no, see, when};
use crate::House;
use crate::form::Form;
use crate::reply::Sorry;
use crate::ui::field::text;
use crate::ui::{Tone, banner, button, card, card_head, empty_state, tag, tick};
use crate::who::Here;
use app::community::make_key::{MakeKey, Refused};
use app::community::views_keys::KeyRow;
use app::community::who::Who;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use rules::base::{Id, id};
use rules::community::role::Role;
use rules::community::scope::{Scope, Scopes};

fn scope_words(here: &Here, scope: Scope) -> &'static str {
    here.pick(match scope {
        Scope::ReadProducts => ["看商品和评价", "看商品和評價", "Read products and reviews"],
        Scope::WriteProducts => {
            ["改商品、库存，导入", "改商品、庫存，匯入", "Change products and stock"]
        }
        Scope::ReadOrders => ["看订单", "看訂單", "Read orders"],
        Scope::WriteOrders => [
            "下单、发货、交货、取消",
            "下單、出貨、交貨、取消",
            "Place, ship, hand out, cancel orders",
        ],
        Scope::WritePayments => {
            ["付款、核对转账、退款", "付款、核對轉帳、退款", "Pay, confirm, refund"]
        }
        Scope::WriteCampaigns => ["开拼团、关拼团", "開團購、關團購", "Open and close group buys"],
        Scope::ReadMembers => ["看成员名单", "看成員名單", "Read members"],
        Scope::WriteGroups => ["开群、进群、退群", "開群、進群、退群", "Open, join, leave groups"],
        Scope::ReadContent => ["看群和帖子", "看群和貼文", "Read groups and posts"],
        Scope::WriteContent => ["发帖、写评价", "發文、寫評價", "Write posts and reviews"],
        Scope::ReadChat => ["看群聊", "看群聊", "Read chats"],
        Scope::ManageWebhooks => ["管理网络回调", "管理網路回呼", "Manage webhooks"],
        Scope::WriteChat => ["在群里说话", "在群裡說話", "Speak in groups"],
    })
}

fn owner(here: &Here) -> Result<Who, Sorry> {
    let who = here.staff()?;
    if who.role == Role::Owner { Ok(who) } else { Err(Sorry::NotAllowed) }
}

pub async fn page(State(house): State<House>, here: Here, form: Form) -> Result<Markup, Sorry> {
    owner(&here)?;
    shown(&house, &here, &form, None, None).await
}

/// `fresh`: the key that was just made, which nobody can see again.
async fn shown(
    house: &House,
    here: &Here,
    form: &Form,
    no: Option<No>,
    fresh: Option<&str>,
) -> Result<Markup, Sorry> {
    let who = owner(here)?;
    let keys = house.app.keys(who.community).await?;
    let body = html! {
        (news(here, no, form.get("done")))
        @if let Some(key) = fresh { (once(here, key)) }
        (make(house, here, form))
        (card(html! {
            (card_head(here.pick(["现在能用的密钥", "現在能用的金鑰", "Keys in use"])))
            @if keys.is_empty() {
                (empty_state(here.pick(["还没有密钥", "還沒有金鑰", "No keys yet"]),
                    here.pick(["程序拿着密钥，就能按勾选的权限替你做事",
                        "程式拿著金鑰，就能按勾選的權限替你做事",
                        "A program with a key does for you what the key allows."]), None))
            }
            @for key in &keys { (row(here, key)) }
        }))
        p { a class="link" href="/api/v1/docs" {
            (here.pick(["接口文档", "介面文件", "API docs"])) } }
    };
    let title = here.pick(["接口密钥", "介面金鑰", "API keys"]);
    let above = [(here.pick(["设置", "設定", "Settings"]), "/settings")];
    let show = Show { above: &above, ..Show::new(Spot::Settings, title) };
    frame::show(house, here, who, show, body).await
}

fn once(here: &Here, key: &str) -> Markup {
    let says = here.pick([
        "请现在就抄下来：只显示这一次，以后谁也看不到",
        "請現在就抄下來：只顯示這一次，以後誰也看不到",
        "Write it down now: it is shown this once and never again.",
    ]);
    card(html! {
        (banner(says, Tone::Gold))
        p class="code" id="key" { code { (key) } }
    })
}

fn make(house: &House, here: &Here, form: &Form) -> Markup {
    let id: Id<id::Key> = form.id("id").unwrap_or_else(|| house.app.mint(here.now));
    let ticked = |s: Scope| form.all("scope").any(|c| c == s.code());
    card(html! {
        (card_head(here.pick(["新密钥", "新金鑰", "A new key"])))
        form method="post" action=(at(here, "/settings/keys")) class="stack" {
            input type="hidden" name="id" value=(id);
            (text("name", here.pick(["用途", "用途", "What for"]), form.raw("name")).most(60)
                .required().placeholder(here.pick(["比如：仓库打单", "例如：倉庫打單", "Such as: warehouse"])))
            fieldset class="field" {
                legend class="field-label" { (here.pick(["可以做什么", "可以做什麼", "What it may do"])) }
                @for scope in Scope::ALL {
                    (tick("scope", scope.code(), scope_words(here, *scope), ticked(*scope), None))
                }
            }
            div class="row" {
                (button(here.pick(["生成密钥", "產生金鑰", "Make the key"])).primary().submit())
            }
        }
    })
}

fn row(here: &Here, k: &KeyRow) -> Markup {
    let used = match k.used_at {
        Some(at) => {
            format!("{} {}", here.pick(["上次使用", "上次使用", "Last used"]), when(here, at))
        }
        None => here.pick(["还没用过", "還沒用過", "Not used yet"]).to_string(),
    };
    html! {
        div class="row -wrap" {
            div class="grow" {
                b { (k.name) } " " code { "…" (k.hint) }
                p class="note" { (when(here, k.made_at)) " · " (used) }
                p class="row -wrap" {
                    @for scope in k.scopes.list() { (tag(scope_words(here, scope), Tone::Plain)) }
                }
            }
            form method="post" action=(at(here, &format!("/settings/keys/{}/end", k.id))) {
                (button(here.pick(["停用", "停用", "End it"])).danger().submit())
            }
        }
    }
}

pub async fn make_key(
    State(house): State<House>,
    here: Here,
    form: Form,
) -> Result<Response, Sorry> {
    let who = owner(&here)?;
    let scopes = Scopes::of(form.all("scope").filter_map(Scope::of));
    let cmd = MakeKey { who, id: form.must_id("id")?, name: form.get("name").into(), scopes };
    let (refused, fresh) = match house.app.make_key(here.now, cmd).await {
        Ok(key) => (None, Some(key)),
        Err(stop) => (Some(no(&here, stop)?), None),
    };
    // a key that was made empties the form; a refusal keeps what was typed
    let blank = Form::default();
    let typed = if fresh.is_some() { &blank } else { &form };
    let page = shown(&house, &here, typed, refused, fresh.as_deref()).await?;
    let status = refused.map_or(axum::http::StatusCode::OK, |r| r.status);
    let mut response = (status, page).into_response();
    // the page holds a secret: no copy of it stays in a cache
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

pub async fn end_key(
    State(house): State<House>,
    here: Here,
    Path((_, key)): Path<(String, String)>,
) -> Result<Response, Sorry> {
    let who = owner(&here)?;
    let key = Id::parse(&key).ok_or(Sorry::NotFound)?;
    match house.app.end_key(here.now, who, key).await {
        Ok(()) | Err(app::Stop::Refused(Refused::NoSuchKey)) => {
            Ok(see(&at(&here, "/settings/keys?done=key_ended")))
        }
        Err(stop) => {
            let no = no(&here, stop)?;
            let page = shown(&house, &here, &Form::default(), Some(no), None).await?;
            Ok((no.status, page).into_response())
        }
    }
}

//! The group buys of the groups one leads, and closing one that one opened.
use super::super::{Shot, leave, member_or_door, named, own_page, photo, shown, sum};
use super::{Of, bench};
use crate::House;
use crate::reply::Sorry;
use crate::ui::{Icon, Place, Tone, button, card, card_head, countdown, empty_state, tag, thumb};
use crate::who::Here;
use crate::words::{Lang, format};
use app::community::who::Who;
use app::sale::views_buy_board::LedBuy;
use axum::extract::{Path, State};
use axum::response::Response;
use maud::{Markup, html};
use rules::base::{Id, id};
use rules::community::role::Right;
use rules::sale::group_buy::CampaignState;

/// A group buy of a group one tends.
pub(super) struct LedOne {
    pub who: Who,
    pub buy: LedBuy,
}

impl LedOne {
    pub fn path(&self, here: &Here, more: &str) -> String {
        format!("{}/lead/buys/{}{more}", here.base(), self.buy.row.id)
    }
    /// Who opened it closes it, and so does the shop. The verb decides; this is for the button.
    pub fn may_close(&self, here: &Here) -> bool {
        let mine = self.buy.by == self.who.member || self.who.rights.may(Right::Campaigns);
        mine && self.buy.row.state == CampaignState::Open && self.buy.row.ends > here.now
    }
}

/// The group buy, if the reader leads its group or is staff with the right to orders; to others
/// it is not there. The answer of the second kind is the way to sign in.
pub(super) async fn led(
    house: &House,
    here: &Here,
    buy: &str,
) -> Result<Result<LedOne, Response>, Sorry> {
    let id: Id<id::Campaign> = named(buy)?;
    let who = match member_or_door(here, &format!("{}/lead/buys/{id}", here.base())) {
        Ok(who) => who,
        Err(door) => return Ok(Err(leave(here, &door))),
    };
    let buy = house.app.led_buy(who.community, id).await?.ok_or(Sorry::NotFound)?;
    if !house.app.tends(who, buy.group).await? {
        return Err(Sorry::NotFound);
    }
    Ok(Ok(LedOne { who, buy }))
}

pub async fn list(State(house): State<House>, here: Here) -> Result<Response, Sorry> {
    let who = match member_or_door(&here, &here.path) {
        Ok(who) => who,
        Err(door) => return Ok(leave(&here, &door)),
    };
    let mut all = Vec::new();
    for group in bench::groups(&house, who).await? {
        let buys = house.app.buys_of(who.community, group.id).await?;
        all.extend((!buys.is_empty()).then_some((group, buys)));
    }
    let title = here.pick(["群里的拼团", "群裡的團購", "Group buys"]);
    let mut page = own_page(&here, title, format!("{}/lead", here.base()));
    page.tab = Some(Place::Me);
    page.leader = true;
    page.unread = crate::reach::unread(&house, &here).await;
    let form = format!("{}/lead/buy", here.base());
    let new = button(here.pick(["开一个拼团", "開一個團購", "Open a group buy"]))
        .icon(Icon::Plus)
        .to(&form);
    let body = html! {
        @if all.is_empty() {
            (empty_state(
                here.pick(["还没有拼团", "還沒有團購", "No group buy yet"]),
                here.pick(["在你的群里开的会出现在这里", "在你的群裡開的會出現在這裡",
                    "Those of your group appear here."]),
                Some(new)))
        } @else {
            (new.primary().block())
            @for (group, buys) in &all {
                (card(html! {
                    (card_head(&group.name))
                    ul { @for buy in buys { (one(&here, buy)) } }
                }))
            }
        }
    };
    Ok(shown(&page, body))
}

fn one(here: &Here, b: &LedBuy) -> Markup {
    let href = format!("{}/lead/buys/{}", here.base(), b.row.id);
    html! {
        li class="pick" {
            (thumb(&photo(&Shot::of_campaign(&b.row)), 40))
            div class="grow stack -xs" {
                p class="row" {
                    a class="t3 clip grow" href=(href) { (b.row.title) }
                    (state(here, b))
                }
                p class="note" { (teams(here, b)) }
                p class="note" {
                    @if running(here, b) {
                        (here.pick(["剩 ", "剩 ", "closes in "]))
                        (countdown(here.lang, b.row.ends, here.now)) " · "
                    }
                    (here.pick(["开的人：", "開的人：", "Opened by "])) (b.by_name)
                }
            }
            (button(here.pick(["看板", "看板", "Board"])).small().to(&href).label(&b.row.title))
        }
    }
}

pub(super) fn running(here: &Here, b: &LedBuy) -> bool {
    b.row.state == CampaignState::Open && b.row.starts <= here.now && b.row.ends > here.now
}

pub(super) fn state(here: &Here, b: &LedBuy) -> Markup {
    let (words, tone) = match b.row.state {
        CampaignState::Closed => (["已关闭", "已關閉", "Closed"], Tone::Plain),
        CampaignState::Open if b.row.ends <= here.now => {
            (["已结束", "已結束", "Over"], Tone::Plain)
        }
        CampaignState::Open if b.row.starts > here.now => {
            (["还没开始", "還沒開始", "Not begun"], Tone::Blue)
        }
        CampaignState::Open => (["进行中", "進行中", "Running"], Tone::Green),
    };
    tag(here.pick(words), tone)
}

/// `¥35.00 · 2 complete, 1 filling · 5 seats taken`.
pub(super) fn teams(here: &Here, b: &LedBuy) -> String {
    let (price, full, filling) = (format::money(sum(here, b.row.price)), b.filled, b.filling);
    let seats = match b.row.most {
        0 => b.row.taken.to_string(),
        most => format!("{}/{most}", b.row.taken),
    };
    match here.lang {
        Lang::En => format!("{price} · {full} complete, {filling} filling · seats taken: {seats}"),
        Lang::Hans => format!("{price} · 成团 {full}，还在拼 {filling} · 占了 {seats} 个名额"),
        Lang::Hant => format!("{price} · 成團 {full}，還在湊 {filling} · 占了 {seats} 個名額"),
    }
}

/// What closing means, and whether she is sure.
pub async fn ask(
    State(house): State<House>,
    here: Here,
    Path((_, id)): Of,
) -> Result<Response, Sorry> {
    let led = match led(&house, &here, &id).await? {
        Ok(led) => led,
        Err(door) => return Ok(door),
    };
    if !led.may_close(&here) {
        return Ok(leave(&here, &led.path(&here, "")));
    }
    let title = here.pick(["提前关闭", "提前關閉", "Close early"]);
    let page = own_page(&here, title, led.path(&here, ""));
    let body = html! {
        (card(html! {
            p class="t3" { (led.buy.row.title) }
            p { (here.pick([
                "关闭以后，没有人能再参团或开团，也不能再打开。",
                "關閉以後，沒有人能再參團或開團，也不能再打開。",
                "After that nobody can join or open a team, and it cannot be opened again.",
            ])) }
            @if led.buy.filling > 0 { p { (stranded(&here, &led.buy)) } }
            @if led.buy.filled > 0 {
                p class="note" { (here.pick(["已经成的团不受影响。", "已經成的團不受影響。",
                    "Teams that are complete get their goods."])) }
            }
        }))
        form method="post" action=(led.path(&here, "/close")) {
            (button(here.pick(["关闭这个拼团", "關閉這個團購", "Close this group buy"])).danger()
                .block().submit())
        }
        (button(here.pick(["不关", "不關", "Keep it open"])).block().to(&led.path(&here, "")))
    };
    Ok(shown(&page, body))
}

fn stranded(here: &Here, b: &LedBuy) -> String {
    let (teams, people) = (b.filling, b.waiting);
    match here.lang {
        Lang::Hans => format!(
            "还有 {teams} 个团没满，里面 {people} 人已付款。到各自的截止时间仍不满，就全额退款。"
        ),
        Lang::Hant => format!(
            "還有 {teams} 個團沒滿，裡面 {people} 人已付款。到各自的截止時間仍不滿，就全額退款。"
        ),
        Lang::En => format!(
            "Teams that are not full: {teams}, with {people} who paid. When their time ends they \
             get all their money back."
        ),
    }
}

pub async fn close(
    State(house): State<House>,
    here: Here,
    Path((_, id)): Of,
) -> Result<Response, Sorry> {
    let led = match led(&house, &here, &id).await? {
        Ok(led) => led,
        Err(door) => return Ok(door),
    };
    house.app.close_campaign(here.now, led.who, led.buy.row.id).await?;
    Ok(leave(&here, &led.path(&here, "?done=1")))
}

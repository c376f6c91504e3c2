//! One order: what is in it, where it stands, and everything staff may do to it.
use super::frame::{self, No, Show, Spot, at, money, news, when};
use super::{order_case, order_credit, order_money, order_points};
use crate::House;
use crate::form::Form;
use crate::reply::Sorry;
use crate::ui::field::{text, textarea};
use crate::ui::{Icon, Step, TimelineStep, button, card, card_head, facts, tag, tick, timeline};
use crate::who::Here;
use crate::words::states::{fact, order_state, order_tone};
use app::community::who::Who;
use app::sale::views::{LineRow, OrderPage};
use axum::extract::{Path, State};
use maud::{Markup, html};
use rules::base::{Id, id};
use rules::community::role::Right;
use rules::sale::line::State as Line;
use rules::sale::order::{Delivery, PaymentState};

pub async fn page(
    State(house): State<House>,
    here: Here,
    Path((_, order)): Path<(String, String)>,
    form: Form,
) -> Result<Markup, Sorry> {
    shown(&house, &here, &order, &form, None).await
}

/// The page, with what was refused on top and what was typed in its fields.
pub async fn shown(
    house: &House,
    here: &Here,
    order: &str,
    form: &Form,
    no: Option<No>,
) -> Result<Markup, Sorry> {
    let who = frame::allowed(here, frame::ORDER)?;
    let id: Id<id::Order> = Id::parse(order).ok_or(Sorry::NotFound)?;
    let page = house.app.order_page(who.community, id).await?.ok_or(Sorry::NotFound)?;
    let journal = house.app.journal_of(who.community, id.raw()).await?;
    let credit = order_credit::shown(house, here, who, id).await?;
    let desk = Desk { house, here, who, page: &page, form };
    let body = html! {
        (news(here, no, form.get("done")))
        div class="cols -main" {
            div class="stack -l" {
                (desk.lines())
                (order_money::payments(&desk))
                (order_points::shown(house, here, &page).await?)
                (order_money::split(here, &page, &journal))
            }
            div class="stack -l" {
                (order_case::waiting(&desk))
                (desk.next())
                (desk.to_whom())
                (credit)
                (desk.past())
            }
        }
    };
    let title = page.row.id.to_string();
    let above = [(here.pick(["订单", "訂單", "Orders"]), "/orders")];
    let state = tag(order_state(here.lang, page.row.state), order_tone(page.row.state));
    let show = Show { above: &above, actions: Some(state), ..Show::new(Spot::Orders, &title) };
    frame::show(house, here, who, show, body).await
}

/// What the parts of the page need.
pub struct Desk<'a> {
    pub house: &'a House,
    pub here: &'a Here,
    pub who: Who,
    pub page: &'a OrderPage,
    pub form: &'a Form,
}

impl Desk<'_> {
    pub fn action(&self, act: &str) -> String {
        at(self.here, &format!("/orders/{}/{act}", self.page.row.id))
    }
    /// A number for a form; what was refused keeps its own.
    pub fn number<T: rules::base::id::Noun>(&self, name: &str) -> String {
        let kept = self.form.id::<T>(name);
        kept.unwrap_or_else(|| self.house.app.mint(self.here.now)).to_string()
    }
    fn pick(&self, all: [&'static str; 3]) -> &'static str {
        self.here.pick(all)
    }
    fn may(&self, right: Right) -> bool {
        self.who.rights.may(right)
    }

    /// The lines; whoever may refund gets a field behind each.
    fn lines(&self) -> Markup {
        let lines = &self.page.row.lines;
        let open = |l: &LineRow| l.state.paid() && l.qty > l.refunded_qty;
        let left = self.shipping_left();
        let refunds = self.may(Right::Orders)
            && (lines.iter().any(open) || left > 0)
            && self.page.payments.iter().any(|p| p.state == PaymentState::Captured);
        let title = card_head(self.pick(["商品", "商品", "Items"]));
        if !refunds {
            return html! {
                section class="card -flush" { div class="cell" { (title) } (self.table(false)) }
            };
        }
        html! {
            form method="post" action=(self.action("refund")) class="card" id="refund" {
                input type="hidden" name="id" value=(self.number::<id::Refund>("id"));
                (title)
                (self.table(true))
                @if left > 0 {
                    @let label = format!("{} {}",
                        self.pick(["连运费一起退", "連運費一起退", "The delivery fee too:"]),
                        money(self.here, left));
                    (tick("shipping", "on", &label, self.form.has("shipping"), None))
                }
                (tick("restock", "on", self.pick(["退回的数量放回库存", "退回的數量放回庫存",
                    "Put the units back in stock"]), self.form.has("restock"), None))
                (text("reason", self.pick(["原因", "原因", "Reason"]), self.form.get("reason"))
                    .most(200).hint(self.pick(["买家会看到", "買家會看到", "The buyer sees it."])))
                div class="row" {
                    (button(self.pick(["退款", "退款", "Refund"])).danger().submit())
                    span class="note" { (self.pick([
                        "在要退的商品后面填数量；金额按付的钱算，不会多退",
                        "在要退的商品後面填數量；金額按付的錢算，不會多退",
                        "Enter how many of each. Never more than was paid goes back."])) }
                }
            }
        }
    }

    fn table(&self, refunds: bool) -> Markup {
        let heads = [
            (["商品", "商品", "Item"], ""),
            (["状态", "狀態", "State"], ""),
            (["单价", "單價", "Price"], "num -opt"),
            (["数量", "數量", "Qty"], "num"),
            (["金额", "金額", "Amount"], "num"),
        ];
        html! {
            div class="scroll-x" {
                table class="grid -cards" {
                    caption class="sr" { (self.pick(["订单里的商品", "訂單裡的商品", "Items of the order"])) }
                    thead {
                        tr {
                            @for (words, class) in heads {
                                th scope="col" class=[(!class.is_empty()).then_some(class)] {
                                    (self.pick(words))
                                }
                            }
                            @if refunds {
                                th scope="col" class="num" { (self.pick(["退几件", "退幾件", "Refund"])) }
                            }
                        }
                    }
                    tbody { @for line in &self.page.row.lines { (self.row(line, refunds)) } }
                }
            }
        }
    }

    fn row(&self, l: &LineRow, refunds: bool) -> Markup {
        let (here, left) = (self.here, l.qty - l.refunded_qty);
        let name = format!("qty_{}", l.id);
        let label = format!("{}：{}", self.pick(["退几件", "退幾件", "Units to refund"]), l.title);
        html! {
            tr {
                td class="-grow" {
                    (l.title)
                    @if !l.choices.is_empty() { br; span class="note" { (l.choices.join(" / ")) } }
                    @if l.refunded > 0 {
                        br; span class="note neg" {
                            (self.pick(["已退", "已退", "Refunded"])) " ×" (l.refunded_qty) " "
                            (money(here, l.refunded))
                        }
                    }
                }
                td data-head=(self.pick(["状态", "狀態", "State"])) {
                    (tag(order_state(here.lang, l.state), order_tone(l.state)))
                }
                td class="num -opt" {
                    (money(here, l.unit_price))
                    @if let Some(list) = l.list_price {
                        br; span class="note" {
                            (self.pick(["会员价，店价 ", "會員價，店價 ", "Member price; shop "]))
                            (money(here, list))
                        }
                    }
                }
                td class="num" data-head=(self.pick(["数量", "數量", "Qty"])) { (l.qty) }
                td class="num" data-head=(self.pick(["金额", "金額", "Amount"])) {
                    (money(here, l.amount))
                }
                @if refunds {
                    td class="num" data-head=(self.pick(["退几件", "退幾件", "Refund"])) {
                        @if l.state.paid() && left > 0 {
                            input class="input qty" name=(name) inputmode="numeric" size="4"
                                value=(self.form.get(&name)) placeholder={ "0–" (left) }
                                aria-label=(label) autocomplete="off";
                        } @else { "–" }
                    }
                }
            }
        }
    }

    fn shipping_left(&self) -> i64 {
        let lines: i64 = self.page.row.lines.iter().map(|l| l.refunded).sum();
        (self.page.shipping - (self.page.row.refunded - lines)).max(0)
    }

    /// What may be done now.
    fn next(&self) -> Markup {
        if !self.may(Right::Orders) {
            return html! {};
        }
        let lines = &self.page.row.lines;
        let waits = lines.iter().any(|l| l.state == Line::ToFulfil);
        let cancels = self.page.row.state == Line::AwaitingPayment
            || lines.iter().all(|l| l.state == Line::ToFulfil);
        let ships = waits && self.page.row.delivery == Delivery::Ship;
        if !waits && !cancels {
            return html! {};
        }
        let title = self.pick(["下一步", "下一步", "Next"]);
        let cancel = self.pick(["取消订单", "取消訂單", "Cancel the order"]);
        card(html! {
            (card_head(title))
            @if ships { (self.ship_form()) }
            @else if waits {
                form method="post" action=(self.action("ready")) {
                    (button(self.pick(["标记到货，发取件码", "標記到貨，發取件碼", "Mark ready, send the code"]))
                        .primary().block().icon(Icon::Parcel).submit())
                }
            }
            @if cancels {
                details class="rules" {
                    summary { (cancel) }
                    form method="post" action=(self.action("cancel")) class="stack -s" {
                        input type="hidden" name="refund"
                            value=(self.number::<id::Refund>("refund"));
                        p class="sub" { (self.pick([
                            "付过的钱会全部退回，商品放回库存。",
                            "付過的錢會全部退回，商品放回庫存。",
                            "All money paid goes back, and the goods go back in stock."])) }
                        (button(cancel).danger().submit())
                    }
                }
            }
        })
    }

    fn ship_form(&self) -> Markup {
        let waiting: Vec<&LineRow> =
            self.page.row.lines.iter().filter(|l| l.state == Line::ToFulfil).collect();
        let chosen = |l: &LineRow| {
            !self.form.has("parcel") || self.form.all("line").any(|x| Id::parse(x) == Some(l.id))
        };
        html! {
            form method="post" action=(self.action("ship")) class="stack -s" id="ship" {
                input type="hidden" name="parcel" value=(self.number::<id::Parcel>("parcel"));
                (text("carrier", self.pick(["快递公司", "快遞公司", "Carrier"]),
                    self.form.get("carrier")).most(40))
                (text("tracking", self.pick(["单号", "單號", "Tracking number"]),
                    self.form.get("tracking")).most(60))
                @if waiting.len() > 1 {
                    input type="hidden" name="choose" value="on";
                    fieldset class="field" {
                        legend class="field-label" {
                            (self.pick(["这个包裹里有", "這個包裹裡有", "In this parcel"]))
                        }
                        @for l in &waiting {
                            label class="row" {
                                input class="tick" type="checkbox" name="line" value=(l.id)
                                    checked[chosen(l)];
                                span {
                                    (l.title) " " (l.choices.join(" / "))
                                    " ×" (l.qty - l.refunded_qty)
                                }
                            }
                        }
                    }
                }
                (button(self.pick(["发货", "出貨", "Ship"])).primary().block().icon(Icon::Truck)
                    .submit())
            }
        }
    }

    fn to_whom(&self) -> Markup {
        let (page, row) = (self.page, &self.page.row);
        let mut rows: Vec<(&str, Markup)> = vec![
            (self.pick(["买家", "買家", "Buyer"]), html! { (row.buyer) }),
            (self.pick(["收货人", "收件人", "Recipient"]), html! { (row.recipient) }),
            (self.pick(["电话", "電話", "Phone"]), html! { (page.phone) }),
        ];
        match row.delivery {
            Delivery::Pickup => {
                rows.push((
                    self.pick(["自提点", "自取點", "Pick-up"]),
                    html! { (row.pickup_text) },
                ));
                if !row.pickup_code.is_empty() {
                    let code = html! { b class="num" { (row.pickup_code) } };
                    rows.push((self.pick(["取件码", "取件碼", "Code"]), code));
                }
            }
            Delivery::Ship => rows.push((
                self.pick(["地址", "地址", "Address"]),
                html! { (page.region) " " (page.street) },
            )),
        }
        if !page.note.is_empty() {
            rows.push((self.pick(["留言", "留言", "Note"]), html! { (page.note) }));
        }
        for (carrier, tracking, sent) in &page.parcels {
            let what = html! { (carrier) " " span class="mono" { (tracking) } " "
            span class="note" { (when(self.here, *sent)) } };
            rows.push((self.pick(["包裹", "包裹", "Parcel"]), what));
        }
        card(html! {
            (card_head(self.pick(["交给谁", "交給誰", "Delivery"])))
            (facts(&rows))
        })
    }

    fn past(&self) -> Markup {
        let steps: Vec<TimelineStep> = self
            .page
            .facts
            .iter()
            .rev()
            .enumerate()
            .map(|(k, (kind, moment, by))| {
                let step = if k == 0 { Step::Now } else { Step::Good };
                let note = match by {
                    Some(by) => format!("{} · {by}", when(self.here, *moment)),
                    None => when(self.here, *moment),
                };
                TimelineStep::new(step, fact(self.here.lang, kind), note)
            })
            .collect();
        card(html! {
            (card_head(self.pick(["经过", "經過", "What happened"])))
            (timeline(&steps))
        })
    }
}

/// A field for a slip's number, and one for why: used by two pages.
pub fn slip_fields(here: &Here, form: &Form, id: &str) -> Markup {
    let label = here.pick(["转账单号", "轉帳單號", "Transfer slip number"]);
    html! { (text("slip", label, form.get("slip")).id(id).most(60).required()) }
}
pub fn why_fields(here: &Here, form: &Form, id: &str) -> Markup {
    let label =
        here.pick(["为什么（买家会看到）", "為什麼（買家會看到）", "Why (the buyer sees it)"]);
    html! { (textarea("reason", label, form.get("reason")).id(id).most(200)) }
}

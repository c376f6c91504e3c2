//! What a member wants to hear of, and where.
use crate::House;
use crate::content::{go, shown};
use crate::form::Form;
use crate::reply::Sorry;
use crate::ui::{self, Head, Page, Place, Tone, Top};
use crate::who::Here;
use app::reach::views::Choice;
use axum::extract::State;
use axum::response::Response;
use maud::{Markup, html};
use rules::reach::notice::{Channel, Kind, Section};

pub async fn page(State(house): State<House>, here: Here, form: Form) -> Result<Response, Sorry> {
    let who = here.member()?;
    let all = house.app.notice_choices(here.place.id, who.member, who.rights.any()).await?;
    let title = here.pick(["提醒设置", "提醒設定", "Notice settings"]);
    let back = Some(format!("{}/inbox", here.base()));
    let page = Page {
        title: title.into(),
        top: Top::Bar { title: title.into(), sub: None, back, end: None },
        head: Head { private: true, ..Head::default() },
        tab: Some(Place::Inbox),
        unread: crate::reach::unread(&house, &here).await,
        ..here.page()
    };
    let saved = here.pick(["已保存", "已儲存", "Saved."]);
    Ok(shown(page.render(html! {
        @if form.has("saved") { (ui::banner(saved, Tone::Green)) }
        (matrix(&here, &all))
    })))
}

pub async fn choose(State(house): State<House>, here: Here, form: Form) -> Result<Response, Sorry> {
    let (c, who) = (here.place.id, here.member()?);
    // a box that is not ticked is not sent: what the page offered decides
    let offered = house.app.notice_choices(c, who.member, who.rights.any()).await?;
    let choices =
        offered.iter().map(|x| (x.kind, x.channel, form.has(&name(x.kind, x.channel)))).collect();
    house.app.choose_notices(here.now, c, who.member, choices).await?;
    Ok(go(&format!("{}/inbox/choices?saved=1", here.base())))
}

fn name(kind: Kind, channel: Channel) -> String {
    format!("{}.{}", kind.code(), channel.code())
}

fn channel_word(here: &Here, channel: Channel) -> &'static str {
    here.pick(match channel {
        Channel::InApp => ["站内", "站內", "Here"],
        Channel::Mail => ["邮件", "郵件", "Mail"],
    })
}

fn kind_word(here: &Here, kind: Kind) -> &'static str {
    here.pick(match kind {
        Kind::OrderPaid => ["付款成功", "付款成功", "Payment received"],
        Kind::OrderShipped => ["已发货", "已出貨", "Order on its way"],
        Kind::OrderReady => ["可以取货", "可以取貨", "Ready to collect"],
        Kind::OrderRefunded => ["退款", "退款", "Refund"],
        Kind::PaymentRefused => ["转账没核对上", "轉帳沒核對上", "Payment not found"],
        Kind::RefundDeclined => ["退款申请没通过", "退款申請沒通過", "Refund request declined"],
        Kind::TeamFilled => ["成团", "成團", "Group buy complete"],
        Kind::TeamFailed => ["没有成团", "沒有成團", "Group buy did not fill"],
        Kind::SeatMoved => ["换到另一个团", "換到另一個團", "Moved to another team"],
        Kind::CommissionAvailable => ["佣金到账", "佣金入帳", "Commission to use"],
        Kind::PayoutPaid => ["提现已转出", "提領已轉出", "Payout sent"],
        Kind::PayoutFailed => ["提现没有成功", "提領沒有成功", "Payout failed"],
        Kind::FactorOn => ["两步验证打开", "兩步驗證開啟", "Second factor set up"],
        Kind::FactorOff => ["两步验证关掉", "兩步驗證關掉", "Second factor removed"],
        Kind::ServiceAvailable => ["服务费到账", "服務費入帳", "Service pay to use"],
        Kind::TierRaised => ["会员等级升了", "會員等級升了", "My tier is higher"],
        Kind::TierEnding => ["会员等级快要降了", "會員等級快要降了", "My tier ends soon"],
        Kind::TierLowered => ["会员等级降了", "會員等級降了", "My tier is lower"],
        Kind::TierEnded => ["没有会员等级了", "沒有會員等級了", "My tier has ended"],
        Kind::PointsEnding => ["积分快过期", "點數快到期", "Points that end soon"],
        Kind::ChainReached => ["接龙达标", "接龍達標", "Chain order reached its minimum"],
        Kind::ChainFailed => ["接龙没有达标", "接龍沒有達標", "Chain order below its minimum"],
        Kind::OrderedForYou => ["有人替我下单", "有人幫我下單", "Somebody ordered for me"],
        Kind::ReviewReplied => ["店家回复评价", "店家回覆評價", "Shop answered a review"],
        Kind::PostCommented => ["帖子有评论", "貼文有留言", "Comment on my post"],
        Kind::CommentReplied => ["有人回复我", "有人回覆我", "Answer to my comment"],
        Kind::Mentioned => ["有人提到我", "有人提到我", "Somebody mentioned me"],
        Kind::GroupApproved => ["入群通过", "入群通過", "Let into a group"],
        Kind::Followed => ["有人关注我", "有人追蹤我", "Somebody follows me"],
        Kind::ReportDecided => ["举报结果", "檢舉結果", "Outcome of a report"],
        Kind::LowStock => ["库存不多", "庫存不多", "Stock is low"],
        Kind::ProofWaiting => ["转账等核对", "轉帳等核對", "Transfer to check"],
        Kind::RefundAsked => ["有人申请退款", "有人申請退款", "Refund asked for"],
        Kind::OrderPlaced => ["有新订单", "有新訂單", "New order"],
    })
}

fn section_word(here: &Here, section: Section) -> &'static str {
    here.pick(match section {
        Section::Orders => ["订单", "訂單", "Orders"],
        Section::Community => ["社区", "社區", "Community"],
        Section::System => ["系统", "系統", "System"],
    })
}

fn matrix(here: &Here, all: &[Choice]) -> Markup {
    html! {
        form class="stack" method="post" action={ (here.base()) "/inbox/choices" } {
            @for section in Section::ALL.iter().copied() {
                @let of = all.iter().filter(|x| x.kind.section() == section);
                @let kinds = of.fold(Vec::new(), |mut kinds, x| {
                    if !kinds.contains(&x.kind) { kinds.push(x.kind); }
                    kinds
                });
                section class="card" {
                    div class="row" {
                        h2 class="t2 grow" { (section_word(here, section)) }
                        @for ch in Channel::ALL {
                            span class="note switch-head" { (channel_word(here, *ch)) }
                        }
                    }
                    @for kind in kinds { (line(here, all, kind)) }
                }
            }
            (ui::button(here.pick(["保存", "儲存", "Save"])).primary().block().submit())
        }
    }
}

fn line(here: &Here, all: &[Choice], kind: Kind) -> Markup {
    html! {
        div class="row" {
            span class="grow" { (kind_word(here, kind)) }
            @for x in all.iter().filter(|x| x.kind == kind) {
                input class="switch" type="checkbox" role="switch" value="on"
                    name=(name(kind, x.channel)) checked[x.wanted]
                    aria-label={ (kind_word(here, kind)) " " (channel_word(here, x.channel)) };
            }
        }
    }
}

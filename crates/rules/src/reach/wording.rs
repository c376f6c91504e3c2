//! The sentences of notices in three languages, and how a letter is put together.
use crate::base::Lang;
use crate::reach::notice::Kind;

/// What the sentences may name. A missing value becomes a general word, never an empty place.
pub const PLACES: [&str; 12] = [
    "who", "title", "product", "amount", "tracking", "code", "reason", "group", "tier", "days",
    "points", "day",
];

/// 简体, 繁體, English.
const fn sentence(kind: Kind) -> [&'static str; 3] {
    match kind {
        Kind::OrderPaid
        | Kind::OrderShipped
        | Kind::OrderReady
        | Kind::OrderRefunded
        | Kind::PaymentRefused
        | Kind::RefundDeclined => of_orders(kind),
        Kind::TeamFilled | Kind::TeamFailed | Kind::SeatMoved => of_teams(kind),
        Kind::ChainReached | Kind::ChainFailed | Kind::OrderedForYou => of_lists(kind),
        Kind::LowStock | Kind::ProofWaiting | Kind::OrderPlaced | Kind::RefundAsked => {
            to_staff(kind)
        }
        Kind::TierRaised | Kind::TierEnding | Kind::TierLowered | Kind::TierEnded => of_tiers(kind),
        Kind::CommissionAvailable => [
            "你分享带来的佣金 {amount} 已经可以用了。",
            "你分享帶來的佣金 {amount} 已經可以用了。",
            "{amount} of commission for what you shared can be used now.",
        ],
        Kind::PayoutPaid | Kind::PayoutFailed | Kind::FactorOn | Kind::FactorOff => {
            of_payouts(kind)
        }
        Kind::ServiceAvailable => [
            "你服务邻居的服务费 {amount} 已经可以用了。",
            "你服務鄰居的服務費 {amount} 已經可以用了。",
            "{amount} for serving your list can be used now.",
        ],
        Kind::PointsEnding => [
            "你有 {points} 积分快过期了，最早的一批 {day} 到期。下单时可以抵扣。",
            "你有 {points} 點快到期了，最早的一批 {day} 到期。下單時可以折抵。",
            "{points} of your points end soon, the first of them after {day}. They take money off \
             an order.",
        ],
        Kind::ReviewReplied => [
            "店家回复了你对「{product}」的评价。",
            "店家回覆了你對「{product}」的評價。",
            "The shop answered your review of {product}.",
        ],
        Kind::PostCommented => [
            "{who} 评论了你的帖子「{title}」。",
            "{who} 留言回應了你的貼文「{title}」。",
            "{who} commented on your post “{title}”.",
        ],
        Kind::CommentReplied => [
            "{who} 在「{title}」里回复了你。",
            "{who} 在「{title}」裡回覆了你。",
            "{who} answered you under “{title}”.",
        ],
        Kind::Mentioned => [
            "{who} 在「{title}」里提到了你。",
            "{who} 在「{title}」裡提到了你。",
            "{who} mentioned you in “{title}”.",
        ],
        Kind::GroupApproved => [
            "你已加入「{group}」，去打个招呼吧。",
            "你已加入「{group}」，去打聲招呼吧。",
            "You are now in {group}. Say hello!",
        ],
        Kind::Followed => ["{who} 关注了你。", "{who} 追蹤了你。", "{who} follows you."],
        Kind::ReportDecided => [
            "你的举报有结果了：{reason}。谢谢你照看大家。",
            "你的檢舉有結果了：{reason}。謝謝你照看大家。",
            "Your report was decided: {reason}. Thank you for looking after everyone.",
        ],
    }
}

/// What happens to a buyer's order.
const fn of_orders(kind: Kind) -> [&'static str; 3] {
    match kind {
        Kind::OrderPaid => [
            "订单已付款（{amount}）：{title}。接下来的进度看订单。",
            "訂單已付款（{amount}）：{title}。接下來的進度看訂單。",
            "Your payment of {amount} arrived: {title}. Your order shows what comes next.",
        ],
        Kind::OrderShipped => [
            "已发货：{title}。快递单号：{tracking}。",
            "已出貨：{title}。物流單號：{tracking}。",
            "On its way to you: {title}. Tracking number: {tracking}.",
        ],
        Kind::OrderReady => [
            "可以自提了：{title}。取件码：{code}。",
            "可以自取了：{title}。取件碼：{code}。",
            "Ready for you to collect: {title}. Your pick-up code: {code}.",
        ],
        Kind::OrderRefunded => [
            "退款 {amount}：{title}。钱正在原路退回，进度看订单。",
            "退款 {amount}：{title}。錢正依原付款方式退回，進度看訂單。",
            "Refund of {amount}: {title}. The money is on its way back; your order shows when it \
             has gone.",
        ],
        Kind::PaymentRefused => [
            "付款凭证没有通过：{title}。原因：{reason}。请重新付款或上传凭证。",
            "付款憑證沒有通過：{title}。原因：{reason}。請重新付款或上傳憑證。",
            "Your payment could not be confirmed: {title}. Reason: {reason}. Please pay again or \
             send a new proof.",
        ],
        _ => [
            "退款申请没有通过：{title}。店家的回复：{reason}。",
            "退款申請沒有通過：{title}。店家的回覆：{reason}。",
            "Your refund request was declined: {title}. The shop says: {reason}.",
        ],
    }
}

/// What happens to a group buy.
const fn of_teams(kind: Kind) -> [&'static str; 3] {
    match kind {
        Kind::TeamFilled => [
            "成团了：{title}。店家开始备货。",
            "成團了：{title}。店家開始備貨。",
            "Your group buy is complete: {title}. The shop is getting it ready.",
        ],
        Kind::TeamFailed => [
            "没有成团：{title}。{amount} 原路退回。",
            "沒有成團：{title}。{amount} 依原付款方式退回。",
            "The group buy did not fill: {title}. Your {amount} goes back the way it came.",
        ],
        _ => [
            "付款到得晚了些，按你选的换到了另一个团：{title}。",
            "付款到得晚了些，依你選的換到了另一個團：{title}。",
            "Your payment came late. As you chose, you are now in another team: {title}.",
        ],
    }
}

/// What happens to a payout, and to what guards it.
const fn of_payouts(kind: Kind) -> [&'static str; 3] {
    match kind {
        Kind::PayoutPaid => [
            "提现 {amount} 已经转出。",
            "提領 {amount} 已經轉出。",
            "Your payout of {amount} was sent.",
        ],
        Kind::PayoutFailed => [
            "提现没有成功，{amount} 已退回余额。原因：{reason}。",
            "提領沒有成功，{amount} 已退回餘額。原因：{reason}。",
            "Your payout failed and {amount} is in your wallet again. Reason: {reason}.",
        ],
        Kind::FactorOn => [
            "两步验证已打开，三天后可以提现。不是你本人操作的话，请马上改密码并告诉店家。",
            "兩步驗證已開啟，三天後可以提領。不是你本人操作的話，請馬上改密碼並告訴店家。",
            "A second factor was set up; payouts open in three days. If that was not you, change \
             your password now and tell the shop.",
        ],
        _ => [
            "两步验证已关掉。不是你本人操作的话，请马上改密码并告诉店家。",
            "兩步驗證已關掉。不是你本人操作的話，請馬上改密碼並告訴店家。",
            "Your second factor was removed. If that was not you, change your password now and \
             tell the shop.",
        ],
    }
}

/// What happens to an order on a leader's list.
const fn of_lists(kind: Kind) -> [&'static str; 3] {
    match kind {
        Kind::ChainReached => [
            "接龙达标了：{title}。团长开始备货。",
            "接龍達標了：{title}。團長開始備貨。",
            "The chain order reached its minimum: {title}. It is being got ready.",
        ],
        Kind::ChainFailed => [
            "接龙没有达标：{title}。{amount} 原路退回。",
            "接龍沒有達標：{title}。{amount} 依原付款方式退回。",
            "The chain order stayed below its minimum: {title}. Your {amount} goes back the way \
             it came.",
        ],
        _ => [
            "{who} 替你下了单：{title}（{amount}），已收你的现金。不对的话请告诉店家。",
            "{who} 幫你下了單：{title}（{amount}），已收你的現金。不對的話請告訴店家。",
            "{who} ordered for you: {title} ({amount}), paid in cash. Tell the shop if that is \
             not right.",
        ],
    }
}

/// What becomes of a member's tier.
const fn of_tiers(kind: Kind) -> [&'static str; 3] {
    match kind {
        Kind::TierRaised => [
            "你的会员等级升到了「{tier}」，会员价从现在起有效。",
            "你的會員等級升到了「{tier}」，會員價從現在起有效。",
            "You are now {tier}. Its member prices apply from this moment.",
        ],
        Kind::TierEnding => [
            "近一年的成长值低于「{tier}」的要求。等级为你保留 {days} 天，之后降一级。",
            "近一年的成長值低於「{tier}」的要求。等級為你保留 {days} 天，之後降一級。",
            "Your growth of the last year is below what {tier} asks. You keep it for {days} days, \
             then you move down by one tier.",
        ],
        Kind::TierLowered => [
            "你的会员等级现在是「{tier}」。",
            "你的會員等級現在是「{tier}」。",
            "Your tier is {tier} now.",
        ],
        _ => [
            "你现在没有会员等级，价格按店价算。买到的东西收下以后会重新累积成长值。",
            "你現在沒有會員等級，價格依店價計算。買到的東西收下以後會重新累積成長值。",
            "You have no tier now and pay the shop's prices. What you buy and keep counts again.",
        ],
    }
}

const fn to_staff(kind: Kind) -> [&'static str; 3] {
    match kind {
        Kind::LowStock => {
            ["库存不多了：{product}。", "庫存不多了：{product}。", "Running low: {product}."]
        }
        Kind::ProofWaiting => [
            "有一份付款凭证等你核对：{title}（{amount}）。",
            "有一份付款憑證等你核對：{title}（{amount}）。",
            "A payment proof waits for you: {title} ({amount}).",
        ],
        Kind::RefundAsked => [
            "有人申请退款（{amount}）：{title}。请看一下并答复。",
            "有人申請退款（{amount}）：{title}。請看一下並答覆。",
            "A buyer asks for {amount} back: {title}. Please have a look and answer.",
        ],
        _ => [
            "新订单：{title}（{amount}）。",
            "新訂單：{title}（{amount}）。",
            "New order: {title} ({amount}).",
        ],
    }
}

fn general(place: &str) -> [&'static str; 3] {
    match place {
        "who" => ["有人", "有人", "Someone"],
        "amount" => ["见订单", "見訂單", "see the order"],
        "tracking" => ["见订单", "見訂單", "see the order"],
        "code" => ["见订单", "見訂單", "see the order"],
        "reason" => ["未说明", "未說明", "not given"],
        "product" => ["商品", "商品", "a product"],
        "group" => ["新的群", "新的群", "a new group"],
        "tier" => ["会员", "會員", "member"],
        "days" => ["几", "幾", "some"],
        _ => ["详情见页面", "詳情見頁面", "see the page"],
    }
}

/// A title that ends like a sentence does not end ours as well.
fn unended<'a>(value: &'a str, after: &str) -> &'a str {
    let value = value.trim();
    let closed = after.trim_start_matches(['”', '」']);
    let ends = closed.starts_with(['.', '。']);
    let bare = value.strip_suffix(['.', '。']).filter(|v| ends && !v.ends_with('.'));
    bare.filter(|v| !v.is_empty()).unwrap_or(value)
}

/// The sentence of a notice. Values are put in as they are; whoever shows them escapes them.
pub fn said(kind: Kind, lang: Lang, args: &[(String, String)]) -> String {
    let mut rest = lang.pick(sentence(kind));
    let mut out = String::new();
    while let Some((before, after)) = rest.split_once('{') {
        let Some((place, after)) = after.split_once('}') else { break };
        out.push_str(before);
        let given = args.iter().find(|(k, v)| k == place && !v.trim().is_empty());
        out.push_str(given.map_or(lang.pick(general(place)), |(_, v)| unended(v, after)));
        rest = after;
    }
    out + rest
}

/// The subject and the text of a letter.
pub fn letter(
    kind: Kind,
    lang: Lang,
    args: &[(String, String)],
    name: &str,
    community: &str,
) -> (String, String) {
    let said = said(kind, lang, args);
    let subject = format!("[{community}] {said}");
    let subject = crate::base::text::clip(&crate::base::text::line(&subject), 120);
    let hello = lang.pick(["{}，你好：", "{}，你好：", "Hello {},"]).replace("{}", name);
    let foot = lang.pick([
        "这封信由「{}」自动寄出。不想收信，可以在「我的 - 通知设置」里关闭。",
        "這封信由「{}」自動寄出。不想收信，可以在「我的 - 通知設定」裡關閉。",
        "Sent by {}. You can turn these letters off under Me - Notifications.",
    ]);
    (subject, format!("{hello}\n\n{said}\n\n--\n{}\n", foot.replace("{}", community)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::check;

    #[test]
    fn every_kind_in_every_language() {
        for (kind, lang) in Kind::ALL.iter().flat_map(|k| Lang::ALL.map(|l| (*k, l))) {
            let places = |s: &str| {
                let inside = s.split('{').skip(1).filter_map(|p| p.split_once('}'));
                let mut all: Vec<String> = inside.map(|(p, _)| p.to_string()).collect();
                all.sort();
                all
            };
            let here = places(lang.pick(sentence(kind)));
            assert_eq!(here, places(sentence(kind)[0]), "{kind:?} {lang:?} names the same");
            assert!(here.iter().all(|p| PLACES.contains(&p.as_str())), "{kind:?} {here:?}");
            assert!(!said(kind, lang, &[]).contains(['{', '}']), "{kind:?} without values");
        }
        let differ = |k: &Kind| sentence(*k)[0] != sentence(*k)[1];
        assert!(Kind::ALL.iter().all(differ), "traditional is a wording of its own");
    }

    #[test]
    fn sentences() {
        check(
            "
            post_commented | en | who=Lin title=Tea | Lin commented on your post “Tea”.
            post_commented | en | title=Tea | Someone commented on your post “Tea”.
            post_commented | en | title=Tea. | Someone commented on your post “Tea”.
            post_commented | en | title=Tea... | Someone commented on your post “Tea...”.
            mentioned | zh-Hans | title=喝茶。 | 有人 在「喝茶。」里提到了你。
            tier_ending | zh-Hans | tier=金 days=30 | 近一年的成长值低于「金」的要求。等级为你保留 30 天，之后降一级。
            low_stock | zh-Hans | product=煎锅。 | 库存不多了：煎锅。
            low_stock | zh-Hans | product=煎锅 | 库存不多了：煎锅。
            mentioned | zh-Hant | who={title} title=茶 | {title} 在「茶」裡提到了你。",
            |c| {
                let pair = |w: &str| w.split_once('=').map(|(k, v)| (k.into(), v.into()));
                let args: Vec<(String, String)> = c[2].split(' ').filter_map(pair).collect();
                let (kind, lang) = (Kind::of(c[0]), Lang::of(c[1]));
                said(kind.expect("a kind"), lang.expect("a language"), &args)
            },
        );
        let (subject, text) = letter(Kind::LowStock, Lang::En, &[], "Mei", "Tea\nHouse");
        assert_eq!(subject, "[Tea House] Running low: a product.");
        assert!(text.starts_with("Hello Mei,\n\nRunning low"));
    }
}

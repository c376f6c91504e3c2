//! What people did, what was done to them, and what staff may do: words of the console.
use super::states;
use rules::base::Lang;
use rules::community::moderation::{ReportReason, Reported};
use rules::community::role::{Right, Role};

/// A kind of fact about a member as a line of a timeline; unknown kinds show their code.
pub fn happened(lang: Lang, kind: &str) -> &str {
    let all = match kind {
        "community_opened" => ["开了这个社群", "開了這個社群", "Opened the community"],
        "member_joined" => ["加入社群", "加入社群", "Joined the community"],
        "member_left" => ["离开社群", "離開社群", "Left the community"],
        "member_muted" => ["被禁言", "被禁言", "Muted"],
        "member_unmuted" => ["解除禁言", "解除禁言", "May speak again"],
        "member_banned" => ["被移出社群", "被移出社群", "Banned"],
        "member_unbanned" => ["可以重新加入", "可以重新加入", "May join again"],
        "account_closed" => ["注销了账号", "註銷了帳號", "Closed the account"],
        "role_changed" => ["社群角色改变", "社群角色改變", "Role changed"],
        "tags_chosen" => ["选了标签", "選了標籤", "Chose tags"],
        "group_created" => ["建了一个群", "建了一個群", "Made a group"],
        "group_changed" => ["改了群资料", "改了群資料", "Changed a group"],
        "group_joined" => ["进了一个群", "進了一個群", "Joined a group"],
        "group_left" => ["退出一个群", "退出一個群", "Left a group"],
        "group_applied" => ["申请进群", "申請進群", "Applied to a group"],
        "group_role_changed" => ["群里的角色改变", "群裡的角色改變", "Role in a group changed"],
        "application_admitted" => ["同意了入群申请", "同意了入群申請", "Let an applicant in"],
        "application_declined" => ["没同意入群申请", "沒同意入群申請", "Declined an applicant"],
        "invite_created" => ["生成了邀请码", "產生了邀請碼", "Made an invite code"],
        "message_posted" => ["说了一句话", "說了一句話", "Said something"],
        "message_removed" => ["撤下一条消息", "撤下一則訊息", "Took a message away"],
        "message_decided" => ["审核了一条消息", "審核了一則訊息", "Decided a waiting message"],
        "reported" => ["提交了举报", "送出了檢舉", "Reported something"],
        "report_upheld" => ["举报成立", "檢舉成立", "Upheld a report"],
        "report_dismissed" => ["举报不成立", "檢舉不成立", "Dismissed a report"],
        "post_published" => ["发了一篇帖子", "發了一篇貼文", "Published a post"],
        "post_edited" => ["改了一篇帖子", "改了一篇貼文", "Edited a post"],
        "post_removed" => ["删了自己的帖子", "刪了自己的貼文", "Removed a post"],
        "post_hidden" => ["隐藏了一篇帖子", "隱藏了一篇貼文", "Hid a post"],
        "comment_made" => ["写了评论", "寫了留言", "Wrote a comment"],
        "comment_removed" => ["删了自己的评论", "刪了自己的留言", "Removed a comment"],
        "comment_hidden" => ["隐藏了一条评论", "隱藏了一則留言", "Hid a comment"],
        "review_written" => ["写了评价", "寫了評價", "Wrote a review"],
        "review_followed" => ["写了追评", "寫了追評", "Added to a review"],
        "review_replied" => ["回复了评价", "回覆了評價", "Answered a review"],
        "review_hidden" => ["隐藏了一条评价", "隱藏了一則評價", "Hid a review"],
        "product_added" => ["上了新商品", "上了新商品", "Added a product"],
        "product_changed" => ["改了商品", "改了商品", "Changed a product"],
        "stock_adjusted" => ["改了库存", "改了庫存", "Changed stock"],
        "campaign_opened" => {
            ["开了一个拼团或接龙", "開了一個團購或接龍", "Opened a group buy or a list"]
        }
        "campaign_closed" => {
            ["关了一个拼团或接龙", "關了一個團購或接龍", "Closed a group buy or a list"]
        }
        "coupon_opened" => ["发了优惠券", "發了優惠券", "Offered a coupon"],
        "coupon_closed" => ["停发优惠券", "停發優惠券", "Ended a coupon"],
        "coupon_claimed" => ["领了优惠券", "領了優惠券", "Took a coupon"],
        "member_followed" => ["关注了别人", "追蹤了別人", "Followed somebody"],
        "member_unfollowed" => ["取消了关注", "取消了追蹤", "Stopped following somebody"],
        "consent_given" => ["同意朋友看到购买", "同意朋友看到購買", "Let friends see purchases"],
        "consent_withdrawn" => ["撤回了同意", "撤回了同意", "Took a consent back"],
        "link_created" => ["做了一个分享链接", "做了一個分享連結", "Made a share link"],
        "member_bound" => ["记下是谁带来的", "記下是誰帶來的", "Written down who brought them"],
        "binding_held" => ["谁带来的待确认", "誰帶來的待確認", "Who brought them waits"],
        "spread_terms_set" => ["改了分享设置", "改了分享設定", "Changed the terms of sharing"],
        "packet_opened" => ["发了一个红包", "發了一個紅包", "Opened a red packet"],
        "relay_begun" => ["转播到几个群", "轉播到幾個群", "Relayed to groups"],
        "relay_cancelled" => ["收回了没发的转播", "收回了沒傳的轉播", "Took a relay back"],
        "packet_ended" => ["红包到期，余款退回", "紅包到期，餘款退回", "A red packet ended"],
        "money_unexplained" => ["收到说不清的钱", "收到說不清的錢", "Unexplained money came"],
        "money_returned" => ["说不清的钱退回了", "說不清的錢退回了", "Unexplained money went back"],
        "packet_taken" => ["领了红包", "領了紅包", "Took a share of a red packet"],
        "shop_set" => ["改了店铺设置", "改了店鋪設定", "Changed the shop's settings"],
        other => return earned(lang, other),
    };
    lang.pick(all)
}

/// The same of commission and what became of it, and of tiers.
fn earned(lang: Lang, kind: &str) -> &str {
    let all = match kind {
        "programme_joined" => ["加入佣金计划", "加入佣金計畫", "Joined the commission programme"],
        "programme_left" => ["退出佣金计划", "退出佣金計畫", "Left the commission programme"],
        "commission_earned" => ["赚到佣金", "賺到佣金", "Earned commission"],
        "commission_available" => ["佣金到账", "佣金入帳", "Commission became available"],
        "commission_taken_back" => ["佣金被扣回", "佣金被扣回", "Commission was taken back"],
        "commission_terms_set" => {
            ["改了佣金规则", "改了佣金規則", "Changed the terms of commission"]
        }
        "service_earned" => ["赚到服务费", "賺到服務費", "Earned service pay"],
        "service_available" => ["服务费到账", "服務費入帳", "Service pay became available"],
        "service_taken_back" => ["服务费被扣回", "服務費被扣回", "Service pay was taken back"],
        "floors_set" => ["改了团长能开的拼团", "改了團長能開的團購", "Changed leaders' group buys"],
        "service_terms_set" => ["改了团长服务费", "改了團長服務費", "Changed service pay"],
        "points_changed" => ["积分有变化", "點數有變化", "Points changed"],
        "points_terms_set" => ["改了积分规则", "改了點數規則", "Changed the terms of points"],
        "payout_requested" => ["申请提现", "申請提領", "Asked for a payout"],
        "tiers_set" => ["改了会员等级", "改了會員等級", "Changed the tiers"],
        "tier_prices_set" => ["改了会员价", "改了會員價", "Changed member prices"],
        "tier_changed" => ["会员等级变了", "會員等級變了", "Tier changed"],
        "payout_settled" => ["提现有了结果", "提領有了結果", "A payout was settled"],
        other => return states::fact(lang, other),
    };
    lang.pick(all)
}

/// A verb of the audit log; unknown ones show their code.
pub fn deed(lang: Lang, what: &str) -> &str {
    let all = match what {
        "set_role" => ["改社群角色", "改社群角色", "Changed a role"],
        "mute_member" => ["禁言", "禁言", "Muted or unmuted"],
        "ban_member" => ["移出或恢复", "移出或恢復", "Banned or lifted a ban"],
        "create_group" => ["建群", "建群", "Made a group"],
        "update_group" => ["改群资料", "改群資料", "Changed a group"],
        "set_group_role" => ["改群里的角色", "改群裡的角色", "Changed a role in a group"],
        "create_invite" => ["生成邀请码", "產生邀請碼", "Made an invite code"],
        "create_tag" => ["加标签", "加標籤", "Added a tag"],
        "decide_application" => ["处理入群申请", "處理入群申請", "Decided an application"],
        "approve_waiting" => ["审核消息", "審核訊息", "Decided a waiting message"],
        "delete_message" => ["撤下消息", "撤下訊息", "Took a message away"],
        "decide_report" => ["处理举报", "處理檢舉", "Decided a report"],
        "change_community" => ["改社群资料", "改社群資料", "Changed the community"],
        "close_community" => ["关闭社群", "關閉社群", "Closed the community"],
        "decide_held" => ["确认谁带来的", "確認誰帶來的", "Decided who brought somebody"],
        "set_payout_terms" => ["改提现规则", "改提領規則", "Changed the terms of payouts"],
        "settle_payout" => ["记下提现结果", "記下提領結果", "Settled a payout"],
        "set_spread_terms" => ["改分享设置", "改分享設定", "Changed the terms of sharing"],
        "set_commission" => ["改佣金规则", "改佣金規則", "Changed the terms of commission"],
        "set_commission_rate" => ["另定佣金比例", "另定佣金比例", "Set a rate of commission"],
        "take_leader_cash" => ["收团长的现金", "收團長的現金", "Took a leader's cash"],
        "set_floors" => ["改团长能开的拼团", "改團長能開的團購", "Changed leaders' group buys"],
        "set_service" => ["改团长服务费", "改團長服務費", "Changed service pay"],
        "set_points" => ["改积分规则", "改點數規則", "Changed the terms of points"],
        "correct_points" => ["调整积分", "調整點數", "Corrected a member's points"],
        "make_webhook" => ["添加网络回调", "新增網路回呼", "Added a webhook"],
        "turn_webhook" => ["换网络回调的密钥", "換網路回呼的金鑰", "Gave a webhook a new secret"],
        "end_webhook" => ["停用网络回调", "停用網路回呼", "Ended a webhook"],
        "replay_delivery" => ["再发一次消息", "再傳一次訊息", "Sent a message again"],
        "open_packet" => ["发红包", "發紅包", "Opened a red packet"],
        "retry_job" => ["重做任务", "重做任務", "Asked for a job again"],
        other => return other,
    };
    lang.pick(all)
}
/// The verbs the log knows, to choose from.
pub const DEEDS: &[&str] = &[
    "set_role",
    "mute_member",
    "ban_member",
    "create_group",
    "update_group",
    "set_group_role",
    "create_invite",
    "create_tag",
    "decide_application",
    "approve_waiting",
    "delete_message",
    "decide_report",
    "change_community",
    "close_community",
    "retry_job",
    "set_spread_terms",
    "set_commission",
    "set_commission_rate",
    "set_service",
    "set_floors",
    "take_leader_cash",
    "set_points",
    "correct_points",
    "set_payout_terms",
    "settle_payout",
    "open_packet",
    "decide_held",
    "make_webhook",
    "turn_webhook",
    "end_webhook",
    "replay_delivery",
];

pub fn role(lang: Lang, role: Role) -> &'static str {
    lang.pick(match role {
        Role::Owner => ["店主", "店主", "Owner"],
        Role::Staff => ["管理成员", "管理成員", "Staff"],
        Role::Member => ["成员", "成員", "Member"],
    })
}
/// What one right of staff is for.
pub fn right(lang: Lang, right: Right) -> &'static str {
    lang.pick(match right {
        Right::Members => ["成员和群", "成員和群", "Members and groups"],
        Right::Content => ["内容", "內容", "Content"],
        Right::Catalogue => ["商品", "商品", "Products"],
        Right::Orders => ["订单", "訂單", "Orders"],
        Right::Money => ["账本", "帳本", "Money"],
        Right::Campaigns => ["营销活动", "行銷活動", "Campaigns"],
        Right::Insight => ["数据", "數據", "Insight"],
    })
}
pub fn report_reason(lang: Lang, reason: ReportReason) -> &'static str {
    lang.pick(match reason {
        ReportReason::Spam => ["广告、刷屏", "廣告、洗版", "Spam"],
        ReportReason::Fraud => ["欺诈", "詐騙", "Fraud"],
        ReportReason::Abuse => ["辱骂、骚扰", "辱罵、騷擾", "Abuse"],
        ReportReason::Indecent => ["低俗色情", "色情低俗", "Indecent"],
        ReportReason::Illegal => ["违法", "違法", "Against the law"],
        ReportReason::Privacy => ["泄露隐私", "洩露隱私", "Somebody's privacy"],
        ReportReason::Other => ["其他", "其他", "Something else"],
    })
}
pub fn reported(lang: Lang, what: Reported) -> &'static str {
    lang.pick(match what {
        Reported::Message => ["消息", "訊息", "Message"],
        Reported::Post => ["帖子", "貼文", "Post"],
        Reported::Comment => ["评论", "留言", "Comment"],
        Reported::Review => ["评价", "評價", "Review"],
        Reported::Member => ["成员", "成員", "Member"],
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_deed_has_words() {
        for what in DEEDS.iter().copied() {
            assert_ne!(deed(Lang::En, what), what);
        }
        assert_eq!(deed(Lang::En, "a_newer_verb"), "a_newer_verb");
        assert_eq!(happened(Lang::En, "order_paid"), "Paid");
        assert_eq!(happened(Lang::En, "a_newer_fact"), "a_newer_fact");
    }
}

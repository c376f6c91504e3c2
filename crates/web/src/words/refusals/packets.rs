//! Sentences of red packets.
use super::community::{FASTER, NOT_A_MEMBER, says};
use super::sale::NOT_ALLOWED;
use crate::words::Say;
use app::spread::{open_packet, take_packet};

says!(open_packet {
    NotAllowed => NOT_ALLOWED,
    NoSuchGroup => ["没有这个群，请重新选", "沒有這個群，請重新選", "There is no such group. Choose again."],
    IdUsed => FASTER,
    BadSum => ["请写一共多少钱", "請寫一共多少錢", "Say how much there is in all."],
    TooMuch => ["一个红包最多 50000.00，分几次发吧", "一個紅包最多 50000.00，分幾次發吧",
        "A packet holds at most 50,000.00. Send several."],
    BadSlots => ["份数是 1 到 500", "份數是 1 到 500", "There are 1 to 500 shares."],
    TooThin => ["钱不够每份一分，请加钱或少分几份", "錢不夠每份一分，請加錢或少分幾份",
        "There must be a cent for every share. Add money or make fewer shares."],
    TooThick => ["每份最多 500.00，请多分几份", "每份最多 500.00，請多分幾份",
        "A share holds at most 500.00. Make more shares."],
    BadHours => ["过期时间是 1 到 72 小时", "過期時間是 1 到 72 小時",
        "It is open for 1 to 72 hours."],
    WishTooLong => ["这句话最多 40 个字", "這句話最多 40 個字", "Use at most 40 characters."],
    Faster => FASTER,
});
says!(take_packet {
    NotAMember => NOT_A_MEMBER,
    NoSuchPacket => ["没有这个红包", "沒有這個紅包", "There is no such red packet."],
    NotIn => ["先加入这个群，再来领", "先加入這個群，再來領", "Join the group first, then take one."],
    Staff => ["这是店家的钱，店主和管理成员不能领", "這是店家的錢，店主和管理成員不能領",
        "It is the shop's money: owner and staff take none."],
    TooNew => ["入群满 24 小时才能领，红包页面写着从几点起", "入群滿 24 小時才能領，紅包頁面寫著從幾點起",
        "It is for those who have been in the group for 24 hours. Its page says from when."],
    NotABuyer => ["这个红包给在这里买过东西的人", "這個紅包給在這裡買過東西的人",
        "This one is for those who have bought here."],
    AllTaken => ["手慢了，已经领完", "手慢了，已經領完", "Every share is taken."],
    Over => ["这个红包已过期", "這個紅包已過期", "This red packet is over."],
    Twice => ["请再点一次", "請再點一次", "Please tap once more."],
});

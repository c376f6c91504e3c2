//! Words for the figures: cells of RFM, what to do about them, why a model does not fit.
use app::learning::insight::bg_nbd;
use app::learning::insight::gamma_gamma;
use app::learning::insight::group::Standing;
use app::learning::insight::health::Part;
use app::learning::insight::rfm::Cell;
use app::learning::the_loop::Source;
use rules::loyalty::stage::{Segment, Stage};
use rules::spread::link::Shown;

/// A cell of the grid.
pub fn cell(cell: Cell) -> [&'static str; 3] {
    match cell {
        Cell::Champions => ["铁杆熟客", "鐵桿熟客", "Champions"],
        Cell::LoyalCustomers => ["常客", "常客", "Loyal"],
        Cell::PotentialLoyalists => ["有望成常客", "有望成常客", "Likely regulars"],
        Cell::NewCustomers => ["新客", "新客", "New"],
        Cell::Promising => ["刚开始买", "剛開始買", "Promising"],
        Cell::NeedAttention => ["需要留意", "需要留意", "Need attention"],
        Cell::AboutToSleep => ["快睡着了", "快睡著了", "About to sleep"],
        Cell::AtRisk => ["正在流失", "正在流失", "At risk"],
        Cell::CantLose => ["不能丢的", "不能丟的", "Can't lose"],
        Cell::Hibernating => ["沉睡", "沉睡", "Asleep"],
    }
}

/// What people in a cell are, in a sentence.
pub fn meaning(cell: Cell) -> [&'static str; 3] {
    match cell {
        Cell::Champions => [
            "刚买过，也买得最勤。请他们先试新品，听他们怎么说。",
            "剛買過，也買得最勤。請他們先試新品，聽他們怎麼說。",
            "They bought lately and most often. Let them try new things first, and listen.",
        ],
        Cell::LoyalCustomers => [
            "买得勤，最近也常来。",
            "買得勤，最近也常來。",
            "They buy often and were here not long ago.",
        ],
        Cell::PotentialLoyalists => [
            "最近买过几次，再来几次就是常客。",
            "最近買過幾次，再來幾次就是常客。",
            "A few orders lately; a few more make them regulars.",
        ],
        Cell::NewCustomers => [
            "刚买第一次。第一次的体验决定有没有第二次。",
            "剛買第一次。第一次的體驗決定有沒有第二次。",
            "Their first order was just now. How it went decides about a second.",
        ],
        Cell::Promising => [
            "不久前买过一次，还没再来。",
            "不久前買過一次，還沒再來。",
            "They bought once not long ago, and not again yet.",
        ],
        Cell::NeedAttention => [
            "中等勤快，有一阵没来了。",
            "中等勤快，有一陣沒來了。",
            "They bought now and then, and have been away for a while.",
        ],
        Cell::AboutToSleep => [
            "买得少，也有一阵没来了。",
            "買得少，也有一陣沒來了。",
            "They bought seldom, and have been away for a while.",
        ],
        Cell::AtRisk => [
            "以前常买，很久没来了。问一声近况。",
            "以前常買，很久沒來了。問一聲近況。",
            "They used to buy, and have been away for long. Ask how they are.",
        ],
        Cell::CantLose => [
            "以前买得最勤，很久没来了。值得店主亲自问候。",
            "以前買得最勤，很久沒來了。值得店主親自問候。",
            "They used to buy most often, and are gone. They are worth a word from the owner.",
        ],
        Cell::Hibernating => {
            ["很久以前买过一两次。", "很久以前買過一兩次。", "They bought once or twice, long ago."]
        }
    }
}

/// Why it is not known who is gone.
pub fn no_bg_nbd(no: &bg_nbd::NoFit) -> [&'static str; 3] {
    match no {
        bg_nbd::NoFit::TooFew { .. } => [
            "再买过的人还不到 10 位，算不出谁会再来。",
            "再買過的人還不到 10 位，算不出誰會再來。",
            "Fewer than 10 people came again, which is too few to tell who will.",
        ],
        bg_nbd::NoFit::NobodyLeaves(_) => [
            "从这些订单里看不出有人离开（最合适的离开概率是零），所以说不出谁已经走了；\
             预计订单按「没有人离开」来算。",
            "從這些訂單裡看不出有人離開（最合適的離開機率是零），所以說不出誰已經走了；\
             預計訂單按「沒有人離開」來算。",
            "These orders show nobody leaving (the likeliest chance to leave is none), so nobody \
             can be told to be gone; orders are expected as if everybody stays.",
        ],
        bg_nbd::NoFit::NoSummit => [
            "大家买得太像，找不到一个最合适的模型。",
            "大家買得太像，找不到一個最合適的模型。",
            "Buyers are too much alike: no model is the likeliest.",
        ],
    }
}

/// Why it is not known what an order is worth.
pub fn no_gamma_gamma(no: gamma_gamma::NoFit) -> [&'static str; 3] {
    match no {
        gamma_gamma::NoFit::TooFew { .. } => [
            "再买过的人还不到 10 位，算不出一单值多少。",
            "再買過的人還不到 10 位，算不出一單值多少。",
            "Fewer than 10 people came again, which is too few to value an order.",
        ],
        gamma_gamma::NoFit::NoSummit => [
            "大家每单的金额太像，找不到一个最合适的模型。",
            "大家每單的金額太像，找不到一個最合適的模型。",
            "Amounts are too much alike: no model is the likeliest.",
        ],
    }
}

/// A step of the funnel.
pub fn step(k: usize) -> [&'static str; 3] {
    match k {
        0 => ["来访", "來訪", "Visit"],
        1 => ["加入", "加入", "Join"],
        2 => ["第一次互动", "第一次互動", "First interaction"],
        3 => ["第一单", "第一單", "Entry order"],
        4 => ["第二单", "第二單", "Second order"],
        _ => ["带来别人的订单", "帶來別人的訂單", "Led to a sale"],
    }
}

/// How somebody found the community.
pub fn source(source: Source) -> [&'static str; 3] {
    match source {
        Source::Link => ["成员的链接", "成員的連結", "A member's link"],
        Source::Post => ["成员分享的帖子", "成員分享的貼文", "A post somebody showed"],
        Source::Direct => ["自己来的", "自己來的", "By themselves"],
    }
}

/// A part of a group's health.
pub fn part(part: Part) -> [&'static str; 3] {
    match part {
        Part::Alive => ["有人来", "有人來", "Alive"],
        Part::Returning => ["天天来", "天天來", "Returning"],
        Part::Voices => ["有人说", "有人說", "Voices"],
        Part::Evenness => ["不是一个人说", "不是一個人說", "Even voices"],
        Part::Answers => ["有人接话", "有人接話", "Answered"],
        Part::Staying => ["留得住", "留得住", "Staying"],
    }
}

/// A member's place in a group.
pub fn standing(standing: Standing) -> [&'static str; 3] {
    match standing {
        Standing::Core => ["核心", "核心", "Core"],
        Standing::Active => ["活跃", "活躍", "Active"],
        Standing::Peripheral => ["外围", "外圍", "Peripheral"],
        Standing::Dormant => ["沉睡", "沉睡", "Dormant"],
    }
}

/// What a link shows.
pub fn shown(kind: Shown) -> [&'static str; 3] {
    match kind {
        Shown::Product => ["商品", "商品", "Product"],
        Shown::Group => ["群", "群", "Group"],
        Shown::Post => ["帖子", "貼文", "Post"],
        Shown::Campaign => ["拼团", "團購", "Group buy"],
    }
}

/// How far a member has come; for the console alone.
pub fn stage(stage: Stage) -> [&'static str; 3] {
    match stage {
        Stage::Free => ["还没买过", "還沒買過", "Free"],
        Stage::Entry => ["入门", "入門", "Entry"],
        Stage::Middle => ["进阶", "進階", "Middle"],
        Stage::High => ["高阶", "高階", "High"],
    }
}

/// What kind of buyer; for the console alone.
pub fn segment(segment: Segment) -> [&'static str; 3] {
    match segment {
        Segment::Troubled => ["遇到麻烦的", "遇到麻煩的", "Troubled"],
        Segment::Distributor => ["分销的", "分銷的", "Distributors"],
        Segment::Spreader => ["传播的", "傳播的", "Spreaders"],
        Segment::Fan => ["铁粉", "鐵粉", "Fans"],
        Segment::Repeat => ["回头客", "回頭客", "Repeat buyers"],
        Segment::OneTime => ["只买过一次的", "只買過一次的", "One-time buyers"],
    }
}

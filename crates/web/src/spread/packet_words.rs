//! What red packets say: states, conditions, rules, the note on the card.
use crate::ui::Tone;
use crate::words::Lang;
use crate::words::format::{count, money};
use app::spread::views_packet::Packet;
use rules::base::{Currency, Money};
use rules::spread::packet::{Needs, Plan, Split, State};

pub fn state_words(lang: Lang, s: State) -> &'static str {
    lang.pick(match s {
        State::Open => ["正在领", "正在領", "Open"],
        State::Finished => ["领完了", "領完了", "All taken"],
        State::Expired => ["已过期", "已過期", "Over"],
    })
}
pub fn state_tone(s: State) -> Tone {
    match s {
        State::Open => Tone::Gold,
        State::Finished => Tone::Green,
        State::Expired => Tone::Plain,
    }
}
pub fn split_words(lang: Lang, s: Split) -> &'static str {
    lang.pick(match s {
        Split::Equal => ["每份一样多", "每份一樣多", "Equal parts"],
        Split::Lucky => ["拼手气", "拼手氣", "Lucky draw"],
    })
}
pub fn needs_words(lang: Lang, n: Needs) -> &'static str {
    lang.pick(match n {
        Needs::Member => ["群里的人", "群裡的人", "Everybody in the group"],
        Needs::Day => ["入群满 24 小时的人", "入群滿 24 小時的人", "In the group for 24 hours"],
        Needs::Buyer => ["在这里买过东西的人", "在這裡買過東西的人", "Those who have bought here"],
    })
}

/// What stands on the envelope when nobody wrote anything.
pub fn wish_words(lang: Lang, wish: &str) -> &str {
    match wish {
        "" => lang.pick(["谢谢大家", "謝謝大家", "Thank you all"]),
        wish => wish,
    }
}

/// "50 个 · 共 ¥100.00 · 不用买东西", and how far it is.
pub fn card_note(lang: Lang, p: &Packet, currency: Currency) -> String {
    let pieces = count(lang, p.slots, ["个", "個"], ["share", "shares"]);
    let sum = money(Money::new(p.total, currency));
    let sum = match lang {
        Lang::En => format!("{sum} in all"),
        _ => format!("共 {sum}"),
    };
    let how = match (p.state, p.needs) {
        (State::Open, Needs::Buyer) if p.taken == 0 => needs_words(lang, p.needs).to_string(),
        (State::Open, _) if p.taken == 0 => no_purchase(lang).to_string(),
        (State::Open, _) => taken(lang, p),
        (state, _) => state_words(lang, state).to_string(),
    };
    format!("{pieces} · {sum} · {how}")
}

fn no_purchase(lang: Lang) -> &'static str {
    lang.pick(["不用买东西", "不用買東西", "no purchase needed"])
}

/// "32 / 50 个已领".
pub fn taken(lang: Lang, p: &Packet) -> String {
    let (n, of) = (p.taken, p.slots);
    match lang {
        Lang::Hans => format!("{n} / {of} 个已领"),
        Lang::Hant => format!("{n} / {of} 個已領"),
        Lang::En => format!("{n} of {of} taken"),
    }
}

/// The rules of this packet, one sentence a line. `until` as the reader's clock says it.
pub fn rules_of(lang: Lang, p: &Packet, currency: Currency, until: &str) -> Vec<String> {
    let who = match p.needs {
        Needs::Member => [
            "不用买东西，在群里就能领一次。",
            "不用買東西，在群裡就能領一次。",
            "No purchase needed: everybody in the group may take one.",
        ],
        Needs::Day => [
            "不用买东西，入群满 24 小时就能领一次。",
            "不用買東西，入群滿 24 小時就能領一次。",
            "No purchase needed: whoever has been in the group for 24 hours may take one.",
        ],
        Needs::Buyer => [
            "在这里下过单并付了款的群成员，能领一次。",
            "在這裡下過單並付了款的群成員，能領一次。",
            "Members of the group who have paid an order here may take one.",
        ],
    };
    let shop = [
        "钱由店家出，店主和管理成员不参加。领到的不能转给别人，也不能提现。",
        "錢由店家出，店主和管理成員不參加。領到的不能轉給別人，也不能提現。",
        "The shop pays; its owner and staff take none. It can neither be passed on nor paid out.",
    ];
    let back = match lang {
        Lang::Hans => format!("到 {until} 没领完的，退回店家。"),
        Lang::Hant => format!("到 {until} 沒領完的，退回店家。"),
        Lang::En => format!("What nobody has taken by {until} goes back to the shop."),
    };
    vec![lang.pick(who).into(), lang.pick(shop).into(), split(lang, p, currency), back]
}

fn split(lang: Lang, p: &Packet, currency: Currency) -> String {
    if p.split == Split::Equal {
        return lang
            .pick([
                "每份一样多；除不尽的零头归前几份。",
                "每份一樣多；除不盡的零頭歸前幾份。",
                "All shares are equal; what cannot be parted goes to the first ones.",
            ])
            .into();
    }
    let sum = |minor| money(Money::new(minor, currency));
    let most = Plan::of(p.split, p.total, p.slots).map_or(p.total, Plan::most);
    let (least, most, mean) = (sum(1), sum(most), sum(p.total / p.slots));
    match lang {
        Lang::Hans => format!(
            "拼手气：每份最少 {least}，最多 {most}，平均约 {mean}。每份多少在开抢前已经定好，先领后领机会一样。"
        ),
        Lang::Hant => format!(
            "拼手氣：每份最少 {least}，最多 {most}，平均約 {mean}。每份多少在開搶前已經定好，先領後領機會一樣。"
        ),
        Lang::En => format!(
            "A lucky draw: a share is at least {least}, at most {most}, about {mean} on average. \
             All were drawn before the start; coming first or last makes no difference."
        ),
    }
}

/// How to check the draw, one sentence a line.
pub fn proof_words(lang: Lang, p: &Packet) -> Vec<&'static str> {
    let mut out = vec![lang.pick([
        "下面这串字是种子的 SHA-256，红包一发出就公布了，谁也改不了。",
        "下面這串字是種子的 SHA-256，紅包一發出就公布了，誰也改不了。",
        "This is the SHA-256 of the seed, told when the packet was opened: nobody can change it.",
    ])];
    if p.seed.is_none() {
        out.push(lang.pick([
            "领完或过期以后公布种子，谁都可以重算每一份。",
            "領完或過期以後公布種子，誰都可以重算每一份。",
            "Once all is taken or time is over the seed is told, and anybody can draw again.",
        ]));
        return out;
    }
    out.push(lang.pick([
        "种子已公布：它的 SHA-256 应该就是上面那串字。",
        "種子已公布：它的 SHA-256 應該就是上面那串字。",
        "Here is the seed: its SHA-256 must be the text above.",
    ]));
    if p.split == Split::Lucky {
        out.push(lang.pick([
            "第 i 份（从 0 数起）：取 SHA-256(种子:i) 的前 16 位十六进制数 n；设还剩 r 分、k 份，高 = min(2r÷k−1, 50000)，\
             低 = max(1, r−50000(k−1))，这一份就是 低 + n 除以(高−低+1)的余数；最后一份拿余下的全部。",
            "第 i 份（從 0 數起）：取 SHA-256(種子:i) 的前 16 位十六進位數 n；設還剩 r 分、k 份，高 = min(2r÷k−1, 50000)，\
             低 = max(1, r−50000(k−1))，這一份就是 低 + n 除以(高−低+1)的餘數；最後一份拿餘下的全部。",
            "Share i, counted from 0: n is the first 16 hexadecimal digits of SHA-256(seed:i). \
             With r left for k shares, high = min(2r÷k−1, 50000) and low = max(1, r−50000(k−1)), \
             in the smallest unit and whole numbers; the share is low + n mod (high−low+1). The \
             last one takes the rest.",
        ]));
    }
    out
}

//! Lines of a chat as everybody sees them: rendered once a language, with what they need at hand.
use crate::spread::{card_note, wish_words};
use crate::ui::packet::packet_card;
use crate::ui::{
    ChatLine, Icon, Person, Photo, Said, chat_line, chat_note, fragment, icon_s, pcard,
};
use crate::words::format::{clock, date, iso};
use app::community::views_chat::Line;
use app::community::views_groups::GroupMember;
use app::community::who::Place;
use app::sale::views_catalogue::Item;
use app::spread::views_packet::Packet;
use app::{App, Fault};
use jiff::tz::TimeZone;
use maud::{Markup, PreEscaped, html};
use rules::base::moment::MINUTE;
use rules::base::{Id, Lang, Moment, Money, id};
use rules::community::group::GroupRole;
use rules::community::message::{Emoji, LineState, MessageKind, SystemLine};
use rules::spread::packet::State;
use std::collections::HashMap;

type Group = Id<id::Group>;

/// Lines of one author within this time hang together.
const TOGETHER: i64 = 3 * MINUTE;

/// What lines speak of beside themselves.
pub struct Scene {
    place: Place,
    zone: TimeZone,
    group: Group,
    names: HashMap<i64, String>,
    products: HashMap<i64, Item>,
    packets: HashMap<i64, Packet>,
    roles: HashMap<i64, GroupRole>,
    /// Of each line by its place: who spoke just before, and when.
    before: HashMap<i64, (Option<Id<id::Member>>, Moment)>,
}

impl Scene {
    /// Reads what these lines need; `lines` are in the order of their places.
    pub async fn of(
        app: &App,
        place: &Place,
        group: Group,
        lines: &[Line],
        leaders: &[GroupMember],
    ) -> Result<Scene, Fault> {
        let c = place.id;
        let mut names = HashMap::new();
        for line in lines.iter().filter(|l| l.kind == MessageKind::System) {
            let Some(who) = Told::of(&line.body).and_then(|t| t.member) else { continue };
            if let std::collections::hash_map::Entry::Vacant(free) = names.entry(who) {
                let card = app.member_card(c, Id::of(who), None).await?;
                free.insert(card.map_or_else(String::new, |card| card.row.name));
            }
        }
        let mut wanted: Vec<Id<id::Product>> = lines.iter().filter_map(|l| l.product).collect();
        wanted.sort_by_key(|p| p.raw());
        wanted.dedup();
        let items = match wanted.is_empty() {
            true => Vec::new(),
            false => app.products_of(c, wanted).await?,
        };
        let packets = lines.iter().filter(|l| l.kind == MessageKind::RedPacket);
        let packets: Vec<Id<id::RedPacket>> = packets.map(|l| l.id.as_id()).collect();
        let packets = match packets.is_empty() {
            true => Vec::new(),
            false => app.packets_of(c, packets).await?,
        };
        Ok(Scene {
            packets: packets.into_iter().map(|p| (p.id.raw(), p)).collect(),
            zone: TimeZone::get(&place.zone).unwrap_or(TimeZone::UTC),
            place: place.clone(),
            group,
            names,
            products: items.into_iter().map(|i| (i.id.raw(), i)).collect(),
            roles: leaders.iter().map(|m| (m.member.raw(), m.role)).collect(),
            before: neighbours(app, c, group, lines).await?,
        })
    }
    fn line_url(&self, line: &Line) -> String {
        format!("/c/{}/groups/{}/lines/{}", self.place.slug, self.group, line.id)
    }
    fn same(&self, line: &Line) -> bool {
        let before = self.before.get(&line.seq);
        before.is_some_and(|(who, at)| {
            who.is_some() && *who == line.member && line.at.since(*at) < TOGETHER
        })
    }
}

/// Who spoke just before each of these lines. Sixty lines of the past answer for most of them;
/// an older line that changed is looked up by itself.
async fn neighbours(
    app: &App,
    c: Id<id::Community>,
    group: Group,
    lines: &[Line],
) -> Result<HashMap<i64, (Option<Id<id::Member>>, Moment)>, Fault> {
    let mut out = HashMap::new();
    let mut past: Vec<Line> = Vec::new();
    for line in lines.iter().rev() {
        let known = past.iter().rfind(|p| p.seq < line.seq);
        let found = match known {
            Some(found) => Some((found.member, found.at)),
            None => {
                past = app.lines_before(c, group, line.seq).await?;
                past.last().map(|p| (p.member, p.at))
            }
        };
        if let Some(found) = found {
            out.insert(line.seq, found);
        }
    }
    Ok(out)
}

/// What a system line says, in numbers and codes.
struct Told {
    code: SystemLine,
    member: Option<i64>,
    args: serde_json::Value,
}
impl Told {
    fn of(body: &str) -> Option<Told> {
        let json: serde_json::Value = serde_json::from_str(body).ok()?;
        let code = SystemLine::of(json.get("code")?.as_str()?)?;
        let args = json.get("args").cloned().unwrap_or_default();
        Some(Told { code, member: args.get("member").and_then(|m| m.as_i64()), args })
    }
    fn count(&self, name: &str) -> Option<i64> {
        self.args.get(name).and_then(|n| n.as_i64())
    }
}

/// Whom a system line is about.
pub fn system_member(body: &str) -> Option<Id<id::Member>> {
    Told::of(body).and_then(|t| t.member).map(Id::of)
}

/// A system line in a sentence, without markup: lists of groups show it too.
pub fn system_words(lang: Lang, body: &str, name: &str) -> String {
    let Some(told) = Told::of(body) else { return String::new() };
    let someone = lang.pick(["有人", "有人", "Somebody"]);
    let name = if name.is_empty() { someone } else { name };
    let gap = if lang == Lang::En { " " } else { "" };
    let words = match told.code {
        SystemLine::MemberJoined => ["加入了", "加入了", "joined"],
        SystemLine::OrderPaid => ["下了一单", "下了一單", "placed an order"],
        SystemLine::OrderArrived => {
            return lang
                .pick(["货到了，可以来取", "貨到了，可以來取", "The goods are here"])
                .into();
        }
        SystemLine::GroupBuyProgress => return missing(lang, told.count("missing")),
        SystemLine::GroupBuyDone => {
            return lang.pick(["这个团成了", "這個團成了", "The group buy is complete"]).into();
        }
        SystemLine::GroupBuyFailed => {
            return lang
                .pick([
                    "这个团没有成，钱原路退回",
                    "這個團沒有成，錢依原付款方式退回",
                    "The group buy did not fill; everybody is refunded",
                ])
                .into();
        }
        SystemLine::ChainOpened
        | SystemLine::ChainOrder
        | SystemLine::ChainClosed
        | SystemLine::ChainFailed => return of_list(lang, &told),
        SystemLine::CheckIn => ["签到了", "簽到了", "checked in"],
        SystemLine::ReviewWritten => ["写了一条评价", "寫了一則評價", "wrote a review"],
        SystemLine::PostPublished => ["发了一篇帖子", "發了一篇貼文", "published a post"],
        SystemLine::NoticeChanged => ["换了群公告", "換了群公告", "changed the notice"],
    };
    format!("{name}{gap}{}", lang.pick(words))
}
fn of_list(lang: Lang, told: &Told) -> String {
    let n = told.count("number").or(told.count("orders")).unwrap_or(0);
    match (told.code, lang) {
        (SystemLine::ChainOrder, Lang::En) => format!("Number {n} is on the list"),
        (SystemLine::ChainOrder, Lang::Hans) => format!("{n} 号跟团"),
        (SystemLine::ChainOrder, Lang::Hant) => format!("{n} 號跟團"),
        (SystemLine::ChainClosed, Lang::En) => format!("The list is closed with {n} orders"),
        (SystemLine::ChainClosed, Lang::Hans) => format!("接龙截单了，一共 {n} 单"),
        (SystemLine::ChainClosed, Lang::Hant) => format!("接龍截單了，一共 {n} 單"),
        (SystemLine::ChainFailed, _) => lang
            .pick([
                "接龙没有达标，钱原路退回",
                "接龍沒有達標，錢依原付款方式退回",
                "The list stayed below its minimum; everybody is refunded",
            ])
            .into(),
        _ => lang.pick(["开了一个接龙", "開了一個接龍", "A new chain order is open"]).into(),
    }
}
fn missing(lang: Lang, n: Option<i64>) -> String {
    match (lang, n) {
        (Lang::En, Some(n)) => format!("{n} more to fill the group buy"),
        (Lang::Hans, Some(n)) => format!("还差 {n} 人成团"),
        (Lang::Hant, Some(n)) => format!("還差 {n} 人成團"),
        (_, None) => {
            lang.pick(["团购又近了一步", "團購又近了一步", "The group buy moved on"]).to_string()
        }
    }
}

/// The face itself.
pub const fn face(e: Emoji) -> &'static str {
    match e {
        Emoji::Like => "👍",
        Emoji::Heart => "❤️",
        Emoji::Laugh => "😄",
        Emoji::Wow => "😮",
        Emoji::Sad => "😢",
        Emoji::Clap => "👏",
        Emoji::Thanks => "🙏",
        Emoji::Flower => "🌸",
    }
}

pub fn role_word(lang: Lang, role: GroupRole) -> Option<&'static str> {
    match role {
        GroupRole::Leader => Some(lang.pick(["团长", "團長", "Leader"])),
        GroupRole::Council => Some(lang.pick(["理事", "理事", "Council"])),
        GroupRole::Member => None,
    }
}
pub fn name_or_gone(lang: Lang, name: &str) -> &str {
    if name.is_empty() {
        lang.pick(["已离开的人", "已離開的人", "Somebody who left"])
    } else {
        name
    }
}

/// One line as the log shows it, the same for every reader of a language.
pub fn line(lang: Lang, scene: &Scene, x: &Line) -> Markup {
    let id = format!("m{}", x.id);
    if x.kind == MessageKind::System {
        let told = Told::of(&x.body);
        let name = told.and_then(|t| t.member).and_then(|m| scene.names.get(&m));
        let words = system_words(lang, &x.body, name.map_or("", String::as_str));
        let at = moment(lang, scene, x);
        return chat_note(&id, html! { (words) " · " time datetime=(iso(x.at)) { (at) } });
    }
    let by = x.member.map(|m| m.to_string()).unwrap_or_default();
    let role = x.member.and_then(|m| scene.roles.get(&m.raw()));
    let (at, iso, url) = (stamp(lang, scene, x), iso(x.at), scene.line_url(x));
    let react = format!("{url}/react");
    let faces: Vec<(&str, u32, bool)> = x
        .reactions
        .iter()
        .map(|(e, n)| (face(*e), u32::try_from(*n).unwrap_or(0), false))
        .collect();
    let answered = x.reply.as_ref().map(|r| {
        let gone = lang.pick(["（已经不在了）", "（已經不在了）", "(not there any more)"]);
        (name_or_gone(lang, &r.name), if r.clip.is_empty() { gone } else { r.clip.as_str() })
    });
    let drawn = chat_line(&ChatLine {
        id: &id,
        author: Person::new(x.member.map_or(0, Id::raw), name_or_gone(lang, &x.name)),
        by: &by,
        role: role.and_then(|r| role_word(lang, *r)),
        at: &at,
        iso: &iso,
        said: said(lang, scene, x),
        reply: answered,
        reactions: &faces,
        react_to: Some(&react),
        same: scene.same(x),
    });
    match x.state {
        LineState::Shown => with_menu(lang, drawn, &url),
        _ => drawn,
    }
}

/// Day and time. The line is the same for whoever reads it and whenever: no "today", no weekday
/// that is another one a week later.
fn moment(lang: Lang, scene: &Scene, x: &Line) -> String {
    format!("{} {}", date(lang, x.at, x.at, &scene.zone), clock(x.at, &scene.zone))
}
fn stamp(lang: Lang, scene: &Scene, x: &Line) -> String {
    let mut at = moment(lang, scene, x);
    if x.edited && x.state == LineState::Shown {
        at.push_str(lang.pick([" · 改过", " · 改過", " · edited"]));
    }
    at
}

fn said<'a>(lang: Lang, scene: &Scene, x: &'a Line) -> Said<'a> {
    match x.state {
        LineState::Removed => {
            return Said::Gone(lang.pick(["收回了一句话", "收回了一句話", "took a line back"]));
        }
        LineState::Hidden => {
            return Said::Gone(lang.pick([
                "这句话被团长或管理成员收起了",
                "這句話被團長或管理成員收起了",
                "This line was taken down by the leader or staff",
            ]));
        }
        _ => {}
    }
    match x.kind {
        MessageKind::Product => {}
        MessageKind::RedPacket => return Said::Card(packet(lang, scene, x)),
        _ => return Said::Text(&x.body),
    }
    let item = x.product.and_then(|p| scene.products.get(&p.raw()));
    Said::Card(html! {
        @if !x.body.is_empty() { p class="pre" { (x.body) } }
        @match item {
            Some(item) => {
                @let href = format!("/c/{}/products/{}", scene.place.slug, item.id);
                @let src = super::welcome::photo_src(&item.look, item.picture.as_deref(), item.id);
                @let photo = Photo { src: &src, alt: "", width: 720, height: 720,
                    ..Photo::default() };
                @let price = Money::new(item.price, scene.place.currency);
                @let from = if item.several_prices { lang.pick(["起", "起", "and up"]) } else { "" };
                (pcard(&href, &photo, &item.title, price, from))
            },
            None => p class="note" {
                (lang.pick(["商品已经下架", "商品已經下架", "The product was withdrawn"]))
            },
        }
    })
}

fn packet(lang: Lang, scene: &Scene, x: &Line) -> Markup {
    let Some(p) = scene.packets.get(&x.id.raw()) else { return html! {} };
    let href = format!("/c/{}/packets/{}", scene.place.slug, p.id);
    let note = card_note(lang, p, scene.place.currency);
    packet_card(&href, wish_words(lang, &p.wish), &note, p.state != State::Open)
}

/// The way to answer, react, edit and report: beside the bubble, for everybody the same.
fn with_menu(lang: Lang, line: Markup, url: &str) -> Markup {
    let label = lang.pick(["回复、表情、更多", "回覆、表情、更多", "Reply, react, more"]);
    let text = line.into_string();
    let open = text.strip_suffix("</li>").unwrap_or(&text);
    let link = html! { a class="hit note" href=(url) aria-label=(label) { (icon_s(Icon::More)) } };
    PreEscaped(format!("{open}{}</li>", link.into_string()))
}

/// A line for a live reader. What is there is replaced, what is not is appended: a replace of a
/// missing line does nothing, and so does an append of one that is there. An old line that
/// changed is only replaced, or it would come back at the end for who does not show it.
pub fn fragment_of(lang: Lang, scene: &Scene, x: &Line, new: bool) -> String {
    let id = format!("m{}", x.id);
    let drawn = line(lang, scene, x);
    let out = fragment().replace(&format!("#{id}"), drawn.clone());
    if new { out.append("#log", &id, drawn).into_string() } else { out.into_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_menu_is_inside_the_line() {
        let drawn = chat_line(&ChatLine {
            id: "m1",
            author: Person::new(1, "梅"),
            by: "1",
            role: None,
            at: "20:12",
            iso: "",
            said: Said::Text("好"),
            reply: None,
            reactions: &[],
            react_to: None,
            same: false,
        });
        let text = with_menu(Lang::En, drawn, "/l").into_string();
        assert_eq!(text.matches("</li>").count(), 1);
        assert!(text.ends_with("</a></li>") && text.contains("href=\"/l\""));
    }

    #[test]
    fn system_lines_are_sentences() {
        let body = r#"{"code":"member_joined","args":{"member":7}}"#;
        assert_eq!(system_words(Lang::Hans, body, "小满"), "小满加入了");
        assert_eq!(system_words(Lang::En, body, "Mei"), "Mei joined");
        assert_eq!(system_words(Lang::En, body, ""), "Somebody joined");
        assert_eq!(system_words(Lang::En, "broken", "Mei"), "");
        for code in SystemLine::ALL {
            let body = format!(r#"{{"code":"{}","args":{{}}}}"#, code.code());
            for lang in Lang::ALL {
                assert!(!system_words(lang, &body, "").is_empty(), "{body}");
            }
        }
    }
}

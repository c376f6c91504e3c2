//! Opening a community: a name, an address, rules from a template; two minutes.
use super::cookies::see;
use super::sign_in::again;
use crate::House;
use crate::form::Form;
use crate::reply::{Sorry, said};
use crate::ui::field;
use crate::ui::{Around, Choice, Head, Page, Top, button, choice_chips, select};
use crate::who::Visit;
use app::Stop;
use app::community::open_community::{OpenCommunity, Refused};
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use maud::{Markup, Render, html};
use rules::base::{Currency, Id, Lang, id};
use rules::community::open::Jurisdiction;

const ZONES: [&str; 12] = [
    "Asia/Shanghai",
    "Asia/Hong_Kong",
    "Asia/Taipei",
    "Asia/Singapore",
    "Asia/Tokyo",
    "Europe/London",
    "Europe/Berlin",
    "Europe/Paris",
    "America/New_York",
    "America/Chicago",
    "America/Los_Angeles",
    "UTC",
];
/// The colour of the house, and five that keep their contrast.
const THEMES: [(&str, [&str; 3]); 6] = [
    ("", ["柿红", "柿紅", "Persimmon"]),
    ("#1b7551", ["茶绿", "茶綠", "Tea"]),
    ("#2457c9", ["靛蓝", "靛藍", "Indigo"]),
    ("#7a4fb5", ["紫藤", "紫藤", "Wisteria"]),
    ("#0e7c86", ["湖青", "湖青", "Lake"]),
    ("#8a5a00", ["桂黄", "桂黃", "Osmanthus"]),
];
pub const RULES: [&str; 3] = [
    "1. 互相尊重，有话好好说。\n2. 分享链接请附一句介绍：这是什么、为什么好。\n\
     3. 不发广告，不刷屏，不打听别人的隐私。\n4. 买卖说清楚价格、数量和取货时间，有问题先找店主。\n\
     5. 违反规则会先提醒，再禁言，最后请出去。",
    "1. 互相尊重，有話好好說。\n2. 分享連結請附一句介紹：這是什麼、為什麼好。\n\
     3. 不發廣告，不洗版，不打聽別人的隱私。\n4. 買賣說清楚價格、數量和取貨時間，有問題先找店主。\n\
     5. 違反規則會先提醒，再禁言，最後請出去。",
    "1. Be kind; say it plainly.\n2. With a link, say what it is and why it is good.\n\
     3. No advertising, no flooding, no prying.\n\
     4. Be clear about price, amount and collection; bring problems to the owner first.\n\
     5. Who breaks the rules is reminded, then muted, then asked to leave.",
];
pub const LOBBY: [&str; 3] = ["大厅", "大廳", "Lobby"];

pub async fn page(State(house): State<House>, visit: Visit, form: Form) -> Result<Response, Sorry> {
    let person = visit.person.as_ref().ok_or(Sorry::SignIn)?;
    if person.name.is_empty() {
        return Ok(see("/sign-in/name?next=/open"));
    }
    let id: Id<id::Community> = house.app.mint(visit.now);
    Ok(asks(&visit, &form, id, None).into_response())
}

pub async fn opened(
    State(house): State<House>,
    visit: Visit,
    form: Form,
) -> Result<Response, Sorry> {
    let account = visit.person.as_ref().ok_or(Sorry::SignIn)?.account;
    let id: Id<id::Community> = form.must_id("id")?;
    let lang = Lang::of(form.get("language")).unwrap_or(visit.lang);
    let cmd = OpenCommunity {
        id,
        account,
        name: form.get("name").to_string(),
        slug: form.get("slug").to_string(),
        purpose: form.get("purpose").to_string(),
        rules: form.get("rules").to_string(),
        lang,
        currency: Currency::of(form.get("currency")).unwrap_or(currency_of(visit.lang)),
        zone: form.get("zone").to_string(),
        jurisdiction: Jurisdiction::of(form.get("jurisdiction")).unwrap_or(Jurisdiction::Other),
        theme: form.get("theme").to_string(),
        first_group: lang.pick(LOBBY).to_string(),
    };
    match house.app.open_community(visit.now, cmd).await {
        Ok(opened) => Ok(see(&format!("/c/{}/welcome", opened.slug))),
        Err(Stop::Refused(Refused::Nameless)) => Ok(see("/sign-in/name?next=/open")),
        Err(Stop::Refused(r)) => Ok(again(r.code(), asks(&visit, &form, id, Some(r)))),
        Err(Stop::Fault(fault)) => Err(fault.into()),
    }
}

const fn currency_of(lang: Lang) -> Currency {
    match lang {
        Lang::Hans => Currency::Cny,
        Lang::Hant => Currency::Twd,
        Lang::En => Currency::Gbp,
    }
}
const fn zone_of(lang: Lang) -> &'static str {
    match lang {
        Lang::Hans => "Asia/Shanghai",
        Lang::Hant => "Asia/Taipei",
        Lang::En => "Europe/London",
    }
}
const fn law_of(lang: Lang) -> Jurisdiction {
    match lang {
        Lang::Hans => Jurisdiction::Cn,
        Lang::Hant => Jurisdiction::Other,
        Lang::En => Jurisdiction::Uk,
    }
}

/// What was typed, or what fits the reader at first.
fn typed<'a>(form: &'a Form, name: &str, first: &'a str) -> &'a str {
    if form.has(name) { form.raw(name) } else { first }
}

fn asks(visit: &Visit, form: &Form, id: Id<id::Community>, wrong: Option<Refused>) -> Markup {
    let p = |all| visit.pick(all);
    let at = |r: Refused| wrong.filter(|w| *w == r || both(*w, r)).map(|w| said(w, visit.lang));
    let title = p(["开一个社群", "開一個社群", "Open a community"]);
    // an address nobody has: the id ends in letters and digits that change with every form
    let first_slug = format!("kith-{}", id.to_string().rsplit('_').next().unwrap_or("new"));
    let body = html! {
        form class="stack" method="post" action="/open" {
            input type="hidden" name="id" value=(id);
            section class="card stack -l" {
                (field::text("name", p(["名字", "名字", "Name"]), form.raw("name")).most(40)
                    .required().error(at(Refused::BadName))
                    .placeholder(p(["比如：桃源里熟客", "例如：桃源里熟客", "Such as Peach Yard"])))
                (field::text("slug", p(["网址", "網址", "Address"]), typed(form, "slug", &first_slug))
                    .before("/c/").required().error(at(Refused::BadSlug))
                    .hint(p([
                        "小写字母、数字、连字符，定了就不改",
                        "小寫字母、數字、連字號，定了就不改",
                        "Lower-case letters, digits, hyphens; it stays",
                    ])))
                (field::text("purpose", p(["一句话：为什么聚在一起", "一句話：為什麼聚在一起",
                        "Why you come together, in a line"]), form.raw("purpose"))
                    .most(120).required().error(at(Refused::BadPurpose)))
                (field::textarea("rules", p(["规则", "規則", "Rules"]),
                        typed(form, "rules", p(RULES)))
                    .required().error(at(Refused::BadRules))
                    .hint(p(["这是一份范本，改成你们的", "這是一份範本，改成你們的",
                        "A template: make it yours"])))
            }
            section class="card stack -l" { (places(visit, form, wrong)) }
            (button(title).primary().block().submit())
        }
    };
    Page {
        title: title.to_string(),
        top: Top::Bar { title: title.to_string(), sub: None, back: Some("/".into()), end: None },
        head: Head { private: true, ..Head::default() },
        ..visit.page()
    }
    .render(body)
}

/// Two refusals that belong to one field.
fn both(wrong: Refused, field: Refused) -> bool {
    field == Refused::BadSlug && wrong == Refused::SlugTaken
        || field == Refused::BadName
            && matches!(wrong, Refused::BadGroupName | Refused::NoSuchAccount)
}

fn places(visit: &Visit, form: &Form, wrong: Option<Refused>) -> Markup {
    let p = |all| visit.pick(all);
    let at = |r: Refused| wrong.filter(|w| *w == r).map(|w| said(w, visit.lang));
    let lang = typed(form, "language", visit.lang.tag());
    let money = typed(form, "currency", currency_of(visit.lang).code());
    let zone = typed(form, "zone", zone_of(visit.lang));
    let law = typed(form, "jurisdiction", law_of(visit.lang).code());
    let theme = typed(form, "theme", "");
    let langs = [("zh-Hans", "简体中文"), ("zh-Hant", "繁體中文"), ("en", "English")];
    let langs = langs.map(|(tag, name)| Choice::new(tag, name, tag == lang));
    let moneys: Vec<Choice> =
        Currency::ALL.iter().map(|c| Choice::new(c.code(), c.code(), c.code() == money)).collect();
    let zones = ZONES.map(|z| Choice::new(z, z, z == zone));
    let laws: Vec<Choice> = Jurisdiction::ALL
        .iter()
        .map(|j| Choice::new(j.code(), p(law_name(*j)), j.code() == law))
        .collect();
    let themes = THEMES.map(|(code, name)| Choice::new(code, p(name), code == theme));
    html! {
        (choice_chips(Around::new("language", p(["主要语言", "主要語言", "Main language"])),
            &langs, false))
        (select(Around::new("currency", p(["货币", "貨幣", "Currency"]))
            .hint(p(["开张以后不能改", "開張以後不能改", "It stays once opened"])), None, &moneys))
        (select(Around::new("zone", p(["时区", "時區", "Time zone"])).error(at(Refused::BadZone)),
            None, &zones))
        (select(Around::new("jurisdiction", p(["按哪里的规定", "依照哪裡的規定", "Whose law applies"]))
            .hint(p(["决定退货天数、价格说明等", "決定退貨天數、價格說明等",
                "Decides days to return, price notes and so on"])), None, &laws))
        (choice_chips(Around::new("theme", p(["颜色", "顏色", "Colour"]))
            .error(at(Refused::BadTheme)), &themes, false).render())
    }
}

const fn law_name(j: Jurisdiction) -> [&'static str; 3] {
    match j {
        Jurisdiction::Cn => ["中国大陆", "中國大陸", "Mainland China"],
        Jurisdiction::Eu => ["欧盟", "歐盟", "European Union"],
        Jurisdiction::Uk => ["英国", "英國", "United Kingdom"],
        Jurisdiction::Us => ["美国", "美國", "United States"],
        Jurisdiction::Other => ["其他", "其他", "Elsewhere"],
    }
}

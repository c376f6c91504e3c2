//! Choosing among given things: selects, switches, chips, ticks, variant chips, addresses.
use maud::{Markup, html};
use rules::base::Lang;

use super::field::{describes, error_line, notes, text};

/// One thing to choose.
#[derive(Clone, Copy, Debug, Default)]
pub struct Choice<'a> {
    pub value: &'a str,
    pub text: &'a str,
    pub on: bool,
    /// Sold out or not allowed: readable, struck, not to be chosen.
    pub off: bool,
}

impl<'a> Choice<'a> {
    pub const fn new(value: &'a str, text: &'a str, on: bool) -> Self {
        Choice { value, text, on, off: false }
    }
    pub const fn off(self) -> Self {
        Choice { off: true, on: false, ..self }
    }
}

/// What every choice field has around it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Around<'a> {
    pub name: &'a str,
    pub label: &'a str,
    pub hint: Option<&'a str>,
    pub error: Option<&'a str>,
}

impl<'a> Around<'a> {
    pub const fn new(name: &'a str, label: &'a str) -> Self {
        Around { name, label, hint: None, error: None }
    }
    pub const fn hint(self, hint: &'a str) -> Self {
        Around { hint: Some(hint), ..self }
    }
    pub const fn error(self, error: Option<&'a str>) -> Self {
        Around { error, ..self }
    }
    fn describes(&self) -> Option<String> {
        describes(self.name, self.error.is_some(), self.hint.is_some())
    }
}

fn options(choices: &[Choice]) -> Markup {
    html! {
        @for c in choices {
            option value=(c.value) selected[c.on] disabled[c.off] { (c.text) }
        }
    }
}

/// A list that opens; `first` is the empty choice, such as "please choose".
pub fn select(a: Around, first: Option<&str>, choices: &[Choice]) -> Markup {
    html! {
        div class="field" {
            label class="field-label" for=(a.name) { (a.label) }
            select class="input" id=(a.name) name=(a.name)
                aria-invalid=[a.error.map(|_| "true")] aria-describedby=[a.describes()] {
                @if let Some(text) = first { option value="" { (text) } }
                (options(choices))
            }
            (notes(a.name, a.hint, a.error))
        }
    }
}

/// Chips: one of them (`many` false) or several.
pub fn choice_chips(a: Around, choices: &[Choice], many: bool) -> Markup {
    html! {
        fieldset class="field" aria-invalid=[a.error.map(|_| "true")]
            aria-describedby=[a.describes()] {
            legend class="field-label" { (a.label) }
            div class="chips" {
                @for c in choices {
                    label class="chip" {
                        input type=(if many { "checkbox" } else { "radio" }) name=(a.name)
                            value=(c.value) checked[c.on] disabled[c.off];
                        span { (c.text) }
                    }
                }
            }
            (notes(a.name, a.hint, a.error))
        }
    }
}

/// One axis of a product's variants, as chips; sold-out ones stay readable.
pub fn sku_chips(name: &str, label: &str, choices: &[Choice]) -> Markup {
    choice_chips(Around::new(name, label), choices, false)
}

/// One of a few, each on its own line with a note: ways to pay, what happens when it is full.
pub fn radio_list(a: Around, choices: &[(Choice, Option<&str>)]) -> Markup {
    html! {
        fieldset class="field" aria-invalid=[a.error.map(|_| "true")]
            aria-describedby=[a.describes()] {
            legend class="field-label" { (a.label) }
            @for (c, note) in choices {
                label class="pay" {
                    input class="tick" type="radio" name=(a.name) value=(c.value) checked[c.on]
                        disabled[c.off];
                    span class="grow" {
                        (c.text) @if let Some(note) = note { br; span class="note" { (note) } }
                    }
                }
            }
            (notes(a.name, a.hint, a.error))
        }
    }
}

/// On or off at once. A hidden `off` goes first, so that switching off is sent too.
pub fn switch(name: &str, label: &str, note: Option<&str>, on: bool) -> Markup {
    html! {
        label class="cell -plain" {
            span class="cell-main" {
                (label) @if let Some(note) = note { br; span class="note" { (note) } }
            }
            input type="hidden" name=(name) value="off";
            input class="switch" type="checkbox" role="switch" name=(name) value="on" checked[on];
        }
    }
}

/// "I have read the rules."
pub fn tick(name: &str, value: &str, label: &str, on: bool, error: Option<&str>) -> Markup {
    html! {
        div class="field" {
            label class="row" {
                input class="tick" type="checkbox" name=(name) value=(value) checked[on]
                    aria-invalid=[error.map(|_| "true")]
                    aria-describedby=[describes(name, error.is_some(), false)];
                span { (label) }
            }
            @if let Some(error) = error { (error_line(name, error)) }
        }
    }
}

/// One step of an address: province, city, district; a country may have fewer.
#[derive(Clone, Copy, Debug)]
pub struct Division<'a> {
    pub around: Around<'a>,
    pub choices: &'a [Choice<'a>],
}

/// Where a parcel goes. Its fields: `name`, `phone`, each division's own, `street`, `postcode`.
#[derive(Clone, Copy, Debug)]
pub struct Address<'a> {
    pub lang: Lang,
    /// GET answers with a fragment that replaces `#address`; POST (without script) with the page.
    pub refresh: &'a str,
    pub divisions: &'a [Division<'a>],
    pub name: (&'a str, Option<&'a str>),
    pub phone: (&'a str, Option<&'a str>),
    pub street: (&'a str, Option<&'a str>),
    pub postcode: Option<(&'a str, Option<&'a str>)>,
}

/// The fields of an address. Choosing a division fetches the next list; `noscript` has a button.
pub fn address(a: &Address) -> Markup {
    let words = a.lang;
    html! {
        (text("name", words.pick(["收货人", "收件人", "Name"]), a.name.0).error(a.name.1)
            .autofill("name").most(40))
        (super::field::phone("phone", words.pick(["手机号", "手機號碼", "Phone"]), a.phone.0)
            .error(a.phone.1))
        (divisions(words, a.refresh, a.divisions))
        (text("street", words.pick(["街道、楼号、门牌", "街道、樓號、門牌", "Street and number"]),
            a.street.0).error(a.street.1).autofill("street-address").most(120))
        @if let Some((value, error)) = a.postcode {
            (text("postcode", words.pick(["邮编", "郵遞區號", "Postcode"]), value).error(error)
                .autofill("postal-code").most(12))
        }
    }
}

/// The part of an address that a refresh replaces.
pub fn divisions(lang: Lang, refresh: &str, levels: &[Division]) -> Markup {
    let choose = lang.pick(["请选择", "請選擇", "Choose"]);
    html! {
        @if !levels.is_empty() {
            fieldset class="field" id="address" {
                legend class="sr" { (lang.pick(["所在地区", "所在地區", "Region"])) }
                div class="fields -divisions" {
                    @for (k, level) in levels.iter().enumerate() {
                        @let a = &level.around;
                        div class="field" {
                            label class="field-label" for=(a.name) { (a.label) }
                            select class="input" id=(a.name) name=(a.name)
                                data-refresh=[(k + 1 < levels.len()).then_some(refresh)]
                                disabled[level.choices.is_empty()]
                                aria-invalid=[a.error.map(|_| "true")]
                                aria-describedby=[a.describes()] {
                                option value="" { (choose) }
                                (options(level.choices))
                            }
                            (notes(a.name, a.hint, a.error))
                        }
                    }
                }
                noscript {
                    button class="btn -s" type="submit" formaction=(refresh) formnovalidate {
                        (lang.pick(["选好后点这里更新", "選好後點這裡更新", "Update the lists"]))
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::field::*;
    use super::*;
    use maud::Render;
    use rules::base::Currency;

    /// Every label points at a control, and every description at a line that is there.
    #[test]
    fn labels_and_errors_are_wired() {
        let e = Some("还差 1 位");
        let around = Around::new("s", "口味").hint("一种").error(e);
        let some = [Choice::new("1", "水仙", true), Choice::new("2", "肉桂", false).off()];
        let level = [Division { around: Around::new("province", "省").error(e), choices: &some }];
        let a = Address {
            lang: Lang::Hans,
            refresh: "/x",
            divisions: &level,
            name: ("", e),
            phone: ("", e),
            street: ("", e),
            postcode: Some(("", e)),
        };
        let all = [
            text("a", "名字", "何 \"小满\"").hint("h").error(e).render(),
            number("a", "人数", "8").error(e).after("人").render(),
            money("a", "团价", "39.90", Currency::Cny).hint("h").error(e).render(),
            date("a", "日", "2026-11-21").error(e).render(),
            date_time("a", "时", "").hint("h").error(e).render(),
            textarea("a", "留言", "<b>").error(e).render(),
            phone("a", "手机号", "1").error(e).before("+86").render(),
            email("a", "邮箱", "a@b").error(e).render(),
            password("a", "密码").error(e).render(),
            search("a", "找", "").hint("h").render(),
            code("a", "验证码", "41820").error(e).render(),
            select(around, Some("请选择"), &some),
            choice_chips(around, &some, true),
            radio_list(around, &[(some[0], Some("note"))]),
            tick("a", "yes", "读过", false, e),
            address(&a),
        ];
        for html in all {
            let html = html.into_string();
            for id in values(&html, " for=\"") {
                assert!(html.contains(&format!(" id=\"{id}\"")), "label for {id}: {html}");
            }
            for ids in values(&html, " aria-describedby=\"") {
                for id in ids.split(' ') {
                    assert!(html.contains(&format!(" id=\"{id}\"")), "described by {id}: {html}");
                }
            }
            let (bad, lines) = (html.matches("aria-invalid").count(), html.matches("field-error"));
            assert_eq!(bad, lines.count(), "each error marks its control: {html}");
            let named = html.contains("<label") || html.contains("<legend");
            assert!(named && !html.contains("<b>"), "{html}");
        }
    }

    fn values<'a>(html: &'a str, attr: &str) -> Vec<&'a str> {
        html.split(attr).skip(1).filter_map(|rest| rest.split('"').next()).collect()
    }

    #[test]
    fn what_was_typed_stays() {
        let html = text("a", "名字", "何\"小满").error(Some("x")).render().into_string();
        assert!(html.contains("value=\"何&quot;小满\""));
        let html = textarea("a", "留言", "两行\n<i>").render().into_string();
        assert!(html.contains("两行\n&lt;i&gt;</textarea>"));
    }
}

//! Form fields: label, control, hint, error; the value typed stays when it was refused.
use maud::{Markup, Render, html};
use rules::base::{Currency, Lang};

use super::icons::{Icon, icon_s};

#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
enum Kind {
    #[default]
    Text,
    Number,
    Area,
    Date,
    DateTime,
    Phone,
    Email,
    Password,
    Search,
    Code,
}

/// Built by [`text`], [`number`] …; its id is its name.
#[derive(Clone, Debug, Default)]
pub struct Field<'a> {
    kind: Kind,
    name: &'a str,
    id: Option<&'a str>,
    label: &'a str,
    value: &'a str,
    hint: Option<&'a str>,
    error: Option<&'a str>,
    place: Option<&'a str>,
    before: Option<&'a str>,
    after: Option<&'a str>,
    most: Option<u32>,
    low: Option<i64>,
    high: Option<i64>,
    fill: Option<&'a str>,
    required: bool,
    disabled: bool,
    decimal: bool,
    full: bool,
}

fn field<'a>(kind: Kind, name: &'a str, label: &'a str, value: &'a str) -> Field<'a> {
    Field { kind, name, label, value, ..Field::default() }
}
pub fn text<'a>(name: &'a str, label: &'a str, value: &'a str) -> Field<'a> {
    field(Kind::Text, name, label, value)
}
/// Whole numbers; digits on the phone's keyboard.
pub fn number<'a>(name: &'a str, label: &'a str, value: &'a str) -> Field<'a> {
    field(Kind::Number, name, label, value)
}
/// An amount with its currency before it; `value` is what was typed, `Money::decimal` at first.
pub fn money<'a>(name: &'a str, label: &'a str, value: &'a str, cur: Currency) -> Field<'a> {
    let plain = field(Kind::Number, name, label, value);
    Field { before: Some(cur.symbol()), decimal: cur.exponent() > 0, ..plain }
}
/// A day, `2026-11-21`.
pub fn date<'a>(name: &'a str, label: &'a str, value: &'a str) -> Field<'a> {
    field(Kind::Date, name, label, value)
}
/// A day and a time in the community's zone, `2026-11-21T20:30`.
pub fn date_time<'a>(name: &'a str, label: &'a str, value: &'a str) -> Field<'a> {
    field(Kind::DateTime, name, label, value)
}
pub fn textarea<'a>(name: &'a str, label: &'a str, value: &'a str) -> Field<'a> {
    field(Kind::Area, name, label, value)
}
pub fn phone<'a>(name: &'a str, label: &'a str, value: &'a str) -> Field<'a> {
    field(Kind::Phone, name, label, value)
}
pub fn email<'a>(name: &'a str, label: &'a str, value: &'a str) -> Field<'a> {
    field(Kind::Email, name, label, value)
}
pub fn password<'a>(name: &'a str, label: &'a str) -> Field<'a> {
    field(Kind::Password, name, label, "")
}
pub fn search<'a>(name: &'a str, label: &'a str, value: &'a str) -> Field<'a> {
    field(Kind::Search, name, label, value)
}
/// Six digits from a message; paste and autofill work.
pub fn code<'a>(name: &'a str, label: &'a str, value: &'a str) -> Field<'a> {
    field(Kind::Code, name, label, value)
}

impl<'a> Field<'a> {
    /// When two forms on a page use the same name.
    pub fn id(mut self, id: &'a str) -> Self {
        self.id = Some(id);
        self
    }
    pub fn hint(mut self, hint: &'a str) -> Self {
        self.hint = Some(hint);
        self
    }
    pub fn error(mut self, error: Option<&'a str>) -> Self {
        self.error = error;
        self
    }
    pub fn placeholder(mut self, text: &'a str) -> Self {
        self.place = Some(text);
        self
    }
    /// A unit joined to the front: `+86`.
    pub fn before(mut self, unit: &'a str) -> Self {
        self.before = Some(unit);
        self
    }
    /// A unit joined to the end: `kg`.
    pub fn after(mut self, unit: &'a str) -> Self {
        self.after = Some(unit);
        self
    }
    /// Characters at most.
    pub fn most(mut self, n: u32) -> Self {
        self.most = Some(n);
        self
    }
    pub fn range(mut self, low: i64, high: i64) -> Self {
        (self.low, self.high) = (Some(low), Some(high));
        self
    }
    /// What the browser may fill in: `name`, `street-address`, `one-time-code`.
    pub fn autofill(mut self, token: &'a str) -> Self {
        self.fill = Some(token);
        self
    }
    pub fn required(mut self) -> Self {
        self.required = true;
        self
    }
    pub fn disabled(mut self) -> Self {
        self.disabled = true;
        self
    }
    /// Over both columns of a console form.
    pub fn full(mut self) -> Self {
        self.full = true;
        self
    }

    fn describes(&self, id: &str) -> Option<String> {
        describes(id, self.error.is_some(), self.hint.is_some())
    }

    fn control(&self, id: &str) -> Markup {
        let (kind, mode, fill) = match self.kind {
            Kind::Text | Kind::Area => ("text", None, None),
            Kind::Number if self.decimal => ("text", Some("decimal"), None),
            Kind::Number => ("text", Some("numeric"), None),
            Kind::Date => ("date", None, None),
            Kind::DateTime => ("datetime-local", None, None),
            Kind::Phone => ("tel", Some("tel"), Some("tel")),
            Kind::Email => ("email", Some("email"), Some("email")),
            Kind::Password => ("password", None, Some("current-password")),
            Kind::Search => ("search", Some("search"), Some("off")),
            Kind::Code => ("text", Some("numeric"), Some("one-time-code")),
        };
        let bad = self.error.map(|_| "true");
        let class = if self.kind == Kind::Code { "input code-in" } else { "input" };
        if self.kind == Kind::Area {
            return html! {
                textarea class="input" id=(id) name=(self.name) rows="4" maxlength=[self.most]
                    placeholder=[self.place] required[self.required] disabled[self.disabled]
                    aria-invalid=[bad] aria-describedby=[self.describes(id)] { (self.value) }
            };
        }
        html! {
            input class=(class) id=(id) name=(self.name) type=(kind) value=(self.value)
                inputmode=[mode] autocomplete=[self.fill.or(fill)] maxlength=[self.most]
                min=[self.low] max=[self.high] placeholder=[self.place] required[self.required]
                disabled[self.disabled] aria-invalid=[bad] aria-describedby=[self.describes(id)];
        }
    }
}

impl Render for Field<'_> {
    fn render(&self) -> Markup {
        let id = self.id.unwrap_or(self.name);
        let affix = self.before.is_some() || self.after.is_some();
        html! {
            div class={ "field" @if self.full { " -full" } } {
                label class="field-label" for=(id) { (self.label) }
                @if affix {
                    div class={ "affix" @if self.error.is_some() { " -bad" } } {
                        @if let Some(unit) = self.before { span { (unit) } }
                        (self.control(id))
                        @if let Some(unit) = self.after { span { (unit) } }
                    }
                } @else { (self.control(id)) }
                (notes(id, self.hint, self.error))
            }
        }
    }
}

pub(super) fn describes(id: &str, error: bool, hint: bool) -> Option<String> {
    match (error, hint) {
        (true, true) => Some(format!("{id}-e {id}-h")),
        (true, false) => Some(format!("{id}-e")),
        (false, true) => Some(format!("{id}-h")),
        (false, false) => None,
    }
}

pub(super) fn error_line(id: &str, text: &str) -> Markup {
    html! { p class="field-error" id={ (id) "-e" } { (icon_s(Icon::Warn)) span { (text) } } }
}

pub(super) fn notes(id: &str, hint: Option<&str>, error: Option<&str>) -> Markup {
    html! {
        @if let Some(text) = hint { p class="field-hint" id={ (id) "-h" } { (text) } }
        @if let Some(text) = error { (error_line(id, text)) }
    }
}

/// A number with − and + around it. `label` names the thing counted.
pub fn stepper(lang: Lang, name: &str, value: i64, low: i64, high: i64, label: &str) -> Markup {
    let colon = lang.pick(["：", "：", ": "]);
    let (less, more, count) = (
        lang.pick(["减少", "減少", "Fewer"]),
        lang.pick(["增加", "增加", "More"]),
        lang.pick(["数量", "數量", "Quantity"]),
    );
    html! {
        num-stepper class="step" {
            button type="button" aria-label={ (less) (colon) (label) } disabled[value <= low] {
                (icon_s(Icon::Minus))
            }
            input name=(name) value=(value) min=(low) max=(high) inputmode="numeric"
                autocomplete="off" aria-label={ (count) (colon) (label) };
            button type="button" aria-label={ (more) (colon) (label) } disabled[value >= high] {
                (icon_s(Icon::Plus))
            }
        }
    }
}

//! Buttons and links that look like them. `<a>` goes somewhere, `<button>` does something.
use maud::{Markup, Render, html};

use super::icons::{Icon, icon, icon_s};

/// How loud a button is. One `Primary` a screen.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Look {
    Primary,
    #[default]
    Plain,
    Quiet,
    Bare,
    Danger,
}

/// Built by [`button`]; prints itself in `html!`.
#[derive(Clone, Debug, Default)]
pub struct Button<'a> {
    text: &'a str,
    above: Option<&'a str>,
    icon: Option<Icon>,
    look: Look,
    class: String,
    href: Option<&'a str>,
    submit: bool,
    name: Option<(&'a str, &'a str)>,
    action: Option<&'a str>,
    open: Option<&'a str>,
    copy: Option<(&'a str, &'a str)>,
    label: Option<&'a str>,
    frag: bool,
    close: bool,
    disabled: bool,
    busy: bool,
}

/// A button that does nothing yet: add `.submit()`, `.to(url)`, `.opens("sku")` …
pub fn button(text: &str) -> Button<'_> {
    Button { text, ..Button::default() }
}

impl<'a> Button<'a> {
    pub fn look(mut self, look: Look) -> Self {
        self.look = look;
        self
    }
    pub fn primary(self) -> Self {
        self.look(Look::Primary)
    }
    pub fn quiet(self) -> Self {
        self.look(Look::Quiet)
    }
    pub fn bare(self) -> Self {
        self.look(Look::Bare)
    }
    pub fn danger(self) -> Self {
        self.look(Look::Danger)
    }
    pub fn small(self) -> Self {
        self.class("-s")
    }
    /// As wide as its card.
    pub fn block(self) -> Self {
        self.class("-block")
    }
    /// Takes the free space of its row.
    pub fn grow(self) -> Self {
        self.class("grow")
    }
    /// Floats above a list.
    pub(super) fn pill(self) -> Self {
        self.class("newposts")
    }
    /// Of a composer: off while there is nothing to send.
    pub(super) fn send(self) -> Self {
        self.submit().class("send")
    }
    fn class(mut self, more: &str) -> Self {
        self.class.push(' ');
        self.class.push_str(more);
        self
    }
    pub fn icon(mut self, icon: Icon) -> Self {
        self.icon = Some(icon);
        self
    }
    /// A small line over the text; pay buttons keep the amount below it.
    pub fn above(mut self, line: &'a str) -> Self {
        self.above = Some(line);
        self
    }
    /// A link to another page.
    pub fn to(mut self, href: &'a str) -> Self {
        self.href = Some(href);
        self
    }
    /// The link or form answers with a fragment when script runs.
    pub fn frag(mut self) -> Self {
        self.frag = true;
        self
    }
    pub fn submit(mut self) -> Self {
        self.submit = true;
        self
    }
    /// Submits this name and value with its form.
    pub fn value(mut self, name: &'a str, value: &'a str) -> Self {
        self.name = Some((name, value));
        self.submit()
    }
    /// Submits its form to another address.
    pub fn action(mut self, url: &'a str) -> Self {
        self.action = Some(url);
        self.submit()
    }
    /// Opens the sheet, dialog or drawer of this id; a link, so that it works without script.
    pub fn opens(mut self, id: &'a str) -> Self {
        self.open = Some(id);
        self
    }
    /// Closes the dialog it sits in.
    pub fn closes(mut self) -> Self {
        self.close = true;
        self
    }
    /// Copies `text` and then says `done`.
    pub fn copies(mut self, text: &'a str, done: &'a str) -> Self {
        self.copy = Some((text, done));
        self
    }
    /// A fuller name for readers' software: "Remove: last 7 days".
    pub fn label(mut self, label: &'a str) -> Self {
        self.label = Some(label);
        self
    }
    pub fn disabled(mut self, yes: bool) -> Self {
        self.disabled = yes;
        self
    }
    pub fn busy(mut self, yes: bool) -> Self {
        self.busy = yes;
        self
    }

    fn classes(&self) -> String {
        let look = match self.look {
            Look::Primary => " -primary",
            Look::Plain => "",
            Look::Quiet => " -quiet",
            Look::Bare => " -bare",
            Look::Danger => " -danger",
        };
        format!("btn{look}{}", self.class)
    }

    fn inside(&self) -> Markup {
        html! {
            @if let Some(i) = self.icon { (icon_s(i)) }
            @match self.above {
                Some(line) => { span { small { (line) } (self.text) } },
                None => (self.text),
            }
        }
    }
}

impl Render for Button<'_> {
    fn render(&self) -> Markup {
        let inside = self.inside();
        if let (Some(id), false) = (self.open, self.disabled) {
            let id = format!("#{id}");
            return html! {
                a class=(self.classes()) href=(id) data-open=(id)
                    aria-label=[self.label] { (inside) }
            };
        }
        if let (Some(href), false) = (self.href, self.disabled) {
            return html! {
                a class=(self.classes()) href=(href) data-frag[self.frag] aria-label=[self.label]
                    { (inside) }
            };
        }
        if self.close {
            return html! { a class=(self.classes()) href="#" data-close { (inside) } };
        }
        html! {
            button class=(self.classes()) type=(if self.submit { "submit" } else { "button" })
                name=[self.name.map(|n| n.0)] value=[self.name.map(|n| n.1)]
                formaction=[self.action] aria-label=[self.label]
                data-copy=[self.copy.map(|c| c.0)] data-done=[self.copy.map(|c| c.1)]
                disabled[self.disabled] aria-busy=[self.busy.then_some("true")]
                { (inside) }
        }
    }
}

/// A round button with a drawing only. `label` is what it does, with its count if it has a badge.
#[derive(Clone, Copy, Debug)]
pub struct IconButton<'a> {
    icon: Icon,
    label: &'a str,
    href: Option<&'a str>,
    count: u32,
    fill: bool,
    small: bool,
    submit: bool,
    name: Option<(&'a str, &'a str)>,
    open: Option<&'a str>,
    frag: bool,
}

pub fn icon_button<'a>(icon: Icon, label: &'a str) -> IconButton<'a> {
    IconButton {
        icon,
        label,
        href: None,
        count: 0,
        fill: false,
        small: false,
        submit: false,
        name: None,
        open: None,
        frag: false,
    }
}

impl<'a> IconButton<'a> {
    pub fn to(mut self, href: &'a str) -> Self {
        self.href = Some(href);
        self
    }
    pub fn count(mut self, n: u32) -> Self {
        self.count = n;
        self
    }
    pub fn fill(mut self) -> Self {
        self.fill = true;
        self
    }
    pub fn small(mut self) -> Self {
        self.small = true;
        self
    }
    pub fn submit(mut self) -> Self {
        self.submit = true;
        self
    }
    pub fn value(mut self, name: &'a str, value: &'a str) -> Self {
        self.name = Some((name, value));
        self.submit()
    }
    pub fn opens(mut self, id: &'a str) -> Self {
        self.open = Some(id);
        self
    }
    pub fn frag(mut self) -> Self {
        self.frag = true;
        self
    }
}

impl Render for IconButton<'_> {
    fn render(&self) -> Markup {
        let fill = if self.fill { " -fill" } else { "" };
        let class = format!("ib{fill}{}", if self.small { " -s" } else { "" });
        let inside = html! {
            (icon(self.icon))
            @if self.count > 0 { (super::tag::badge(self.count)) }
        };
        let open = self.open.map(|id| format!("#{id}"));
        html! {
            @if let Some(href) = self.href.or(open.as_deref()) {
                a class=(class) href=(href) aria-label=(self.label) data-open=[open.as_deref()]
                    data-frag[self.frag] { (inside) }
            } @else {
                button class=(class) type=(if self.submit { "submit" } else { "button" })
                    name=[self.name.map(|n| n.0)] value=[self.name.map(|n| n.1)]
                    aria-label=(self.label) { (inside) }
            }
        }
    }
}

//! Cards and what stands in them: heads, rows, sums, sections.
use maud::{Markup, Render, html};

use super::icons::{Icon, icon, icon_s};

/// A white card; its children keep 10 px between them.
pub fn card(body: Markup) -> Markup {
    html! { section class="card" { (body) } }
}
/// A card that live fragments replace by its id.
pub fn card_id(id: &str, body: Markup) -> Markup {
    html! { section class="card" id=(id) { (body) } }
}
/// A card of cells that reach its edges.
pub fn card_flush(body: Markup) -> Markup {
    html! { section class="card -flush" { (body) } }
}

/// The title of a card.
pub fn card_head(title: &str) -> Markup {
    html! { div class="card-head" { h2 class="t2" { (title) } } }
}
/// A title with "all 128 ›" at its end.
pub fn card_head_more(title: &str, more: &str, href: &str) -> Markup {
    html! {
        div class="card-head" { h2 class="t2" { (title) } (more_link(more, href)) }
    }
}
/// A title between cards, for lists that are no card themselves.
pub fn section_head(title: &str, more: Option<(&str, &str)>) -> Markup {
    html! {
        div class="sect" {
            h2 class="t2" { (title) }
            @if let Some((text, href)) = more { (more_link(text, href)) }
        }
    }
}
fn more_link(text: &str, href: &str) -> Markup {
    html! { a class="more" href=(href) { (text) (icon_s(Icon::Right)) } }
}

/// A row: drawing, main text, something at its end. A link when it has somewhere to go.
#[derive(Clone, Debug, Default)]
pub struct Cell<'a> {
    main: Option<Markup>,
    text: &'a str,
    note: Option<&'a str>,
    end: Option<Markup>,
    lead: Option<Icon>,
    href: Option<&'a str>,
    open: Option<&'a str>,
    choice: Option<(&'a str, &'a str, bool)>,
    plain: bool,
}

pub fn cell(text: &str) -> Cell<'_> {
    Cell { text, ..Cell::default() }
}
/// A row whose main part is more than words.
pub fn cell_of<'a>(main: Markup) -> Cell<'a> {
    Cell { main: Some(main), ..Cell::default() }
}

impl<'a> Cell<'a> {
    pub fn lead(mut self, icon: Icon) -> Self {
        self.lead = Some(icon);
        self
    }
    /// A quieter line below the text.
    pub fn note(mut self, note: &'a str) -> Self {
        self.note = Some(note);
        self
    }
    pub fn end(mut self, end: impl Render) -> Self {
        self.end = Some(end.render());
        self
    }
    pub fn to(mut self, href: &'a str) -> Self {
        self.href = Some(href);
        self
    }
    /// Opens a sheet or drawer by its id.
    pub fn opens(mut self, id: &'a str) -> Self {
        self.open = Some(id);
        self
    }
    /// One of several, chosen by sending the form it stands in; `on` is the one that holds.
    pub fn chooses(mut self, name: &'a str, value: &'a str, on: bool) -> Self {
        self.choice = Some((name, value, on));
        self
    }
    /// Inside a padded card.
    pub fn plain(mut self) -> Self {
        self.plain = true;
        self
    }
}

impl Render for Cell<'_> {
    fn render(&self) -> Markup {
        let class = if self.plain { "cell -plain" } else { "cell" };
        let open = self.open.map(|id| format!("#{id}"));
        let href = self.href.or(open.as_deref());
        let inside = html! {
            @if let Some(lead) = self.lead { (icon(lead)) }
            span class="cell-main" {
                @match &self.main { Some(main) => (main), None => (self.text) }
                @if let Some(note) = self.note { br; span class="note" { (note) } }
            }
            @if self.end.is_some() || href.is_some() {
                span class="cell-end" {
                    @if let Some(end) = &self.end { (end) }
                    @if href.is_some() { (icon_s(Icon::Right)) }
                }
            }
        };
        if let Some((name, value, on)) = self.choice {
            return html! {
                button class=(class) type="submit" name=(name) value=(value) formnovalidate
                    aria-pressed=(if on { "true" } else { "false" }) {
                    (inside) @if on { span class="cell-end" { (icon_s(Icon::Check)) } }
                }
            };
        }
        html! {
            @match href {
                Some(href) => {
                    a class=(class) href=(href) data-open=[open.as_deref()] { (inside) }
                },
                None => { div class=(class) { (inside) } },
            }
        }
    }
}

/// One line of a sum. `minus` marks what is taken off.
#[derive(Clone, Debug)]
pub struct SumRow {
    pub name: String,
    pub amount: Markup,
    pub minus: bool,
}

impl SumRow {
    pub fn new(name: impl Into<String>, amount: impl Render) -> Self {
        SumRow { name: name.into(), amount: amount.render(), minus: false }
    }
    pub fn minus(name: impl Into<String>, amount: impl Render) -> Self {
        SumRow { minus: true, ..SumRow::new(name, amount) }
    }
}

/// Money rows and their total. Rows must add up as printed: the caller prints what it summed.
pub fn sum_list(rows: &[SumRow], total: Option<&SumRow>) -> Markup {
    html! {
        dl class="sum" {
            @for row in rows {
                div {
                    dt { (row.name) }
                    dd class=[row.minus.then_some("hot")] { (row.amount) }
                }
            }
            @if let Some(row) = total {
                div class="-total" { dt { (row.name) } dd { (row.amount) } }
            }
        }
    }
}

/// Facts in two columns: name, value.
pub fn facts(rows: &[(&str, Markup)]) -> Markup {
    html! { dl class="kv" { @for (name, value) in rows { dt { (name) } dd { (value) } } } }
}

/// A disclosure with a list of sentences: rules, conditions.
pub fn rules(title: &str, lines: &[&str]) -> Markup {
    html! {
        details class="rules" {
            summary { (title) (icon_s(Icon::Down)) }
            ul { @for line in lines { li { span { (line) } } } }
        }
    }
}

//! Tables of the console: sortable heads, filters, selection with a bar of actions, pages.
use maud::{Markup, Render, html};
use rules::base::Lang;

use super::button::{Button, button};
use super::icons::{Icon, icon_s};
use crate::words::format::number;

/// How a column is sorted now.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Sort {
    None,
    Up,
    Down,
}

/// A column. With `sort` its head is a link to the same table sorted the other way.
#[derive(Clone, Debug, Default)]
pub struct Column<'a> {
    title: &'a str,
    number: bool,
    grow: bool,
    optional: bool,
    sort: Option<(Sort, String)>,
}

pub fn column(title: &str) -> Column<'_> {
    Column { title, ..Column::default() }
}

impl Column<'_> {
    /// Right-aligned digits.
    pub fn number(mut self) -> Self {
        self.number = true;
        self
    }
    /// Takes the free width.
    pub fn grow(mut self) -> Self {
        self.grow = true;
        self
    }
    /// Not shown below 900 px.
    pub fn optional(mut self) -> Self {
        self.optional = true;
        self
    }
    /// `href` is where a press on the head leads.
    pub fn sort(mut self, now: Sort, href: impl Into<String>) -> Self {
        self.sort = Some((now, href.into()));
        self
    }
    fn class(&self) -> Option<String> {
        let parts = [(self.number, "num"), (self.grow, "-grow"), (self.optional, "-opt")];
        let on: Vec<&str> = parts.iter().filter(|p| p.0).map(|p| p.1).collect();
        (!on.is_empty()).then(|| on.join(" "))
    }
    fn head(&self) -> Markup {
        let sorted = self.sort.as_ref().map(|(now, _)| match now {
            Sort::None => "none",
            Sort::Up => "ascending",
            Sort::Down => "descending",
        });
        html! {
            th scope="col" class=[self.class()] aria-sort=[sorted] {
                @match &self.sort {
                    Some((now, href)) => {
                        a href=(href) data-frag data-push {
                            (self.title)
                            @match now {
                                Sort::Up => (icon_s(Icon::Up)),
                                Sort::Down => (icon_s(Icon::Down)),
                                Sort::None => {},
                            }
                        }
                    },
                    None => (self.title),
                }
            }
        }
    }
}

/// A row. `id` makes it replaceable by a live fragment, `key` is what its tick submits.
#[derive(Clone, Debug, Default)]
pub struct Row<'a> {
    pub id: String,
    pub key: &'a str,
    /// What the tick is called: "Select D2607-00128".
    pub name: &'a str,
    pub cells: Vec<Markup>,
}

/// A table. `caption` is for readers' software. With `pick` each row has a tick of that name.
#[derive(Clone, Debug)]
pub struct DataTable<'a> {
    pub caption: &'a str,
    pub columns: Vec<Column<'a>>,
    pub rows: Vec<Row<'a>>,
    pub pick: Option<&'a str>,
    /// Sums under the columns, as many cells as columns.
    pub foot: Option<Vec<Markup>>,
}

pub fn data_table(lang: Lang, t: &DataTable) -> Markup {
    let all = lang.pick(["全选", "全選", "Select all"]);
    let one = lang.pick(["选中", "選取", "Select"]);
    let cell = |k: usize, body: &Markup| {
        let column = t.columns.get(k);
        // the first cell names the row; on a phone the others stand below it with their heads
        let head = column.map(|c| c.title).filter(|_| k > 0);
        html! { td class=[column.and_then(Column::class)] data-head=[head] { (body) } }
    };
    html! {
        div class="scroll-x" {
            table class={ "grid -cards" @if t.pick.is_some() { " -pick" } } {
                caption class="sr" { (t.caption) }
                thead {
                    tr {
                        @if t.pick.is_some() {
                            th scope="col" {
                                label class="hit" {
                                    input class="tick" type="checkbox" aria-label=(all);
                                }
                            }
                        }
                        @for c in &t.columns { (c.head()) }
                    }
                }
                tbody {
                    @for row in &t.rows {
                        tr id=[(!row.id.is_empty()).then_some(&row.id)] {
                            @if let Some(name) = t.pick {
                                td {
                                    label class="hit" {
                                        input class="tick" type="checkbox" name=(name)
                                            value=(row.key) aria-label={ (one) " " (row.name) };
                                    }
                                }
                            }
                            @for (k, body) in row.cells.iter().enumerate() { (cell(k, body)) }
                        }
                    }
                }
                @if let Some(sums) = &t.foot {
                    tfoot {
                        tr {
                            @if t.pick.is_some() { td {} }
                            @for (k, body) in sums.iter().enumerate() { (cell(k, body)) }
                        }
                    }
                }
            }
        }
    }
}

/// Selection, bulk actions and keys around a table. `above` holds views and filters (a form of
/// their own); `body` is one form, so that ticks travel with a bulk button; it is `#grid`.
pub fn data_grid(action: &str, above: Markup, body: Markup) -> Markup {
    html! {
        data-grid {
            section class="card -flush" {
                (above)
                form id="grid" method="post" action=(action) data-frag { (body) }
            }
        }
    }
}

/// What to do with the chosen rows; hidden by script while none is chosen.
pub fn bulk_bar(lang: Lang, actions: &[Button]) -> Markup {
    let (chosen, clear) = (
        lang.pick(["已选", "已選", "Selected"]),
        lang.pick(["取消选择", "取消選擇", "Clear selection"]),
    );
    html! {
        div class="bulk" role="region" aria-label=(lang.pick(["批量操作", "批次操作", "Bulk actions"])) {
            span { (chosen) " " b { "0" } }
            @for a in actions { (a.clone().small().submit()) }
            button class="btn -s" type="reset" data-clear aria-label=(clear) {
                (icon_s(Icon::Close))
            }
        }
    }
}

/// A filter in force, and where the table is without it.
#[derive(Clone, Copy, Debug)]
pub struct FilterChip<'a> {
    pub text: &'a str,
    pub without: &'a str,
}

/// Search that answers while one types, filters in force, and a way to add one.
#[derive(Clone, Copy, Debug)]
pub struct FilterBar<'a> {
    pub action: &'a str,
    pub query: &'a str,
    pub placeholder: &'a str,
    pub chips: &'a [FilterChip<'a>],
    /// Filters that must survive a search: hidden fields.
    pub keep: &'a [(&'a str, &'a str)],
    /// The sheet with all filters.
    pub add: Option<&'a str>,
}

pub fn filter_bar(lang: Lang, f: &FilterBar, end: Option<Markup>) -> Markup {
    let drop = lang.pick(["去掉：", "去掉：", "Remove: "]);
    let add = lang.pick(["加条件", "加條件", "Add filter"]);
    html! {
        form class="filters" method="get" action=(f.action) data-frag data-live {
            @for (name, value) in f.keep { input type="hidden" name=(name) value=(value); }
            div class="affix" {
                label class="sr" for="q" { (f.placeholder) }
                (icon_s(Icon::Search))
                input class="input" id="q" name="q" type="search" value=(f.query)
                    placeholder=(f.placeholder) autocomplete="off";
            }
            @for chip in f.chips {
                span class="fchip" {
                    (chip.text)
                    a href=(chip.without) aria-label={ (drop) (chip.text) } {
                        (icon_s(Icon::Close))
                    }
                }
            }
            @if let Some(id) = f.add {
                @let opens = format!("#{id}");
                a class="fchip -add" href=(opens) data-open=(opens) { (icon_s(Icon::Plus)) (add) }
            }
            span class="grow" {}
            @if let Some(end) = end { (end) }
        }
    }
}

/// What the list holds in all, and its neighbours.
pub fn pager(lang: Lang, total: &str, before: Option<&str>, after: Option<&str>) -> Markup {
    let back = lang.pick(["上一页", "上一頁", "Previous"]);
    let on = lang.pick(["下一页", "下一頁", "Next"]);
    html! {
        nav class="pager" aria-label=(lang.pick(["翻页", "翻頁", "Pages"])) {
            span { (total) }
            span class="grow" {}
            @for (text, href) in [(back, before), (on, after)] {
                @let b = button(text).small();
                @match href {
                    Some(href) => (b.to(href).render()),
                    None => (b.disabled(true).render()),
                }
            }
        }
    }
}

/// More of a list that grows downwards: loads itself when script runs and it comes near.
pub fn lazy_more(lang: Lang, href: &str) -> Markup {
    html! {
        lazy-more id="more" {
            (button(lang.pick(["再看一些", "再看一些", "Show more"])).quiet().block().to(href).frag())
        }
    }
}

/// What a change takes away and brings, line by line.
pub fn diff(lines: &[(Option<&str>, Option<&str>)]) -> Markup {
    html! {
        div class="diff" {
            @for (old, new) in lines {
                @if let Some(old) = old { del { (old) } }
                @if let Some(new) = new { ins { (new) } }
            }
        }
    }
}

/// A raw fact as it is stored.
pub fn json_view(value: &serde_json::Value) -> Markup {
    let text = serde_json::to_string_pretty(value).unwrap_or_else(|_| value.to_string());
    html! { pre class="json" tabindex="0" { (text) } }
}

/// A number with its sign in words for a table: `-1,204` is marked.
pub fn signed(n: i64) -> Markup {
    html! { span class=[(n < 0).then_some("neg")] { (number(n)) } }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_sort_and_cells_follow_their_column() {
        let table = DataTable {
            caption: "订单",
            columns: vec![
                column("订单"),
                column("金额").number().sort(Sort::Down, "?sort=amount"),
                column("团长").optional(),
            ],
            rows: vec![Row {
                id: "o1".into(),
                key: "ord_1",
                name: "D1",
                cells: vec![html! { "<b>" }, html! { "¥1" }, html! { "老周" }],
            }],
            pick: Some("order"),
            foot: None,
        };
        let html = data_table(Lang::En, &table).into_string();
        for part in [
            "<th scope=\"col\" class=\"num\" aria-sort=\"descending\">",
            "<tr id=\"o1\">",
            "value=\"ord_1\" aria-label=\"Select D1\"",
            "<td>&lt;b&gt;</td>",
            "<td class=\"num\" data-head=\"金额\">¥1</td><td class=\"-opt\" data-head=\"团长\">",
        ] {
            assert!(html.contains(part), "{part} in {html}");
        }
    }
}

//! A catalogue file: looked through first, written when the operator says so.
use super::frame::{self, No, Show, Spot, at, no, see, unfit};
use crate::House;
use crate::form::Form;
use crate::reply::Sorry;
use crate::ui::{
    DataTable, Row, Tone, banner, button, card, card_head, column, data_table, facts, tick,
};
use crate::who::Here;
use crate::words::format::number;
use crate::words::import_rows::row_error;
use app::Stop;
use app::sale::import_products::{self, Checked, Refused};
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use rules::base::text::clip;
use rules::community::role::Right;
use rules::sale::import::RowError;

/// Bad rows shown; the file is mended and read again anyway.
const SHOWN: usize = 200;

pub async fn page(State(house): State<House>, here: Here, form: Form) -> Result<Markup, Sorry> {
    let counts = (form.int("added"), form.int("changed"), form.int("same"));
    let result = match counts {
        (Some(added), Some(changed), Some(same)) => html! {
            (banner(here.pick(["导入完成", "匯入完成", "The import is done."]), Tone::Green))
            (card(facts(&[
                (here.pick(["新增", "新增", "Added"]), html! { (number(added)) }),
                (here.pick(["更改", "更改", "Changed"]), html! { (number(changed)) }),
                (here.pick(["没有变化", "沒有變化", "Unchanged"]), html! { (number(same)) }),
            ])))
        },
        _ => html! {},
    };
    shown(&house, &here, None, result, false).await
}

async fn shown(
    house: &House,
    here: &Here,
    no: Option<No>,
    found: Markup,
    checked: bool,
) -> Result<Markup, Sorry> {
    let who = here.may(Right::Catalogue)?;
    let body = html! {
        (super::frame::news(here, no, ""))
        (found)
        (upload_form(here, checked))
    };
    let title = here.pick(["导入商品表", "匯入商品表", "Import products"]);
    let above = [(here.pick(["商品", "商品", "Products"]), "/products")];
    let show = Show { above: &above, ..Show::new(Spot::Products, title) };
    frame::show(house, here, who, show, body).await
}

fn upload_form(here: &Here, checked: bool) -> Markup {
    let hint = here.pick([
        "CSV，UTF-8，第一行是列名，至少有 title 和 price；Shopify 导出的文件可以直接用",
        "CSV，UTF-8，第一行是欄名，至少有 title 和 price；Shopify 匯出的檔案可以直接用",
        "CSV in UTF-8. The first row names the columns, title and price at least. \
         Files exported by Shopify work as they are.",
    ]);
    let now = here.pick([
        "现在就写入（不勾选只检查，什么都不改）",
        "現在就寫入（不勾選只檢查，什麼都不改）",
        "Write it now (unticked it is only checked, nothing changes)",
    ]);
    let title = match checked {
        true => {
            here.pick(["再选一次同一个文件", "再選一次同一個檔案", "Choose the same file again"])
        }
        false => here.pick(["选一个文件", "選一個檔案", "Choose a file"]),
    };
    let label = here.pick(["商品表", "商品表", "File"]);
    card(html! {
        (card_head(title))
        form method="post" action=(at(here, "/products/import")) enctype="multipart/form-data"
            class="stack" {
            div class="field" {
                label class="field-label" for="file" { (label) }
                input class="input" type="file" id="file" name="file"
                    accept=".csv,text/csv" required aria-describedby="file-h";
                p class="field-hint" id="file-h" { (hint) }
            }
            (tick("now", "on", now, checked, None))
            div class="row" {
                (button(if checked { here.pick(["导入", "匯入", "Import"]) }
                    else { here.pick(["检查", "檢查", "Check"]) }).primary().submit())
            }
        }
    })
}

pub async fn upload(State(house): State<House>, here: Here, form: Form) -> Result<Response, Sorry> {
    let who = here.may(Right::Catalogue)?;
    let Some(file) = form.files.iter().find(|f| f.field == "file") else {
        let says = ["请选一个文件", "請選一個檔案", "Choose a file."];
        let no = unfit(&here, says);
        return Ok(
            (no.status, shown(&house, &here, Some(no), html! {}, false).await?).into_response()
        );
    };
    let (name, bytes) = (clip(&file.name, 120), file.bytes.clone());
    let currency = here.place.currency;
    // a large file takes a second or two of reading: not on a thread others wait for
    let read = move || import_products::check(&bytes, currency);
    let checked = tokio::task::spawn_blocking(read).await.map_err(|_| Sorry::Malformed)?;
    let refused = match checked {
        Ok(Checked { rows, errors, .. }) if !errors.is_empty() => {
            let no = no(&here, Stop::Refused(Refused::BadRows))?;
            let page =
                shown(&house, &here, Some(no), bad_rows(&here, rows, &errors), false).await?;
            return Ok((no.status, page).into_response());
        }
        Ok(fine) if !form.has("now") => {
            let page = shown(&house, &here, None, summary(&here, &name, &fine), true).await?;
            return Ok(page.into_response());
        }
        Ok(_) => {
            let import = (name, file.bytes.to_vec());
            match house.app.import_products(here.now, who, import, currency, |_, _| {}).await {
                Ok(d) => {
                    let (added, changed, same) = (d.added, d.changed, d.same);
                    let path =
                        format!("/products/import?added={added}&changed={changed}&same={same}");
                    return Ok(see(&at(&here, &path)));
                }
                Err(stop) => no(&here, stop)?,
            }
        }
        Err(refused) => no(&here, Stop::Refused(refused))?,
    };
    let page = shown(&house, &here, Some(refused), html! {}, false).await?;
    Ok((refused.status, page).into_response())
}

fn summary(here: &Here, name: &str, checked: &Checked) -> Markup {
    let variants: usize = checked.products.iter().map(|p| p.variants.len()).sum();
    let n = |n: usize| html! { (number(n as i64)) };
    html! {
        (banner(here.pick([
            "检查过了，可以导入。现在还什么都没有写入。",
            "檢查過了，可以匯入。現在還什麼都沒有寫入。",
            "Checked: it can be imported. Nothing is written yet."]), Tone::Green))
        (card(facts(&[
            (here.pick(["文件", "檔案", "File"]), html! { (name) }),
            (here.pick(["行", "列", "Rows"]), n(checked.rows)),
            (here.pick(["商品", "商品", "Products"]), n(checked.products.len())),
            (here.pick(["规格", "規格", "Variants"]), n(variants)),
        ])))
    }
}

fn bad_rows(here: &Here, rows: usize, errors: &[RowError]) -> Markup {
    let table = DataTable {
        caption: here.pick(["要改的行", "要改的行", "Rows to mend"]),
        columns: vec![
            column(here.pick(["行", "列", "Line"])).number(),
            column(here.pick(["哪里不对", "哪裡不對", "What is wrong"])).grow(),
            column(here.pick(["内容", "內容", "Value"])),
        ],
        rows: errors
            .iter()
            .take(SHOWN)
            .map(|e| Row {
                cells: vec![
                    html! { (number(e.line as i64)) },
                    html! { (here.pick(row_error(e))) },
                    html! { span class="mono" { (e.detail) } },
                ],
                ..Row::default()
            })
            .collect(),
        pick: None,
        foot: None,
    };
    let (bad, all) = (number(errors.len() as i64), number(rows as i64));
    let note = match here.lang {
        rules::base::Lang::Hans => format!("共 {all} 行，{bad} 处要改"),
        rules::base::Lang::Hant => format!("共 {all} 列，{bad} 處要改"),
        rules::base::Lang::En => format!("{bad} to mend in {all} rows"),
    };
    html! {
        section class="card -flush" {
            div class="card-head cell" {
                h2 class="t2" { (here.pick(["要改的行", "要改的行", "Rows to mend"])) }
                span class="note" { (note) }
            }
            (data_table(here.lang, &table))
        }
    }
}

//! The description as JSON, and as a page to read: made of nothing but the description.
use crate::reply::Sorry;
use crate::ui::{Head, Page, Top, card};
use crate::who::Visit;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use maud::{Markup, PreEscaped, html};
use serde_json::Value;
use std::sync::LazyLock;

/// Made once; it says the same as long as the process lives.
static TEXT: LazyLock<String> =
    LazyLock::new(|| super::description().to_pretty_json().unwrap_or_default());
static PARSED: LazyLock<Value> =
    LazyLock::new(|| serde_json::from_str(&TEXT).unwrap_or(Value::Null));

pub async fn openapi() -> Response {
    let headers = [
        (header::CONTENT_TYPE, "application/json"),
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
        (header::CACHE_CONTROL, "no-cache"),
    ];
    (headers, TEXT.as_str()).into_response()
}

/// One operation with its path and method.
struct Op {
    method: &'static str,
    path: &'static str,
    it: &'static Value,
}

fn text(v: &'static Value) -> &'static str {
    v.as_str().unwrap_or("")
}
fn operations(tag: &str) -> Vec<Op> {
    let Some(paths) = PARSED["paths"].as_object() else { return Vec::new() };
    let mut out = Vec::new();
    for (path, item) in paths {
        for method in ["get", "post", "patch", "delete"] {
            let it = &item[method];
            if it["tags"].as_array().is_some_and(|t| t.iter().any(|t| t == tag)) {
                out.push(Op { method, path, it });
            }
        }
    }
    out
}

/// A schema's name, if it is a named one, or its kind.
fn named(schema: &'static Value) -> String {
    if let Some(to) = schema["$ref"].as_str() {
        return to.rsplit('/').next().unwrap_or(to).to_string();
    }
    if schema["type"] == "array" {
        return format!("{}[]", named(&schema["items"]));
    }
    match &schema["type"] {
        Value::String(kind) => kind.clone(),
        Value::Array(kinds) => {
            let kinds = kinds.iter().filter_map(Value::as_str).filter(|k| *k != "null");
            kinds.collect::<Vec<_>>().join(" | ")
        }
        _ => {
            let any = ["oneOf", "anyOf", "allOf"].iter().find_map(|k| schema[*k].as_array());
            let one = any.and_then(|all| all.iter().find(|s| s["type"] != "null"));
            one.map_or_else(|| "any".into(), named)
        }
    }
}

fn link(name: &str) -> Markup {
    let bare = name.trim_end_matches("[]");
    let known = PARSED["components"]["schemas"].get(bare).is_some();
    html! { @if known { a class="link" href={ "#" (bare) } { (name) } } @else { (name) } }
}

fn body_schema(content: &'static Value) -> Option<(&'static str, String)> {
    let (kind, media) = content.as_object()?.iter().next()?;
    Some((kind, named(&media["schema"])))
}

fn operation(op: &Op) -> Markup {
    let id = text(&op.it["operationId"]);
    let parameters = op.it["parameters"].as_array().map_or(&[][..], Vec::as_slice);
    let asks = body_schema(&op.it["requestBody"]["content"]);
    let answers = op.it["responses"].as_object();
    let gives = answers.and_then(|all| {
        let (status, answer) = all.iter().find(|(status, _)| status.starts_with('2'))?;
        Some((status, body_schema(&answer["content"])))
    });
    card(html! {
        h3 id=(id) class="t3" { (text(&op.it["summary"])) }
        p { code { (op.method.to_uppercase()) " " (op.path) } " · " code { (id) } }
        @if let Some(more) = op.it["description"].as_str() { p class="sub" { (prose(more)) } }
        dl class="facts" {
            @for p in parameters {
                dt { code { (text(&p["name"])) } " " span class="note" {
                    (text(&p["in"])) @if p["required"] == true { " · required" }
                } }
                dd { (named(&p["schema"])) @if !text(&p["description"]).is_empty() { ". " }
                    (prose(text(&p["description"]))) }
            }
            @if let Some((_, name)) = &asks { dt { "Body" } dd { (link(name)) } }
            @if let Some((status, body)) = &gives {
                dt { "Answer " (status) }
                dd { @if let Some((kind, name)) = body {
                    (link(name)) @if *kind != "application/json" { " " code { (kind) } }
                } }
            }
        }
    })
}

fn schema(name: &'static str, it: &'static Value) -> Markup {
    let required = it["required"].as_array();
    let must = |field: &str| required.is_some_and(|all| all.iter().any(|r| r == field));
    card(html! {
        h3 id=(name) class="t3" { code { (name) } }
        @if let Some(says) = it["description"].as_str() { p class="sub" { (prose(says)) } }
        @if let Some(fields) = it["properties"].as_object() {
            dl class="facts" {
                @for (field, of) in fields {
                    dt { code { (field) } " " span class="note" { (link(&named(of)))
                        @if must(field) { " · required" } } }
                    dd { (prose(text(&of["description"]))) }
                }
            }
        }
    })
}

/// Paragraphs, `code` and **bold** of the descriptions, which are ours.
fn prose(says: &str) -> Markup {
    let mut out = String::new();
    for (i, part) in maud::html! { (says) }.into_string().split('`').enumerate() {
        match i % 2 {
            0 => {
                for (j, bold) in part.split("**").enumerate() {
                    let (open, close) = if j % 2 == 1 { ("<b>", "</b>") } else { ("", "") };
                    out.push_str(&format!("{open}{bold}{close}"));
                }
            }
            _ => out.push_str(&format!("<code>{part}</code>")),
        }
    }
    PreEscaped(out.replace("\n\n", "<br><br>"))
}

pub async fn page(visit: Visit) -> Result<Markup, Sorry> {
    let title = visit.pick(["接口文档", "介面文件", "API"]);
    let lead = visit.pick([
        "接口文档由程序生成，用英文写。",
        "介面文件由程式產生，以英文撰寫。",
        "Made from the program itself.",
    ]);
    let tags = PARSED["tags"].as_array().map_or(&[][..], Vec::as_slice);
    let schemas = PARSED["components"]["schemas"].as_object();
    let body = html! {
        (card(html! {
            p class="sub" { (lead) " "
                a class="link" href="/api/v1/openapi.json" { "OpenAPI 3.1" } }
            p { (prose(text(&PARSED["info"]["description"]))) }
            pre class="code" { "curl -H 'Authorization: Bearer kith_…' "
                "/api/v1/communities/taoyuanli/products" }
        }))
        @for tag in tags {
            @let ops = operations(text(&tag["name"]));
            section class="stack" {
                h2 class="t2" { (text(&tag["name"])) }
                p class="sub" { (text(&tag["description"])) }
                @for op in &ops { (operation(op)) }
            }
        }
        section class="stack" {
            h2 class="t2" { "Shapes" }
            @if let Some(all) = schemas { @for (name, it) in all { (schema(name, it)) } }
        }
    };
    let top = Top::Bar { title: title.to_string(), sub: None, back: Some("/".into()), end: None };
    let head = Head { description: lead.to_string(), ..Head::default() };
    Ok(Page { title: title.to_string(), top, head, ..visit.page() }.render(body))
}

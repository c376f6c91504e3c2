//! A browser without script: a cookie, pages, and the forms on them.
use crate::town::Town;
use axum::body::{Body, to_bytes};
use axum::http::{Method, Request, StatusCode, header};
use scraper::{Html, Selector};
use tower::ServiceExt;

/// What came back.
pub struct Reply {
    pub status: StatusCode,
    /// Where to go next; empty when nowhere.
    pub to: String,
    pub fragment: bool,
    pub body: String,
}

impl Reply {
    /// The text people read, without what is between the words.
    pub fn text(&self) -> String {
        let page = Html::parse_document(&self.body);
        let all: Vec<&str> = page.root_element().text().map(str::trim).collect();
        all.into_iter().filter(|t| !t.is_empty()).collect::<Vec<_>>().join(" ")
    }
    /// The value of the first such control.
    pub fn value(&self, css: &str) -> Option<String> {
        let page = Html::parse_document(&self.body);
        let found = page.select(&Selector::parse(css).expect("a selector")).next()?;
        found.value().attr("value").map(str::to_owned)
    }
    /// Where the first such link goes.
    pub fn href(&self, css: &str) -> Option<String> {
        let page = Html::parse_document(&self.body);
        let found = page.select(&Selector::parse(css).expect("a selector")).next()?;
        found.value().attr("href").map(str::to_owned)
    }
    pub fn count(&self, css: &str) -> usize {
        let page = Html::parse_document(&self.body);
        page.select(&Selector::parse(css).expect("a selector")).count()
    }
    /// What a form would send: hidden fields, what is typed and what is ticked.
    pub fn form(&self, css: &str) -> Fields {
        let page = Html::parse_document(&self.body);
        let form = page.select(&Selector::parse(css).expect("a selector")).next();
        let form = form.unwrap_or_else(|| panic!("no form {css} in {}", self.text()));
        let mut all = Vec::new();
        for input in
            form.select(&Selector::parse("input[name]:not([type=file])").expect("a selector"))
        {
            let get = |name| input.value().attr(name);
            let kind = get("type").unwrap_or("text");
            let ticked = !matches!(kind, "radio" | "checkbox") || get("checked").is_some();
            if ticked && get("disabled").is_none() {
                let (name, value) = (get("name").unwrap_or(""), get("value").unwrap_or(""));
                all.push((name.to_owned(), value.to_owned()));
            }
        }
        let chosen = Selector::parse("option[selected]").expect("a selector");
        for list in form.select(&Selector::parse("select[name]").expect("a selector")) {
            if list.value().attr("disabled").is_none() {
                let value = list.select(&chosen).next().and_then(|o| o.attr("value"));
                let name = list.value().attr("name").unwrap_or("");
                all.push((name.to_owned(), value.unwrap_or("").to_owned()));
            }
        }
        let action = form.value().attr("action").unwrap_or("").to_owned();
        Fields { action, all }
    }
}

/// The fields of one form and where it goes.
#[derive(Clone)]
pub struct Fields {
    pub action: String,
    pub all: Vec<(String, String)>,
}

impl Fields {
    pub fn value(&self, name: &str) -> &str {
        self.all.iter().find(|(n, _)| n == name).map_or("", |(_, v)| v)
    }
    /// As if a person had typed it.
    pub fn with(mut self, name: &str, value: &str) -> Fields {
        self.all.retain(|(n, _)| n != name);
        self.all.push((name.to_owned(), value.to_owned()));
        self
    }
    /// As the query of a form that asks with GET.
    pub fn encoded(&self) -> String {
        let safe = |text: &str| web::edge::query_value(text);
        let pairs: Vec<String> =
            self.all.iter().map(|(n, v)| format!("{}={}", safe(n), safe(v))).collect();
        pairs.join("&")
    }
}

/// One person's browser; `cookie` is empty for a stranger.
pub struct Browser<'t> {
    pub town: &'t Town,
    pub cookie: String,
    pub lang: &'static str,
    pub script: bool,
}

impl Browser<'_> {
    pub async fn get(&self, path: &str) -> Reply {
        self.ask(Method::GET, path, Body::empty(), &[]).await
    }
    /// A page that must be there.
    pub async fn page(&self, path: &str) -> Reply {
        let reply = self.get(path).await;
        assert_eq!(reply.status, StatusCode::OK, "{path}: {}", reply.text());
        reply
    }
    pub async fn send(&self, form: &Fields) -> Reply {
        self.post(&form.action.clone(), form).await
    }
    /// Sends a form to another address, as a button with its own does.
    pub async fn post(&self, path: &str, form: &Fields) -> Reply {
        let kind = [("content-type", "application/x-www-form-urlencoded")];
        self.ask(Method::POST, path, Body::from(form.encoded()), &kind).await
    }
    /// A form with one file, as `multipart/form-data`.
    pub async fn send_file(&self, form: &Fields, field: &str, bytes: &[u8]) -> Reply {
        let mut body = Vec::new();
        for (name, value) in &form.all {
            let head = format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n");
            body.extend_from_slice(head.as_bytes());
            body.extend_from_slice(value.as_bytes());
            body.extend_from_slice(b"\r\n");
        }
        let head = format!(
            "--b\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"a.png\"\r\n\r\n"
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n--b--\r\n");
        let kind = [("content-type", "multipart/form-data; boundary=b")];
        self.ask(Method::POST, &form.action.clone(), Body::from(body), &kind).await
    }
    pub async fn ask(
        &self,
        method: Method,
        path: &str,
        body: Body,
        headers: &[(&str, &str)],
    ) -> Reply {
        let mut req = Request::builder().method(method).uri(path).header(header::HOST, "kith.test");
        if !self.cookie.is_empty() {
            let cookie = format!("kith={}; lang={}", self.cookie, self.lang);
            req = req.header(header::COOKIE, cookie);
        } else {
            req = req.header(header::COOKIE, format!("lang={}", self.lang));
        }
        if self.script {
            req = req.header("x-fragment", "1");
        }
        for (name, value) in headers {
            req = req.header(*name, *value);
        }
        let req = req.body(body).expect("a request");
        let reply = self.town.router.clone().oneshot(req).await.expect("an answer");
        let status = reply.status();
        let text = |name| reply.headers().get(name).and_then(|v| v.to_str().ok()).unwrap_or("");
        let (to, fragment) = (text("location").to_owned(), !text("x-fragment").is_empty());
        let bytes = to_bytes(reply.into_body(), usize::MAX).await.expect("a body");
        // a picture is no text; nobody reads it here
        let body = String::from_utf8_lossy(&bytes).into_owned();
        if status == StatusCode::OK && !fragment {
            self.town.keep(path, self.lang, &body);
        }
        Reply { status, to, fragment, body }
    }
}

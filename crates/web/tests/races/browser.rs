//! One person's requests, made so that many can be under way at once.
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Method, Request, StatusCode, header};
use std::sync::Arc;
use tokio::sync::Barrier;
use tower::ServiceExt;

#[derive(Debug)]
pub struct Reply {
    pub status: StatusCode,
    /// Where to go next; empty when nowhere.
    pub to: String,
    pub body: String,
}

/// A signed-in person; the provider of payments has no token.
#[derive(Clone)]
pub struct Browser {
    pub router: Router,
    pub token: String,
}

pub type Fields = Vec<(&'static str, String)>;

fn encoded(fields: &Fields) -> String {
    let pairs: Vec<String> = fields
        .iter()
        .map(|(name, value)| format!("{name}={}", web::edge::query_value(value)))
        .collect();
    pairs.join("&")
}

impl Browser {
    pub async fn get(&self, path: &str) -> Reply {
        self.ask(Method::GET, path, String::new(), "").await
    }
    pub async fn post(&self, path: &str, fields: &Fields) -> Reply {
        self.ask(Method::POST, path, encoded(fields), "").await
    }
    /// What a payment provider sends.
    pub async fn notify(&self, path: &str, body: &str, signature: &str) -> Reply {
        self.ask(Method::POST, path, body.to_owned(), signature).await
    }
    async fn ask(&self, method: Method, path: &str, body: String, signature: &str) -> Reply {
        let mut req = Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, "kith.test")
            .header(header::COOKIE, format!("kith={}; lang=en", self.token));
        if signature.is_empty() {
            req = req.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        } else {
            req = req.header("x-kith-signature", signature);
        }
        let req = req.body(Body::from(body)).expect("a request");
        let reply = self.router.clone().oneshot(req).await.expect("an answer");
        let status = reply.status();
        let to = reply.headers().get(header::LOCATION).and_then(|v| v.to_str().ok());
        let to = to.unwrap_or("").to_owned();
        let bytes = to_bytes(reply.into_body(), usize::MAX).await.expect("a body");
        Reply { status, to, body: String::from_utf8(bytes.to_vec()).expect("text") }
    }
}

/// Lets all of them go at one moment and waits for every answer, in the order given.
pub async fn at_once<F>(all: Vec<F>) -> Vec<Reply>
where
    F: Future<Output = Reply> + Send + 'static,
{
    let start = Arc::new(Barrier::new(all.len()));
    let tasks: Vec<_> = all
        .into_iter()
        .map(|one| {
            let start = start.clone();
            tokio::spawn(async move {
                start.wait().await;
                one.await
            })
        })
        .collect();
    let mut out = Vec::with_capacity(tasks.len());
    for task in tasks {
        out.push(task.await.expect("no panic"));
    }
    out
}

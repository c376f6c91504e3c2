//! Replies that change a page in place: a run of `<template data-op data-to data-key>`.
use maud::{Markup, Render, html};

use super::tag::Tone;

/// Header of a request that wants a fragment, and of a reply that is one.
pub const HEADER: &str = "x-fragment";

/// Built step by step, in the order the page shall apply it. Also the `data:` of a live event.
#[derive(Clone, Debug, Default)]
pub struct Fragment(String);

pub fn fragment() -> Fragment {
    Fragment::default()
}

impl Fragment {
    fn op(mut self, op: &str, to: Option<&str>, key: Option<&str>, body: Markup) -> Self {
        let step = html! { template data-op=(op) data-to=[to] data-key=[key] { (body) } };
        self.0.push_str(&step.0);
        self
    }
    /// At the end of `to`, once: `key` is the id of the new element, so a repeat is harmless.
    pub fn append(self, to: &str, key: &str, body: Markup) -> Self {
        self.op("append", Some(to), Some(key), body)
    }
    pub fn prepend(self, to: &str, key: &str, body: Markup) -> Self {
        self.op("prepend", Some(to), Some(key), body)
    }
    /// The element itself, which must come back with the same id.
    pub fn replace(self, to: &str, body: Markup) -> Self {
        self.op("replace", Some(to), None, body)
    }
    /// What is inside the element.
    pub fn inner(self, to: &str, body: Markup) -> Self {
        self.op("inner", Some(to), None, body)
    }
    pub fn remove(self, to: &str) -> Self {
        self.op("remove", Some(to), None, html! {})
    }
    /// Empties a form after its post was kept; `next` becomes the value of its hidden `id`.
    pub fn reset(self, form: &str, next: Option<&str>) -> Self {
        self.op("reset", Some(form), next, html! {})
    }
    /// Sets attributes; `None` removes one.
    pub fn attr(mut self, to: &str, set: &[(&str, Option<&str>)]) -> Self {
        let set: serde_json::Map<String, serde_json::Value> =
            set.iter().map(|(k, v)| ((*k).to_owned(), (*v).into())).collect();
        let set = serde_json::Value::Object(set).to_string();
        let step = html! { template data-op="attr" data-to=(to) data-set=(set) {} };
        self.0.push_str(&step.0);
        self
    }
    /// A short message that goes away. Never for an error that belongs to a field.
    pub fn toast(mut self, text: &str, tone: Tone) -> Self {
        let kind = (tone == Tone::Danger).then_some("bad");
        self.0.push_str(&html! { template data-op="toast" data-kind=[kind] { (text) } }.0);
        self
    }
    pub fn title(self, text: &str) -> Self {
        self.op("title", None, None, html! { (text) })
    }
    /// Leaves for another page.
    pub fn go(self, url: &str) -> Self {
        self.op("go", Some(url), None, html! {})
    }
    pub fn into_string(self) -> String {
        self.0
    }
}

impl Render for Fragment {
    fn render(&self) -> Markup {
        maud::PreEscaped(self.0.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_keep_their_order_and_their_escapes() {
        let html = fragment()
            .append("#log", "m9", html! { li id="m9" { "<b>" } })
            .attr("#n", &[("hidden", None), ("title", Some("a\"b"))])
            .toast("不行", Tone::Danger)
            .go("/c/a?x=1&y=2")
            .into_string();
        let want = "<template data-op=\"append\" data-to=\"#log\" data-key=\"m9\">\
                    <li id=\"m9\">&lt;b&gt;</li></template>\
                    <template data-op=\"attr\" data-to=\"#n\" \
                    data-set=\"{&quot;hidden&quot;:null,\
                    &quot;title&quot;:&quot;a\\&quot;b&quot;}\">\
                    </template><template data-op=\"toast\" data-kind=\"bad\">不行</template>\
                    <template data-op=\"go\" data-to=\"/c/a?x=1&amp;y=2\"></template>";
        assert_eq!(html, want);
    }
}

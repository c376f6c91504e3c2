//! Group chat. A line is rendered once per language; whose it is, the reader's script finds out.
use maud::{Markup, Render, html};
use rules::base::Lang;

use super::button::{button, icon_button};
use super::icons::{Icon, icon_s};
use super::person::{Person, Size, avatar};
use super::tag::{Tone, tag};

/// What a line holds.
#[derive(Clone, Debug)]
pub enum Said<'a> {
    Text(&'a str),
    /// Pictures, a product, a poll.
    Card(Markup),
    /// Taken back or hidden; the sentence says by whom.
    Gone(&'a str),
}

/// One line. `id` is also the key that makes a repeat harmless.
#[derive(Clone, Debug)]
pub struct ChatLine<'a> {
    pub id: &'a str,
    pub author: Person<'a>,
    /// The author's member id as pages know it; compared with the reader's `data-me`.
    pub by: &'a str,
    pub role: Option<&'a str>,
    /// `20:12`, and the same as `2026-11-21T12:12:00Z`.
    pub at: &'a str,
    pub iso: &'a str,
    pub said: Said<'a>,
    /// Whom and what it answers.
    pub reply: Option<(&'a str, &'a str)>,
    /// Emoji, how many, whether the reader is among them, in a form posting to `react_to`.
    pub reactions: &'a [(&'a str, u32, bool)],
    pub react_to: Option<&'a str>,
    /// The same author within three minutes.
    pub same: bool,
}

pub fn chat_line(line: &ChatLine) -> Markup {
    html! {
        li class={ "line" @if line.same { " -same" } } id=(line.id) data-by=(line.by) {
            (avatar(line.author, Size::M))
            div class="line-body" {
                p class="line-who" {
                    b { (line.author.name) }
                    @if let Some(role) = line.role { (tag(role, Tone::Green)) }
                    time datetime=(line.iso) { (line.at) }
                }
                @match &line.said {
                    Said::Text(text) => {
                        div class="bubble pre" {
                            @if let Some((who, what)) = line.reply {
                                blockquote { b { (who) } (what) }
                            }
                            (mentions(text))
                        }
                    },
                    Said::Card(card) => { div class="-cardw stack -s" { (card) } },
                    Said::Gone(why) => { p class="note" { (why) } },
                }
                (reactions(line))
            }
        }
    }
}

fn reactions(line: &ChatLine) -> Markup {
    html! {
        @if !line.reactions.is_empty() {
            form class="reacts" id={ (line.id) "-r" } method="post"
                action=[line.react_to] data-frag {
                @for (emoji, n, mine) in line.reactions {
                    button type="submit" name="emoji" value=(emoji)
                        disabled[line.react_to.is_none()]
                        aria-pressed=(if *mine { "true" } else { "false" })
                        { (emoji) span { (n) } }
                }
            }
        }
    }
}

/// `@name` in the accent of links. Names end at a blank or punctuation.
fn mentions(text: &str) -> Markup {
    let mut parts: Vec<(bool, &str)> = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find('@') {
        let (before, from) = rest.split_at(at);
        let end = from[1..]
            .find(|c: char| !c.is_alphanumeric() && c != '_')
            .map_or(from.len(), |n| n + 1);
        // An address such as a@b.cn is no mention.
        let past = &text[..text.len() - from.len()];
        let word = past.chars().next_back().is_some_and(char::is_alphanumeric);
        parts.push((false, before));
        parts.push((end > 1 && !word, &from[..end]));
        rest = &from[end..];
    }
    parts.push((false, rest));
    html! {
        @for (at, part) in parts {
            @if at { span class="at" { (part) } } @else { (part) }
        }
    }
}

/// A sentence of the house between the lines: who joined, who bought, the day.
pub fn chat_note(id: &str, body: Markup) -> Markup {
    html! { li class="sys" id=(id) { (body) } }
}

/// "6 unread below"; the log opens here.
pub fn unread_line(lang: Lang, n: u32) -> Markup {
    html! {
        li class="unread" id="unread" {
            span {
                @match lang {
                    Lang::Hans => { "以下 " (n) " 条未读" },
                    Lang::Hant => { "以下 " (n) " 則未讀" },
                    Lang::En => { (n) " unread below" },
                }
            }
        }
    }
}

/// The whole chat: earlier link, lines, pill, composer. It is the page's main part.
pub fn chat_log(lang: Lang, earlier: Option<&str>, lines: Markup, composer: Markup) -> Markup {
    let more = lang.pick(["更早的", "更早的", "Earlier"]);
    html! {
        chat-log id="main" role="main" {
            ol class="log" role="log" id="log" aria-live="polite" data-max="200" tabindex="0"
                aria-label=(lang.pick(["群聊", "群聊", "Group chat"])) {
                @if let Some(url) = earlier {
                    li class="sys" { (button(more).small().quiet().to(url)) }
                }
                (lines)
            }
            button class="newpill" type="button" hidden {
                (icon_s(Icon::Down)) b { "0" } " "
                (lang.pick(["条新消息", "則新訊息", "new"]))
            }
            (composer)
        }
    }
}

/// Where one writes. `id` is minted by the server for this form, and again after each post.
#[derive(Clone, Debug)]
pub struct Composer<'a> {
    pub action: &'a str,
    pub id: &'a str,
    pub value: &'a str,
    pub placeholder: &'a str,
    pub most: u32,
    /// Slow mode, a mute, the rule about links: why the next line may have to wait.
    pub hint: Option<&'a str>,
    pub error: Option<&'a str>,
    /// Line id, author, text of what is answered, and where to go to stop answering.
    pub reply: Option<(&'a str, &'a str, &'a str, &'a str)>,
    /// Page for adding a picture, and the panel for products, polls and so on.
    pub picture_to: Option<&'a str>,
    pub more: Option<&'a str>,
    /// Muted: only the hint is shown.
    pub closed: bool,
}

pub fn composer(lang: Lang, c: &Composer) -> Markup {
    let says = c.error.is_some().then_some("say-it-e").or(c.hint.map(|_| "say-it-h"));
    let (picture, more) = (
        lang.pick(["发图片", "傳圖片", "Send a picture"]),
        lang.pick(["更多：商品、投票", "更多：商品、投票", "More: product, poll"]),
    );
    html! {
        form class="composer" id="composer" method="post" action=(c.action) data-frag {
            input type="hidden" name="id" value=(c.id);
            @if let Some(text) = c.hint {
                p class="composer-hint" id="say-it-h" { (icon_s(Icon::Info)) span { (text) } }
            }
            @if let Some(text) = c.error { (super::field::error_line("say-it", text)) }
            @if let Some((line, who, what, stop)) = c.reply {
                div class="composer-reply" {
                    input type="hidden" name="reply" value=(line);
                    span class="grow clip" { b { (who) } " " (what) }
                    (icon_button(Icon::Close, lang.pick(["不回复了", "不回覆了", "Stop replying"]))
                        .small().to(stop))
                }
            }
            @if !c.closed {
                div class="composer-row" {
                    @if let Some(url) = c.picture_to { (icon_button(Icon::Image, picture).to(url)) }
                    label class="sr" for="say-it" { (c.placeholder) }
                    textarea id="say-it" name="text" rows="1" placeholder=(c.placeholder)
                        maxlength=(c.most) required aria-invalid=[c.error.map(|_| "true")]
                        aria-describedby=[says] { (c.value) }
                    @if let Some(id) = c.more { (icon_button(Icon::Plus, more).opens(id)) }
                    (button(lang.pick(["发送", "傳送", "Send"])).primary().small().send().render())
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_marked_and_addresses_are_not() {
        let table = [
            ("@老周 在吗", "<span class=\"at\">@老周</span> 在吗"),
            ("写给 a@b.cn", "写给 a@b.cn"),
            ("@", "@"),
            ("<i>@小满，好", "&lt;i&gt;<span class=\"at\">@小满</span>，好"),
            ("@a@b", "<span class=\"at\">@a</span>@b"),
        ];
        for (text, want) in table {
            assert_eq!(mentions(text).into_string(), want);
        }
    }
}

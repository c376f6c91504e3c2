//! Talking in a group: with and without script, live, and not for strangers.
use crate::browser::{Browser, world};
use app::community::edit_message::EditMessage;
use app::community::post_message::PostMessage;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use futures_util::StreamExt;
use std::time::Duration;
use testkit::NOON;

#[tokio::test]
async fn a_line_without_script_and_with_it() {
    let w = world(false).await;
    let owner = w.person("老周", 1).await;
    let c = w.community(&owner).await;
    let mut b = w.signed_in(&owner);
    let chat = format!("/c/peach/groups/{}/chat", c.group);
    let page = b.get(&chat).await;
    assert_eq!(page.status, StatusCode::OK);
    let id = page.field("id");
    let fields = [("id", id.as_str()), ("text", "今天有 <b>馒头</b> 吗")];
    assert_eq!(b.post(&chat, &fields).await.to(), format!("{chat}?newest=1"));
    // sent twice is said once
    b.post(&chat, &fields).await.to();
    let page = b.get(&chat).await;
    assert_eq!(page.text.matches("今天有 &lt;b&gt;馒头").count(), 1);
    let empty = b.post(&chat, &[("id", &page.field("id")), ("text", "  ")]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(empty.has("还没有写内容"));
    let id = page.field("id");
    let part = b.frag(&chat, &[("id", &id), ("text", "有")]).await;
    assert_eq!(part.headers["x-fragment"], "1");
    let key = format!("data-key=\"m{id}\"");
    assert!(part.has("data-op=\"append\"") && part.has(&key), "{}", part.text);
    assert!(
        part.has("data-op=\"reset\"")
            && !part.has(&format!(
                "<template data-op=\"reset\" data-to=\"#composer\" data-key=\"{id}\""
            ))
    );
    let line = format!("/c/peach/groups/{}/lines/{id}", c.group);
    assert!(part.has(&format!("href=\"{line}\"")), "the line carries its menu");
    assert!(b.get(&line).await.has("改一改"));
    b.post(&format!("{line}/edit"), &[("text", "有，九点到")]).await.to();
    b.post(&format!("{line}/react"), &[("emoji", "👍")]).await.to();
    let page = b.get(&chat).await;
    assert!(page.has("有，九点到") && page.has("改过") && page.has("👍<span>1</span>"));
    b.post(&format!("{line}/delete"), &[]).await.to();
    let page = b.get(&chat).await;
    assert!(!page.has("有，九点到") && page.has("收回了一句话"));
}

#[tokio::test]
async fn a_bare_link_waits_where_others_do_not_see_it() {
    let w = world(false).await;
    let owner = w.person("老周", 1).await;
    let c = w.community(&owner).await;
    let (author, other) = (w.person("小满", 2).await, w.person("林一", 3).await);
    w.member(&c, &author, Some(c.group)).await;
    w.member(&c, &other, Some(c.group)).await;
    let chat = format!("/c/peach/groups/{}/chat", c.group);
    let mut b = w.signed_in(&author);
    let id = b.get(&chat).await.field("id");
    let said = b.post(&chat, &[("id", &id), ("text", "https://shop.example/a")]).await;
    assert_eq!(said.to(), format!("{chat}?newest=1&waits=1"));
    assert!(b.get(said.to()).await.has("先等团长看"));
    assert!(!w.signed_in(&other).get(&chat).await.has("shop.example"));
    let mut leader = w.signed_in(&owner);
    assert!(leader.get(&chat).await.has("放行"));
    let decide = format!("/c/peach/groups/{}/lines/{id}/decide", c.group);
    let theirs = w.signed_in(&other).post(&decide, &[("show", "yes")]).await;
    assert_eq!(theirs.status, StatusCode::NOT_FOUND);
    leader.post(&decide, &[("show", "yes")]).await.to();
    assert!(w.signed_in(&other).get(&chat).await.has("shop.example"));
}

#[tokio::test]
async fn a_stranger_reads_nothing() {
    let w = world(false).await;
    let owner = w.person("老周", 1).await;
    let c = w.community(&owner).await;
    let (fellow, stranger) = (w.person("小满", 2).await, w.person("林一", 3).await);
    w.member(&c, &fellow, None).await;
    let url = format!("/c/peach/groups/{}", c.group);
    let mut b = w.signed_in(&owner);
    let id = b.get(&format!("{url}/chat")).await.field("id");
    b.post(&format!("{url}/chat"), &[("id", &id), ("text", "只有我们知道")]).await.to();
    for who in [&fellow, &stranger] {
        let mut b = w.signed_in(who);
        for path in ["chat", "chat?newest=1", "live?after=0", "live?after=0&poll=1", "members"] {
            let out = b.get(&format!("{url}/{path}")).await;
            assert!(!out.status.is_success() && !out.has("只有我们"), "{path} {}", out.status);
        }
        let line = b.get(&format!("{url}/lines/{id}")).await;
        assert!(line.status.is_client_error() && !line.has("只有我们"));
        let out = b.post(&format!("{url}/chat"), &[("id", &id), ("text", "我也要说")]).await;
        assert!(!out.status.is_success());
    }
    let nobody = w.browser().get(&format!("{url}/chat")).await;
    assert!(nobody.to().starts_with("/sign-in?next=/c/peach/groups/"));
}

/// The badge of a page that is open counts what comes and what is read, in the reader's language.
#[tokio::test]
async fn the_badge_is_live() {
    let w = world(false).await;
    let owner = w.person("老周", 1).await;
    let c = w.community(&owner).await;
    let mei = w.person("小满", 2).await;
    w.member(&c, &mei, Some(c.group)).await;
    let mut b = w.signed_in(&mei);
    let page = b.get("/c/peach/feed").await;
    assert!(
        page.has("<live-stream src=\"/c/peach/inbox/live\" data-after=\"0\">"),
        "{}",
        page.text
    );
    assert!(page.has("id=\"inbox-n\""));
    let response = opened(&mut b, "/c/peach/inbox/live?after=0").await;
    assert_eq!(response.headers()["content-type"], "text/event-stream");
    let (mut body, mut text) = (response.into_body().into_data_stream(), String::new());
    let who = w.kit.app.who_of(c.community, mei.account).await.expect("a read").expect("a member");
    let notice = |n: i64| {
        let (community, member) = (c.community, who.member);
        move |tx: &mut app::db::Tx<'_>| {
            let mut writes: app::db::Writes<()> = app::db::Writes::default();
            let kind = rules::reach::notice::Kind::PostCommented;
            let told = app::reach::Notice { kind, subject: n, actor: None, args: &[] };
            app::reach::notify(tx, &mut writes, community, member, told)?;
            tx.run(writes)
        }
    };
    w.kit.app.database().write(NOON, notice(1)).await.expect("told");
    until(&mut body, &mut text, "id: 1").await;
    assert!(text.contains("<i class=\"badge\">1</i>") && text.contains("#inbox-n"), "{text}");
    w.kit.app.database().write(NOON, notice(2)).await.expect("told");
    until(&mut body, &mut text, "id: 2").await;
    // a page that shows another number hears the right one at once; the same number says nothing
    let late = opened(&mut b, "/c/peach/inbox/live?after=0").await;
    let mut first = String::new();
    until(&mut late.into_body().into_data_stream(), &mut first, "id: 2").await;
    let polled = b.get("/c/peach/inbox/live?poll=1").await;
    assert_eq!(polled.headers["x-last"], "2");
    assert!(b.get("/c/peach/feed").await.has("<i class=\"badge\">2</i>"), "without script too");
    w.kit.app.mark_all_read(NOON, c.community, who.member, None).await.expect("read");
    until(&mut body, &mut text, "id: 0").await;
    let no = opened(&mut w.browser(), "/c/peach/inbox/live").await;
    assert_ne!(no.status(), StatusCode::OK);
}

/// Reads the stream until this is in it.
async fn until(body: &mut axum::body::BodyDataStream, text: &mut String, wanted: &str) {
    let reading = async {
        while !text.contains(wanted) {
            let part = body.next().await.expect("more of the stream").expect("bytes");
            text.push_str(std::str::from_utf8(&part).expect("text"));
        }
    };
    let done = tokio::time::timeout(Duration::from_secs(5), reading).await;
    assert!(done.is_ok(), "no {wanted} in {text}");
}

async fn opened(b: &mut Browser, url: &str) -> axum::response::Response {
    b.raw(Request::get(url).body(Body::empty()).expect("a request")).await
}

#[tokio::test]
async fn a_live_stream_resumes_and_carries_an_edit() {
    let w = world(false).await;
    let owner = w.person("老周", 1).await;
    let c = w.community(&owner).await;
    let app = &w.kit.app;
    let say = async |text: &str| {
        let id = app.mint(NOON);
        let cmd = PostMessage {
            community: c.community,
            member: c.member,
            group: c.group,
            id,
            text: text.into(),
            product: None,
            reply_to: None,
        };
        (id, app.post_message(NOON, cmd).await.expect("said").seq)
    };
    let (_, first) = say("一句").await;
    let (second, _) = say("两句").await;
    let url = format!("/c/peach/groups/{}/live?after={first}", c.group);
    let mut b = w.signed_in(&owner);
    let response = opened(&mut b, &url).await;
    assert_eq!(response.headers()["content-type"], "text/event-stream");
    let (mut body, mut text) = (response.into_body().into_data_stream(), String::new());
    until(&mut body, &mut text, "两句").await;
    assert!(!text.contains("一句"), "what was seen does not come again");
    assert!(text.contains(&format!("data-op=\"append\" data-to=\"#log\" data-key=\"m{second}\"")));
    let (third, _) = say("三句").await;
    until(&mut body, &mut text, "三句").await;
    let cmd = EditMessage {
        community: c.community,
        member: c.member,
        message: second,
        text: "两句半".into(),
    };
    app.edit_message(NOON, cmd).await.expect("edited");
    let mut news = String::new();
    until(&mut body, &mut news, "\n\n").await;
    assert!(news.contains("两句半") && news.contains(&format!("data-to=\"#m{second}\"")), "{news}");
    assert!(!news.contains("data-op=\"append\""), "an old line is replaced, never added: {news}");
    assert!(!news.contains(&third.to_string()));
    // the poll says the same once
    let polled = b.get(&format!("{url}&poll=1")).await;
    assert!(polled.has("两句半") && polled.has("三句") && polled.headers.contains_key("x-last"));
    // three streams a session, and a seat is free when one is closed
    let two = opened(&mut b, &url).await;
    let three = opened(&mut b, &url).await;
    assert_eq!((two.status(), three.status()), (StatusCode::OK, StatusCode::OK));
    assert_eq!(opened(&mut b, &url).await.status(), StatusCode::TOO_MANY_REQUESTS);
    drop(body);
    assert_eq!(opened(&mut b, &url).await.status(), StatusCode::OK);
}

//! The catalogue of events in docs/events.md is what the code has.
use app::reach::Told;
use app::reach::event_body::event_body;
use rules::base::{Id, Lang};
use rules::reach::event::{EVENTS, Event, Holds};
use testkit::NOON;
use web::words::deeds::happened;

const HEAD: &str = include_str!("events_head.md");

/// An example of a fact, as the verbs write them.
fn example(e: &Event) -> Told {
    let field = |(name, holds): &(&str, Holds)| {
        let value = match holds {
            Holds::Id(_) => "1234567890123456".into(),
            Holds::Number => (name.len() * 100).to_string(),
            Holds::Flag => "false".into(),
            Holds::Word if *name == "kind" && e.about == "grp" => "\"interest\"".into(),
            Holds::Word if *name == "kind" => "\"text\"".into(),
            Holds::Word if e.about == "pyo" => "\"paid\"".into(),
            Holds::Word if *name == "state" => "\"shown\"".into(),
            Holds::Word => "\"counted\"".to_owned(),
        };
        format!("\"{name}\":{value}")
    };
    let fields: Vec<String> = e.fields.iter().map(field).collect();
    Told {
        id: Id::of(1 << 50),
        kind: e.fact.into(),
        subject: (1 << 50) + 7,
        actor: Some((1 << 50) + 9),
        body: format!("{{{}}}", fields.join(",")),
        at: NOON,
        seq: 1204,
    }
}

fn catalogue() -> String {
    let mut out = HEAD.to_owned();
    for e in EVENTS {
        let body = event_body(Id::of((1 << 50) + 1), &example(e)).expect("an event");
        let words = happened(Lang::En, e.fact);
        out += &format!("\n## `{}`\n\n{words}. About `{}_…`.\n\n", e.name, e.about);
        out += &format!("```json\n{body}\n```\n");
    }
    out
}

#[test]
fn the_catalogue_is_what_the_code_has() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/events.md");
    let text = catalogue();
    if std::env::var_os("KITH_WRITE_DOCS").is_some() {
        std::fs::write(path, &text).expect("docs/events.md");
    }
    let kept = std::fs::read_to_string(path).unwrap_or_default();
    assert!(kept == text, "docs/events.md is old: write it with KITH_WRITE_DOCS=1");
    for e in EVENTS {
        for lang in Lang::ALL {
            assert_ne!(happened(lang, e.fact), e.fact, "no words for {}", e.fact);
        }
        for (name, _) in e.fields {
            let body = event_body(Id::of(1), &example(e)).expect("an event");
            assert!(body.contains(&format!("\"{name}\":")), "{}: {body}", e.name);
        }
    }
}

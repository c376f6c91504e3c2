//! Lines of a group made ready to be sent: for pages once a language, for programs as JSON.
use crate::community::lines::{self, Scene};
use app::community::views_chat::Line;
use app::community::who::Place;
use app::{App, Fault};
use axum::body::Bytes;
use rules::base::{Id, Lang, id};

/// Lines of a full page of the table; fewer mean that there are no more.
pub const FULL: usize = 200;

/// Some changes of a group, ready to send.
#[derive(Clone, Debug)]
pub struct Sent {
    pub cursor: i64,
    pub by_language: [Bytes; 3],
    /// For programs: one event a line, in the order of their changes.
    pub json: Bytes,
}

/// How a listener wants it.
#[derive(Clone, Copy)]
pub enum Tongue {
    Page(Lang),
    Json,
}

/// Lines that are sent together, in the order of their places, under the last one's cursor.
pub struct Batch {
    pub cursor: i64,
    lines: Vec<Line>,
    scene: Scene,
    /// Whoever reads on from here has every line up to this place.
    after: i64,
}

impl Batch {
    pub async fn of(
        app: &App,
        place: &Place,
        group: Id<id::Group>,
        mut lines: Vec<Line>,
        after: i64,
    ) -> Result<Option<Batch>, Fault> {
        let Some(cursor) = lines.last().map(|l| l.changed_seq) else { return Ok(None) };
        lines.sort_by_key(|l| l.seq);
        let page = app.group_page(place.id, group, None).await?;
        let leaders = page.map(|p| p.leaders).unwrap_or_default();
        let scene = Scene::of(app, place, group, &lines, &leaders).await?;
        Ok(Some(Batch { cursor, lines, scene, after }))
    }
    pub fn text(&self, lang: Lang) -> String {
        let one = |l: &Line| lines::fragment_of(lang, &self.scene, l, l.seq > self.after);
        self.lines.iter().map(one).collect()
    }
    fn event(&self, lang: Lang) -> Bytes {
        let mut out = format!("id: {}\n", self.cursor);
        for part in self.text(lang).lines() {
            out.push_str("data: ");
            out.push_str(part);
            out.push('\n');
        }
        out.push('\n');
        Bytes::from(out)
    }
    fn json(&self) -> Bytes {
        let mut lines: Vec<&Line> = self.lines.iter().collect();
        lines.sort_by_key(|l| l.changed_seq);
        lines.into_iter().map(crate::api::line_event).collect::<String>().into()
    }
    pub fn in_tongue(&self, tongue: Tongue) -> Bytes {
        match tongue {
            Tongue::Page(lang) => self.event(lang),
            Tongue::Json => self.json(),
        }
    }
    pub fn sent(&self) -> Sent {
        let by_language = Lang::ALL.map(|lang| self.event(lang));
        Sent { cursor: self.cursor, by_language, json: self.json() }
    }
}

/// Everything after a cursor, page by page.
pub async fn missed(
    app: &App,
    place: &Place,
    group: Id<id::Group>,
    mut after: i64,
) -> Result<Vec<Batch>, Fault> {
    let mut out = Vec::new();
    loop {
        let lines = app.lines_after(place.id, group, after).await?;
        let full = lines.len() >= FULL;
        let Some(batch) = Batch::of(app, place, group, lines, after).await? else {
            return Ok(out);
        };
        after = batch.cursor;
        out.push(batch);
        if !full {
            return Ok(out);
        }
    }
}

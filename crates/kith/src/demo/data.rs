//! The data set of `demo/`, built into the binary.
use anyhow::{Context, Result};
use serde::Deserialize;

/// One community of the demo.
pub struct Set {
    pub slug: &'static str,
    pub catalogue: &'static str,
    pub members: Vec<Member>,
    pub groups: Vec<Group>,
    pub reviews: Vec<Review>,
    pub talks: Vec<Talk>,
    pub posts: Vec<Post>,
    pub complaints: Vec<Complaint>,
    pub notes: Vec<String>,
}

#[derive(Deserialize)]
pub struct Member {
    pub name: String,
    pub joined_day: i64,
    /// The row of whoever brought them, counted from one.
    pub referrer_row: Option<usize>,
    pub tags: String,
    pub groups: String,
    pub role: String,
    pub phone: String,
    pub bio: String,
}
#[derive(Deserialize)]
pub struct Group {
    pub slug: String,
    pub name: String,
    pub kind: String,
    pub purpose: String,
    pub rules: String,
    pub admission: String,
    pub pickup_name: String,
    pub pickup_address: String,
    pub leader: String,
    pub tags: String,
}
#[derive(Deserialize, Clone)]
pub struct Review {
    pub handle: String,
    pub text: String,
    pub follow_up: String,
}
#[derive(Deserialize, Clone)]
pub struct Talk {
    pub group: String,
    pub day: i64,
    pub hour: i64,
    pub turns: Vec<Turn>,
    pub product_handle: Option<String>,
    pub leader: Option<usize>,
}
#[derive(Deserialize, Clone)]
pub struct Turn {
    pub who: usize,
    pub text: String,
}
#[derive(Deserialize, Clone)]
pub struct Post {
    pub kind: String,
    pub group: Option<String>,
    #[serde(default)]
    pub title: String,
    #[serde(default)]
    pub text: String,
    #[serde(default)]
    pub url: String,
    #[serde(default)]
    pub introduction: String,
    #[serde(default)]
    pub tags: Vec<String>,
    #[serde(default)]
    pub product_handles: Vec<String>,
    #[serde(default)]
    pub comments: Vec<Comment>,
    pub by: Option<String>,
}
#[derive(Deserialize, Clone)]
pub struct Comment {
    pub text: String,
    pub by: Option<String>,
}
#[derive(Deserialize, Clone)]
pub struct Complaint {
    pub reason: String,
    pub text: String,
}
#[derive(Deserialize)]
struct Note {
    text: String,
}

/// `a;b` as a list.
pub fn listed(text: &str) -> impl Iterator<Item = &str> {
    text.split(';').map(str::trim).filter(|t| !t.is_empty())
}

fn table<T: for<'d> Deserialize<'d>>(text: &str) -> Result<Vec<T>> {
    let rows: Result<Vec<T>, _> = csv::Reader::from_reader(text.as_bytes()).deserialize().collect();
    rows.context("a table of demo/ does not read")
}
fn lines<T: for<'d> Deserialize<'d>>(text: &str) -> Result<Vec<T>> {
    let full = text.lines().filter(|l| !l.trim().is_empty());
    full.map(|l| serde_json::from_str(l).with_context(|| format!("a line of demo/: {l}"))).collect()
}

macro_rules! file {
    ($name:literal) => {
        include_str!(concat!("../../../../demo/", $name))
    };
}

pub fn chinese() -> Result<Set> {
    Ok(Set {
        slug: "taoyuanli",
        catalogue: file!("zh/products.csv"),
        members: table(file!("zh/members.csv"))?,
        groups: table(file!("zh/groups.csv"))?,
        reviews: table(file!("zh/reviews.csv"))?,
        talks: lines(file!("zh/chat.jsonl"))?,
        posts: lines(file!("zh/posts.jsonl"))?,
        complaints: table(file!("zh/complaints.csv"))?,
        notes: table::<Note>(file!("zh/notes.csv"))?.into_iter().map(|n| n.text).collect(),
    })
}

pub fn english() -> Result<Set> {
    Ok(Set {
        slug: "harbour-row",
        catalogue: file!("en/products_shopify.csv"),
        members: table(file!("en/members.csv"))?,
        groups: table(file!("en/groups.csv"))?,
        reviews: table(file!("en/reviews.csv"))?,
        talks: lines(file!("en/chat.jsonl"))?,
        posts: lines(file!("en/posts.jsonl"))?,
        complaints: Vec::new(),
        notes: Vec::new(),
    })
}

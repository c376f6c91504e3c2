//! What a member does: order, pay, chat; and how it is seen later that it was done.
use crate::acknowledged::Note;
use crate::client::Client;
use anyhow::{Result, bail};
use rules::base::{Id, id};
use std::time::{SystemTime, UNIX_EPOCH};

/// The community that `load::shop` makes.
const BASE: &str = "/c/bench";
/// Ids of the driver carry nodes from here up; the house's own stay far below.
const FIRST_NODE: i64 = 900;

/// One thing to buy: the line of the form and the sum it expects.
#[derive(Clone)]
struct Goods {
    line: String,
    expected: String,
}

/// What a member found on the first walk.
#[derive(Clone)]
pub struct Known {
    goods: Vec<Goods>,
    groups: Vec<String>,
}

/// The values of one kind in a page, such as every `prd_…`, without repetition.
fn ids(page: &str, prefix: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for (at, _) in page.match_indices(prefix) {
        let id: String =
            page[at..].chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
        if id.len() == prefix.len() + 13 && !out.contains(&id) {
            out.push(id);
        }
    }
    out
}

/// The value of a hidden field.
fn hidden(page: &str, name: &str) -> Option<String> {
    let (_, rest) = page.split_once(&format!("name=\"{name}\" value=\""))?;
    Some(rest.split('"').next()?.to_owned())
}

/// A page that has to be there.
async fn page(client: &mut Client, path: &str) -> Result<String> {
    let reply = client.get(path).await?;
    match reply.status {
        200 => Ok(reply.body),
        status => bail!("{path} answers {status}"),
    }
}

pub async fn look_around(client: &mut Client) -> Result<Known> {
    let mut goods = Vec::new();
    let shop = page(client, &format!("{BASE}/shop")).await?;
    for product in ids(&shop, "prd_").iter().take(12) {
        let shown = page(client, &format!("{BASE}/products/{product}")).await?;
        let Some(variant) = ids(&shown, "var_").into_iter().next() else { continue };
        let at_once = format!("{BASE}/checkout?variant={variant}&qty=1&way=ship");
        let form = page(client, &at_once).await?;
        if let (Some(line), Some(expected)) = (hidden(&form, "line"), hidden(&form, "expected")) {
            goods.push(Goods { line, expected });
        }
    }
    if goods.is_empty() {
        bail!("nothing to buy in the shop");
    }
    let groups = ids(&page(client, &format!("{BASE}/groups")).await?, "grp_");
    if groups.is_empty() {
        bail!("no group to talk in");
    }
    Ok(Known { goods, groups })
}

struct Mint {
    node: i64,
    count: i64,
}

impl Mint {
    fn id<T>(&mut self) -> Id<T> {
        let since = SystemTime::now().duration_since(UNIX_EPOCH);
        self.count += 1;
        Id::of(id::bits(since.map_or(0, |d| d.as_millis() as i64), self.node, self.count))
    }
}

/// Goes on until the house stops answering; tells what was acknowledged.
pub async fn keep_busy(mut client: Client, known: Known, member: usize, task: i64) -> Vec<Note> {
    let mut mint = Mint { node: FIRST_NODE + task, count: 0 };
    let mut notes = Vec::new();
    for turn in task as usize.. {
        let goods = &known.goods[turn % known.goods.len()];
        let group = &known.groups[turn % known.groups.len()];
        let done = match turn % 3 {
            0 => talk(&mut client, group, member, &mut mint, &mut notes).await,
            paying => buy(&mut client, goods, member, paying == 1, &mut mint, &mut notes).await,
        };
        if done.is_err() {
            break;
        }
    }
    notes
}

async fn buy(
    client: &mut Client,
    goods: &Goods,
    member: usize,
    paying: bool,
    mint: &mut Mint,
    notes: &mut Vec<Note>,
) -> std::io::Result<()> {
    let order = mint.id::<id::Order>().to_string();
    let payment = mint.id::<id::Payment>().to_string();
    let form = [
        ("order", order.as_str()),
        ("payment", &payment),
        ("line", &goods.line),
        ("expected", &goods.expected),
        ("way", "ship"),
        ("address", "new"),
        ("name", "阿明"),
        ("phone", "19000000001"),
        ("region", "上海市 黄浦区"),
        ("street", "桃园里 3 号"),
        ("provider", "sandbox"),
    ];
    let reply = client.post(&format!("{BASE}/checkout"), &form).await?;
    if reply.status != 303 || reply.to != format!("{BASE}/orders/{order}/pay") {
        return Ok(()); // refused, sold out perhaps: nothing was promised
    }
    notes.push(Note::Order { member, order: order.clone() });
    if paying {
        let path = format!("{BASE}/orders/{order}/pay/sandbox");
        let form = [("payment", payment.as_str()), ("outcome", "paid")];
        if client.post(&path, &form).await?.status == 303 {
            notes.push(Note::Paid { member, order });
        }
    }
    Ok(())
}

async fn talk(
    client: &mut Client,
    group: &str,
    member: usize,
    mint: &mut Mint,
    notes: &mut Vec<Note>,
) -> std::io::Result<()> {
    let line = mint.id::<id::Message>().to_string();
    let chat = format!("{BASE}/groups/{group}/chat");
    let text = format!("到货了吗 {line}");
    let reply = client.post(&chat, &[("id", line.as_str()), ("text", &text)]).await?;
    // who is no member of the group is sent to its front page, and nothing is said
    if reply.status == 303 && reply.to.starts_with(&chat) {
        notes.push(Note::Line { member, group: group.to_owned(), line });
    }
    Ok(())
}

/// Why an acknowledged thing does not count as there.
pub async fn missing(client: &mut Client, note: &Note) -> Result<Option<String>> {
    let (path, wanted) = match note {
        Note::Order { order, .. } => (format!("{BASE}/orders/{order}"), order.as_str()),
        Note::Paid { order, .. } => {
            (format!("{BASE}/orders/{order}/pay"), "<p class=\"t1\">Paid</p>")
        }
        Note::Line { group, line, .. } => {
            (format!("{BASE}/groups/{group}/lines/{line}"), line.as_str())
        }
    };
    let reply = client.get(&path).await?;
    Ok(match reply.status {
        200 if reply.body.contains(wanted) => None,
        200 => Some(format!("{path} does not say so")),
        status => Some(format!("{path} answers {status}")),
    })
}

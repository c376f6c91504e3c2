//! The figures of buyers as CSV files, and the order log they are made of.
use super::export::{MARK, cell, sent};
use super::insight::figures;
use crate::House;
use crate::reply::Sorry;
use crate::who::Here;
use app::Fault;
use app::learning::buyers::civil_second;
use app::learning::insight::Analysis;
use app::learning::insight::date::{DAY, day_text, month_text};
use app::learning::views::KeptOrder;
use axum::body::Bytes;
use axum::extract::State;
use axum::response::Response;
use futures_util::stream;
use rules::base::{Id, Money, id};
use rules::community::role::Right;

/// Orders of one read.
const CHUNK: i64 = 1_000;

/// The log as `kith insight` reads it: its heads are English in every language, and its times
/// those of the place.
pub async fn orders(State(house): State<House>, here: Here) -> Result<Response, Sorry> {
    let community = here.may(Right::Insight)?.community;
    let name = format!("order-log-{}.csv", here.place.slug);
    enum Left {
        Head,
        After(Option<Id<id::Order>>),
        Nothing,
    }
    let rows = stream::try_unfold(Left::Head, move |left| {
        let (house, here) = (house.clone(), here.clone());
        async move {
            let after = match left {
                Left::Nothing => return Ok::<_, Fault>(None),
                Left::Head => {
                    let head = format!("{MARK}customer,order,date,amount\r\n");
                    return Ok(Some((Bytes::from(head), Left::After(None))));
                }
                Left::After(after) => after,
            };
            let found = house.app.kept_orders(community, after, CHUNK).await?;
            let last = found.last().filter(|_| found.len() as i64 == CHUNK).map(|o| o.id);
            let next = last.map_or(Left::Nothing, |id| Left::After(Some(id)));
            let text: String = found.iter().map(|o| logged(&here, o)).collect();
            Ok(Some((Bytes::from(text), next)))
        }
    });
    Ok(sent(&name, rows))
}

fn logged(here: &Here, o: &KeptOrder) -> String {
    let at = civil_second(o.paid_at, &here.zone());
    let (day, second) = (day_text(at.div_euclid(DAY)), at.rem_euclid(DAY));
    let (hour, minute, second) = (second / 3_600, second / 60 % 60, second % 60);
    let amount = Money::new(o.goods, here.place.currency).decimal();
    format!("{},{},{day} {hour:02}:{minute:02}:{second:02},{amount}\r\n", o.member, o.id)
}

/// A whole table at once.
fn table(here: &Here, name: &str, rows: Vec<Vec<String>>) -> Response {
    let line = |row: &Vec<String>| {
        let cells: Vec<String> = row.iter().map(|c| cell(c)).collect();
        format!("{}\r\n", cells.join(","))
    };
    let text: String = rows.iter().map(line).collect();
    let all = stream::iter([Ok(Bytes::from(format!("{MARK}{text}")))]);
    sent(&format!("{name}-{}.csv", here.place.slug), all)
}
fn texts(heads: &[&str]) -> Vec<String> {
    heads.iter().map(|h| (*h).to_string()).collect()
}

/// Every buyer with scores and what to expect.
pub async fn buyers(State(house): State<House>, here: Here) -> Result<Response, Sorry> {
    let mut rows = vec![texts(&[
        "customer",
        "first",
        "last",
        "days",
        "orders",
        "total",
        "days_since",
        "r",
        "f",
        "m",
        "cell",
        "orders_in_90_days",
        "alive",
        "order_value",
    ])];
    if let Some(all) = figures(&house, &here).await? {
        rows.extend((0..all.names.len()).map(|k| buyer(&all, k)));
    }
    Ok(table(&here, "buyers", rows))
}

fn buyer(all: &Analysis, k: usize) -> Vec<String> {
    let (c, o) = (&all.customers[k], &all.outlook[k]);
    let number = |x: Option<f64>| x.map_or_else(String::new, |x| format!("{x:.4}"));
    let mut row = vec![
        all.names[k].clone(),
        day_text(c.first_day),
        day_text(c.last_day),
        c.days.to_string(),
        c.orders.to_string(),
        format!("{:.2}", c.total),
    ];
    match all.rfm.as_ref().map(|rfm| rfm.scores[k]) {
        Some(s) => {
            row.push(s.recency.to_string());
            row.extend([s.r, s.f, s.m].map(|n| n.to_string()));
            row.push(s.cell.code().to_string());
        }
        None => row.extend(vec![String::new(); 5]),
    }
    row.extend([number(o.orders), number(o.alive), number(o.value)]);
    row
}

/// The cells of RFM.
pub async fn rfm(State(house): State<House>, here: Here) -> Result<Response, Sorry> {
    let head = ["cell", "customers", "mean_days_since", "mean_orders", "mean_total"];
    let mut rows = vec![texts(&head)];
    if let Some(rfm) = figures(&house, &here).await?.and_then(|all| all.rfm) {
        rows.extend(rfm.cells.iter().map(|h| {
            vec![
                h.cell.code().to_string(),
                h.customers.to_string(),
                format!("{:.2}", h.mean_recency),
                format!("{:.2}", h.mean_frequency),
                format!("{:.2}", h.mean_total),
            ]
        }));
    }
    Ok(table(&here, "rfm", rows))
}

/// Distinct buyers by month of the first order and months since.
pub async fn cohorts(State(house): State<House>, here: Here) -> Result<Response, Sorry> {
    let cohorts = figures(&house, &here).await?.map_or_else(Vec::new, |all| all.cohorts);
    let most = cohorts.iter().map(|c| c.kept.len()).max().unwrap_or(1);
    let mut rows = vec![texts(&["cohort"])];
    rows[0].extend((0..most).map(|k| format!("m{k}")));
    for cohort in &cohorts {
        let mut row = vec![month_text(cohort.month)];
        row.extend(cohort.kept.iter().map(u32::to_string));
        row.resize(most + 1, String::new());
        rows.push(row);
    }
    Ok(table(&here, "cohorts", rows))
}

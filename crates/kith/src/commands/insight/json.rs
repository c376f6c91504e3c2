//! The figures as one JSON object. A fit that failed has null for every parameter, and its reason.
use super::Figures;
use insight::bg_nbd::NoFit;
use insight::date::{day_text, month_text};
use serde_json::{Value, json};

pub fn of(all: &Figures) -> Value {
    let a = all.analysis;
    json!({
        "customers": a.customers.len(),
        "orders": a.orders,
        "total": a.total,
        "from": day_text(a.first_day),
        "to": day_text(a.end),
        "rows": all.reading.rows,
        "left_out": { "no_customer": all.reading.nobody, "returns": all.reading.returned },
        "repeat": { "by_day": a.repeat.by_day, "by_order": a.repeat.by_order },
        "bg_nbd": bg_nbd(all),
        "gamma_gamma": gamma_gamma(all),
        "rfm": rfm(all),
        "cohorts": a.cohorts.iter().map(|c| {
            json!({ "month": month_text(c.month), "customers": c.size(), "kept": c.kept })
        }).collect::<Vec<_>>(),
        "next_90_days": {
            "orders": a.expected_orders(),
            "worth": a.expected_worth(),
            "probably_gone": a.gone(),
        },
    })
}

fn bg_nbd(all: &Figures) -> Value {
    match &all.analysis.bg_nbd {
        Ok(m) => json!({
            "r": m.r, "alpha": m.alpha, "a": m.a, "b": m.b,
            "log_likelihood": m.log_likelihood, "unit": all.unit(),
        }),
        Err(no) => {
            let limit = match no {
                NoFit::NobodyLeaves(n) => json!({ "r": n.r, "alpha": n.alpha }),
                _ => Value::Null,
            };
            json!({
                "r": null, "alpha": null, "a": null, "b": null, "unit": all.unit(),
                "code": no.code(), "reason": no.to_string(), "nbd": limit,
            })
        }
    }
}

fn gamma_gamma(all: &Figures) -> Value {
    match &all.analysis.gamma_gamma {
        Ok(m) => json!({
            "p": m.p, "q": m.q, "v": m.v, "log_likelihood": m.log_likelihood,
            "mean": m.mean(), "correlation": all.analysis.correlation,
        }),
        Err(no) => json!({
            "p": null, "q": null, "v": null, "code": no.code(), "reason": no.to_string(),
        }),
    }
}

fn rfm(all: &Figures) -> Value {
    let Some(rfm) = &all.analysis.rfm else {
        let fewest = insight::rfm::FEWEST;
        return json!({ "cells": null, "reason": format!("fifths need {fewest} customers") });
    };
    let cells = rfm.cells.iter().map(|h| {
        let of = json!({
            "customers": h.customers, "days_since": h.mean_recency,
            "orders": h.mean_frequency, "total": h.mean_total,
        });
        (h.cell.code().to_string(), of)
    });
    json!({ "cells": cells.collect::<serde_json::Map<_, _>>(), "grid": rfm.grid })
}

//! `kith insight` on real orders, on the example of the handbook, and on what it cannot read.
use crate::town::said;
use flate2::read::GzDecoder;
use serde_json::Value;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}
fn insight(orders: &Path, more: &[&str]) -> Output {
    let mut kith = Command::new(env!("CARGO_BIN_EXE_kith"));
    kith.arg("insight").arg("--orders").arg(orders).args(more);
    kith.output().expect("a process")
}
fn text(output: &Output) -> String {
    assert!(output.status.success(), "{}", said(output));
    String::from_utf8(output.stdout.clone()).expect("text")
}
/// Real orders, unpacked into a folder.
fn real(folder: &Path, name: &str) -> PathBuf {
    let packed = root().join("crates/insight/tests/data").join(format!("{name}.gz"));
    let packed = std::fs::read(packed).expect("the file is in the project");
    let mut bytes = vec![];
    GzDecoder::new(&packed[..]).read_to_end(&mut bytes).expect("gzip");
    let to = folder.join(name);
    std::fs::write(&to, bytes).expect("a file");
    to
}

/// The block of `docs/metrics.md` that begins with this fence.
fn block(doc: &str, fence: &str) -> String {
    let after = doc.split_once(&format!("{fence}\n")).expect("the block").1;
    after.split_once("```").expect("its end").0.to_string()
}

#[test]
fn the_example_of_the_handbook_is_what_the_command_prints() {
    let doc = std::fs::read_to_string(root().join("docs/metrics.md")).expect("the handbook");
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("example.csv");
    std::fs::write(&file, block(&doc, "```csv")).expect("a file");
    let printed = text(&insight(&file, &["--until", "2026-03-31"]));
    assert_eq!(printed, block(&doc, "```text"));
}

#[test]
fn real_orders_come_out_as_tables_files_and_json() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = real(folder.path(), "online_retail_invoices.csv");
    let out = folder.path().join("out");
    let more = ["--json", "--out", out.to_str().expect("a plain name")];
    let json: Value = serde_json::from_str(&text(&insight(&file, &more))).expect("JSON");
    assert_eq!(json["customers"], 4_338);
    assert_eq!(json["orders"], 18_532);
    assert_eq!(json["rfm"]["cells"]["champions"]["customers"], 633);
    assert_eq!(json["rfm"]["cells"]["hibernating"]["customers"], 1_065);
    assert_eq!(json["cohorts"][0]["kept"][1], 324);
    assert_eq!(json["repeat"]["by_order"], 2_845);
    let r = json["bg_nbd"]["r"].as_f64().expect("a fit");
    assert!((r - 0.8265).abs() < 5e-4, "{r}");
    assert!(json["gamma_gamma"]["reason"].is_null());

    let read = |name: &str| std::fs::read_to_string(out.join(name)).expect("a file was written");
    let want = root().join("crates/insight/tests/data/online_retail_cohorts_reference.csv");
    assert_eq!(read("cohorts.csv"), std::fs::read_to_string(want).expect("the reference"));
    assert!(read("rfm.csv").contains("champions,633,5.88,12.41,6857.94"));
    assert_eq!(read("customers.csv").lines().count(), 4_339);
    let drawings = [
        ("cohorts.svg", "2010-12, 1 months later: 324 of 885"),
        ("rfm.svg", "recency 5, frequency 5: 439 customers, champions"),
    ];
    for (name, holds) in drawings {
        let drawing = read(name);
        assert!(drawing.starts_with("<svg ") && drawing.ends_with("</svg>\n"), "{name}");
        assert!(drawing.contains(holds), "{name}");
    }
}

#[test]
fn a_fit_that_failed_says_so_in_both_forms() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = real(folder.path(), "online_retail_invoices.csv");
    let until = ["--until", "2011-08-31"];
    let tables = text(&insight(&file, &until));
    assert!(tables.contains("no fit: these orders show nobody leaving"), "{tables}");
    assert!(!tables.contains("probably gone"), "{tables}");
    let json: Value =
        serde_json::from_str(&text(&insight(&file, &["--until", "2011-08-31", "--json"])))
            .expect("JSON");
    assert!(json["bg_nbd"]["r"].is_null());
    assert_eq!(json["bg_nbd"]["code"], "nobody_leaves");
    assert!(json["next_90_days"]["probably_gone"].is_null());
    let limit = json["bg_nbd"]["nbd"]["alpha"].as_f64().expect("the limit");
    assert!((limit - 65.9718).abs() < 1e-3, "{limit}");
}

#[test]
fn a_published_log_is_read_by_named_columns_in_weeks() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = real(folder.path(), "cdnow_sample.csv");
    let more = ["--customer", "sample_id", "--until", "1997-09-30", "--unit", "week"];
    let tables = text(&insight(&file, &more));
    assert!(tables.contains("\nr 0.2426, alpha 4.414, a 0.7929, b 2.426\n"), "{tables}");
}

#[test]
fn what_cannot_be_read_ends_with_a_sentence_and_a_code() {
    let folder = tempfile::tempdir().expect("a folder");
    let check = |content: &str, more: &[&str], want: &str| {
        let file = folder.path().join("orders.csv");
        std::fs::write(&file, content).expect("a file");
        let output = insight(&file, more);
        assert_eq!(output.status.code(), Some(1), "{content}");
        assert!(output.stdout.is_empty(), "{content}");
        let said = said(&output);
        assert!(said.contains(want), "{content}: {said}");
    };
    let good = "customer,date,amount\na,2026-01-02,5\n";
    check("", &[], "the file is empty");
    check("customer,date,amount\na,2026-01-02,5\na,soon,5\n", &[], "line 3: \"soon\" is no date");
    check(good, &["--amount", "net"], "no column is called \"net\"");
    check(good, &["--until", "soon"], "--until \"soon\" is no day");
    check(good, &["--until", "2025-12-31"], "nobody had bought anything by 2025-12-31");
    let nowhere = insight(&folder.path().join("nowhere.csv"), &[]);
    assert!(said(&nowhere).contains("cannot be read"), "{}", said(&nowhere));
    // one order is enough for an answer
    let file = folder.path().join("orders.csv");
    let tables = text(&insight(&file, &[]));
    assert!(tables.contains("none: fifths need 5 customers"), "{tables}");
    assert!(tables.contains("0 customers came again, and 10 are the fewest"), "{tables}");
}

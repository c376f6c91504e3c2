//! The files of `tests/data`, and numbers held against them.
use flate2::read::GzDecoder;
use std::io::Read;
use std::path::Path;

/// The bytes of a file, unpacked if it is packed.
pub fn bytes(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(name);
    let packed = std::fs::read(&path).expect("the file is in the project");
    if !name.ends_with(".gz") {
        return packed;
    }
    let mut out = vec![];
    GzDecoder::new(&packed[..]).read_to_end(&mut out).expect("the file is packed by gzip");
    out
}
/// Rows without the first one.
pub fn rows(name: &str) -> Vec<Vec<String>> {
    let bytes = bytes(name);
    let mut csv = csv::Reader::from_reader(&bytes[..]);
    let rows = csv.records().map(|r| r.expect("a row").iter().map(String::from).collect());
    rows.collect()
}
pub fn number(text: &str) -> f64 {
    text.parse().expect("a number")
}
/// `within` is the largest difference that passes.
pub fn near(what: &str, got: f64, want: f64, within: f64) {
    assert!((got - want).abs() <= within, "{what}: {got}, and the reference says {want}");
}

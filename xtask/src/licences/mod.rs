//! `cargo xtask licences`: what `cargo metadata` tells of every package, against deny.toml.
mod expression;

use serde_json::Value;
use std::path::Path;
use std::process::{Command, ExitCode};

pub struct Package {
    name: String,
    version: String,
    licence: Option<String>,
}
/// The lists of deny.toml, so that they stand in one place for us and for cargo-deny.
struct Terms {
    allowed: Vec<String>,
    banned: Vec<String>,
}

pub fn run(root: &Path) -> ExitCode {
    let told = Terms::read(root).and_then(|terms| Ok((packages(root)?, terms)));
    let (packages, terms) = match told {
        Ok(both) => both,
        Err(why) => {
            eprintln!("licences: {why}");
            return ExitCode::from(2);
        }
    };
    let complaints: Vec<String> = packages.iter().flat_map(|p| terms.against(p)).collect();
    complaints.iter().for_each(|c| println!("Cargo.lock:1: {c}"));
    match complaints.len() {
        0 => println!("licences: {} packages, all permissive", packages.len()),
        n => println!("licences: {n} to mend"),
    }
    ExitCode::from(u8::from(!complaints.is_empty()))
}

impl Terms {
    fn read(root: &Path) -> Result<Terms, String> {
        let text = std::fs::read_to_string(root.join("deny.toml"))
            .map_err(|why| format!("deny.toml cannot be read: {why}"))?;
        Terms::of(&text)
    }
    fn of(text: &str) -> Result<Terms, String> {
        let (allowed, banned) = (list(text, "[licenses]", "allow"), list(text, "[bans]", "deny"));
        match (allowed.is_empty(), banned.is_empty()) {
            (false, false) => Ok(Terms { allowed, banned }),
            _ => Err("deny.toml has no [licenses] allow or no [bans] deny".into()),
        }
    }
    fn against(&self, p: &Package) -> Vec<String> {
        let who = format!("{} {}", p.name, p.version);
        let mut out = vec![];
        if self.banned.contains(&p.name) {
            out.push(format!("{who} is banned by deny.toml, which says why"));
        }
        match &p.licence {
            None => out.push(format!("{who} names no licence")),
            Some(text) => match expression::holds(text, &self.allowed) {
                Some(true) => {}
                Some(false) => out.push(format!("{who} asks for {text}, which is not allowed")),
                None => out.push(format!("{who} names a licence nobody can read: {text}")),
            },
        }
        out
    }
}

/// The first quoted text of each line of `key = [ .. ]` in a section.
fn list(text: &str, section: &str, key: &str) -> Vec<String> {
    let lines = text.lines().map(str::trim).skip_while(|l| *l != section).skip(1);
    let within = lines.take_while(|l| !l.starts_with("[") || l.starts_with("[["));
    let opens = |l: &&str| l.strip_prefix(key).is_some_and(|r| r.trim_start().starts_with('='));
    let items = within.skip_while(|l| !opens(l)).skip(1).take_while(|l| !l.starts_with(']'));
    let real = items.filter(|l| !l.starts_with('#'));
    real.filter_map(|l| l.split('"').nth(1)).map(String::from).collect()
}

fn packages(root: &Path) -> Result<Vec<Package>, String> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let told = Command::new(cargo)
        .args(["metadata", "--format-version", "1", "--locked"])
        .current_dir(root)
        .output()
        .map_err(|why| format!("cargo cannot be run: {why}"))?;
    if !told.status.success() {
        return Err(String::from_utf8_lossy(&told.stderr).into_owned());
    }
    let whole: Value = serde_json::from_slice(&told.stdout)
        .map_err(|why| format!("cargo metadata cannot be read: {why}"))?;
    let all = whole["packages"].as_array().ok_or("cargo metadata lists no packages")?;
    let text = |v: &Value| v.as_str().map(String::from);
    let package = |p: &Value| {
        let (name, version) = (text(&p["name"])?, text(&p["version"])?);
        Some(Package { name, version, licence: text(&p["license"]) })
    };
    all.iter().map(|p| package(p).ok_or_else(|| format!("a package without a name: {p}"))).collect()
}

#[cfg(test)]
mod tests {
    use super::{Package, Terms};

    const TERMS: &str = r#"[licenses]
allow = [
  # why
  "MIT",
  "Zlib",
]
other = [
  "GPL-3.0",
]
[bans]
deny = [
  { crate = "cmake", reason = "no C" },
]
"#;

    fn check(name: &str, licence: Option<&str>, want: &[&str]) {
        let licence = licence.map(String::from);
        let p = Package { name: name.into(), version: "1.2.3".into(), licence };
        assert_eq!(Terms::of(TERMS).unwrap().against(&p), want);
    }

    #[test]
    fn packages_are_held_against_the_terms() {
        check("a", Some("MIT OR GPL-3.0"), &[]);
        check("a", Some("GPL-3.0"), &["a 1.2.3 asks for GPL-3.0, which is not allowed"]);
        check("a", None, &["a 1.2.3 names no licence"]);
        check("a", Some("MIT OR"), &["a 1.2.3 names a licence nobody can read: MIT OR"]);
        check("cmake", Some("MIT"), &["cmake 1.2.3 is banned by deny.toml, which says why"]);
    }
    #[test]
    fn empty_terms_are_refused() {
        assert!(Terms::of("[licenses]\nallow = [\n]\n").is_err());
    }
}

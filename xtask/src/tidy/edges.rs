//! Who may import whom, read from each Cargo.toml, and drivers in passing.
use super::{Complaint, paths, tree::Tree};

const OWN: [&str; 10] =
    ["rules", "gateway", "media", "insight", "app", "web", "kith", "testkit", "load", "browser"];

/// A crate and the own crates it may stand on. A new edge comes with an ADR.
const MAY: [(&str, &[&str]); 10] = [
    ("rules", &[]),
    ("gateway", &["rules"]),
    ("media", &[]),
    // an analyst reads it without knowing the house
    ("insight", &[]),
    ("app", &["rules", "gateway", "media", "insight"]),
    ("web", &["rules", "app"]),
    ("kith", &["rules", "gateway", "media", "insight", "app", "web", "testkit"]),
    ("testkit", &["rules", "gateway", "app", "web"]),
    ("load", &["rules", "gateway", "app"]),
    // it knows the house by its pages only
    ("browser", &[]),
];

/// Outside crates (a name, or a family ending in `*`) and the only own crates that may have them.
const ONLY: [(&[&str], &[&str], &str); 4] = [
    (&["axum", "axum-*", "maud", "utoipa*", "tower-http"], &["web", "kith"], "pages and routes"),
    // gateway speaks HTTP outwards, testkit knocks at web's door
    (&["http", "http-*", "hyper*", "tower"], &["web", "kith", "gateway", "testkit"], "HTTP"),
    // load replays in a raw loop what the verbs asked
    (
        &["rusqlite", "libsqlite3-sys", "tokio-postgres"],
        &["app", "kith", "testkit", "load"],
        "a driver",
    ),
    (&["sqlx*", "diesel*", "sea-orm*", "postgres", "deadpool*"], &[], "another driver or mapper"),
];

struct Edge {
    line: usize,
    name: String,
    for_tests: bool,
}

pub fn crates(tree: &Tree) -> Vec<Complaint> {
    let mut out = vec![];
    for (path, name, text) in manifests(tree) {
        let Some((_, may)) = MAY.iter().find(|(krate, _)| *krate == name) else {
            let say = format!("{name} has no row in the table of who may import whom");
            out.push(Complaint::new(path, 1, say));
            continue;
        };
        for edge in edges(text).into_iter().filter(|e| OWN.contains(&e.name.as_str())) {
            let tests_only = edge.for_tests && edge.name == "testkit" && name != "rules";
            if !may.contains(&edge.name.as_str()) && !tests_only {
                let say = format!("{name} may not stand on {}", edge.name);
                out.push(Complaint::new(path, edge.line, say));
            }
        }
    }
    out
}

pub fn outside(tree: &Tree) -> Vec<Complaint> {
    let mut out = vec![];
    for (path, name, text) in manifests(tree) {
        for edge in edges(text).into_iter().filter(|e| !OWN.contains(&e.name.as_str())) {
            if name == "rules" {
                let say = format!("rules stands on nothing but std, so {} must go", edge.name);
                out.push(Complaint::new(path, edge.line, say));
                continue;
            }
            let met = ONLY.iter().find(|(names, _, _)| names.iter().any(|n| is(n, &edge.name)));
            if let Some((_, may, what)) = met
                && !edge.for_tests
                && !may.contains(&name)
            {
                let say = format!("{} is {what}, which is not for {name}", edge.name);
                out.push(Complaint::new(path, edge.line, say));
            }
        }
    }
    out
}

/// The binary has the drivers for its bench alone.
pub fn drivers(tree: &Tree) -> Vec<Complaint> {
    let mut out = vec![];
    for (file, _) in tree.shipped("crates/kith/src/").filter(|(f, _)| !f.path.contains("bench")) {
        for driver in ["rusqlite", "tokio_postgres"] {
            let say = format!("{driver} stands open to kith's bench only; ask app");
            let named = paths::below(file, driver).into_iter();
            out.extend(named.map(|n| Complaint::new(&file.path, n.line, &*say)));
        }
    }
    out
}

fn manifests(tree: &Tree) -> impl Iterator<Item = (&str, &str, &str)> {
    tree.files.iter().filter_map(|f| {
        let name = f.path.strip_prefix("crates/")?.strip_suffix("/Cargo.toml")?;
        (!name.contains('/')).then_some((f.path.as_str(), name, f.text.as_str()))
    })
}
fn is(pattern: &str, name: &str) -> bool {
    match pattern.strip_suffix('*') {
        Some(family) => name.starts_with(family),
        None => pattern == name,
    }
}

/// The dependencies of one manifest, whatever way they are written.
fn edges(text: &str) -> Vec<Edge> {
    let mut out = vec![];
    let (mut within, mut for_tests) = (false, false);
    for (i, line) in text.lines().enumerate() {
        let line = line.trim();
        if let Some(section) = line.strip_prefix('[') {
            let section = section.split(']').next().unwrap_or("").trim_matches(['[', '"']);
            let (head, one) = match section.split_once("dependencies.") {
                Some((before, one)) => (format!("{before}dependencies"), Some(one)),
                None => (section.to_string(), None),
            };
            for_tests = head.ends_with("dev-dependencies");
            within = head.ends_with("dependencies") && one.is_none();
            if let Some(one) = one {
                out.push(Edge { line: i + 1, name: one.trim_matches('"').into(), for_tests });
            }
            continue;
        }
        if !within || line.is_empty() || line.starts_with('#') {
            continue;
        }
        let key = line.split(['.', '=', ' ']).next().unwrap_or("").trim_matches('"');
        let real = line.split_once("package").and_then(|(_, r)| r.split('"').nth(1));
        if line.contains('=') {
            out.push(Edge { line: i + 1, name: real.unwrap_or(key).into(), for_tests });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::check;
    use super::{crates, drivers, outside};

    #[test]
    fn own_crates_stand_in_one_order() {
        let deps = |what: &str| format!("[package]\nname = \"x\"\n\n[dependencies]\n{what}\n");
        let one = |krate: &str, text: &str, want: &[&str]| {
            check(crates, &[(&format!("crates/{krate}/Cargo.toml"), text)], want);
        };
        one("app", &deps("rules.workspace = true\nmedia.workspace = true"), &[]);
        one(
            "app",
            &deps("web.workspace = true"),
            &["crates/app/Cargo.toml:5: app may not stand on"],
        );
        one(
            "rules",
            &deps("app = { path = \"../app\" }"),
            &["crates/rules/Cargo.toml:5: rules may"],
        );
        one(
            "media",
            &deps("rules.workspace = true"),
            &["crates/media/Cargo.toml:5: media may not"],
        );
        one("gateway", &deps("rules.workspace = true"), &[]);
        one(
            "insight",
            &deps("rules.workspace = true"),
            &["crates/insight/Cargo.toml:5: insight may not"],
        );
        one("app", &deps("insight.workspace = true"), &[]);
        one("web", &deps("gateway.workspace = true"), &["crates/web/Cargo.toml:5: web may not"]);
        one(
            "web",
            &deps("g = { package = \"gateway\" }"),
            &["crates/web/Cargo.toml:5: web may not"],
        );
        one("web", "[dependencies.gateway]\nworkspace = true\n", &["crates/web/Cargo.toml:1: web"]);
        one("kith", &deps("web.workspace = true\napp.workspace = true"), &[]);
        one("app", "[dev-dependencies]\ntestkit.workspace = true\n", &[]);
        one("app", "[dependencies]\ntestkit.workspace = true\n", &["crates/app/Cargo.toml:2: app"]);
        one(
            "rules",
            "[dev-dependencies]\ntestkit = \"1\"\n",
            &["crates/rules/Cargo.toml:2: rules"],
        );
        one(
            "app",
            "[target.'cfg(unix)'.dependencies]\nweb = \"1\"\n",
            &["crates/app/Cargo.toml:2:"],
        );
        one("plugins", &deps(""), &["crates/plugins/Cargo.toml:1: plugins has no row"]);
    }
    #[test]
    fn outside_crates_have_their_places() {
        let one = |krate: &str, text: &str, want: &[&str]| {
            check(outside, &[(&format!("crates/{krate}/Cargo.toml"), text)], want);
        };
        one("rules", "[dependencies]\n", &[]);
        one(
            "rules",
            "[dependencies]\nserde = \"1\"\n",
            &["crates/rules/Cargo.toml:2: rules stands"],
        );
        one("rules", "[dev-dependencies]\ninsta = \"1\"\n", &["crates/rules/Cargo.toml:2: rules"]);
        one("app", "[dependencies]\nrusqlite.workspace = true\n", &[]);
        one(
            "app",
            "[dependencies]\naxum.workspace = true\n",
            &["crates/app/Cargo.toml:2: axum is"],
        );
        one("app", "[dependencies]\nhttp = \"1\"\n", &["crates/app/Cargo.toml:2: http is HTTP"]);
        one("web", "[dependencies]\nmaud.workspace = true\ntower-http = \"0.6\"\n", &[]);
        one(
            "web",
            "[dependencies]\nrusqlite.workspace = true\n",
            &["crates/web/Cargo.toml:2: rusq"],
        );
        one("web", "[dependencies]\ntokio-postgres = \"1\"\n", &["crates/web/Cargo.toml:2: tokio"]);
        one(
            "app",
            "[dependencies]\nsqlx-core = \"1\"\n",
            &["crates/app/Cargo.toml:2: sqlx-core is"],
        );
        one("gateway", "[dependencies]\nhyper = \"1\"\n", &[]);
        one("gateway", "[dependencies]\nmaud = \"1\"\n", &["crates/gateway/Cargo.toml:2: maud is"]);
        one("testkit", "[dependencies]\ntokio-postgres = \"1\"\n", &[]);
    }
    #[test]
    fn the_binary_leaves_drivers_to_its_bench() {
        let text = "//! b\nuse rusqlite::Connection;\n";
        check(drivers, &[("crates/kith/src/commands/bench.rs", text)], &[]);
        let want = ["crates/kith/src/main.rs:2: rusqlite stands open"];
        check(drivers, &[("crates/kith/src/main.rs", text)], &want);
    }
}

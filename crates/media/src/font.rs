//! A font with Chinese for what is drawn on the server: named by `POSTER_FONT`, or found where
//! systems keep theirs. Looked for once, when the first poster is drawn.

use resvg::usvg::fontdb;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

/// Files that have Chinese, by how their names begin in small letters; the better ones first.
const KNOWN: [&str; 13] = [
    "notosanscjk",
    "notosanssc",
    "notosanstc",
    "sourcehansans",
    "pingfang",
    "harmonyos",
    "misans",
    "msyh",
    "wqy-microhei",
    "wqy-zenhei",
    "droidsansfallback",
    "simhei",
    "notoserifcjk",
];
const FOLDERS: [&str; 6] = [
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "/opt/homebrew/share/fonts",
    "/Library/Fonts",
    "/System/Library/Fonts",
    "C:\\Windows\\Fonts",
];
const OWN_FOLDERS: [&str; 2] = [".local/share/fonts", ".fonts"];

/// The faces posters are written with.
pub struct Fonts {
    database: Arc<fontdb::Database>,
    hans: String,
    hant: String,
    file: PathBuf,
}

impl Fonts {
    pub fn database(&self) -> Arc<fontdb::Database> {
        self.database.clone()
    }
    pub fn family(&self, lang: &str) -> &str {
        if lang == "zh-Hant" { &self.hant } else { &self.hans }
    }
    pub fn file(&self) -> &Path {
        &self.file
    }
}

/// The font of this process, or why there is none.
pub fn found() -> Result<&'static Fonts, &'static str> {
    static FOUND: LazyLock<Result<Fonts, String>> =
        LazyLock::new(|| find(std::env::var_os("POSTER_FONT").map(PathBuf::from)));
    FOUND.as_ref().map_err(String::as_str)
}

fn find(named: Option<PathBuf>) -> Result<Fonts, String> {
    if let Some(file) = named.filter(|f| !f.as_os_str().is_empty()) {
        let shown = file.display().to_string();
        return load(&file).ok_or(format!("POSTER_FONT names {shown}, which is no font file"));
    }
    let home = std::env::var_os("HOME").map(PathBuf::from);
    let own = home.iter().flat_map(|home| OWN_FOLDERS.map(|folder| home.join(folder)));
    let mut best: Option<(usize, PathBuf)> = None;
    for folder in FOLDERS.iter().map(PathBuf::from).chain(own) {
        look(&folder, 0, &mut best);
    }
    let none = "no font with Chinese was found: posters go without words. Install Noto Sans CJK, \
        or name a font file in POSTER_FONT";
    best.and_then(|(_, file)| load(&file)).ok_or(none.to_string())
}

fn look(folder: &Path, deep: usize, best: &mut Option<(usize, PathBuf)>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    let mut paths: Vec<PathBuf> = entries.flatten().map(|e| e.path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() && deep < 4 {
            look(&path, deep + 1, best);
            continue;
        }
        let name = path.file_name().map(|n| n.to_string_lossy().to_lowercase());
        let name = name.unwrap_or_default().replace(' ', "");
        if ![".ttc", ".otf", ".ttf"].iter().any(|end| name.ends_with(end)) {
            continue;
        }
        let Some(rank) = KNOWN.iter().position(|k| name.starts_with(k)) else { continue };
        // regular before bold, light and the rest
        let one = name.starts_with("wqy") || !name.contains('-');
        let plain = one || name.contains("regular");
        let rank = 2 * rank + usize::from(!plain);
        if best.as_ref().is_none_or(|(r, _)| rank < *r) {
            *best = Some((rank, path));
        }
    }
}

fn load(file: &Path) -> Option<Fonts> {
    let mut database = fontdb::Database::new();
    database.load_font_data(std::fs::read(file).ok()?);
    // its bold brother, if it lies beside it
    let name = file.file_name()?.to_string_lossy().into_owned();
    if name.contains("Regular")
        && let Ok(bold) = std::fs::read(file.with_file_name(name.replace("Regular", "Bold")))
    {
        database.load_font_data(bold);
    }
    let names: Vec<String> =
        database.faces().flat_map(|f| f.families.iter().map(|n| n.0.clone())).collect();
    let of = |end: &str| names.iter().find(|n| n.ends_with(end)).or(names.first()).cloned();
    let (hans, hant) = (of(" SC")?, of(" TC")?);
    Some(Fonts { database: Arc::new(database), hans, hant, file: file.to_path_buf() })
}

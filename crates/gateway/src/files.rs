//! Files by name: one local folder. A name is letters, digits, dots and dashes, so no name leaves
//! the folder.
use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::Arc;

#[derive(Clone)]
pub struct Files(Arc<PathBuf>);

impl Files {
    /// The folder is made when it is not there.
    pub fn new(folder: PathBuf) -> io::Result<Files> {
        std::fs::create_dir_all(&folder)?;
        Ok(Files(Arc::new(folder)))
    }
    fn path(&self, name: &str) -> io::Result<PathBuf> {
        let fine = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.');
        if name.is_empty() || name.starts_with('.') || name.len() > 120 || !name.bytes().all(fine) {
            return Err(io::Error::new(io::ErrorKind::NotFound, "not a file name"));
        }
        // a few hundred folders instead of one with a million files
        Ok(self.0.join(&name[..name.len().min(2)]).join(name))
    }
    /// Whole or not at all: written beside its place, then moved there. Blocks.
    pub fn put(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let path = self.path(name)?;
        let folder = path.parent().ok_or(io::ErrorKind::NotFound)?;
        std::fs::create_dir_all(folder)?;
        let beside = folder.join(format!(".{name}.{:?}", std::thread::current().id()));
        let mut file = std::fs::File::create(&beside)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        std::fs::rename(&beside, &path)
    }
    /// Blocks.
    pub fn get(&self, name: &str) -> io::Result<Vec<u8>> {
        std::fs::read(self.path(name)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stay_inside() {
        let folder = std::env::temp_dir().join(format!("kith-files-{}", std::process::id()));
        let files = Files::new(folder.clone()).expect("a folder");
        for name in ["", "../x", "a/b", ".hidden", "ä", "a\0"] {
            assert!(files.put(name, b"x").is_err(), "{name:?}");
            assert!(files.get(name).is_err(), "{name:?}");
        }
        files.put("ab12-360.jpg", b"one").expect("written");
        files.put("ab12-360.jpg", b"two").expect("written again");
        assert_eq!(files.get("ab12-360.jpg").expect("there"), b"two");
        assert!(files.get("ab12-720.jpg").is_err());
        std::fs::remove_dir_all(folder).expect("gone");
    }
}

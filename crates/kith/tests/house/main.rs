//! The real binary: killed in the middle of things, and brought back from a backup.
mod backup;
mod import;
mod insight;
mod town;

//! The figures of real data against those of well-known peers; see `tests/data/README.md`.
mod cascades;
mod cdnow;
mod files;
mod graphs;
mod handbook;
mod online_retail;
mod reading;

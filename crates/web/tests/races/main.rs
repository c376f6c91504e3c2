//! Races through the router: many requests at one moment, on both databases, then the audit.
mod browser;
mod cancel;
mod orders;
mod payments;
mod town;

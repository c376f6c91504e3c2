//! Whole stories in Chromium, against the demonstration. `bin/check-browser` runs them.
mod buying;
mod pages;
mod pictures;
mod town;
mod visitor;
mod weight;

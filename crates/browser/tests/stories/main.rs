//! Whole stories in Chromium, against the demonstration. `bin/check-browser` runs them.
mod buying;
mod desk;
mod earning;
mod lists;
mod pages;
mod pictures;
mod talking;
mod together;
mod town;
mod visitor;
mod weight;

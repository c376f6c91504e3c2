//! Whole stories in Chromium, against the demonstration. `bin/check-browser` runs them.
mod buying;
mod desk;
mod lists;
mod pages;
mod pictures;
mod talking;
mod the_loop;
mod town;
mod visitor;
mod weight;

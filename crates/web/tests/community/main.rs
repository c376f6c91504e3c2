//! The community's pages through the router: coming in, joining, talking, staying out.
mod browser;
mod coming_in;
mod pages;
mod talk;

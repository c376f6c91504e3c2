//! Pages, as a browser without script gets them: the router is asked, forms are sent as they came.
mod browser;
mod sale;
mod town;

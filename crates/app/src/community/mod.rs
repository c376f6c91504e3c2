//! Community (社群): people, groups, talk.
pub mod who;

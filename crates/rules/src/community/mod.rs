//! Community (社群): who may do what.
pub mod role;

//! Pure laws: no I/O, no async, no clock, no dependency. Time and randomness come in as arguments.
pub mod base;

//! Trust (信任).

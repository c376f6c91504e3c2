//! Sale (成交).

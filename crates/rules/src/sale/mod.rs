//! Sale (成交): the ground for laws.

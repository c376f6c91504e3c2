//! Reads for the pages of sale.

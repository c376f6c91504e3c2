//! Kith in a real browser. The tests are run by `bin/check-browser`, the pictures are taken by
//! `bin/screenshots`; there is nothing to link against.

//! Words and the shapes numbers, money and times take in each language.
pub mod deeds;
pub mod format;
pub mod insight;
mod refusals;
pub mod states;
pub use refusals::import_rows;
pub use rules::base::Lang;

use app::Refusal;

/// A refusal in a sentence that says what to do next: Hans, Hant, English. The compiler finds a
/// missing one; a test finds an empty one.
pub trait Say: Refusal {
    fn says(self) -> [&'static str; 3];
}

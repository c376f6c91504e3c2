//! Closed sets of words that are stored as text: one name in code, SQL, URLs and the API.

/// Declares an enum whose members each have a stable snake_case code.
///
/// `of` reads a code back; `None` means the row was written by a newer Kith or by hand.
#[macro_export]
macro_rules! codes {
    (
        $(#[$doc:meta])*
        pub enum $name:ident { $($(#[$m:meta])* $member:ident = $code:literal),+ $(,)? }
    ) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
        pub enum $name { $($(#[$m])* $member),+ }
        impl $name {
            pub const ALL: &'static [$name] = &[$($name::$member),+];
            pub const fn code(self) -> &'static str {
                match self { $($name::$member => $code),+ }
            }
            pub fn of(code: &str) -> Option<$name> {
                match code { $($code => Some($name::$member),)+ _ => None }
            }
        }
    };
}

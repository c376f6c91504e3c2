//! How a verb ends when it does not succeed: a refusal (a value) or a fault (an accident).
use crate::db::Fault;

/// One enum a verb implements this. It must live beside `Fault`, or `?` could not serve both.
pub trait Refusal: std::fmt::Debug + Copy + Send + Sync + 'static {
    /// The stable code of the API; it never changes once released.
    fn code(self) -> &'static str;
}

#[derive(Debug)]
pub enum Stop<R> {
    Refused(R),
    Fault(Fault),
}

impl<R: Refusal> From<R> for Stop<R> {
    fn from(refusal: R) -> Self {
        Stop::Refused(refusal)
    }
}
impl<R> From<Fault> for Stop<R> {
    fn from(fault: Fault) -> Self {
        Stop::Fault(fault)
    }
}
impl<R> Stop<R> {
    /// The same end in the words of a verb around this one.
    pub fn map<S>(self, f: impl FnOnce(R) -> S) -> Stop<S> {
        match self {
            Stop::Refused(r) => Stop::Refused(f(r)),
            Stop::Fault(fault) => Stop::Fault(fault),
        }
    }
}

/// Declares a verb's refusals in order of precedence, each with its API code.
#[macro_export]
macro_rules! refusals {
    ($($(#[$m:meta])* $member:ident = $code:literal),+ $(,)?) => {
        rules::codes! {
            /// Why this verb may say no, in order of precedence.
            pub enum Refused { $($(#[$m])* $member = $code),+ }
        }
        impl $crate::Refusal for Refused {
            fn code(self) -> &'static str {
                Refused::code(self)
            }
        }
    };
}

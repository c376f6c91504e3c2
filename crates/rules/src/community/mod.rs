//! Community (社群): who may do what, who may come in, what may be said.
pub mod contact;
pub mod fitting;
pub mod group;
pub mod message;
pub mod moderation;
pub mod open;
pub mod password;
pub mod role;
pub mod scope;
pub mod second_factor;
pub mod session;
pub mod sign_in;
#[cfg(test)]
mod table;
pub mod tag;
pub mod throttle;

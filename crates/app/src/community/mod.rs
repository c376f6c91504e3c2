//! Community (社群): people, groups, talk.
mod hashing;
pub mod request_code;
pub mod sessions;
pub mod set_password;
pub mod set_profile;
pub mod sign_in_with_code;
pub mod sign_in_with_password;
pub mod sign_up;
mod tables_people;
pub mod views_people;
pub mod who;

//! Stories: each runs on SQLite and on PostgreSQL.
mod community;
mod community_chat;
mod community_people;
mod content;
mod content_cast;
mod ground;
mod reach;
mod search;
mod statements;
mod trust;

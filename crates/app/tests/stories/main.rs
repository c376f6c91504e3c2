//! Stories: each runs on SQLite and on PostgreSQL.
mod community;
mod community_chat;
mod community_people;
mod ground;
mod statements;

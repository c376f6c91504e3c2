//! Stories: each runs on SQLite and on PostgreSQL.
mod ground;
mod statements;

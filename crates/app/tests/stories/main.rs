//! Stories: each runs on SQLite and on PostgreSQL.
mod after_sale;
mod audit;
mod community;
mod community_chat;
mod community_groups;
mod community_members;
mod community_people;
mod community_reports;
mod content;
mod content_cast;
mod farewell;
mod ground;
mod plans;
mod reach;
mod search;
mod statements;
mod trust;

//! The console through its router: who gets in, what forms do, what files say.
mod acts;
mod goods;
mod insight;
mod insight_groups;
mod insight_loop;
mod order;
mod people;
mod walk;
mod world;

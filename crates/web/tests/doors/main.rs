//! Every door of the house: who comes in where, and what it says to whoever knocks wrongly.
mod actors;
mod fuzz;
mod health;
mod knock;
mod source;
mod town;

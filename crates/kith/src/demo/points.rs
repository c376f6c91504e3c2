//! Points of the demonstration: some use what they have, and now and then the shop gives a few.
use super::Shared;
use super::world::{Person, World, told};
use anyhow::Result;
use app::loyalty::set_points::CorrectPoints;
use rules::base::Moment;
use rules::loyalty::points::{Expiry, MOST, Release, Terms};

/// Of a hundred orders.
const USES: usize = 30;

/// The owner turns them on in the first days: they come with receipt and end after forty days, so
/// that some are on the way, some are there, and some end.
pub async fn offer(world: &Shared, at: Moment) -> Result<()> {
    let (release, expiry) = (Release::OnReceipt, Expiry::Rolling { days: 40 });
    let terms = Terms { on: true, rate: 500, release, expiry, ..Terms::default() };
    told("points", world.app.set_points(at, world.owner()?.who, terms).await)
}

/// How many somebody wants to use: all of them, or none.
pub fn wanted(world: &World) -> i64 {
    if world.dice.percent(USES) { MOST } else { 0 }
}

/// The owner says thank you for a hint.
pub async fn thanked(world: &World, person: Person, at: Moment) -> Result<()> {
    let (id, member, points) = (world.app.mint(at), person.who.member, 50);
    let reason =
        world.lang.pick(["反馈很有用，谢谢", "回饋很有用，謝謝", "Thank you for the hint"]);
    let who = world.owner()?.who;
    let x = CorrectPoints { who, id, member, points, reason: reason.into() };
    told("points by hand", world.app.correct_points(at, x).await)
}

//! The community thanks those whose links led to sales; most of those who share take part.
use super::Shared;
use super::world::{Person, World, told};
use anyhow::Result;
use rules::base::Moment;
use rules::spread::commission::{Level, Rates, Terms};

/// One member in so many does not care for it.
const ABSTAINS: usize = 4;

/// The owner turns it on in the first days.
pub async fn offer(world: &Shared, at: Moment) -> Result<()> {
    let rates = Rates { first: 500, second: 100 };
    let terms = Terms { on: true, levels: Level::Second, rates, ..Terms::default() };
    told("commission", world.app.set_commission(at, world.owner()?.who, terms).await)
}

/// Somebody who joined reads the terms and takes part.
pub async fn take_part(world: &World, i: usize, person: Person, at: Moment) -> Result<()> {
    if i.is_multiple_of(ABSTAINS) {
        return Ok(());
    }
    told("taking part", world.app.join_programme(at, person.who).await)
}

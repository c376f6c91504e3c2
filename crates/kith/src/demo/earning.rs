//! The community thanks those whose links led to sales, and pays leaders for serving lists; most of
//! those who share take part.
use super::Shared;
use super::world::{Person, World, told};
use anyhow::Result;
use rules::base::Moment;
use rules::spread::commission::{Level, Rates, Terms};
use rules::spread::service_pay as service;

/// One member in so many does not care for it.
const ABSTAINS: usize = 4;

/// The owner turns both on in the first days.
pub async fn offer(world: &Shared, at: Moment) -> Result<()> {
    let rates = Rates { first: 500, second: 100 };
    let terms = Terms { on: true, levels: Level::Second, rates, ..Terms::default() };
    told("commission", world.app.set_commission(at, world.owner()?.who, terms).await)?;
    let pay = service::Terms { rate: 300, flat: 100 };
    told("service pay", world.app.set_service(at, world.owner()?.who, None, Some(pay)).await)
}

/// Somebody who joined reads the terms and takes part.
pub async fn take_part(world: &World, i: usize, person: Person, at: Moment) -> Result<()> {
    if i.is_multiple_of(ABSTAINS) {
        return Ok(());
    }
    told("taking part", world.app.join_programme(at, person.who).await)
}

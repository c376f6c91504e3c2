//! A payout of the demonstration: a member's phone makes a code, staff write down the slip.
use super::world::{World, told};
use anyhow::{Result, anyhow};
use app::community::second_factor::BeginSecondFactor;
use app::community::who::Who;
use app::spread::request_payout::RequestPayout;
use app::spread::settle_payout::SettlePayout;
use gateway::second_factor::code;
use rules::base::{Id, Moment, id};
use rules::community::role::Role;
use rules::community::second_factor::{REST_MS, step};
use rules::spread::payout::State;

/// Whose payout is done when the demonstration opens.
pub const SAVER: &str = "周姐";
/// So many others wait at the desk.
const WAITING: usize = 2;

pub async fn some(world: &World, at: Moment) -> Result<()> {
    if let Some(saver) = world.named(SAVER) {
        pay_out(world, at, saver.who, Some("20261120-0071")).await?;
    }
    let others: Vec<Who> = {
        let people = world.people.read().map_err(|_| anyhow!("the people"))?;
        let plain = people.values().filter(|p| p.who.role == Role::Member);
        plain.map(|p| p.who).collect()
    };
    let mut waiting = 0;
    for who in others {
        if waiting < WAITING && pay_out(world, at, who, None).await? {
            waiting += 1;
        }
    }
    Ok(())
}

/// Asks for all commission `who` has available; false when it is below the least. With a slip it is
/// settled, without one it waits at the desk.
async fn pay_out(world: &World, at: Moment, who: Who, slip: Option<&str>) -> Result<bool> {
    let app = &world.app;
    let desk = app.payout_desk(who.community, who.member).await.map_err(|e| anyhow!("{e}"))?;
    if desk.open || desk.available < desk.terms.least {
        return Ok(false);
    }
    let (account, before) = (who.account, at.plus(-REST_MS));
    let token = told("a session", app.open_session_for(before, account, "demo").await)?.token;
    let session = app.session(before, &token).await.map_err(|e| anyhow!("{e}"))?;
    let session = session.ok_or_else(|| anyhow!("the session is gone"))?.id;
    let begin = BeginSecondFactor { account, session, password: None };
    told("a second factor", app.begin_second_factor(before, begin).await)?;
    let setup = app.second_factor(before, account).await.map_err(|e| anyhow!("{e}"))?;
    let secret = setup.secret.ok_or_else(|| anyhow!("the setup is gone"))?;
    let first = code(&secret, step(before));
    told("its first code", app.confirm_second_factor(before, who, first).await)?;
    let later = at.plus_minutes(1);
    let id: Id<id::Payout> = app.mint(later);
    let pick = |words: [&'static str; 3]| world.lang.pick(words).to_string();
    let request = RequestPayout {
        who,
        id,
        amount: desk.available,
        payee: pick(["周小桃", "周小桃", "T. Zhou"]),
        destination: pick([
            "桃源银行 6222 0000 1234",
            "桃源銀行 6222 0000 1234",
            "20-00-00 12345678",
        ]),
        code: code(&secret, step(later)),
    };
    told("a payout", app.request_payout(later, request).await)?;
    let Some(slip) = slip else { return Ok(true) };
    let (desk, slip, reason) = (world.owner()?.who, slip.to_string(), String::new());
    let settle = SettlePayout { who: desk, id, to: State::Paid, slip, reason };
    told("its slip", app.settle_payout(later, settle).await)?;
    Ok(true)
}

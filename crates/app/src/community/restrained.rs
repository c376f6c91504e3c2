//! Who restrains whom: the two members, and whether the first may.
use super::who::{self, Who};
use crate::Fault;
use crate::db::Tx;
use rules::base::{Id, id};
use rules::community::moderation::{self, Hands};
use rules::community::role::Role;

/// Why not.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Not {
    Allowed,
    There,
    Them,
}
impl From<Hands> for Not {
    fn from(h: Hands) -> Not {
        match h {
            Hands::NotAllowed => Not::Allowed,
            Hands::NotThem => Not::Them,
        }
    }
}

/// Somebody with the right over members.
pub(super) fn keeper(
    tx: &mut Tx<'_>,
    c: Id<id::Community>,
    by: Id<id::Member>,
) -> Result<Result<Who, Not>, Fault> {
    let Some(by) = who::member_is(tx, c, by)? else { return Ok(Err(Not::Allowed)) };
    let may = moderation::may_restrain(by.role, by.rights, Role::Member, false);
    Ok(may.map(|()| by).map_err(Not::from))
}
/// The same, and the member they may mute or ban.
pub(super) fn both(
    tx: &mut Tx<'_>,
    c: Id<id::Community>,
    by: Id<id::Member>,
    them: Id<id::Member>,
) -> Result<Result<(Who, Who), Not>, Fault> {
    let by = match keeper(tx, c, by)? {
        Ok(by) => by,
        Err(not) => return Ok(Err(not)),
    };
    let Some(them) = who::member_is(tx, c, them)? else { return Ok(Err(Not::There)) };
    let oneself = by.member == them.member;
    let may = moderation::may_restrain(by.role, by.rights, them.role, oneself);
    Ok(may.map(|()| (by, them)).map_err(Not::from))
}

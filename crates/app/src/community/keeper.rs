//! Who looks after a group: staff with the right over members, its leader, its council.
use super::tables_rooms;
use super::who::{self, Who};
use crate::db::{Fault, Rx};
use rules::base::{Id, id};
use rules::community::group::{self, Deed, GroupRole};
use rules::community::role::Right;

pub(super) struct Keeper {
    pub who: Who,
    /// `None`: not in this group.
    pub role: Option<GroupRole>,
}
impl Keeper {
    pub fn may(&self, deed: Deed) -> bool {
        group::may(deed, self.who.rights.may(Right::Members), self.role)
    }
}

/// An active member of the community, with their place in the group.
pub(super) fn keeper(
    rx: &mut Rx<'_>,
    c: Id<id::Community>,
    member: Id<id::Member>,
    group: Id<id::Group>,
) -> Result<Option<Keeper>, Fault> {
    let Some(who) = who::member_is(rx, c, member)? else { return Ok(None) };
    let role = tables_rooms::role(rx, c, group, member)?;
    Ok(Some(Keeper { who, role }))
}

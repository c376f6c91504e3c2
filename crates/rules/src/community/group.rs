//! Groups: kinds, admission, capacity, and what leaders and councils may do.
use crate::base::text::{self, Unfit};
use crate::codes;

codes! {
    pub enum GroupKind {
        Interest = "interest", Product = "product", Neighbourhood = "neighbourhood",
        City = "city", Seed = "seed", Core = "core",
    }
}
codes! {
    /// How one comes in.
    pub enum Admission { Open = "open", Invite = "invite", Approval = "approval" }
}
codes! {
    /// A member's place in one group.
    pub enum GroupRole { Leader = "leader", Council = "council", Member = "member" }
}
codes! {
    /// What needs more than being a member of the group.
    pub enum Deed {
        /// Decide applications, make invite codes.
        Admit = "admit",
        /// Approve waiting lines, hide lines, decide reports.
        Tend = "tend",
        /// Change name, rules, notice, capacity, pick-up point.
        Change = "change",
        /// Choose the council.
        ChooseCouncil = "choose_council",
        /// Choose leaders.
        ChooseLeader = "choose_leader",
    }
}

/// `staff`: has the community's right over members, as its owner has.
pub const fn may(deed: Deed, staff: bool, role: Option<GroupRole>) -> bool {
    match (deed, role) {
        _ if staff => true,
        (Deed::ChooseLeader, _) => false,
        (_, Some(GroupRole::Leader)) => true,
        (Deed::Admit | Deed::Tend, Some(GroupRole::Council)) => true,
        _ => false,
    }
}

pub const CAPACITY: i64 = 500;
pub const MOST: i64 = 5000;
/// The slowest slow mode: one line an hour.
pub const SLOWEST: i64 = 3600;

/// Full is `>=`.
pub const fn full(members: i64, capacity: i64) -> bool {
    members >= capacity
}

/// What the door finds.
#[derive(Clone, Copy, Debug)]
pub struct Door {
    pub admission: Admission,
    /// A code of this group that still has a use.
    pub code: bool,
    pub members: i64,
    pub capacity: i64,
}
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Step {
    /// Takes a seat, and a use of the code when there is one to take.
    In,
    Apply,
}
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Shut {
    NeedsCode,
    Full,
}

/// A code opens every door: whoever made it has answered for its bearer.
pub fn knock(d: Door) -> Result<Step, Shut> {
    if d.admission == Admission::Invite && !d.code {
        return Err(Shut::NeedsCode);
    }
    if full(d.members, d.capacity) {
        return Err(Shut::Full);
    }
    let apply = d.admission == Admission::Approval && !d.code;
    Ok(if apply { Step::Apply } else { Step::In })
}

pub fn name(typed: &str) -> Result<String, Unfit> {
    text::name(typed, 30)
}
/// Several lines that may be left out.
pub fn optional(typed: &str, most: usize) -> Result<String, Unfit> {
    match text::fit(text::lines(typed), most) {
        Err(Unfit::Empty) => Ok(String::new()),
        other => other,
    }
}
pub const fn capacity(n: i64) -> bool {
    n >= 2 && n <= MOST
}
/// Uses of one invite code, and the days it lasts.
pub const fn invite(uses: i64, days: i64) -> bool {
    uses >= 1 && uses <= 500 && days >= 1 && days <= 90
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::community::table::check;

    #[test]
    fn doors() {
        check(
            "
            open     | no  | 0/2 | In
            open     | no  | 2/2 | Full
            open     | no  | 3/2 | Full
            invite   | no  | 2/2 | NeedsCode
            invite   | yes | 1/2 | In
            invite   | yes | 2/2 | Full
            approval | no  | 1/2 | Apply
            approval | yes | 1/2 | In
            approval | no  | 2/2 | Full",
            |c| {
                let (members, capacity) = c[2].split_once('/').expect("members/capacity");
                let door = Door {
                    admission: Admission::of(c[0]).expect("an admission"),
                    code: c[1] == "yes",
                    members: members.parse().expect("a number"),
                    capacity: capacity.parse().expect("a number"),
                };
                knock(door).map_or_else(|e| format!("{e:?}"), |s| format!("{s:?}"))
            },
        );
    }

    #[test]
    fn deeds() {
        check(
            "
            staff | -       | choose_leader  | yes
            -     | leader  | choose_leader  | no
            -     | leader  | choose_council | yes
            -     | leader  | change         | yes
            -     | council | change         | no
            -     | council | tend           | yes
            -     | council | admit          | yes
            -     | member  | tend           | no
            -     | -       | admit          | no",
            |c| {
                let deed = Deed::of(c[2]).expect("a deed");
                let may = may(deed, c[0] == "staff", GroupRole::of(c[1]));
                if may { "yes".into() } else { "no".into() }
            },
        );
    }
}

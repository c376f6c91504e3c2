//! Roles in a community and the rights staff are given one by one.
use crate::codes;

codes! {
    /// A member's place in the community. Leading a group is kept with the group.
    pub enum Role { Owner = "owner", Staff = "staff", Member = "member" }
}
codes! {
    /// Whether a member is still there. Left, banned and closed members keep their money rows.
    pub enum Membership {
        Active = "active", Left = "left", Banned = "banned", Closed = "closed",
    }
}
codes! {
    /// What staff may be allowed to do.
    pub enum Right {
        Members = "members", Content = "content", Catalogue = "catalogue", Orders = "orders",
        Money = "money", Campaigns = "campaigns", Insight = "insight",
    }
}

/// The rights of one member: the owner has all, a plain member none.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Rights(u16);

impl Rights {
    pub const NONE: Rights = Rights(0);

    pub fn of(role: Role, given: &str) -> Rights {
        match role {
            Role::Owner => Rights(u16::MAX),
            Role::Member => Rights::NONE,
            Role::Staff => given
                .split(',')
                .filter_map(Right::of)
                .fold(Rights::NONE, |all, r| Rights(all.0 | 1 << r as u16)),
        }
    }
    pub const fn may(self, right: Right) -> bool {
        self.0 & (1 << right as u16) != 0
    }
    /// Whether lists of every group are shown: some part of serving them is this one's.
    pub const fn serves_lists(self) -> bool {
        self.may(Right::Members) || self.may(Right::Orders) || self.may(Right::Campaigns)
    }
    /// Whether the console opens at all.
    pub const fn any(self) -> bool {
        self.0 != 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_may_what() {
        let table = "
            owner  |               | orders | yes
            staff  | orders,money  | orders | yes
            staff  | orders,money  | members | no
            staff  | nonsense      | orders | no
            member | orders        | orders | no";
        for row in table.lines().filter(|l| l.contains('|')) {
            let cell: Vec<&str> = row.split('|').map(str::trim).collect();
            let role = Role::of(cell[0]).expect("a role");
            let right = Right::of(cell[2]).expect("a right");
            let may = Rights::of(role, cell[1]).may(right);
            assert_eq!(may, cell[3] == "yes", "{row}");
        }
    }

    #[test]
    fn who_serves_lists() {
        let check = |role, given: &str, want| {
            assert_eq!(Rights::of(role, given).serves_lists(), want, "{given}");
        };
        check(Role::Owner, "", true);
        check(Role::Member, "orders", false);
        check(Role::Staff, "content,catalogue,money,insight", false);
        for right in ["members", "orders", "campaigns"] {
            check(Role::Staff, right, true);
        }
    }
}

//! What a key of the API may be used for.
//!
//! A key acts as the member who made it: scopes only narrow what that member may do.
use crate::codes;

codes! {
    /// Reading and writing apart, one pair for each step of the business.
    pub enum Scope {
        ReadProducts = "read_products", WriteProducts = "write_products",
        ReadOrders = "read_orders", WriteOrders = "write_orders",
        /// Paying, confirming payments, giving money back.
        WritePayments = "write_payments",
        WriteCampaigns = "write_campaigns",
        ReadMembers = "read_members", WriteGroups = "write_groups",
        ReadContent = "read_content", WriteContent = "write_content",
        ReadChat = "read_chat", WriteChat = "write_chat",
        /// Whom this house tells what happens, and what was sent there.
        ManageWebhooks = "manage_webhooks",
    }
}

/// The scopes of one key.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Scopes(u32);

impl Scopes {
    pub fn all() -> Scopes {
        Scopes::of(Scope::ALL.iter().copied())
    }
    pub fn of(scopes: impl IntoIterator<Item = Scope>) -> Scopes {
        scopes.into_iter().fold(Scopes(0), |all, s| Scopes(all.0 | 1 << s as u32))
    }
    /// Codes between commas, as stored; an unknown one allows nothing.
    pub fn parse(codes: &str) -> Scopes {
        Scopes::of(codes.split(',').filter_map(|c| Scope::of(c.trim())))
    }
    pub const fn may(self, scope: Scope) -> bool {
        self.0 & (1 << scope as u32) != 0
    }
    pub const fn none(self) -> bool {
        self.0 == 0
    }
    pub fn list(self) -> Vec<Scope> {
        Scope::ALL.iter().copied().filter(|s| self.may(*s)).collect()
    }
    /// As [`Scopes::parse`] reads them.
    pub fn codes(self) -> String {
        self.list().iter().map(|s| s.code()).collect::<Vec<_>>().join(",")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_may_what_its_scopes_say() {
        let table = "
            read_products              | read_products  | yes
            read_products              | write_products | no
            read_products,write_orders | write_orders   | yes
            read_products, write_chat  | write_chat     | yes
            nonsense                   | read_products  | no
                                       | read_products  | no";
        for row in table.lines().filter(|l| l.contains('|')) {
            let cell: Vec<&str> = row.split('|').map(str::trim).collect();
            let asked = Scope::of(cell[1]).expect("a scope");
            assert_eq!(Scopes::parse(cell[0]).may(asked), cell[2] == "yes", "{row}");
        }
        assert_eq!(Scopes::parse(&Scopes::all().codes()), Scopes::all());
    }
}

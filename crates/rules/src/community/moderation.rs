//! Muting, banning, reporting: always with an end or a reason.
use super::role::{Right, Rights, Role};
use crate::base::Moment;
use crate::base::text::{self, Unfit};
use crate::codes;

codes! {
    /// What can be reported.
    pub enum Reported {
        Message = "message", Post = "post", Comment = "comment", Review = "review",
        Member = "member",
    }
}
codes! {
    pub enum ReportReason {
        Spam = "spam", Fraud = "fraud", Abuse = "abuse", Indecent = "indecent",
        Illegal = "illegal", Privacy = "privacy", Other = "other",
    }
}
codes! {
    pub enum ReportState { Waiting = "waiting", Upheld = "upheld", Dismissed = "dismissed" }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Hands {
    /// Without the right over members.
    NotAllowed,
    /// The owner, oneself, or staff when one is staff only.
    NotThem,
}

/// Whether `by` may mute or ban such a member.
pub fn may_restrain(by: Role, rights: Rights, them: Role, oneself: bool) -> Result<(), Hands> {
    if !rights.may(Right::Members) {
        return Err(Hands::NotAllowed);
    }
    let outranked = match them {
        Role::Owner => true,
        Role::Staff => by != Role::Owner,
        Role::Member => false,
    };
    if oneself || outranked { Err(Hands::NotThem) } else { Ok(()) }
}

/// What staff must be allowed, to decide a report that belongs to no group.
pub const fn right_over(what: Reported) -> Right {
    match what {
        Reported::Post | Reported::Comment | Reported::Review => Right::Content,
        Reported::Message | Reported::Member => Right::Members,
    }
}

/// At most a year, and not already over.
pub fn mute_end(until: Moment, now: Moment) -> bool {
    until > now && until <= now.plus_days(366)
}
pub fn reason(typed: &str) -> Result<String, Unfit> {
    text::fit(text::line(typed), 200)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::community::table::{check, outcome};

    #[test]
    fn who_restrains_whom() {
        check(
            "
            owner  |         | staff  | other | ok
            owner  |         | owner  | self  | NotThem
            staff  | members | member | other | ok
            staff  | members | staff  | other | NotThem
            staff  | members | owner  | other | NotThem
            staff  | orders  | member | other | NotAllowed
            member |         | member | other | NotAllowed",
            |c| {
                let by = Role::of(c[0]).expect("a role");
                let them = Role::of(c[2]).expect("a role");
                outcome(may_restrain(by, Rights::of(by, c[1]), them, c[3] == "self"))
            },
        );
    }
}

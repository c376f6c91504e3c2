//! What a member is called in this community, and what they say of themselves.
use super::tables_house as tables;
use crate::db::{Tx, Writes};
use crate::{App, Stop};
use rules::base::{Id, Moment, id};
use rules::community::open;

#[derive(Clone, Debug)]
pub struct EditMember {
    pub community: Id<id::Community>,
    pub member: Id<id::Member>,
    pub name: String,
    pub bio: String,
}

crate::refusals! {
    BadName = "bad_name",
    BadBio = "bad_bio",
    NotAMember = "not_a_member",
}

impl App {
    pub async fn edit_member(&self, now: Moment, cmd: EditMember) -> Result<(), Stop<Refused>> {
        let name = open::person(&cmd.name).map_err(|_| Refused::BadName)?;
        let bio = open::bio(&cmd.bio).map_err(|_| Refused::BadBio)?;
        let verb = move |tx: &mut Tx<'_>| {
            let mut w = Writes::default();
            let (c, member) = (cmd.community, cmd.member);
            tables::edit_member(&mut w, c, member, &name, &bio, Refused::NotAMember);
            tx.run(w)
        };
        self.db.write(now, verb).await
    }
}

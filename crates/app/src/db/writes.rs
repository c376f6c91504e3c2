//! A batch of writes that says, statement by statement, what it means when no row was touched.
use super::{Owned, Val};

/// `R` is the verb's own refusal. Tables push statements here; the verb sends them with `tx.run`.
pub struct Writes<R> {
    pub(super) list: Vec<Statement<R>>,
}

pub(super) struct Statement<R> {
    pub sql: &'static str,
    pub args: Vec<Owned>,
    /// What touching no row means; `None`: touching none is fine.
    pub otherwise: Option<R>,
}

impl<R> Default for Writes<R> {
    fn default() -> Self {
        Writes { list: Vec::with_capacity(12) }
    }
}

impl<R> Writes<R> {
    /// Touching no row is fine.
    pub fn put(&mut self, sql: &'static str, args: &[Val<'_>]) {
        self.push(sql, args, None);
    }
    /// Touching no row means `otherwise`: somebody was faster.
    pub fn must(&mut self, sql: &'static str, args: &[Val<'_>], otherwise: R) {
        self.push(sql, args, Some(otherwise));
    }
    fn push(&mut self, sql: &'static str, args: &[Val<'_>], otherwise: Option<R>) {
        let args = args.iter().map(|v| Owned::from(*v)).collect();
        self.list.push(Statement { sql, args, otherwise });
    }
}

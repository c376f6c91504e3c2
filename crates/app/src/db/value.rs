//! Values in and out: what both databases understand.
use rules::base::{Id, Moment, id};
use rusqlite::types::{ToSqlOutput, ValueRef};
use tokio_postgres::types::{IsNull, ToSql, Type, private::BytesMut};

/// An argument of a statement.
#[derive(Clone, Copy, Debug)]
pub enum Val<'a> {
    Null,
    Int(i64),
    Bool(bool),
    Text(&'a str),
    Bytes(&'a [u8]),
}

/// The same, kept until a batch is sent.
#[derive(Clone, Debug)]
pub enum Owned {
    Null,
    Int(i64),
    Bool(bool),
    Text(Box<str>),
    Bytes(Box<[u8]>),
}

impl Owned {
    pub fn as_val(&self) -> Val<'_> {
        match self {
            Owned::Null => Val::Null,
            Owned::Int(i) => Val::Int(*i),
            Owned::Bool(b) => Val::Bool(*b),
            Owned::Text(t) => Val::Text(t),
            Owned::Bytes(b) => Val::Bytes(b),
        }
    }
}
impl From<Val<'_>> for Owned {
    fn from(v: Val<'_>) -> Owned {
        match v {
            Val::Null => Owned::Null,
            Val::Int(i) => Owned::Int(i),
            Val::Bool(b) => Owned::Bool(b),
            Val::Text(t) => Owned::Text(t.into()),
            Val::Bytes(b) => Owned::Bytes(b.into()),
        }
    }
}

/// A statement's community, twenty ids (missing ones are zero, which names nothing), and the rest:
/// what a page's rows have beside them is read with one statement, whatever their number.
pub fn twenty<'a>(c: Id<id::Community>, ids: &[i64], rest: &[Val<'a>]) -> Vec<Val<'a>> {
    let padded = ids.iter().copied().chain(std::iter::repeat(0)).take(20).map(Val::Int);
    [Val::Int(c.raw())].into_iter().chain(padded).chain(rest.iter().copied()).collect()
}

impl From<i64> for Val<'_> {
    fn from(v: i64) -> Self {
        Val::Int(v)
    }
}
impl From<bool> for Val<'_> {
    fn from(v: bool) -> Self {
        Val::Bool(v)
    }
}
impl From<Moment> for Val<'_> {
    fn from(v: Moment) -> Self {
        Val::Int(v.0)
    }
}
impl<'a> From<&'a str> for Val<'a> {
    fn from(v: &'a str) -> Self {
        Val::Text(v)
    }
}
impl<'a> From<&'a String> for Val<'a> {
    fn from(v: &'a String) -> Self {
        Val::Text(v)
    }
}
impl<'a> From<&'a [u8]> for Val<'a> {
    fn from(v: &'a [u8]) -> Self {
        Val::Bytes(v)
    }
}
impl<T> From<Id<T>> for Val<'_> {
    fn from(v: Id<T>) -> Self {
        Val::Int(v.raw())
    }
}
impl<'a, T: Into<Val<'a>>> From<Option<T>> for Val<'a> {
    fn from(v: Option<T>) -> Self {
        v.map_or(Val::Null, Into::into)
    }
}

/// A part of a name as `LIKE .. ESCAPE '~'` wants it, in small letters; empty stays empty.
pub fn part(query: &str) -> String {
    let query = query.trim().to_lowercase();
    if query.is_empty() {
        return query;
    }
    let escaped = query.replace('~', "~~").replace('%', "~%").replace('_', "~_");
    format!("%{escaped}%")
}

/// `p![a, b]`: the arguments of a statement.
#[macro_export]
macro_rules! p {
    ($($e:expr),* $(,)?) => { &[$($crate::db::Val::from($e)),*] as &[$crate::db::Val<'_>] };
}

impl rusqlite::ToSql for Val<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Val::Null => ValueRef::Null,
            Val::Int(i) => ValueRef::Integer(*i),
            Val::Bool(b) => ValueRef::Integer(i64::from(*b)),
            Val::Text(t) => ValueRef::Text(t.as_bytes()),
            Val::Bytes(b) => ValueRef::Blob(b),
        }))
    }
}

type PgResult = Result<IsNull, Box<dyn std::error::Error + Sync + Send>>;
impl ToSql for Val<'_> {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> PgResult {
        match self {
            Val::Null => Ok(IsNull::Yes),
            // a literal beside it can make an argument int4
            Val::Int(i) if *ty == Type::INT4 => i32::try_from(*i)?.to_sql(ty, out),
            Val::Int(i) => i.to_sql(ty, out),
            Val::Bool(b) => b.to_sql(ty, out),
            Val::Text(t) => t.to_sql(ty, out),
            Val::Bytes(b) => b.to_sql(ty, out),
        }
    }
    fn accepts(_: &Type) -> bool {
        true
    }
    tokio_postgres::types::to_sql_checked!();
}

/// One row of an answer. Columns are asked for by position; a wrong type is a bug in the statement
/// and panics, which the database layer turns into a fault.
pub enum Row<'r> {
    Sqlite(&'r rusqlite::Row<'r>),
    Postgres(&'r tokio_postgres::Row),
}

macro_rules! getters {
    ($($name:ident $opt:ident $t:ty;)*) => { $(
        pub fn $name(&self, i: usize) -> $t {
            match self {
                Row::Sqlite(r) => r.get_unwrap(i),
                Row::Postgres(r) => r.get(i),
            }
        }
        pub fn $opt(&self, i: usize) -> Option<$t> {
            match self {
                Row::Sqlite(r) => r.get_unwrap(i),
                Row::Postgres(r) => r.get(i),
            }
        }
    )* };
}

impl Row<'_> {
    getters! {
        int opt_int i64;
        bool opt_bool bool;
        text opt_text String;
        bytes opt_bytes Vec<u8>;
    }
    pub fn moment(&self, i: usize) -> Moment {
        Moment(self.int(i))
    }
    pub fn opt_moment(&self, i: usize) -> Option<Moment> {
        self.opt_int(i).map(Moment)
    }
    pub fn id<T>(&self, i: usize) -> Id<T> {
        Id::of(self.int(i))
    }
    pub fn opt_id<T>(&self, i: usize) -> Option<Id<T>> {
        self.opt_int(i).map(Id::of)
    }
    /// A word of a closed set. An unknown one is corruption; it panics like a wrong type.
    pub fn word<W>(&self, i: usize, of: impl Fn(&str) -> Option<W>) -> W {
        let text = self.text(i);
        of(&text).unwrap_or_else(|| panic!("column {i} holds the unknown word {text:?}"))
    }
}

//! PostgreSQL: one connection, its runtime and its statements.
use super::writes::Statement;
use super::{Conn, Fault, Mint, Row, Rx, Stop, Tx, Val, Wake};
use futures_util::future::{join, join_all};
use rules::base::Moment;
use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use tokio_postgres::types::ToSql;
use tokio_postgres::{Client, NoTls, Statement as Prepared};

const BEGIN: &str = "BEGIN";
const SNAPSHOT: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
const NOTIFY: &str = "SELECT pg_notify('kith', $1)";

pub(super) struct Pg {
    pub rt: tokio::runtime::Runtime,
    pub client: Arc<Client>,
    prepared: HashMap<(usize, usize), Prepared>,
    /// The BEGIN that travels with the first statement.
    begin: Option<&'static str>,
}

fn refs<'a>(args: &'a [Val<'a>]) -> Vec<&'a (dyn ToSql + Sync)> {
    args.iter().map(|v| v as &(dyn ToSql + Sync)).collect()
}

impl Pg {
    pub fn connect(url: &str) -> Result<Pg, Fault> {
        let rt = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(|e| Fault::broken(format!("no runtime: {e}")))?;
        let (client, wire) = rt.block_on(tokio_postgres::connect(url, NoTls))?;
        rt.spawn(async move { drop(wire.await) });
        Ok(Pg { rt, client: Arc::new(client), prepared: HashMap::new(), begin: None })
    }
    fn prepare(&mut self, sql: &'static str) -> Result<Prepared, Fault> {
        let key = (sql.as_ptr() as usize, sql.len());
        if let Some(s) = self.prepared.get(&key) {
            return Ok(s.clone());
        }
        let s = self.rt.block_on(self.client.prepare(sql))?;
        self.prepared.insert(key, s.clone());
        Ok(s)
    }
    fn go<T>(
        &mut self,
        f: impl Future<Output = Result<T, tokio_postgres::Error>>,
    ) -> Result<T, Fault> {
        let Some(begin) = self.begin.take() else { return Ok(self.rt.block_on(f)?) };
        let (begun, out) = self.rt.block_on(join(self.client.batch_execute(begin), f));
        begun?;
        Ok(out?)
    }
    pub fn exec(&mut self, sql: &'static str, args: &[Val<'_>]) -> Result<u64, Fault> {
        let (s, client) = (self.prepare(sql)?, self.client.clone());
        self.go(client.execute(&s, &refs(args)))
    }
    pub fn one<T>(
        &mut self,
        sql: &'static str,
        args: &[Val<'_>],
        f: impl FnOnce(Row<'_>) -> T,
    ) -> Result<Option<T>, Fault> {
        let (s, client) = (self.prepare(sql)?, self.client.clone());
        let rows = self.go(client.query(&s, &refs(args)))?;
        Ok(rows.first().map(|r| f(Row::Postgres(r))))
    }
    pub fn all<T>(
        &mut self,
        sql: &'static str,
        args: &[Val<'_>],
        mut f: impl FnMut(Row<'_>) -> T,
    ) -> Result<Vec<T>, Fault> {
        let (s, client) = (self.prepare(sql)?, self.client.clone());
        let rows = self.go(client.query(&s, &refs(args)))?;
        Ok(rows.iter().map(|r| f(Row::Postgres(r))).collect())
    }
    /// All statements are sent before the first answer is seen; the first bad answer in order
    /// decides, because what came after it may have failed only for that reason.
    pub fn batch<R: Copy>(&mut self, list: &[Statement<R>]) -> Result<Option<R>, Fault> {
        let mut ready = Vec::with_capacity(list.len());
        for s in list {
            let args: Vec<Val<'_>> = s.args.iter().map(|a| a.as_val()).collect();
            ready.push((self.prepare(s.sql)?, args));
        }
        let client = self.client.clone();
        let all = join_all(ready.iter().map(|(s, args)| {
            let client = &client;
            async move { client.execute(s, &refs(args)).await }
        }));
        let answers = self.go(async { Ok(all.await) })?;
        for (s, answer) in list.iter().zip(answers) {
            if answer? == 0 && s.otherwise.is_some() {
                return Ok(s.otherwise);
            }
        }
        Ok(None)
    }
    /// One view of one moment.
    pub fn snapshot<T>(
        &mut self,
        f: impl FnOnce(&mut Rx<'_>) -> Result<T, Fault>,
    ) -> Result<T, Fault> {
        self.begin = Some(SNAPSHOT);
        let out = catch_unwind(AssertUnwindSafe(|| f(&mut Rx::new(Conn::Postgres(self)))))
            .unwrap_or_else(|_| Err(Fault::broken("a view panicked")));
        if self.begin.take().is_none() {
            let ended = self.rt.block_on(self.client.batch_execute("COMMIT"));
            if out.is_ok() {
                ended?;
            }
        }
        out
    }
    pub fn transact<T, R>(
        &mut self,
        now: Moment,
        mint: &Mint,
        f: &impl Fn(&mut Tx<'_>) -> Result<T, Stop<R>>,
    ) -> Result<T, Stop<R>> {
        self.begin = Some(BEGIN);
        let rx = Rx::new(Conn::Postgres(self));
        let mut tx = Tx { rx, now, mint, opened: false, wakes: Vec::new() };
        let out = catch_unwind(AssertUnwindSafe(|| f(&mut tx)))
            .unwrap_or_else(|_| Err(Stop::Fault(Fault::broken("a verb panicked"))));
        let wakes = std::mem::take(&mut tx.wakes);
        if self.begin.take().is_some() {
            return out; // nothing was ever sent
        }
        match out {
            Ok(t) => self.commit(&wakes).map(|()| t).map_err(Stop::Fault),
            Err(stop) => {
                let _ = self.rt.block_on(self.client.batch_execute("ROLLBACK"));
                Err(stop)
            }
        }
    }
    fn commit(&mut self, wakes: &[Wake]) -> Result<(), Fault> {
        for wake in wakes {
            let body = format!("{} {}", wake.community, wake.topic);
            self.exec(NOTIFY, &[Val::Text(&body)])?;
        }
        // COMMIT of a failed transaction "succeeds" as a ROLLBACK. No statement of ours failed,
        // or `out` were an error; a lost connection leaves the outcome unknown.
        match self.rt.block_on(self.client.batch_execute("COMMIT")) {
            Ok(()) => Ok(()),
            Err(e) if e.is_closed() || e.code().is_none() => Err(Fault::Unknown),
            Err(e) => Err(e.into()),
        }
    }
}

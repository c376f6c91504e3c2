//! A small community for the stories of content, trust and reach, put there by plain SQL.
use app::db::{Tx, Val};
use app::{Refusal, Stop, p};
use rules::base::{Id, id};
use testkit::House;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum No {}
impl Refusal for No {
    fn code(self) -> &'static str {
        match self {}
    }
}

pub type C = Id<id::Community>;
pub type M = Id<id::Member>;

/// One statement, as a test may send it and nothing else may.
pub async fn sql(house: &House, text: &'static str, args: &[Val<'_>]) -> u64 {
    let args: Vec<app::db::Owned> = args.iter().map(|v| (*v).into()).collect();
    let write = move |tx: &mut Tx<'_>| {
        let args: Vec<Val<'_>> = args.iter().map(|a| a.as_val()).collect();
        Ok::<_, Stop<No>>(tx.exec(text, &args)?)
    };
    house.app.database().write(house.now(), write).await.expect("a statement of the test")
}
pub async fn number(house: &House, text: &'static str, args: &[i64]) -> i64 {
    let args = args.to_vec();
    let read = house.app.database().read(move |rx| {
        let args: Vec<Val<'_>> = args.iter().map(|a| Val::Int(*a)).collect();
        rx.one(text, &args, |r| r.int(0))
    });
    read.await.expect("a read").expect("a row")
}

pub async fn community(house: &House) -> C {
    let c: C = house.app.mint(house.now());
    let slug = format!("c{}", c.raw());
    sql(
        house,
        "INSERT INTO community (id, slug, name, purpose, story, rules, lang, currency, zone,
            jurisdiction, theme, state, created_at)
            VALUES ($1,$2,'茶友社','','','','zh-Hans','CNY','Asia/Shanghai','cn','tea','open',0)",
        p![c, &slug],
    )
    .await;
    c
}
pub async fn member(house: &House, c: C, name: &str, role: &str, rights: &str) -> M {
    let id: M = house.app.mint(house.now());
    sql(
        house,
        "INSERT INTO account (id, name, lang, state, created_at) VALUES ($1,$2,'en','active',0)",
        p![id, name],
    )
    .await;
    sql(
        house,
        "INSERT INTO member (community_id, id, account_id, name, bio, role, rights, state,
            joined_at) VALUES ($1,$2,$2,$3,'',$4,$5,'active',0)",
        p![c, id, name, role, rights],
    )
    .await;
    id
}
pub async fn mail_of(house: &House, member: M, address: &str) {
    sql(
        house,
        "INSERT INTO identity (kind, value, account_id) VALUES ('email',$1,$2)",
        p![address, member],
    )
    .await;
}
pub async fn mute(house: &House, c: C, member: M) {
    sql(
        house,
        "UPDATE member SET muted_until = $3 WHERE community_id = $1 AND id = $2",
        p![c, member, house.now().plus_days(1)],
    )
    .await;
}
pub async fn leave(house: &House, c: C, member: M) {
    sql(
        house,
        "UPDATE member SET state = 'left' WHERE community_id = $1 AND id = $2",
        p![c, member],
    )
    .await;
}
pub async fn product(house: &House, c: C, title: &str, price: i64, stock: i64) -> Id<id::Product> {
    let id: Id<id::Product> = house.app.mint(house.now());
    sql(
        house,
        "INSERT INTO product (community_id, id, handle, title, brief, story, brand, kind, look,
            options, state, returns, sold, rating_sum, rating_count, review_count, created_at,
            changed_at, version) VALUES ($1,$2,$3,$4,'','','','goods','tea','','listed','',0,0,
            0,0,0,0,1)",
        p![c, id, &format!("h{}", id.raw()), title],
    )
    .await;
    sql(
        house,
        "INSERT INTO variant (community_id, id, product_id, sku, choices, price, on_hand, held,
            sold, written_off, received, weight, barcode, position, state, version)
            VALUES ($1,$2,$2,$3,'',$4,$5,0,0,0,$5,0,'',0,'listed',1)",
        p![c, id, &format!("s{}", id.raw()), price, stock],
    )
    .await;
    id
}
/// A line of an order that this member placed.
pub async fn line(
    house: &House,
    c: C,
    member: M,
    product: Id<id::Product>,
    state: &str,
) -> Id<id::Line> {
    let id: Id<id::Line> = house.app.mint(house.now());
    sql(
        house,
        "INSERT INTO order_line (community_id, id, order_id, position, product_id, variant_id,
            title, choices, look, unit_price, qty, amount, state, refunded, refunded_qty,
            member_id, received_at, reviewed)
            VALUES ($1,$2,$2,0,$3,$3,'','大份','tea',100,1,100,$5,0,0,$4,NULL,false)",
        p![c, id, product, member, state],
    )
    .await;
    id
}

/// The refusal of a verb as its code, or `ok`.
pub fn said<T, R: Refusal>(out: Result<T, Stop<R>>) -> String {
    match out {
        Ok(_) => "ok".into(),
        Err(Stop::Refused(r)) => r.code().into(),
        Err(Stop::Fault(f)) => format!("fault: {f}"),
    }
}

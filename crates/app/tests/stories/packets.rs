//! Red packets: opened, taken, over; three hundred people and ten slots; what the audit sees.
use crate::audit::shown;
use crate::community::{Village, village};
use crate::content_cast::{self as cast, sql};
use app::community::who::Who;
use app::db::Tx;
use app::digest::sha256;
use app::spread::open_packet::OpenPacket;
use app::spread::take_packet::{TakePacket, Taken};
use app::spread::views_packet::PacketPage;
use app::{Refusal, Stop, p};
use rules::base::moment::{DAY, HOUR};
use rules::base::{Id, Moment, id};
use rules::community::message::MessageKind;
use rules::spread::packet::{Needs, Split, State};
use std::collections::BTreeSet;
use testkit::{House, both};

type Packet = Id<id::RedPacket>;

fn code<T, R: Refusal>(out: Result<T, Stop<R>>) -> &'static str {
    match out {
        Ok(_) => "ok",
        Err(Stop::Refused(no)) => no.code(),
        Err(Stop::Fault(fault)) => panic!("{fault}"),
    }
}

/// A village with a packet to open in its lobby.
struct Feast {
    v: Village,
    owner: Who,
}

impl Feast {
    async fn of(house: House) -> Feast {
        let v = village(house).await;
        let owner = v.house.app.owner_of(v.c).await.expect("a look").expect("the owner");
        Feast { v, owner }
    }
    fn now(&self) -> Moment {
        self.v.house.now()
    }
    fn cmd(&self, total: i64, slots: i64) -> OpenPacket {
        OpenPacket {
            who: self.owner,
            id: self.v.house.app.mint(self.now()),
            group: self.v.lobby,
            split: Split::Lucky,
            total,
            slots,
            needs: Needs::Member,
            hours: 24,
            wish: "一起吃桃".into(),
        }
    }
    async fn open(&self, total: i64, slots: i64) -> Packet {
        let cmd = self.cmd(total, slots);
        let id = cmd.id;
        self.v.house.app.open_packet(self.now(), cmd).await.expect("a packet");
        id
    }
    async fn who(&self, member: Id<id::Member>) -> Who {
        let account = cast::number(
            &self.v.house,
            "SELECT account_id FROM member WHERE community_id = $1 AND id = $2",
            &[self.v.c.raw(), member.raw()],
        )
        .await;
        let account = Id::of(account);
        self.v.house.app.who_of(self.v.c, account).await.expect("a look").expect("a member")
    }
    /// Somebody in the lobby.
    async fn guest(&self, name: &str) -> Who {
        let member = cast::member(&self.v.house, self.v.c, name, "member", "").await;
        self.seat(member, self.now()).await;
        self.who(member).await
    }
    async fn seat(&self, member: Id<id::Member>, at: Moment) {
        sql(
            &self.v.house,
            "INSERT INTO room_member (community_id, room_id, member_id, role, joined_at, read_seq,
                said_at) VALUES ($1,$2,$3,'member',$4,0,0)",
            p![self.v.c, self.v.lobby, member, at],
        )
        .await;
    }
    async fn take(&self, who: Who, packet: Packet) -> Result<Taken, &'static str> {
        let out = self.v.house.app.take_packet(self.now(), TakePacket { who, packet }).await;
        out.map_err(|stop| code::<(), _>(Err(stop)))
    }
    async fn page(&self, packet: Packet) -> PacketPage {
        let page = self.v.house.app.packet_page(self.v.c, packet).await;
        page.expect("a look").expect("the packet")
    }
    async fn holds(&self, who: Who) -> i64 {
        let wallet = self.v.house.app.wallet(self.v.c, who.member, None, 50).await;
        let wallet = wallet.expect("a look");
        let lines: i64 = wallet.lines.iter().map(|l| l.amount()).sum();
        assert_eq!(wallet.total(), lines, "every unit has its line");
        lines
    }
    async fn audited(&self) {
        let report = self.v.house.app.audit(self.now()).await.expect("an audit");
        assert!(report.clean(), "{:?} {}", self.v.house.on, shown(&report));
        self.v.house.app.seal(self.now()).await.expect("seals");
        let report = self.v.house.app.audit(self.now()).await.expect("an audit");
        assert!(report.clean(), "sealed, {:?} {}", self.v.house.on, shown(&report));
    }
}

/// The draw as a member may do it again from what the page tells.
fn redrawn(seed: &str, total: i64, slots: i64) -> Vec<i64> {
    let (mut rest, mut out) = (total, Vec::new());
    for i in 0..slots {
        let left = slots - i;
        let high = if left == 1 { rest } else { 2 * rest / left - 1 };
        let low = if left == 1 { rest } else { 1 };
        let number = u64::from_str_radix(&sha256(&format!("{seed}:{i}"))[..16], 16);
        let number = number.expect("hexadecimal digits");
        let amount = low + (number % (high - low + 1) as u64) as i64;
        rest -= amount;
        out.push(amount);
    }
    out
}

#[tokio::test(flavor = "multi_thread")]
async fn packet_from_card_to_last_slot() {
    both(async |house: House| {
        let f = Feast::of(house).await;
        let (mei, lin, out) = (f.guest("mei").await, f.guest("lin").await, f.v.member("out").await);
        let cmd = OpenPacket { who: f.owner, ..f.cmd(1000, 2) };
        let id = cmd.id;
        for _ in 0..2 {
            let opened = f.v.house.app.open_packet(f.now(), cmd.clone()).await;
            assert_eq!(code(opened), "ok", "sent twice, it is one packet");
        }
        let elsewhere = OpenPacket { group: Id::of(5), ..cmd.clone() };
        assert_eq!(code(f.v.house.app.open_packet(f.now(), elsewhere).await), "id_taken");
        let lines = f.v.house.app.lines_after(f.v.c, f.v.lobby, 0).await.expect("lines");
        let card = lines.iter().find(|l| l.kind == MessageKind::RedPacket).expect("a card");
        assert_eq!((card.id.raw(), card.body.as_str()), (id.raw(), "一起吃桃"));

        let before = f.page(id).await;
        assert_eq!((before.packet.seed.clone(), before.drawn.len()), (None, 0), "not told yet");
        assert_eq!(f.take(f.who(out).await, id).await, Err("not_in_group"));
        assert_eq!(f.take(f.owner, id).await, Err("staff_take_none"));
        assert_eq!(f.take(mei, Id::of(5)).await, Err("no_such_packet"));
        let first = f.take(mei, id).await.expect("a slot");
        assert_eq!(f.take(mei, id).await, Ok(first), "twice is once");
        assert_eq!(f.holds(mei).await, first.amount);
        f.audited().await;

        let changed = f.v.house.app.lines_after(f.v.c, f.v.lobby, card.changed_seq).await;
        let again = changed.expect("lines").iter().any(|l| l.id == card.id);
        assert!(again, "live readers get the card again");
        let second = f.take(lin, id).await.expect("a slot");
        assert_eq!(first.amount + second.amount, 1000);
        assert_eq!(f.take(mei, id).await, Ok(first), "also after the end");
        assert_eq!(f.take(f.guest("late").await, id).await, Err("all_taken"));
        let page = f.page(id).await;
        let seed = page.packet.seed.clone().expect("the seed is told");
        assert_eq!(sha256(&seed), before.packet.seed_hash, "as promised");
        assert_eq!(page.drawn, redrawn(&seed, 1000, 2));
        assert_eq!(page.packet.state, State::Finished);
        assert_eq!(page.luckiest().map(|l| l.amount), Some(first.amount.max(second.amount)));
        f.v.house.pass(DAY);
        assert_eq!(f.v.house.app.work(f.now(), 1).await.expect("a round"), 0, "nothing to return");
        f.audited().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn packet_refusals_in_their_order() {
    both(async |house: House| {
        let f = Feast::of(house).await;
        let staff = cast::member(&f.v.house, f.v.c, "wu", "staff", "orders").await;
        let staff = f.who(staff).await;
        let base = f.cmd(1000, 10);
        let cases = [
            (OpenPacket { who: staff, total: 0, ..base.clone() }, "not_allowed"),
            (OpenPacket { total: 0, slots: 0, ..base.clone() }, "bad_sum"),
            (OpenPacket { total: i64::MAX, slots: i64::MAX, ..base.clone() }, "too_much"),
            (OpenPacket { slots: 0, ..base.clone() }, "bad_slots"),
            (OpenPacket { slots: 501, ..base.clone() }, "bad_slots"),
            (OpenPacket { total: 9, ..base.clone() }, "bad_sum_for_slots"),
            (OpenPacket { total: 500_001, ..base.clone() }, "bad_slot_size"),
            (OpenPacket { hours: 0, wish: "桃".repeat(41), ..base.clone() }, "bad_hours"),
            (OpenPacket { wish: "桃".repeat(41), ..base.clone() }, "wish_too_long"),
            (OpenPacket { group: Id::of(5), ..base.clone() }, "no_such_group"),
            (base, "ok"),
        ];
        for (cmd, says) in cases {
            assert_eq!(
                code(f.v.house.app.open_packet(f.now(), cmd.clone()).await),
                says,
                "{cmd:?}"
            );
        }
        assert_eq!(f.v.house.app.packets(f.v.c, None, 10).await.expect("a list").len(), 1);
        f.audited().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn packet_conditions() {
    both(async |house: House| {
        let f = Feast::of(house).await;
        let (day, buyer) = (
            OpenPacket { needs: Needs::Day, ..f.cmd(100, 10) },
            OpenPacket { needs: Needs::Buyer, split: Split::Equal, ..f.cmd(100, 10) },
        );
        for cmd in [&day, &buyer] {
            f.v.house.app.open_packet(f.now(), cmd.clone()).await.expect("a packet");
        }
        let mei = f.guest("mei").await;
        assert_eq!(f.take(mei, day.id).await, Err("too_new_here"));
        assert_eq!(f.take(mei, buyer.id).await, Err("not_a_buyer"));
        f.v.house.pass(DAY - 1);
        assert_eq!(f.take(mei, day.id).await, Err("too_new_here"));
        sql(
            &f.v.house,
            "UPDATE room_member SET joined_at = joined_at - 1 WHERE community_id = $1",
            p![f.v.c],
        )
        .await;
        assert!(f.take(mei, day.id).await.is_ok(), "a day, to the millisecond");
        sql(
            &f.v.house,
            "INSERT INTO orders (community_id, id, member_id, state, goods, shipping, total,
                refunded, delivery, pickup_text, pickup_code, recipient, phone, region, street,
                note, provider, placed_at, pay_until, paid_at)
                VALUES ($1,5,$2,'completed',0,0,0,0,'ship','','','','','','','','sandbox',1,1,1)",
            p![f.v.c, mei.member],
        )
        .await;
        assert_eq!(f.take(mei, buyer.id).await.map(|t| t.amount), Ok(10), "parted equally");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn packet_over_gives_the_rest_back_once() {
    both(async |house: House| {
        let f = Feast::of(house).await;
        let (mei, lin) = (f.guest("mei").await, f.guest("lin").await);
        let id = f.open(1000, 3).await;
        let taken = f.take(mei, id).await.expect("a slot");
        f.v.house.pass(24 * HOUR);
        assert_eq!(f.take(lin, id).await, Err("packet_over"), "over is over, job or not");
        // two workers, each with all the time of the world
        let other = f.v.house.another().await;
        let (a, b) = tokio::join!(f.v.house.app.work(f.now(), 1), other.work(f.now(), 2));
        assert_eq!(a.expect("a round") + b.expect("a round"), 1, "one of them did it");
        let page = f.page(id).await;
        assert_eq!((page.packet.state, page.packet.given), (State::Expired, taken.amount));
        let returned = "SELECT CAST(coalesce(sum(amount), 0) AS bigint) FROM transfer
            WHERE event = 'packet_returned' AND cause = $1";
        let returned = cast::number(&f.v.house, returned, &[id.raw()]).await;
        assert_eq!(returned, 1000 - taken.amount);
        // asked for once more, as after a worker that died before its answer arrived
        sql(
            &f.v.house,
            "UPDATE job SET state = 'waiting', lease_until = 0 WHERE community_id = $1
                AND kind = 'end_packet'",
            p![f.v.c],
        )
        .await;
        assert_eq!(f.v.house.app.work(f.now(), 1).await.expect("a round"), 1);
        assert_eq!(f.take(lin, id).await, Err("packet_over"));
        assert_eq!(f.take(mei, id).await, Ok(taken));
        assert_eq!(f.holds(mei).await, taken.amount);
        f.audited().await;
    })
    .await;
}

/// 300 people tap twice each, all at once: ten of them have ten slots, and all of the money.
#[tokio::test(flavor = "multi_thread")]
async fn packet_race_of_three_hundred() {
    both(async |house: House| {
        let f = Feast::of(house).await;
        let mut people = Vec::new();
        for n in 0..300 {
            people.push(f.guest(&format!("m{n}")).await);
        }
        let id = f.open(888, 10).await;
        let taps = people.iter().chain(&people).map(|who| {
            let (app, now, tap) =
                (f.v.house.app.clone(), f.now(), TakePacket { who: *who, packet: id });
            tokio::spawn(async move { (tap.who.member, app.take_packet(now, tap).await) })
        });
        let taps: Vec<_> = taps.collect();
        let (mut lucky, mut slots, mut late) = (BTreeSet::new(), BTreeSet::new(), 0);
        for tap in taps {
            match tap.await.expect("no panic") {
                (member, Ok(taken)) => {
                    lucky.insert((member, taken.amount));
                    slots.insert(taken.slot);
                }
                (_, out) => {
                    assert_eq!(code(out), "all_taken");
                    late += 1;
                }
            }
        }
        assert_eq!((lucky.len(), slots.len(), late), (10, 10, 580), "{:?}", f.v.house.on);
        assert_eq!(lucky.iter().map(|(_, amount)| amount).sum::<i64>(), 888);
        let mut in_wallets = 0;
        for who in people {
            in_wallets += f.holds(who).await;
        }
        assert_eq!(in_wallets, 888);
        f.audited().await;
    })
    .await;
}

/// The last moment: somebody takes a slot while the job ends the packet.
#[tokio::test(flavor = "multi_thread")]
async fn packet_taken_while_it_ends() {
    both(async |house: House| {
        let f = Feast::of(house).await;
        let mei = f.guest("mei").await;
        for round in 0..20 {
            let id = f.open(100, 1 + round % 3).await;
            let end = f.v.house.pass(24 * HOUR);
            let (app, tap) = (f.v.house.app.clone(), TakePacket { who: mei, packet: id });
            let grab = tokio::spawn(async move { app.take_packet(end.plus(-1), tap).await });
            let (app, worker) = (f.v.house.app.clone(), round);
            let job = tokio::spawn(async move { app.work(end, worker).await });
            let (grab, job) = (grab.await.expect("no panic"), job.await.expect("no panic"));
            job.expect("a round");
            // a job that lost its race tries again later
            f.v.house.pass(HOUR);
            f.v.house.app.work(f.now(), worker).await.expect("a round");
            let (page, said) = (f.page(id).await, code(grab));
            match (page.packet.state, page.packet.taken) {
                (State::Expired, 0) => assert_eq!(said, "packet_over"),
                (State::Expired | State::Finished, 1) => assert_eq!(said, "ok"),
                other => panic!("{other:?} after {said}"),
            }
            f.audited().await;
        }
    })
    .await;
}

/// Who is gone keeps what is theirs in the books, and nobody else gets it.
#[tokio::test(flavor = "multi_thread")]
async fn packet_of_a_closed_account_stays_in_the_books() {
    both(async |house: House| {
        let f = Feast::of(house).await;
        let mei = f.v.in_lobby("mei").await;
        let mei = f.who(mei).await;
        let id = f.open(100, 1).await;
        f.take(mei, id).await.expect("a slot");
        f.v.house.app.close_account(f.now(), mei.account).await.expect("closed");
        assert_eq!(f.page(id).await.luck[0].name, "", "no name is kept");
        assert_eq!(f.holds(mei).await, 100);
        f.audited().await;
    })
    .await;
}

fn leaked(sql: String) -> &'static str {
    Box::leak(sql.into_boxed_str())
}

/// As in the audit's own story; @k was taken in part, @e is over.
const SPOILED: &str = include_str!("packets_cases.txt");

#[tokio::test(flavor = "multi_thread")]
async fn audit_finds_every_spoiled_packet() {
    both(async |house: House| {
        let f = Feast::of(house).await;
        let (mei, lin) = (f.guest("mei").await, f.guest("lin").await);
        let over = f.open(500, 2).await;
        f.take(lin, over).await.expect("a slot");
        f.v.house.pass(24 * HOUR);
        f.v.house.app.work(f.now(), 1).await.expect("a round");
        let running = f.open(30_000, 3).await;
        f.take(mei, running).await.expect("a slot");
        f.v.house.app.seal(f.now()).await.expect("seals");
        f.audited().await;
        let one = async |text: &'static str, of: i64| cast::number(&f.v.house, text, &[of]).await;
        let slot = "SELECT id FROM red_packet_slot WHERE packet_id = $1 AND slot = 1";
        let back = "SELECT return_id FROM red_packet WHERE id = $1";
        let names = [
            ("@k", running.raw()),
            ("@e", over.raw()),
            ("@m", mei.member.raw()),
            ("@s", one(slot, running.raw()).await),
            ("@r", one(back, over.raw()).await),
        ];
        let spelled = |text: &str| {
            names.iter().fold(text.to_owned(), |t, (name, n)| t.replace(name, &n.to_string()))
        };
        for case in SPOILED.lines().filter(|l| !l.is_empty()) {
            let cell: Vec<&str> = case.splitn(4, " | ").collect();
            let list: Vec<&'static str> =
                spelled(cell[3]).split("; ").map(|s| leaked(s.to_owned())).collect();
            let now = f.now();
            let run = move |tx: &mut Tx<'_>| {
                for sql in &list {
                    assert!(tx.exec(sql, p![])? > 0 || sql.starts_with("DROP"), "no row: {sql}");
                }
                Err::<(), _>(Stop::Refused(app::audit::look(tx, now, 3 * DAY)?))
            };
            let report = match f.v.house.app.database().write(now, run).await {
                Err(Stop::Refused(report)) => report,
                other => panic!("{case}: {:?}", other.err()),
            };
            let row = format!("{} of community {}", spelled(cell[1]), f.v.c.raw());
            let hit = report
                .findings
                .iter()
                .any(|x| x.check == cell[0] && x.row == row && x.says.contains(cell[2]));
            assert!(hit, "{:?} {case}\nwanted {row}\n{}", f.v.house.on, shown(&report));
        }
        f.audited().await;
    })
    .await;
}

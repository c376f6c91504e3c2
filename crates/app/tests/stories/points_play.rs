//! Points by chance, through the verbs, beside a count that knows no lots; everything is given back
//! in the end, and the member has what was there before.
use crate::audit::Life;
use crate::points::{ON, begin};
use app::community::who::Who;
use app::sale::cancel_order::CancelOrder;
use rules::base::moment::MINUTE;
use rules::loyalty::points::{Release, Terms};
use testkit::{House, both};

/// What the count knows of an order of two units.
struct Placed {
    name: String,
    points: i64,
    /// What it would earn or has earned, by units that are left.
    earns: [i64; 3],
    units: i64,
    paid: bool,
}

/// The points of `units` of two that stay with the order: parts round down, the last takes
/// the rest.
fn spent(points: i64, units: i64) -> i64 {
    match units {
        0 => 0,
        1 => points - points / 2,
        _ => points,
    }
}

struct Play {
    life: Life,
    who: Who,
    count: i64,
    held: i64,
    open: Vec<Placed>,
    dice: u64,
    step: usize,
}

impl Play {
    fn next(&mut self, below: i64) -> i64 {
        self.dice = self.dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_041);
        ((self.dice >> 33) % below.max(1) as u64) as i64
    }
    async fn place(&mut self) {
        let name = format!("o{}", self.step);
        let asked = self.next(1500);
        let points = asked.min(self.count.max(0)).min(1000);
        let said = self.life.with_points(&name, self.who, asked).await;
        let want = if asked > 0 && points == 0 { "no_points_to_use" } else { "ok" };
        assert_eq!(said, want, "step {}: {asked} of {}", self.step, self.count);
        if said == "ok" {
            // 20.00 less a hundredth a point; one unit is worth half of that, rounded down
            let goods = 2000 - points;
            let earns = [0, (goods - goods / 2) / 10, goods / 10];
            self.count -= points;
            self.held += points;
            self.open.push(Placed { name, points, earns, units: 2, paid: false });
        }
    }
    async fn pay(&mut self, i: usize) {
        let name = self.open[i].name.clone();
        self.life.pays(&name, self.who).await;
        let o = &mut self.open[i];
        o.paid = true;
        self.held -= o.points;
        self.count += o.earns[2];
    }
    async fn cancel(&mut self, i: usize) {
        let o = self.open.swap_remove(i);
        let (order, refund) = (self.life.id(&o.name), self.life.mint("refund"));
        let cancel = CancelOrder { who: self.who, order, refund };
        let now = self.life.house.now();
        self.life.house.app.cancel_order(now, cancel).await.expect("cancelled");
        self.count += o.points;
        if o.paid {
            self.count -= o.earns[2];
        } else {
            self.held -= o.points;
        }
        self.life.work().await;
    }
    async fn back(&mut self, i: usize, units: i64) {
        let name = self.open[i].name.clone();
        self.life.units_back(&name, units).await;
        let o = &mut self.open[i];
        let left = o.units - units;
        self.count += spent(o.points, o.units) - spent(o.points, left);
        self.count -= o.earns[o.units as usize] - o.earns[left as usize];
        o.units = left;
        if left == 0 {
            self.open.swap_remove(i);
        }
    }
    async fn step(&mut self) {
        let i = self.next(self.open.len() as i64) as usize;
        let some = self.open.get(i).map(|o| (o.paid, o.units));
        match (self.next(9), some) {
            (0..=2, _) | (_, None) => self.place().await,
            (3..=5, Some((false, _))) => self.pay(i).await,
            (6, Some((true, 2))) | (6, Some((false, _))) => self.cancel(i).await,
            (7..=8, Some((true, units))) => {
                let back = 1 + self.next(units);
                self.back(i, back).await;
            }
            _ => {
                let points = self.next(400) - 100;
                let said = self.life.corrected(self.who, points).await;
                let fits = points > 0 || (points < 0 && -points <= self.count.max(0));
                assert_eq!(said == "ok", fits, "step {}: {said} {points}", self.step);
                self.count += if fits { points } else { 0 };
            }
        }
        let want = [self.count, self.held, 0];
        assert_eq!(self.life.has(self.who).await, want, "step {}", self.step);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn points_by_chance_are_what_a_plain_count_says() {
    both(async |house: House| {
        let (life, who) = begin(house, Terms { release: Release::AtPayment, ..ON }).await;
        let stock = "UPDATE variant SET on_hand = on_hand + 5000, received = received + 5000";
        crate::life::exec(&life.house, stock).await;
        let change = "INSERT INTO stock_change (community_id, id, variant_id, qty, reason, note,
            by_member, at) SELECT community_id, 9000 + (SELECT count(*) FROM variant x
            WHERE x.id < variant.id), id, 5000, 'received', '', 2, 0 FROM variant";
        crate::life::exec(&life.house, change).await;
        life.points_sound().await;
        let seed = 20_261_122;
        let open = Vec::new();
        let mut play = Play { life, who, count: 0, held: 0, open, dice: seed, step: 0 };
        for step in 0..160 {
            play.step = step;
            play.step().await;
            if step % 40 == 39 {
                play.life.points_sound().await;
            }
        }
        while let Some(o) = play.open.first() {
            match (o.paid, o.units) {
                (true, units) => play.back(0, units).await,
                (false, _) => play.cancel(0).await,
            }
        }
        let sums = "SELECT CAST(coalesce(sum(points), 0) AS bigint) FROM point_change
            WHERE kind = 'corrected'";
        let by_hand = crate::audit::number(&play.life.house, sums.into()).await;
        assert_eq!(play.life.has(who).await, [by_hand, 0, 0], "seed {seed}: only what was given");
        play.life.house.pass(16 * MINUTE);
        play.life.work().await;
        play.life.points_sound().await;
    })
    .await;
}

//! Group buys that leaders open: within what the shop lets them, in their own groups.
use crate::audit::{number, shown};
use crate::chain::List;
use crate::group_buy::{code, terms};
use app::community::who::Who;
use app::sale::open_group_buy::{OpenGroupBuy, Refused};
use app::sale::set_floors::{self, SetFloors};
use rules::base::Id;
use rules::base::moment::HOUR;
use rules::community::role::{Rights, Role};
use rules::sale::group_buy::Terms;
use testkit::{House, both};

impl List {
    fn buy(&self, who: Who, prices: &[(&str, i64, i64)], terms: Terms) -> OpenGroupBuy {
        let prices = prices.iter().map(|(v, price, leader)| (self.life.id(v), *price, *leader));
        OpenGroupBuy {
            who,
            id: self.life.house.app.mint(self.now()),
            product: self.life.id("shirt"),
            group: Some(Id::of(70)),
            terms,
            prices: prices.collect(),
        }
    }
    async fn buys(&self, o: OpenGroupBuy) -> &'static str {
        code(self.life.house.app.open_group_buy(self.now(), o).await)
    }
    async fn lets(&self, who: Who, lowest: &[(&str, Option<i64>)], size: i64) -> &'static str {
        let lowest = lowest.iter().map(|(v, n)| (self.life.id(v), *n)).collect();
        let set = SetFloors { who, product: self.life.id("shirt"), lowest, size };
        code(self.life.house.app.set_floors(self.now(), set).await)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_leader_opens_a_group_buy_within_what_the_shop_lets_her() {
    both(async |house: House| {
        let l = List::open(house, 2, 0, 0).await;
        let (owner, leader, neighbour) = (l.life.who, l.people[0], l.people[1]);
        let t = || terms(3, l.now());
        let plain = [("v1", 850, 850)];
        let not_yet = l.buys(l.buy(leader, &plain, t())).await;
        assert_eq!(not_yet, Refused::NotForLeaders.code(), "nothing unless the shop says so");
        assert_eq!(l.lets(leader, &[("v1", Some(850))], 3).await, "not_allowed");
        assert_eq!(
            l.lets(owner, &[("v1", Some(1001))], 3).await,
            set_floors::Refused::BadPrice.code()
        );
        assert_eq!(
            l.lets(owner, &[("v1", Some(850))], 1).await,
            set_floors::Refused::BadSize.code()
        );
        assert_eq!(l.lets(owner, &[("g1", Some(1))], 3).await, "no_such_product");
        assert_eq!(l.lets(owner, &[("v1", Some(850)), ("v2", None)], 3).await, "ok");
        let floors = l.life.house.app.floors(owner.community).await.expect("a read");
        assert_eq!((floors.len(), floors[0].floor.lowest, floors[0].alone), (1, 850, 1000));
        let good = l.buy(leader, &plain, t());
        assert_eq!(l.buys(good.clone()).await, "ok");
        assert_eq!(l.buys(good).await, "ok", "sent twice is once");
        use Refused as No;
        let two = [("v1", 850, 850), ("v2", 200, 200)];
        for (prices, terms, want) in [
            (&[("v1", 849, 849)][..], t(), No::BadPrice),
            (&[("v1", 850, 800)], t(), No::BadPrice),
            (&two, t(), No::NotForLeaders),
            (&plain, Terms { size: 2, ..t() }, No::BadSize),
            (&plain, Terms { fill: 5000, ..t() }, No::BadFill),
            (&plain, Terms { life_hours: 73, ..t() }, No::BadLife),
            (&plain, Terms { ends: l.now().plus(337 * HOUR), ..t() }, No::BadWindow),
            (&plain, Terms { per_member: 10, ..t() }, No::BadLimit),
        ] {
            let o = l.buy(leader, prices, terms);
            assert_eq!(l.buys(o.clone()).await, want.code(), "{o:?}");
        }
        // her own group, and no other; who leads none opens none
        let elsewhere = OpenGroupBuy { group: Some(Id::of(71)), ..l.buy(leader, &plain, t()) };
        assert_eq!(l.buys(elsewhere).await, No::NotAllowed.code());
        let nowhere = OpenGroupBuy { group: None, ..l.buy(leader, &plain, t()) };
        assert_eq!(l.buys(nowhere).await, No::NotAllowed.code());
        assert_eq!(l.buys(l.buy(neighbour, &plain, t())).await, No::NotAllowed.code());
        // the shop itself may do what it likes
        let mut staff = neighbour;
        (staff.role, staff.rights) = (Role::Staff, Rights::of(Role::Staff, "campaigns"));
        assert_eq!(l.buys(l.buy(staff, &two, Terms { size: 2, ..t() })).await, "ok");
        assert_eq!(l.lets(owner, &[("v1", None)], 3).await, "ok");
        assert_eq!(l.buys(l.buy(leader, &plain, t())).await, No::NotForLeaders.code());
        let deeds = "SELECT count(*) FROM audit_log WHERE what = 'set_floors'";
        assert_eq!(number(&l.life.house, deeds.into()).await, 2);
        let report = l.life.house.app.audit(l.now()).await.expect("an audit");
        assert!(report.clean(), "{:?} {}", l.life.house.on, shown(&report));
    })
    .await;
}

//! How a member's advice went: who is counted, who is shown, and in what order.
use crate::content_cast::{C, M, community, leave, line, member, product, said, sql};
use app::db::Owned;
use app::p;
use app::trust::views::{Filter, ReviewRow};
use app::trust::voices::OwnRecord;
use app::trust::write_review::WriteReview;
use rules::base::{Id, id};
use rules::trust::tie::Consent;
use testkit::{House, On, both};

const TAG: &str = "INSERT INTO tag (community_id, id, name, folded, created_at)
    VALUES ($1,$2,$3,$3,0)";
const TAGGED: &str = "INSERT INTO thing_tag (community_id, kind, thing_id, tag_id)
    VALUES ($1,'product',$2,$3)";
const UNTAGGED: &str = "UPDATE thing_tag SET thing_id = 5
    WHERE community_id = $1 AND thing_id = $2";
const CAME: &str = "UPDATE order_line SET received_at = 1 WHERE community_id = $1 AND id = $2";
const BACK: &str = "UPDATE order_line SET refunded = amount, refunded_qty = qty
    WHERE community_id = $1 AND id = $2";
const LED: &str =
    "INSERT INTO attribution (community_id, order_id, buyer_id, member_id, source, at)
    VALUES ($1,$2,$3,$4,$5,0)";
const ORDER: &str =
    "INSERT INTO orders (community_id, id, member_id, state, goods, shipping, total,
    refunded, delivery, pickup_text, pickup_code, recipient, phone, region, street, note, provider,
    placed_at, pay_until, paid_at, source_post)
    VALUES ($1,$2,$3,'completed',100,0,100,0,'ship','','','','','','','','manual',0,0,1,$4)";
const POST: &str = "INSERT INTO post (community_id, id, member_id, kind, slug, title, source, html,
    lead, link, pictures, lang, minutes, state, reason, likes, comments, bookmarks, created_at,
    changed_at, version) VALUES ($1,$2,$3,'note',$4,'','','','','','','en',1,'published','',0,0,0,
    0,0,1)";
const LIST: &str = "INSERT INTO chain_order (community_id, campaign_id, leader_id, arrives_at,
    minimum, raised, unsettled, state) VALUES ($1,$2,$3,0,0,0,0,'open')";
const PLACE: &str = "INSERT INTO chain_place (community_id, order_id, campaign_id, member_id,
    number, named, state, refund_id, at) VALUES ($1,$2,$3,$4,0,true,'kept',1,0)";

struct Town {
    house: House,
    c: C,
    tea: Id<id::Product>,
    tag: Id<id::Tag>,
}
impl Town {
    async fn new(house: House) -> Town {
        let c = community(&house).await;
        let tea = product(&house, c, "龙井", 100, 1).await;
        let tag = house.app.mint(house.now());
        sql(&house, TAG, p![c, tag, "喝茶"]).await;
        sql(&house, TAGGED, p![c, tea, tag]).await;
        Town { house, c, tea, tag }
    }
    async fn person(&self, name: &str) -> M {
        member(&self.house, self.c, name, "member", "").await
    }
    /// Received, and led to by somebody's link.
    async fn led(&self, by: M, buyer: M, source: &str) -> Id<id::Line> {
        let line = self.came(buyer, self.tea).await;
        sql(&self.house, LED, p![self.c, line, buyer, by, source]).await;
        line
    }
    async fn came(&self, buyer: M, what: Id<id::Product>) -> Id<id::Line> {
        let line = line(&self.house, self.c, buyer, what, "completed").await;
        sql(&self.house, CAME, p![self.c, line]).await;
        line
    }
    async fn agrees(&self, m: M, given: bool) {
        let (app, now) = (&self.house.app, self.house.now());
        app.give_consent(now, self.c, m, Consent::Record, given).await.expect("a word");
    }
    fn review(&self, by: M, line: Id<id::Line>, anonymous: bool) -> WriteReview {
        WriteReview {
            community: self.c,
            by,
            id: self.house.app.mint(self.house.now()),
            line,
            stars: Some(4),
            text: "好茶".into(),
            pictures: Vec::new(),
            anonymous,
            imported: false,
        }
    }
    async fn record(&self, m: M) -> OwnRecord {
        self.house.app.recommender_record(self.c, m).await.expect("a record")
    }
    /// Orders and kept ones on tea.
    async fn on_tea(&self, m: M) -> (u32, u32) {
        let own = self.record(m).await;
        let on = own.tags.iter().find(|t| t.tag == self.tag);
        on.map_or((0, 0), |t| (t.record.orders, t.record.kept))
    }
    async fn voices(&self) -> Vec<String> {
        let found = self.house.app.voices(self.c, self.tag).await.expect("voices");
        found.expect("a tag").voices.into_iter().map(|v| v.name).collect()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_came_of_advice_is_counted_once_and_by_tag() {
    both(async |house: House| {
        let t = Town::new(house).await;
        let (ann, ben) = (t.person("Ann").await, t.person("Ben").await);
        t.led(ann, ben, "link").await;
        assert_eq!(t.on_tea(ann).await, (1, 1));
        let back = t.led(ann, ben, "link").await;
        sql(&t.house, BACK, p![t.c, back]).await;
        assert_eq!(t.on_tea(ann).await, (2, 1), "it came and went back");
        // who brought somebody long ago did not recommend this; staff neither advise nor buy
        t.led(ann, ben, "binding").await;
        let staff = member(&t.house, t.c, "Staff", "staff", "orders").await;
        t.led(ann, staff, "link").await;
        t.led(staff, ben, "link").await;
        assert_eq!(t.on_tea(ann).await, (2, 1));
        assert_eq!(t.on_tea(staff).await, (0, 0));
        // not there yet, or given back before it came; a thing without a tag
        let way = line(&t.house, t.c, ben, t.tea, "shipped").await;
        sql(&t.house, LED, p![t.c, way, ben, ann, "link"]).await;
        let cup = product(&t.house, t.c, "杯子", 100, 1).await;
        let cup = t.came(ben, cup).await;
        sql(&t.house, LED, p![t.c, cup, ben, ann, "link"]).await;
        assert_eq!(t.on_tea(ann).await, (2, 1));
        assert_eq!(t.record(ann).await.tags.len(), 1);
        // by a post, and by a list; by link and post at once it is one order
        let post: Id<id::Post> = t.house.app.mint(t.house.now());
        sql(&t.house, POST, p![t.c, post, ann, "p1"]).await;
        let by_post = t.came(ben, t.tea).await;
        sql(&t.house, ORDER, p![t.c, by_post, ben, post]).await;
        assert_eq!(t.on_tea(ann).await, (3, 2));
        sql(&t.house, LED, p![t.c, by_post, ben, ann, "link"]).await;
        assert_eq!(t.on_tea(ann).await, (3, 2));
        let list: i64 = 77;
        sql(&t.house, LIST, p![t.c, list, ann]).await;
        for buyer in [ben, ann] {
            let line = t.came(buyer, t.tea).await;
            sql(&t.house, PLACE, p![t.c, line, list, buyer]).await;
        }
        assert_eq!(t.on_tea(ann).await, (4, 3), "her own order is no advice");
        t.agrees(ann, true).await;
        let found = t.house.app.voices(t.c, t.tag).await.expect("voices").expect("a tag");
        let own = t.record(ann).await.tags[0].record;
        assert_eq!(found.voices[0].record, own, "the tag's page says what hers says");
        let review = t.review(ben, by_post, true);
        assert_eq!(said(t.house.app.write_review(t.house.now(), review).await), "ok");
        let own = t.record(ann).await.tags[0].record;
        assert_eq!((own.rated, own.content, own.mean_stars()), (1, 1, Some(4.0)));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn only_who_agreed_is_shown_and_the_surest_comes_first() {
    both(async |house: House| {
        let t = Town::new(house).await;
        let [ann, ben, cat, dan] = [
            t.person("Ann").await,
            t.person("Ben").await,
            t.person("Cat").await,
            t.person("Dan").await,
        ];
        for _ in 0..12 {
            t.led(ann, dan, "link").await;
        }
        let back = t.led(ann, dan, "link").await;
        sql(&t.house, BACK, p![t.c, back]).await;
        t.led(ben, dan, "link").await;
        for _ in 0..9 {
            t.led(cat, dan, "link").await;
        }
        assert_eq!(t.voices().await, Vec::<String>::new(), "nobody agreed");
        assert_eq!(t.house.app.badges(t.c, ann).await.expect("badges"), []);
        assert!(!t.record(ann).await.shown);
        t.agrees(ann, true).await;
        t.agrees(ben, true).await;
        // all of Ben's one were kept, twelve of Ann's thirteen
        assert_eq!(t.voices().await, ["Ann", "Ben"]);
        assert_eq!(t.house.app.badges(t.c, ann).await.expect("badges").len(), 1);
        assert_eq!(t.house.app.badges(t.c, ben).await.expect("badges"), [], "one is no record");
        // who agreed that friends may see what they bought did not agree to this
        let (app, now) = (&t.house.app, t.house.now());
        app.give_consent(now, t.c, cat, Consent::Purchases, true).await.expect("a word");
        assert_eq!(t.voices().await, ["Ann", "Ben"]);
        t.agrees(ann, false).await;
        assert_eq!(t.voices().await, ["Ben"], "at once");
        t.agrees(ann, true).await;
        leave(&t.house, t.c, ann).await;
        assert_eq!(t.voices().await, ["Ben"], "who left is gone");
        let other: Id<id::Tag> = Id::of(1);
        assert_eq!(app.voices(t.c, other).await.expect("a look"), None);
    })
    .await;
}

/// What SQLite was asked that names one of these rows. Other stories may run in this process.
fn asked_of(those: &[i64]) -> usize {
    let named = |v: &Owned| matches!(v, Owned::Int(n) if those.contains(n));
    app::db::record(false).iter().filter(|(_, args)| args.iter().any(named)).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn badges_beside_reviews_are_asked_for_once() {
    both(async |house: House| {
        // ids are made of the time: no other story has these
        house.pass(86_461_357);
        let t = Town::new(house).await;
        let (ann, ben) = (t.person("Ann").await, t.person("Ben").await);
        let (cat, dan) = (t.person("Cat").await, t.person("Dan").await);
        let all = [ann, ben, cat, dan];
        // ten for Ann and Cat, of whom Ann agrees; one for Ben, who agrees; Dan only buys
        for _ in 0..10 {
            t.led(ann, dan, "link").await;
            t.led(cat, dan, "link").await;
        }
        t.led(ben, dan, "link").await;
        t.agrees(ann, true).await;
        t.agrees(ben, true).await;
        for writer in all {
            let line = t.came(writer, t.tea).await;
            let review = t.review(writer, line, false);
            assert_eq!(said(t.house.app.write_review(t.house.now(), review).await), "ok");
        }
        let shown = async |known: &[(&str, u32, u32)]| {
            let list = t.house.app.reviews(t.c, t.tea, Some(dan), Filter::Newest, None).await;
            let mut rows = list.expect("reviews").rows;
            let lite = t.house.on == On::Sqlite;
            app::db::record(lite);
            t.house.app.add_badges(t.c, t.tea, &mut rows).await.expect("badges");
            assert_eq!(
                asked_of(&[all.map(|m| m.raw()).as_slice(), &[t.tea.raw()]].concat()),
                usize::from(lite),
                "one statement for all of them"
            );
            let one = |r: &ReviewRow| {
                let (by, on) = (r.by.clone()?, r.voice.clone()?);
                Some((by.name, on.tag, on.orders, on.kept))
            };
            let mut found: Vec<_> = rows.iter().filter_map(one).collect();
            found.sort();
            let word = str::to_owned;
            let want: Vec<_> =
                known.iter().map(|(n, o, k)| (word(n), word("喝茶"), *o, *k)).collect();
            assert_eq!(found, want);
        };
        shown(&[("Ann", 10, 10)]).await;
        t.agrees(cat, true).await;
        let back = t.led(cat, dan, "link").await;
        sql(&t.house, BACK, p![t.c, back]).await;
        shown(&[("Ann", 10, 10), ("Cat", 11, 10)]).await;
        t.agrees(ann, false).await;
        shown(&[("Cat", 11, 10)]).await;
        // a badge on a tag that this product does not have is not shown here
        sql(&t.house, UNTAGGED, p![t.c, t.tea]).await;
        shown(&[]).await;
    })
    .await;
}

//! Products at the desk: the editor, prices and stock in place, files.
use crate::world::{Answer, BASE, C, World, png, world};
use app::community::create_tag::CreateTag;
use app::sale::views_catalogue::Product;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use rules::base::{Id, id};
use testkit::NOON;

#[tokio::test(flavor = "multi_thread")]
async fn a_product_is_made_and_changed() {
    let world = world().await;
    let page = world.get(11, &format!("{BASE}/products/new")).await;
    let id = page.value("#product input[name=id]");
    let at = format!("{BASE}/products/{id}");
    let mut fields = vec![
        ("id", id.as_str()),
        ("version", ""),
        ("title", "手工皂 & 盒"),
        ("state", "listed"),
        ("kind", "goods"),
        ("returns", "no_reason"),
        ("options", "香味 / 大小"),
        ("choices_0", "桂花 / 小"),
        ("price_0", "12.5x"),
        ("stock_0", "3"),
        ("choices_2", "桂花/大"),
        ("price_2", "20"),
    ];
    let refused = world.post(11, &at, &fields).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(refused.value("input[name=title]"), "手工皂 & 盒");
    assert_eq!(refused.value("input[name=price_0]"), "12.5x", "what was typed stays");
    fields[8] = ("price_0", "12.50");
    let done = world.post(11, &at, &fields).await;
    assert_eq!(done.location, format!("{at}?done=saved"), "{}", done.text);

    let id: Id<id::Product> = Id::parse(&id).expect("an id");
    let kept = world.kit.app.product(C, id, true).await.expect("a read").expect("there");
    assert_eq!(kept.options, ["香味", "大小"]);
    let got: Vec<(Vec<String>, i64, i64)> =
        kept.variants.iter().map(|v| (v.choices.clone(), v.price, v.on_hand)).collect();
    let choice = |a: &str, b: &str| vec![a.to_string(), b.to_string()];
    assert_eq!(got, [(choice("桂花", "小"), 1250, 3), (choice("桂花", "大"), 2000, 0)]);

    // the editor knows what is stored; a variant that is unticked is archived
    let edit = world.get(11, &format!("{at}?edit")).await;
    assert_eq!(edit.value("input[name=price_1]"), "20.00");
    let (version, sku) = (edit.value("input[name=version]"), edit.value("input[name=sku_0]"));
    let fields = [
        ("version", version.as_str()),
        ("title", "手工皂"),
        ("handle", kept.handle.as_str()),
        ("state", "listed"),
        ("options", "香味 / 大小"),
        ("known_0", "3"),
        ("keep_0", "on"),
        ("sku_0", sku.as_str()),
        ("choices_0", "桂花 / 小"),
        ("price_0", "11"),
        ("known_1", "0"),
        ("sku_1", kept.variants[1].sku.as_str()),
        ("choices_1", "桂花 / 大"),
        ("price_1", "20"),
    ];
    assert_eq!(world.post(11, &at, &fields).await.status, StatusCode::SEE_OTHER);
    let kept = world.kit.app.product(C, id, true).await.expect("a read").expect("there");
    assert_eq!((kept.variants[0].price, kept.variants[0].on_hand), (1100, 3));
    assert_eq!(kept.variants.iter().filter(|v| v.listed).count(), 1);
    // the same form again comes too late, and loses nothing of what was typed
    let late = world.post(11, &at, &fields).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert_eq!(late.value("input[name=price_0]"), "11");
}

#[tokio::test(flavor = "multi_thread")]
async fn price_and_stock_change_in_place() {
    let world = world().await;
    let product = world.shop().await;
    let at = format!("{BASE}/products/{product}");
    let page = world.get(11, &at).await;
    let (variant, change) =
        (page.value("td input[name=variant]"), page.value("td input[name=change]"));
    let fields = [
        ("variant", variant.as_str()),
        ("change", change.as_str()),
        ("was", "20"),
        ("hand", "17"),
        ("price", "42"),
    ];
    for _ in 0..2 {
        let done = world.post(11, &format!("{at}/row"), &fields).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
    }
    let kept = world.kit.app.product(C, product, false).await.expect("a read").expect("there");
    let (v, other) = (&kept.variants[0], &kept.variants[1]);
    assert_eq!((v.price, v.on_hand), (4200, 17), "counted once");
    assert_eq!((other.price, other.on_hand), (7500, 20));
    assert_eq!(kept.category.map(|k| k.1).as_deref(), Some("水果"), "the rest stays");

    // with script the row alone comes back
    let body = format!("variant={variant}&change={change}&was=17&hand=17&price=4x");
    let request = Request::post(format!("{at}/row"))
        .header("cookie", "kith=token-11")
        .header("x-fragment", "1")
        .header("content-type", "application/x-www-form-urlencoded");
    let reply = world.ask(request.body(Body::from(body)).expect("a request")).await;
    assert!(reply.text.contains("data-op=\"toast\" data-kind=\"bad\""), "{}", reply.text);

    let page = world.get(11, &at).await;
    let change = page.value("form.stack input[name=change]");
    let fields = [
        ("variant", variant.as_str()),
        ("change", change.as_str()),
        ("by", "-30"),
        ("reason", "lost"),
        ("note", "漏了"),
    ];
    let few = world.post(11, &format!("{at}/stock"), &fields).await;
    assert_eq!(few.status, StatusCode::CONFLICT, "there are not so many");
    assert_eq!(few.value("input[name=note]"), "漏了");
    let mut fields = fields;
    fields[2] = ("by", "-2");
    assert_eq!(world.post(11, &format!("{at}/stock"), &fields).await.status, StatusCode::SEE_OTHER);
    let page = world.get(11, &at).await;
    let told = page.texts("tbody tr").join(" | ");
    assert!(told.contains("−2 丢失 漏了 主理人"), "{told}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_looked_through_and_taken_once() {
    let world = world().await;
    let at = format!("{BASE}/products/import");
    let bad = "handle,title,price,stock\na,甲,一块,1\nb,乙,2,-3\n,,1,1\nc,丙,3,1\n";
    let answer = world.upload(&at, bad, true).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    let rows = answer.texts("tbody tr");
    assert_eq!(rows[0], "2 价格要写成数字，例如 39.90 一块", "{rows:?}");
    assert!(rows[1].starts_with("3 库存要写成"), "{rows:?}");
    let listed = async || world.kit.app.all_products(C, None, 10).await.expect("a read").len();
    assert_eq!(listed().await, 0, "nothing of a bad file is written");

    let good = "handle,title,price,stock\na,甲,1,1\nb,乙,2,3\n";
    let dry = world.upload(&at, good, false).await;
    assert_eq!(dry.status, StatusCode::OK);
    assert!(dry.texts("dl.kv").join(" ").contains("商品 2"), "{:?}", dry.texts("dl.kv"));
    assert_eq!((listed().await, dry.attr("input[name=now]", "checked")), (0, String::new()));
    let done = world.upload(&at, good, true).await;
    assert_eq!(done.location, format!("{at}?added=2&changed=0&same=0"));
    assert_eq!(listed().await, 2);
    let again = world.upload(&at, good, true).await;
    assert_eq!(again.location, format!("{at}?added=0&changed=0&same=2"));
    let dearer = world.upload(&at, &good.replace("2,3", "5,3"), true).await;
    assert_eq!(dearer.location, format!("{at}?added=0&changed=1&same=1"));
    assert_eq!(world.upload(&at, "what,ever\n1,2\n", false).await.status, StatusCode::CONFLICT);
    let page = world.get(11, &dearer.location).await;
    assert!(page.texts("dl.kv").join(" ").contains("更改 1"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_shop_is_set() {
    let world = world().await;
    let at = format!("{BASE}/settings");
    let odd = world.post(11, &at, &[("fee", "八块"), ("hint", "农行")]).await;
    assert_eq!(odd.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!((odd.value("#fee"), odd.texts("#hint")), ("八块".into(), vec!["农行".into()]));
    let fields = [("fee", "8"), ("free_from", "99.5"), ("hint", "农行")];
    assert_eq!(world.post(11, &at, &fields).await.location, format!("{at}?done=saved"));
    let (shipping, hint) = world.kit.app.shop(C).await.expect("a read");
    assert_eq!((shipping.fee, shipping.free_from, hint.as_str()), (800, 9950, "农行"));
    // who packs orders reads it; where the money goes is the owner's word alone
    let read = world.get(12, &at).await;
    assert_eq!((read.status, read.value("#fee")), (StatusCode::OK, "8.00".into()));
    assert_eq!(read.texts("#hint[disabled]"), ["农行"]);
    assert_eq!(read.texts("form[action$='/settings'] button[type=submit]").len(), 0);
    let theirs = [("fee", "0"), ("free_from", ""), ("hint", "微信转我")];
    assert_eq!(world.post(12, &at, &theirs).await.status, StatusCode::FORBIDDEN);
    let kept = world.kit.app.shop(C).await.expect("a read");
    assert_eq!((kept.0.fee, kept.1.as_str()), (800, "农行"));
}

/// The editor's own fields, as a browser would send them back.
fn fields(page: &Answer) -> Vec<(String, String)> {
    let form = page.page();
    let find = |s: &str| scraper::Selector::parse(s).expect("a selector");
    let mut all = vec![("story".to_string(), "很甜".to_string())];
    for e in form.select(&find("#product input")) {
        let value = |n| e.attr(n).unwrap_or_default().to_string();
        let tick = value("type") == "checkbox" && e.attr("checked").is_none();
        if value("type") != "file" && !tick {
            all.push((value("name"), value("value")));
        }
    }
    for e in form.select(&find("#product select option[selected]")) {
        let name = e.parent().and_then(scraper::ElementRef::wrap);
        let name = name.and_then(|s| s.attr("name").map(str::to_string)).unwrap_or_default();
        all.push((name, e.attr("value").unwrap_or_default().to_string()));
    }
    all
}
fn lent(all: &[(String, String)]) -> Vec<(&str, &str)> {
    all.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect()
}
async fn stored(world: &World, product: Id<id::Product>) -> Product {
    world.kit.app.product(C, product, false).await.expect("a read").expect("there")
}
/// Peaches with a tag and two pictures, the upright one second.
async fn pictured(world: &World) -> Id<id::Product> {
    let product = world.shop().await;
    let at = format!("{BASE}/products/{product}");
    for name in ["尝鲜", "送礼"] {
        let (id, name) = (world.kit.app.mint(NOON), name.to_string());
        let tag = CreateTag { community: C, by: Id::of(11), id, name };
        world.kit.app.create_tag(NOON, tag).await.expect("a tag");
    }
    let mut all = fields(&world.get(11, &format!("{at}?edit")).await);
    all.push(("tag".into(), "送礼".into()));
    let bad = world.send_picture(&at, &lent(&all), b"no picture at all").await;
    assert_eq!(bad.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", bad.text);
    let done = world.send_picture(&at, &lent(&all), &png(40, 30, 9)).await;
    assert_eq!(done.location, format!("{at}?done=saved"), "{}", done.text);
    let all = fields(&world.get(11, &format!("{at}?edit")).await);
    let done = world.send_picture(&at, &lent(&all), &png(30, 40, 9)).await;
    assert_eq!(done.location, format!("{at}?done=saved"), "{}", done.text);
    product
}

#[tokio::test(flavor = "multi_thread")]
async fn a_product_has_pictures_in_an_order() {
    let world = world().await;
    let product = pictured(&world).await;
    let at = format!("{BASE}/products/{product}");
    let kept = stored(&world, product).await;
    assert_eq!(kept.tags, ["送礼"], "still tagged");
    assert_eq!(kept.pictures.len(), 2);
    assert!(kept.pictures[1].0.ends_with("-30x40"), "{:?}", kept.pictures);
    // the second one comes first, with words
    let mut all = fields(&world.get(11, &format!("{at}?edit")).await);
    for (name, value) in &mut all {
        match name.as_str() {
            "alt_1" => *value = " 一筐  桃子 ".into(),
            "place_1" => *value = "1".into(),
            _ => {}
        }
    }
    assert_eq!(world.post(11, &at, &lent(&all)).await.status, StatusCode::SEE_OTHER);
    let kept = stored(&world, product).await;
    assert!(kept.pictures[0].0.ends_with("-30x40"), "{:?}", kept.pictures);
    assert_eq!(kept.pictures[0].1, "一筐 桃子");
    // the other one goes
    let mut all = fields(&world.get(11, &format!("{at}?edit")).await);
    all.push(("out_1".into(), "on".into()));
    assert_eq!(world.post(11, &at, &lent(&all)).await.status, StatusCode::SEE_OTHER);
    assert_eq!(stored(&world, product).await.pictures.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_price_is_no_reason_to_lose_a_tag() {
    let world = world().await;
    let product = pictured(&world).await;
    let at = format!("{BASE}/products/{product}");
    let row = world.get(11, &at).await;
    let mut all: Vec<(String, String)> = ["variant", "change", "was", "hand"]
        .iter()
        .map(|name| ((*name).to_string(), row.value(&format!("input[name={name}]"))))
        .collect();
    all.push(("price".into(), "41".into()));
    let done = world.post(11, &format!("{at}/row"), &lent(&all)).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER);
    let kept = stored(&world, product).await;
    assert_eq!((kept.variants[0].price, kept.pictures.len()), (4100, 2));
    assert_eq!(kept.tags, ["送礼"]);
}

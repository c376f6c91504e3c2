//! Search over real titles: in simplified, traditional, English, mistyped, by brand, by two words.
use crate::content_cast::{C, community, number, product};
use app::content::index_product::{ProductWords, product_terms};
use app::content::{index_product, unindex_product};
use app::db::{Tx, Writes};
use ferrous_opencc::OpenCC;
use ferrous_opencc::config::BuiltinConfig;
use rules::base::{Id, id};
use testkit::{House, both};

/// Title, brand, brief.
const GOODS: &str = "
    轻奢纯棉刺绣水洗四件套 | | 设计师原款，精致绣花
    秋冬保暖加厚澳洲羊毛被 | | 臻品级澳洲进口羊毛
    双宫茧桑蚕丝被 空调被 | 罗莱制造商 | 一级桑蚕丝，吸湿透气柔软
    双宫茧桑蚕丝被 子母被 | 罗莱制造商 | 双层子母被，四季皆可使用
    皇室御用超柔毛巾 | | 至柔至软，热销50万条
    白鹅绒秋冬加厚羽绒被 | MUJI制造商 | 热销5万条，一条被子过冬
    可水洗抗菌防螨丝羽绒枕 | | 进口防螨布，热销50万件
    日式和风懒人沙发 | | 优质莱卡纯棉，和风家居新体验
    澳洲纯羊毛盖毯 加厚款 | | 温暖加厚设计
    典雅美式全棉刺绣抱枕 | | 典雅毛线绣，精致工艺
    升级款护颈波浪记忆枕 | | 享受自在侧睡
    升级款护颈双人记忆枕 | | 共享亲密2人时光
    植物填充护颈夜交藤枕 | | 健康保护枕
    埃及进口长绒棉毛巾 | | 厚实舒适
    全棉进口埃及长绒棉浴巾 | | 加大加厚埃及棉
    澳洲羊羔毛AB面盖毯 | Ralph Lauren制造商 | 冬暖夏凉，吸湿排汗。
    意式毛线绣球四件套 | Ralph Lauren制造商 | 浪漫毛线绣球，简约而不简单
    法式浪漫绣球四件套 | Ralph Lauren制造商 | 浪漫绣球，法式般的呵护
    100年传世珐琅锅 全家系列 | | 特质铸铁，大容量全家共享
    100年传世珐琅锅 马卡龙系列 | | 均匀导热，释放美味
    铸铁珐琅牛排煎锅 | | 沥油隔水，煎出外焦里嫩
    泡泡纱可水洗夏凉被 | MUJI制造商 | 全棉泡泡纱，柔软亲肤
    160*230羊毛手工地毯 | | 印度进口，手工编织，简约百搭
    撞色全亚麻四件套 | Ralph Lauren制造商 | 纯亚麻面料，透气亲肤
    高山苦荞麦枕 | | 原生苦荞，健康护颈
    安睡慢回弹记忆绵床垫 | | 5cm记忆绵的亲密包裹
    多功能午睡枕 | MUJI制造商 | 放松自在的午后时光
    金属亚光钢笔 | | 铱金暗尖，超顺书写
    绿茶蛋黄酥 200克/4枚入 | | 香甜茶食，果腹优选
    直杆三角中性笔 | | 合金笔尖，高强度笔身
    Carat钻石炒锅30cm | | 安全涂层，轻便无烟
    Carat钻石煎锅28cm | | 耐磨涂层，导热迅速
    Carat钻石汤锅24cm | | 安全涂层，锁热保温
    Carat钻石奶锅18cm | | 轻便节能，易于清洗
    男式玩色内裤 | | 德国工艺，多色随搭
    秋冬加厚条纹宠物窝 | NITORI制造商 | 时尚牛仔，加厚温暖
    六边形南瓜式宠物窝 | NITORI制造商 | 给萌宠柔软包裹的归家感
    清欢日式可调节台灯 | | 木铁结合，全体可调节
    清欢日式可调节落地灯 | | 便易调节，风格百搭
    悦己日式木质落地镜 | | 流畅线条，日式简约
    日式圆形宠物盆猫砂盆 | | 日式配色，圆滑细腻
    海洋之心永生花 | | 厄瓜多尔玫瑰，精致美感
    北欧极简直杆台灯 | | 北欧色彩，极简线条
    夜间反光防走失宠物牵引绳 | | 编织反光，夜间防走失
    20寸 铝镁合金登机箱 | | 时尚金属箱，奢品质感
    木韵檀香黄铜笔 | | 缅甸黑檀与黄铜的结合，彰显贵气
    Let it go男式纯棉免洗内裤 | | 伽玛射线安心杀菌
    Let it go女式纯棉免洗内裤 | | 100%纯棉，出行必备
    日式天然桐木材质猫抓板 | | 天然桐木，耐磨耐抓
    原素系列实木餐桌 | | 素雅大气，结实不易蛀
    原素系列实木餐椅（两把） | | 经典造型，贴合人体曲线
    原素系列实木书桌 | | 无胶龙凤口工艺，经久耐用
    原素系列1.8米实木床 | | 优选实木，环保喷漆
    宠物不锈钢圆形倾斜餐碗 | | 15°倾斜设计，保护萌宠颈椎
    LCD电子钟 升级版 | | MUJI风格，清晰简明
    蔓越莓曲奇 200克 | | 酥脆奶香，甜酸回味
    凤梨酥 360克 | | 特别添加10%凤梨果肉
    日式简约素色窗帘 | | 日式极简美学 舒适棉麻质感
    婴儿床蔺草席 | | 天然龙眉草，婴童可用
    魔兽世界 联盟 护腕 一只 | | 吸汗、舒适、弹性、防护、耐用
    粽情乡思端午粽礼盒 640克 | | 五种口味，寄情端午
    男式丝滑莫代尔平角内裤 | | Jockey供应商，亲肤贴合";

/// What somebody types, and a piece of the title that must come first.
const SEARCHES: &str = "
    四件套 刺绣 | 轻奢纯棉刺绣水洗四件套
    绣花四件套 | 轻奢纯棉刺绣水洗四件套
    羊毛被 | 澳洲羊毛被
    蚕丝被 | 双宫茧桑蚕丝被
    蚕丝空调被 | 空调被
    子母被 | 子母被
    毛巾 | 毛巾
    埃及棉浴巾 | 浴巾
    羽绒被 | 羽绒被
    羽绒枕 | 羽绒枕
    懒人沙发 | 懒人沙发
    盖毯 | 盖毯
    护颈枕 | 护颈
    双人枕 | 双人记忆枕
    记忆枕 | 记忆枕
    荞麦枕 | 高山苦荞麦枕
    床垫 | 记忆绵床垫
    珐琅锅 | 珐琅锅
    马卡龙 | 马卡龙
    煎锅 | 煎锅
    钻石奶锅 | Carat钻石奶锅
    地毯 羊毛 | 羊毛手工地毯
    钢笔 | 钢笔
    中性笔 | 中性笔
    蛋黄酥 | 绿茶蛋黄酥
    凤梨酥 | 凤梨酥
    曲奇 | 蔓越莓曲奇
    猫砂 | 猫砂盆
    猫抓板 | 猫抓板
    宠物窝 南瓜 | 南瓜式宠物窝
    宠物碗 | 餐碗
    遛狗牵引绳 | 牵引绳
    落地灯 | 落地灯
    台灯 北欧 | 北欧极简直杆台灯
    镜 | 落地镜
    餐桌 | 实木餐桌
    餐椅 | 实木餐椅
    登机箱 | 登机箱
    窗帘 | 窗帘
    永生花 | 永生花
    端午礼盒 | 端午粽礼盒
    罗莱 | 双宫茧桑蚕丝被
    魔兽护腕 | 护腕
    婴儿席 | 婴儿床蔺草席";
const LATIN: &str = "
    carat | Carat
    CARAT 28 | 煎锅28cm
    carat 30cm | 炒锅30cm
    Ｃａｒａｔ　煎锅 | 煎锅28cm
    carrat 煎锅 | 煎锅28cm
    craat 汤锅 | 汤锅
    muji 羽绒 | 白鹅绒
    muji 午睡枕 | 多功能午睡枕
    nitori | 宠物窝
    nitory | 宠物窝
    ralph 亚麻 | 全亚麻四件套
    lauren 盖毯 | AB面盖毯
    lcd | LCD电子钟
    jock | 莫代尔平角内裤
    let it go 女式 | 女式纯棉免洗内裤";

fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table.lines().filter(|l| l.contains('|')).map(|l| l.split('|').map(str::trim).collect())
}
async fn index(house: &House, c: C, id: Id<id::Product>, words: ProductWords<'_>) {
    let terms = product_terms(words);
    let verb = move |tx: &mut Tx<'_>| {
        let mut w: Writes<crate::content_cast::No> = Writes::default();
        index_product(tx, &mut w, c, id, &terms)?;
        tx.run(w)
    };
    house.app.database().write(house.now(), verb).await.expect("indexed");
}
async fn shelf(house: &House) -> C {
    let c = community(house).await;
    for row in rows(GOODS) {
        let id = product(house, c, row[0], 100, 1).await;
        let words =
            ProductWords { title: row[0], brand: row[1], brief: row[2], ..ProductWords::default() };
        index(house, c, id, words).await;
    }
    c
}
async fn first(house: &House, c: C, typed: &str) -> String {
    let hits = house.app.search_products(c, typed, 10).await.expect("a search");
    hits.first().map_or(String::from("nothing"), |d| d.title.clone())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_right_thing_comes_first() {
    let hant = OpenCC::from_config(BuiltinConfig::S2t).expect("a dictionary");
    both(async |house: House| {
        let c = shelf(&house).await;
        let (mut wrong, mut asked) = (Vec::new(), 0);
        for row in rows(SEARCHES).chain(rows(LATIN)) {
            let got = first(&house, c, row[0]).await;
            if !got.contains(row[1]) {
                wrong.push(format!("{}: {got}, not {}", row[0], row[1]));
            }
            let traditional = hant.convert(row[0]);
            let same = first(&house, c, &traditional).await;
            if same != got {
                wrong.push(format!("{traditional}: {same}, but {}: {got}", row[0]));
            }
            asked += 1;
        }
        assert!(asked >= 30 && rows(GOODS).count() >= 60);
        assert!(wrong.is_empty(), "{asked} searches\n{}", wrong.join("\n"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_there_is_not_found() {
    both(async |house: House| {
        let c = shelf(&house).await;
        for typed in ["", " ", "，。！", "xyzzyx", "汽车轮胎", "%", "'; DROP TABLE post", "\u{0}"]
        {
            assert_eq!(first(&house, c, typed).await, "nothing", "{typed:?}");
        }
        let other = community(&house).await;
        assert_eq!(first(&house, other, "煎锅").await, "nothing", "of another community");
        let long = "煎锅".repeat(500);
        assert!(first(&house, c, &long).await.contains("锅"));
        for (typed, begun) in [("ca", "Carat"), ("car", "Carat"), ("nito", "宠物窝")] {
            assert!(first(&house, c, typed).await.contains(begun), "typing {typed}");
        }
        // changed words are found, old ones are not; an unlisted product is not found at all
        let id = product(&house, c, "冻顶乌龙", 100, 1).await;
        let words = |title| ProductWords { title, ..ProductWords::default() };
        index(&house, c, id, words("冻顶乌龙")).await;
        assert_eq!(first(&house, c, "烏龍").await, "冻顶乌龙");
        index(&house, c, id, words("正山小种")).await;
        assert_eq!(first(&house, c, "乌龙").await, "nothing");
        assert_eq!(first(&house, c, "小種").await, "冻顶乌龙", "the title of the shelf");
        let count = "SELECT count(*) FROM search_term WHERE community_id = $1 AND doc_id = $2";
        let before = number(&house, count, &[c.raw(), id.raw()]).await;
        index(&house, c, id, words("正山小种")).await;
        assert_eq!(number(&house, count, &[c.raw(), id.raw()]).await, before);
        let verb = move |tx: &mut Tx<'_>| {
            let mut w: Writes<crate::content_cast::No> = Writes::default();
            unindex_product(&mut w, c, id);
            tx.run(w)
        };
        house.app.database().write(house.now(), verb).await.expect("gone");
        assert_eq!(first(&house, c, "小种").await, "nothing");
    })
    .await;
}

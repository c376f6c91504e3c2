"""Products, categories and reviews of 桃源里熟客 from the litemall sample shop."""
import re

from .files import WRITTEN, table

# Title words decide what a product looks like; the first that matches wins.
LOOKS = [
    ("pillow", "午睡枕|暖手枕"), ("cushion", "抱枕|坐垫|腰靠|蒲团|皮垫"),
    ("mattress", "床垫|安睡组合|床褥"), ("mat", "凉席|草席|蔺草席|皮席"), ("bedding", "件套$|四件套|床笠|床单|枕套|夏凉件套"),
    ("pillow", "枕"), ("blanket", "盖毯"),
    ("rug", "地毯|地垫|浴垫"), ("curtain", "窗帘|纱帘"), ("towel", "毛巾|浴巾|面巾"),
    ("petbed", "宠物窝|窝垫"), ("leash", "牵引"), ("scratcher", "猫抓板"),
    ("litterbox", "猫砂盆|拾便器"), ("petbowl", "食盆|喂食器|饮水器|餐碗|折叠碗"),
    ("brush", "按摩刷|清洁套装|护理套装|护理组合"), ("sofa", "沙发"), ("mirror", "镜"),
    ("chair", "椅"), ("bed", "实木床$|米实木床"), ("cabinet", "柜|茶几"), ("table", "桌"),
    ("lamp", "灯"), ("clock", "钟"), ("fan", "风扇"), ("flowers", "永生花|月光曲"),
    ("ornament", "摆件"), ("pan", "炒锅|煎锅"), ("pot", "锅|厨具"), ("cookies", "曲奇"),
    ("zongzi", "粽"), ("pastry", "酥|糕"), ("notebook", "笔记本|十四行诗"), ("pen", "笔"),
    ("suitcase", "箱"), ("underwear", "内裤"), ("babywear", "婴童|礼盒"),
    ("quilt", "被"),
]
# Where one kind has two faces, the title says which; the handle keeps the plain word.
FINER = [
    ("underwear", "男式", "boxers"), ("underwear", "女式", "briefs"),
    ("babywear", "裙", "babydress"), ("sofa", "懒人", "beanbag"), ("chair", "休闲椅|转椅", "armchair"),
    ("flowers", "永生花|清水木棉", "domeflower"), ("leash", "伸缩", "retractable"),
    ("petbed", "南瓜|封闭", "pethouse"), ("litterbox", "封闭", "litterhood"),
    ("pan", "牛排", "grillpan"), ("pastry", "凤梨", "pineapplecake"), ("pastry", "绿豆糕", "mungcake"),
]
TAGS = {
    "1008008": "被窝", "1008009": "被窝", "1036000": "被窝", "1008001": "洗护",
    "1008002": "布置", "1011004": "布置", "1008016": "布置", "1015000": "布置",
    "1005007": "厨房", "1008015": "点心", "1012003": "文具", "1017000": "宠物",
    "1012001": "出行", "1010002": "贴身", "1020003": "亲子",
}
MORE_TAGS = [("收纳", "柜|收纳"), ("茶", "绿茶|绿豆糕|凤梨酥"), ("亲子", "婴|儿童"),
             ("出行", "出行|便携|外出"), ("送礼", "礼盒|永生花"), ("手工", "手工"),
             ("夏天", "夏凉|凉感|席$|风扇"), ("冬天", "羊毛|羽绒|秋冬|珊瑚绒|法兰绒")]
GROUPS = {"被窝": "sleep", "布置": "sleep", "洗护": "sleep", "贴身": "", "文具": "kids",
          "厨房": "kitchen", "点心": "kitchen", "宠物": "pets", "出行": "outing",
          "亲子": "kids"}
SHOP_TALK = re.compile("热销|热卖|网易|严选|MUJI|野兽派|Jockey|制造商|供应商|品牌|湖南卫视|"
                       "专供|集团|Coach|阿迪达斯")
HEADER = ("handle title brief story category parent_category brand tags unit option1_name "
          "option1_value option2_name option2_value sku price stock look fit_groups").split()


def look_of(title):
    for look, words in LOOKS:
        if re.search(words, title):
            return look
    return "parcel"


def finer(look, title):
    fit = (face for kind, words, face in FINER if kind == look and re.search(words, title))
    return next(fit, look)


def clean_brief(brief):
    parts = [p.strip() for p in re.split("[，,。]", brief) if p.strip()]
    return "，".join(p for p in parts if not SHOP_TALK.search(p))


def tidy(value):
    value = re.sub(r"\s+", " ", value).strip().rstrip("。；;.")
    return re.sub(r"(?<=[\d米cm])\s*[*xX×]\s*(?=\d)", "×", value)


def split_values(value):
    return [v.strip() for v in re.split(r"\s*/\s*", value.strip()) if v.strip()]


def sizes_of(facts):
    """The sizes of a product as its own attributes list them, or nothing."""
    for key in ("尺寸", "规格"):
        value = facts.get(key, "")
        if re.search(r"1\.5(米|M)", value) and re.search(r"1\.8(米|M)", value):
            return "床的尺寸", ["1.5米床", "1.8米床"]
        if "适用于" in value:
            wide = re.findall(r"([\d.]+) ?x 2\.6M", value)
            return "宽度", [f"{w}米宽" for w in wide]
        if "S号" in value and "M号" in value:
            return "尺码", ["S号 2.5米", "M号 4米"]
        if "组合" in value:
            return "床垫", ["150×200cm", "180×200cm"]
        parts = split_values(value)
        if 2 <= len(parts) <= 4 and all(re.match(r"^(直径|长)?\d+[\d*×xX宽cm寸米. ]*$", p)
                                        for p in parts):
            return "尺寸", [tidy(p) for p in parts]
    return None


def colours_of(facts):
    parts = split_values(facts.get("颜色") or facts.get("配色") or "")
    if len(parts) < 2 or any("GB" in p for p in parts):
        return []
    return [re.sub(r"\s+", "", p) for p in parts][:5]


def story_of(title, brief, facts, seed):
    """Two to five sentences, nothing in them but the brief and the attributes."""
    out = [brief + "。" if brief else title + "。"]
    stuff = next((k for k in ("材质", "面料", "材料", "面料成分", "外层面料") if facts.get(k)), None)
    if stuff and len(facts[stuff]) < 70:
        line = f"{stuff}是{tidy(facts[stuff])}"
        fill = next((k for k in ("填充物", "填充成分", "内芯") if facts.get(k)), None)
        if fill and len(facts[fill]) < 50:
            line += f"，{fill}为{tidy(facts[fill])}"
        out.append(line.replace("\n", "，") + "。")
    size = next((k for k in ("尺寸", "产品尺寸", "规格") if facts.get(k)), None)
    if size and len(facts[size]) < 60:
        out.append(f"{size}：{tidy(facts[size])}。")
    craft = next((k for k in ("工艺", "印染工艺", "物理遮光率", "安装方式") if facts.get(k)), None)
    if craft and len(facts[craft]) < 40:
        out.append(f"{craft}：{tidy(facts[craft])}。")
    tip = next((facts[k] for k in ("温馨提示", "*温馨提示") if facts.get(k)), "")
    tip = re.split(r"\n|2[.：、]", re.sub(r"^1[.：、]\s*", "", tip))[0]
    tip = re.split("(?<=。)", tidy(tip))[0]
    if 8 < len(tip) < 90 and not re.search("客服|发货|退换|说明书", tip):
        out.append(tip.rstrip("。") + "。")
    if facts.get("产地") and len(facts["产地"]) < 20 and len(out) < 5:
        out.append(f"产自{tidy(facts['产地'])}。")
    if len(out) == 1 and facts.get("执行标准"):
        out.append(f"执行标准：{tidy(facts['执行标准'])}。")
    if len(out) == 1:
        out = [f"{title}。", out[0]] if out[0] != title + "。" else out
    return "".join(out[:5])


def stock_of(rng, rank):
    if rank in (17, 120):
        return 0
    if rank % 23 == 7:
        return rng.randint(1, 5)
    return rng.randint(20, 400)


def products(data, rng):
    """(rows for products.csv, goods_id -> handle, rows for categories.csv)"""
    cats = {c["category_id"]: c for c in table(data / "catalogue/zh_categories.csv.gz")}
    fixes = {f["goods_id"]: f for f in table(WRITTEN / "products_fix.csv")}
    facts = {}
    for a in table(data / "catalogue/zh_goods_attributes.csv.gz"):
        facts.setdefault(a["goods_id"], {}).setdefault(a["attribute"], a["value"].strip())
    rows, handles, used, titles = [], {}, [], set()
    for rank, g in enumerate(table(data / "catalogue/zh_goods.csv.gz")):
        fix = fixes.get(g["goods_id"], {})
        title = re.sub(r"\s+", " ", fix.get("title") or g["name"]).strip()
        core = title.replace("新年礼盒 ", "").replace("美肤", "亲肤")
        if "魔兽" in title or core in titles:
            continue
        titles.add(core)
        cat = cats[g["category_id"]]
        look = look_of(title)
        handle = handles[g["goods_id"]] = f"{look}-{g['goods_id']}"
        brief = fix.get("brief") or clean_brief(g["brief"])
        mine = facts.get(g["goods_id"], {})
        tags = [TAGS[g["category_id"]]]
        tags += [t for t, words in MORE_TAGS if re.search(words, title) and t not in tags]
        groups = [GROUPS[tags[0]]] if GROUPS[tags[0]] else []
        if "珐琅锅" in title:
            groups.append("enamel")
        product = dict(
            handle=handle, title=title, brief=brief, story=story_of(title, brief, mine, rank),
            category=cat["name"], parent_category=cats[cat["parent_id"]]["name"], brand="",
            tags=";".join(tags[:4]), unit=g["unit"] or "件", look=finer(look, title),
            price=f"{float(g['retail_price']):.2f}", fit_groups=";".join(groups))
        rows += variants(product, g["goods_id"], mine, rng, rank)
        if cat not in used:
            used.append(cat)
    return rows, handles, category_rows(cats, used)


def variants(product, goods_id, facts, rng, rank):
    sizes, colours = sizes_of(facts), colours_of(facts)
    options = []
    if colours:
        options.append(("颜色", colours))
    if sizes and len(sizes[1]) > 1:
        options.append(sizes)
    first = options[0] if options else ("", [""])
    second = options[1] if len(options) > 1 else ("", [""])
    out = []
    for a in first[1]:
        for b in second[1]:
            out.append(dict(product, option1_name=first[0], option1_value=a,
                            option2_name=second[0], option2_value=b,
                            sku=f"TY{goods_id}-{len(out) + 1:02d}", stock=stock_of(rng, rank)))
    return out


def category_rows(cats, used):
    rows, done = [], set()
    for cat in used:
        for one in (cats[cat["parent_id"]], cat):
            if one["category_id"] in done:
                continue
            done.add(one["category_id"])
            parent = "" if one is not cat else cats[cat["parent_id"]]["name"]
            words = "" if SHOP_TALK.search(one["description"]) else one["description"]
            rows.append(dict(name=one["name"], parent_category=parent, description=words))
    return rows


OFF = re.compile(
    "网易|严选|丁磊|顺丰|淘宝|某宝|京东|唯品|考拉|天猫|宜家|MUJI|muji|无印|良品|罗莱|luolai|mengjie|"
    "梦洁|晚安的|波司登|APP|app|双十一|双11|感恩节|地球日|限时|活动|优惠|打折|折扣|特价|抢购|八折|"
    "八五折|五星|满分|追评|追加|评价|好评|差评|晒单|买家秀|客服|快递|物流|发货|包装|箱|到货|赠|送的|福袋|"
    "退货|换货|发票|金币|新闻|男盆友|女盆友|裸睡|逼格|情趣|处女|疼|痛|酸|颈椎|失眠|过敏|来访者|头晕|"
    "毒|脑残|剁手|绿茶|茶香|杯子|皂|袜|雨伞|纸巾|铲子|照片|图片|效果图|不上图|有图|拍照|价格|便宜|划算|性价比|"
    "优惠|实惠|元|块|贵|买满|回购|骚|尿|屎|婊|SB|奶奶|垃圾|第一次在|第一单|质量把关|荧光|胖子|"
    "美观大方|还没用|没用|还没打开|没打开|未使用|没有使用|没拆|还没|尚未|收到了$|高质量的|。。。。|呃呃|"
    "^\\W*$|公司年终|二高|高考|\\d{7,}|臭小子|租来|媳妇|老公|老婆|女友|男朋友|http|有个|结婚|"
    "[三五5]星|五分|好好好|非常满意非常满意|要求是很高|要D|国货|中国人|一挂|晚上试试|希望放放|刚到|刚收到|"
    "保证严实|网上|被絮|睡了五")
LOOSE = re.compile("记忆|慢回弹|慢性|布料|被|床单|四件套|粗布|榻榻米|踏踏米|一盒|厚度|三星|外套不错|套子")


def reviews(data, handles):
    """Real comments, each with its own product; short, whole, and about the thing."""
    rows, seen = [], set()
    for c in table(data / "catalogue/zh_goods_comments.csv.gz"):
        text = re.sub(r"\s+", " ", c["content"].strip().strip('"'))
        if "\ufffd" in text:
            text = re.split("[。！!～~]", text)
            text = "。".join(text[:-1]) + "。" if len(text) > 1 else ""
        text = re.sub(r"[•☺✌❤️♡⑉°з◇^_]|hhh|(?<!\d)\*|\( *\)-?", "", text).strip(" ,，")
        text = re.sub(r"([。！!～~…?？，,、.])[。！!～~…?？，,、.]+", r"\1", text)
        handle = handles.get(c["goods_id"])
        if not handle or len(text) < 4 or len(text) > 120 or OFF.search(text):
            continue
        if c["goods_id"] == "1181000" and LOOSE.search(text):
            continue
        if c["goods_id"] != "1181000" and not look_fits(handle.split("-")[0], text):
            continue
        if (handle, text) in seen or (len(text) < 8 and sum(t == text for _, t in seen) > 1):
            continue
        seen.add((handle, text))
        rows.append(dict(handle=handle, text=text, follow_up=""))
    return rows


WRONG = {
    "pillow": "沙发|毯子|四件套真|床单|连裤", "quilt": "枕头|四件套真", "blanket": "枕头|沙发套",
    "rug": "枕头|被子", "cushion": "四件套|床单", "bedding": "枕头真|坐垫", "sofa": "枕头",
}


def look_fits(look, text):
    wrong = WRONG.get(look)
    return not (wrong and re.search(wrong, text))

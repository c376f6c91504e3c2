"""The members of 桃源里熟客: who joined when, brought by whom.

The shape is real: three repost trees of the casflow sample, each member a person, each
repost a friend brought along. Delays of seconds are bent (power 0.6) and stretched to days.
"""
from .files import WRITTEN, table

# (tree, day its first member joins, days it spreads over)
TREES = [("75981", 0, 86), ("75990", 18, 62), ("14712", 40, 46)]
ALONE = 32
LEADERS = [  # name, group: the first people, so that groups have a head from the start
    ("阿桃", "seed"), ("周姐", "taoyuancun"), ("小满妈", "kids"), ("会做饭的程序员", "kitchen"),
    ("晒被子的人", "sleep"), ("豆沙的铲屎官", "pets"), ("陈叔", "yinghuayuan"),
    ("骑车去崇明", "outing"), ("爱吃锅巴", "enamel"), ("陆姐", "xianghua"),
]
STAFF = ["3号楼老何", "小严", "灯下"]
# People whom posts and conversations speak of: where they live, and what they say of themselves.
KNOWN = {
    "阿桃": ("taoyuancun", "桃源里的主理人，有事直接找我"), "周姐": ("taoyuancun", "桃源村团长，晚上八点前都在"),
    "小满妈": ("taoyuancun", "小满一年级，周末办换书会"), "陈叔": ("yinghuayuan", "退休了，帮六楼的老人家搬东西"),
    "陆姐": ("xianghua", "香花自提点，传达室旁边"), "3号楼老何": ("taoyuancun", "会看天气，会修灯"),
    "会做饭的程序员": ("yinghuayuan", "家里三口锅，最常用的是炒锅"),
    "晒被子的人": ("xianghua", "最大的爱好是晒被子"), "豆沙的铲屎官": ("taoyuancun", "给一只白猫打工"),
    "骑车去崇明": ("xianghua", "骑车慢，但是不掉队"), "爱吃锅巴": ("yinghuayuan", "珐琅锅焖饭，锅巴归我"),
    "小严": ("taoyuancun", "周一到周五理货"), "灯下": ("taoyuancun", "管首页和客服，慢慢改"),
    "阿梅": ("taoyuancun", ""), "老顾": ("taoyuancun", ""), "传达室老赵": ("xianghua", "快递放我这里就行"),
}
TAG_GROUPS = {"厨房": "kitchen", "茶": "kitchen", "点心": "kitchen", "亲子": "kids",
              "宠物": "pets", "出行": "outing", "被窝": "sleep", "布置": "sleep",
              "收纳": "sleep", "邻里": "", "文具": "kids", "手工": ""}
HEADER = "name joined_day referrer_row tags groups role phone bio".split()
SURNAMES = "沈陆顾徐朱蒋钱严潘戴曹许邵倪龚施俞丁方石"
GIVEN = ("晓岚 建华 淑芬 志远 雨桐 思齐 佳怡 文博 丽萍 国强 秀英 海燕 明远 若溪 静姝 立新 春生 "
         "桂兰 一鸣 家宁 书瑶 承安 念慈 向阳 小雅 长庚 乐怡 敏之 采薇 知夏").split()


def named():
    """Hand-picked names first, then plain ones, no two alike."""
    names = []
    for line in (WRITTEN / "names.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            names += line.split()
    assert len(names) == len(set(names)), "a name stands twice in names.txt"
    return names


def joins(data, rng):
    """[(day, key, key of the referrer or None)] in the order of joining."""
    rows = table(data / "cascades/weibo_casflow.csv.gz")
    out = []
    for tree, start, span in TREES:
        mine = [r for r in rows if r["cascade_id"] == tree]
        last = max(int(r["delay_s"]) for r in mine)
        for r in mine:
            day = start + span * (int(r["delay_s"]) / last) ** 0.6
            key = (tree, int(r["member"]))
            parent = (tree, int(r["referrer"])) if r["referrer"] else None
            out.append((day, int(r["seq"]), key, parent))
    for n in range(ALONE):
        out.append((3 + 85 * rng.random(), 0, ("alone", n), None))
    return sorted(out, key=lambda j: (j[0], j[1]))


def members(data, rng):
    """Rows for members.csv; the row number of a referrer counts from 1."""
    order = joins(data, rng)
    heads = [name for name, _ in LEADERS]
    picked = [n for n in named() if n not in heads and n not in STAFF]
    plain = [s + g for s in SURNAMES for g in GIVEN]
    rng.shuffle(picked)
    rng.shuffle(plain)
    rest = picked + plain[: len(order) - len(heads) - len(STAFF) - len(picked)]
    rng.shuffle(rest)
    names = heads + STAFF + rest
    bios = table(WRITTEN / "bios.csv")
    row_of, rows, used = {}, [], {}
    phones = rng.sample(range(10_000, 99_999), len(order))
    for n, (day, _, key, parent) in enumerate(order):
        row_of[key] = n + 1
        name = names[n]
        tags = tags_for(name, rng)
        rows.append(dict(
            name=name, joined_day=min(90, int(day)), referrer_row=row_of[parent] if parent else "",
            tags=";".join(tags), groups=";".join(groups_for(n, name, tags, rng)),
            role=role_of(n, name), phone=f"190000{phones[n]:05d}",
            bio=KNOWN[name][1] if name in KNOWN else bio_for(tags, bios, used, rng)))
    return rows


def role_of(n, name):
    if n == 0:
        return "owner"
    if name in STAFF:
        return "staff"
    return "leader" if any(name == head for head, _ in LEADERS) else "member"


def tags_for(name, rng):
    tags = []
    for word, tag in (("妈", "亲子"), ("爸", "亲子"), ("猫", "宠物"), ("铲屎", "宠物"),
                      ("团子", "宠物"), ("骑车", "出行"), ("做饭", "厨房"), ("锅", "厨房"),
                      ("被", "被窝"), ("茶", "茶"), ("乌龙", "茶"), ("睡", "被窝")):
        if word in name and tag not in tags:
            tags.append(tag)
    pool = ["厨房", "厨房", "茶", "点心", "点心", "亲子", "宠物", "出行", "被窝", "被窝", "布置",
            "收纳", "邻里", "文具", "手工"]
    want = rng.choice([2, 2, 3, 3, 4])
    while len(tags) < want:
        tag = rng.choice(pool)
        if tag not in tags:
            tags.append(tag)
    return tags


def groups_for(n, name, tags, rng):
    groups = [g for head, g in LEADERS if head == name]
    home = rng.choices(["taoyuancun", "yinghuayuan", "xianghua", ""], [42, 26, 22, 10])[0]
    home = KNOWN.get(name, (home, ""))[0]
    wanted = [home] + [TAG_GROUPS[t] for t in tags]
    if n < 16:
        wanted.append("seed")
    if "厨房" in tags and rng.random() < 0.4:
        wanted.append("enamel")
    for g in wanted:
        if g and g not in groups and (g == home or g == "seed" or rng.random() < 0.85):
            groups.append(g)
    return groups or ["taoyuancun"]


def bio_for(tags, bios, used, rng):
    """About half of the people say a word about themselves; no sentence more than five times."""
    if rng.random() < 0.45:
        return ""
    fit = [b["bio"] for b in bios if b["tag"] in tags and used.get(b["bio"], 0) < 5]
    if not fit:
        return ""
    bio = rng.choice(fit)
    used[bio] = used.get(bio, 0) + 1
    return bio


def groups(data):
    """Rows for groups.csv; pick-up addresses name a real street and residents' committee."""
    areas = {d["code"]: d["name"] for d in table(data / "china/divisions.csv.gz")}
    known = {(c["street_code"], c["name"])
             for c in table(data / "china/communities_shanghai.csv.gz")}
    heads = {g: name for name, g in LEADERS}
    rows = []
    for g in table(WRITTEN / "zh_groups.csv"):
        street, spot = g.pop("street_code"), g.pop("pickup_spot")
        committee = g.pop("committee")
        g["pickup_address"] = ""
        if street:
            assert (street, committee) in known, f"no such committee: {committee}"
            g["pickup_address"] = f"上海市{areas[street[:6]]}{areas[street]}{committee.removesuffix('居委会') if spot.startswith('居委会') else committee}{spot}"
        g["leader"] = heads[g["slug"]]
        rows.append(g)
    return rows

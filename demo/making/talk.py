"""Conversations and posts: hand-written texts, and picks from LCCC and CrossWOZ."""
import re

from .files import WRITTEN, blocks, lines, table

KINDS = ("note", "article", "link")


def hour_for(text, rng):
    """When such a thing is said: breakfast talk in the morning, tonight's plans at night."""
    if re.search("早安|早上好|早！", text):
        return rng.choice([7, 8])
    if re.search("今晚|晚安|睡不着|夜宵|昨晚", text):
        return rng.choice([19, 20, 21, 22])
    return rng.choice([8, 9, 10, 11, 12, 12, 13, 15, 16, 17, 18, 19, 20, 20, 21])


def day_for(group, rng):
    """More talk as more people join; the seed group speaks first."""
    u = rng.random()
    return int(1 + 40 * u) if group == "seed" else int(6 + 83 * u ** 0.7)


def tidy(text):
    """LCCC stands with digits and dots set apart: '1 2点' is '12点'."""
    text = re.sub(r"(?<=\d) (?=\d)", "", text)
    text = re.sub(r"(?<=[\w？！]) ?\. ?\. ?\.", "…", text)
    text = re.sub(r"(?<=[\w？！]) ?\. ?\.|。。+", "…", text)
    text = re.sub(r"(?<![a-z])[a-z](?: [a-z])+(?![a-z])", lambda m: m[0].replace(" ", ""), text)
    text = re.sub(r"，，+", "，", text)
    text = re.sub(r"~( ~)+", "~", text)
    text = re.sub(r"([！？])( ?\1)+", r"\1", text)
    return text.strip(" ，,、")


def written(name, handles, rng, who_by=str):
    """Our own conversations; `crosswoz N` in the head tells an edited dialogue of that set."""
    out = []
    for head, body in blocks(WRITTEN / name):
        origin = "crosswoz" if "crosswoz" in head else "ours"
        words = re.sub(r"\| crosswoz \d+", "", head).split()
        one = dict(group=words[0], day=day_for(words[0], rng), hour=0, turns=[])
        one["from"] = origin
        for word in words[1:]:
            if word.startswith("lead="):
                one["leader"] = ord(word[5]) - ord("a")
            else:
                one["product_handle"] = handles[word]
        for line in body:
            if line.strip():
                who, text = line.split(" ", 1)
                one["turns"].append(dict(who=ord(who) - ord("a"), text=text.strip()))
        one["hour"] = hour_for(" ".join(t["text"] for t in one["turns"]), rng)
        out.append(one)
    return out


def weibo(data, rng):
    """The picked LCCC dialogues: two people, turn by turn."""
    known = {d["dialog"]: d["turns"] for d in lines(data / "chat/zh_weibo_dialogs.jsonl.gz")}
    out = []
    for pick in table(WRITTEN / "lccc_picks.csv"):
        turns = [tidy(t) for t in known[pick["dialog"]][: int(pick["turns"])]]
        out.append({
            "group": pick["group"], "day": day_for(pick["group"], rng),
            "hour": hour_for(" ".join(turns), rng), "from": "lccc",
            "turns": [dict(who=n % 2, text=t) for n, t in enumerate(turns)]})
    return out


def posts(name, handles):
    """Posts: head `kind | group | tags | products [| url | title] [| by=leader]`."""
    out = []
    for head, body in blocks(WRITTEN / name):
        parts = [p.strip() for p in head.split("|")]
        by = parts.pop()[3:] if parts[-1].startswith("by=") else ""
        kind, group, tags, goods = parts[:4]
        assert kind in KINDS, head
        cut = body.index("--") if "--" in body else len(body)
        text, replies = body[:cut], body[cut + 1:]
        one = dict(kind=kind, group=group, tags=tags.split(),
                   product_handles=[handles[g] for g in goods.split()])
        if by:
            one["by"] = by
        if kind == "article":
            one["title"] = text[0].removeprefix("# ").strip()
            text = text[1:]
        words = "\n".join(text).strip()
        if kind == "link":
            one.update(url=parts[4], title=parts[5], introduction=words)
        else:
            one["text"] = words
        one["comments"] = [reply(r) for r in replies if r.strip()]
        out.append(one)
    return out


def reply(line):
    if line.startswith("@"):
        name, text = line[1:].split(" ", 1)
        return dict(text=text, by=name)
    return dict(text=line)

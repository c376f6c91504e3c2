#!/usr/bin/env python3
"""Writes the generated files of demo/ from the data folder: python3 demo/make.py DATA_DIR

The same data and the same texts give the same bytes. It checks what it wrote: every handle,
group and person that is named exists.
"""
import random
import sys
from pathlib import Path

sys.dont_write_bytecode = True
from making import catalogue, harbour, people, talk
from making.files import HERE, lines, table, write_lines, write_table

SEED = 20260501


def chinese(data):
    zh = HERE / "zh"
    rows, handles, categories = catalogue.products(data, random.Random(SEED))
    write_table(zh / "products.csv", catalogue.HEADER, rows)
    write_table(zh / "categories.csv", ["name", "parent_category", "description"], categories)
    write_table(zh / "reviews.csv", ["handle", "text", "follow_up"],
                catalogue.reviews(data, handles))
    groups = people.groups(data)
    write_table(zh / "groups.csv", "slug name kind purpose rules admission pickup_name "
                "pickup_address leader tags".split(), groups)
    write_table(zh / "members.csv", people.HEADER, people.members(data, random.Random(SEED + 1)))
    rng = random.Random(SEED + 2)
    chat = talk.written("zh_chat.txt", handles, rng) + talk.weibo(data, rng)
    write_lines(zh / "chat.jsonl", sorted(chat, key=lambda c: (c["day"], c["hour"])))
    write_lines(zh / "posts.jsonl", talk.posts("zh_posts.txt", handles))


def english():
    en = HERE / "en"
    handles = harbour.products(en / "products_shopify.csv", random.Random(SEED + 3))
    rng = random.Random(SEED + 4)
    chat = talk.written("en_chat.txt", handles, rng)
    write_lines(en / "chat.jsonl", sorted(chat, key=lambda c: (c["day"], c["hour"])))
    write_lines(en / "posts.jsonl", talk.posts("en_posts.txt", handles))


def check(folder, handles):
    """What one file names, another file has."""
    groups = {g["slug"]: g for g in table(folder / "groups.csv")}
    members = table(folder / "members.csv")
    names = [m["name"] for m in members]
    assert len(names) == len(set(names)), "two members with one name"
    assert len({m["phone"] for m in members}) == len(members), "two members with one phone"
    for n, m in enumerate(members, 1):
        assert set(m["groups"].split(";")) <= set(groups), m
        assert not m["referrer_row"] or 0 < int(m["referrer_row"]) < n, m
        if m["referrer_row"]:
            sponsor = members[int(m["referrer_row"]) - 1]
            assert int(sponsor["joined_day"]) <= int(m["joined_day"]), m
    for g in groups.values():
        assert g["leader"] in names, g
        assert sum(g["slug"] in m["groups"].split(";") for m in members) >= 4, g
    for one in lines(folder / "chat.jsonl"):
        assert one["group"] in groups and len(one["turns"]) >= 2, one
        assert all(t["text"] for t in one["turns"]), one
        assert one.get("product_handle", "") in handles | {""}, one
    for one in lines(folder / "posts.jsonl"):
        assert one["group"] in groups and set(one["product_handles"]) <= handles, one
        assert all(c.get("by", names[0]) in names for c in one["comments"]), one
    for one in table(folder / "reviews.csv"):
        assert one["handle"] in handles and one["text"], one


def main():
    if len(sys.argv) != 2:
        sys.exit("usage: python3 demo/make.py DATA_DIR")
    chinese(Path(sys.argv[1]))
    english()
    products = table(HERE / "zh/products.csv")
    assert len({p["sku"] for p in products}) == len(products), "a SKU stands twice"
    categories = {c["name"] for c in table(HERE / "zh/categories.csv")}
    assert {p["category"] for p in products} <= categories
    assert {p["parent_category"] for p in products} <= categories
    check(HERE / "zh", {p["handle"] for p in products})
    check(HERE / "en", {p["Handle"] for p in table(HERE / "en/products_shopify.csv")})
    size = sum(f.stat().st_size for f in HERE.rglob("*") if f.suffix in (".csv", ".jsonl", ".txt"))
    assert size < 700_000, f"{size} bytes are too many"
    print(f"demo: {len(products)} variants, {size} bytes, all names checked")


if __name__ == "__main__":
    main()

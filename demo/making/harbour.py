"""Harbour Row Makers: our own products in Shopify's classic product CSV."""
import html
import re

from .files import WRITTEN, blocks, write_table

HEADER = (
    "Handle|Title|Body (HTML)|Vendor|Type|Tags|Published|Option1 Name|Option1 Value|Option2 Name|"
    "Option2 Value|Option3 Name|Option3 Value|Variant SKU|Variant Grams|Variant Inventory Tracker|"
    "Variant Inventory Qty|Variant Inventory Policy|Variant Fulfillment Service|Variant Price|"
    "Variant Compare At Price|Variant Requires Shipping|Variant Taxable|Variant Barcode|Image Src|"
    "Image Position|Image Alt Text|Gift Card|SEO Title|SEO Description|"
    "Google Shopping / Google Product Category|Google Shopping / Gender|"
    "Google Shopping / Age Group|Google Shopping / MPN|Google Shopping / AdWords Grouping|"
    "Google Shopping / AdWords Labels|Google Shopping / Condition|"
    "Google Shopping / Custom Product|Google Shopping / Custom Label 0|"
    "Google Shopping / Custom Label 1|Google Shopping / Custom Label 2|"
    "Google Shopping / Custom Label 3|Google Shopping / Custom Label 4|Variant Image|"
    "Variant Weight Unit|Variant Tax Code").split("|")


def options(line):
    """'Glaze: Oat, Slate; Size: S 18.00, L 22.00' -> [(name, [(value, price or None)])]"""
    out = []
    for part in line.split(";"):
        name, values = part.split(":", 1)
        pairs = []
        for value in values.split(","):
            found = re.fullmatch(r"(.*?) ?(\d+\.\d\d)", value.strip())
            pairs.append(found.groups() if found else (value.strip(), None))
        out.append((name.strip(), pairs))
    return out


def products(path, rng):
    """Writes the CSV; gives {handle: handle} for the texts that name products."""
    rows, handles = [], {}
    for n, (head, body) in enumerate(blocks(WRITTEN / "en_products.txt")):
        handle, title, vendor, kind, look, tags, grams = [p.strip() for p in head.split("|")]
        handles[handle] = handle
        first, *rest = options(body[0])
        values = rest[0][1] if rest else [("", None)]
        story = "".join(f"<p>{html.escape(p, quote=False)}</p>" for p in body[1:] if p.strip())
        product = {"Title": title, "Body (HTML)": story, "Vendor": vendor, "Type": kind,
                   "Tags": tags, "Published": "true", "Gift Card": "false",
                   "Google Shopping / Condition": "new",
                   "Google Shopping / Custom Label 0": look}
        for a, price_a in first[1]:
            for b, price_b in values:
                row = dict.fromkeys(HEADER, "") | product | {
                    "Handle": handle, "Option1 Name": first[0],
                    "Option1 Value": a or "Default Title",
                    "Option2 Name": rest[0][0] if rest else "", "Option2 Value": b,
                    "Variant SKU": f"HR{n + 1:02d}-{len(rows) + 1:03d}", "Variant Grams": grams,
                    "Variant Inventory Tracker": "shopify",
                    "Variant Inventory Qty": 0 if handle == "decaf-nightwatch" and a == "Filter"
                    else rng.randint(3, 60),
                    "Variant Inventory Policy": "deny", "Variant Fulfillment Service": "manual",
                    "Variant Price": price_b or price_a, "Variant Requires Shipping": "true",
                    "Variant Taxable": "true", "Variant Weight Unit": "g"}
                rows.append(row)
                product = {}
    write_table(path, HEADER, rows)
    return handles

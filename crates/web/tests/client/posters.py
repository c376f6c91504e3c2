"""Posters as a stranger's phone sees them.

    posters.py URL FOLDER     URL of a house in development, which shows one-time codes

It opens a community with a product, a group, a post and a group buy. A member shares each; the code of each
poster is read by ZXing from the picture at the width a phone shows it, opened by a new person who
joins and buys, and the order is credited to the member. FOLDER gets the pictures.
"""

import http.client
import io
import json
import sys
import urllib.parse

import numpy
import zxingcpp
from PIL import Image

SITE, FOLDER = sys.argv[1:3]
HOST = urllib.parse.urlsplit(SITE).netloc
PHONE = "Mozilla/5.0 (iPhone) AppleWebKit/605.1.15 MicroMessenger/8.0.50"
# How wide a page shows a poster, and how wide the code must be there.
SHOWN, CODE = 330, 132
CATALOGUE = """handle,title,brief,sku,price,stock,state
peach,阳山水蜜桃 五斤装,周一到，南门驿站自提 · 坏一赔一,PEACH-5,39.90,100,listed
"""


def ask(method, path, body=None, headers=None):
    """Status, headers and body of an answer; nothing is followed."""
    wire = http.client.HTTPConnection(HOST, timeout=30)
    wire.request(method, path, body, headers or {})
    reply = wire.getresponse()
    return reply.status, reply.headers, reply.read()


def call(method, path, token, body=None):
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    text = None if body is None else json.dumps(body)
    if text is not None:
        headers["Content-Type"] = "application/json"
    status, _, answer = ask(method, f"/api/v1{path}", text, headers)
    assert status < 300, (method, path, status, answer.decode())
    return json.loads(answer)


def person(name):
    """The token of somebody new; it is the value of the session's cookie, too."""
    contact = f"{name.encode().hex()}@example.org"
    sent = call("POST", "/sign-in/codes", "", {"contact": contact})
    return call("POST", "/sign-in", "", {**sent, "name": name, "language": "zh-Hans"})["token"]


def form(path, cookies, fields):
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Cookie": cookies, "User-Agent": PHONE, "Origin": SITE, "Host": HOST}
    return ask("POST", path, urllib.parse.urlencode(fields), headers)


def read(name, code):
    """What the code of a poster says, read at the width it is shown."""
    status, headers, png = ask("GET", f"/s/{code}/poster.png", None, {"User-Agent": PHONE})
    assert (status, headers["Content-Type"]) == (200, "image/png"), (name, status)
    with open(f"{FOLDER}/{name}.png", "wb") as file:
        file.write(png)
    whole = Image.open(io.BytesIO(png)).convert("L")
    assert whole.size == (750, 1120), whole.size
    shown = whole.resize((SHOWN, SHOWN * 1120 // 750), Image.Resampling.BILINEAR)
    codes = zxingcpp.read_barcodes(numpy.array(shown))
    assert len(codes) == 1, f"{name}: {len(codes)} codes"
    at = codes[0].position
    left, right = at.top_left.x, at.bottom_right.x
    top, bottom = at.top_left.y, at.bottom_right.y
    assert min(right - left, bottom - top) >= CODE - 1, f"{name}: {right - left} px"
    # four modules of white around it, of at most 57 a side
    quiet = max(4 * (right - left) // 57, 6)
    paper = numpy.array(shown)
    around = [
        paper[top - quiet:top - 2, left:right], paper[bottom + 3:bottom + quiet, left:right],
        paper[top:bottom, left - quiet:left - 2], paper[top:bottom, right + 3:right + quiet]]
    assert all((side > 250).all() for side in around), f"{name}: no quiet zone"
    return codes[0].text


def buys(name, url, place, variant, seat):
    """A new person follows the code, joins and orders."""
    token = person(name)
    session = f"kith={token}"
    path = urllib.parse.urlsplit(url).path
    status, headers, _ = ask("GET", path, None, {"User-Agent": PHONE, "Cookie": session})
    assert status == 303, (url, status)
    visitor = headers["Set-Cookie"].split(";")[0]
    assert visitor.startswith("visitor="), visitor
    status, _, page = ask("GET", headers["Location"], None, {"Cookie": session})
    assert status == 200, (headers["Location"], status)
    status, _, page = form(
        f"/c/{place}/join", f"{session}; {visitor}", {"name": name, "agreed": "yes"})
    assert status == 303, page.decode()
    order = call("POST", f"/communities/{place}/orders", token, {
        "lines": [{"variant": variant, "qty": 1}], "provider": "sandbox", "seat": seat,
        "ship": {"recipient": name, "phone": "+49 30 000 0001", "region": "Berlin 10115",
                 "street": "3 Plum Lane"}})
    call("POST", f"/communities/{place}/orders/{order['id']}/pay", token, {"provider": "sandbox"})
    return order["id"]


def main():
    owner = person("Owner")
    place = "orchard"
    opened = call("POST", "/communities", owner, {
        "name": "桃源里熟客", "slug": place, "purpose": "楼下邻居一起买好东西", "language": "zh-Hans",
        "currency": "EUR", "zone": "Europe/Berlin", "jurisdiction": "EU"})
    base = f"/communities/{place}"
    done = call("POST", f"{base}/products/import", owner, {"csv": CATALOGUE})
    assert not done.get("errors"), done
    product = call("GET", f"{base}/products", owner)["items"][0]["id"]
    variant = call("GET", f"{base}/products/{product}", owner)["variants"][0]["id"]
    post = call("POST", f"{base}/posts", owner, {
        "kind": "note", "text": "今天的桃子到了，先到先得，南门驿站自提。"})
    sharer = person("小满")
    member = call("POST", f"{base}/members", sharer, {"name": "小满", "agreed": True})["member"]
    campaign = call("POST", f"{base}/campaigns", owner, {
        "product": product, "size": 2, "prices": [{"variant": variant, "price": 3500}]})["id"]
    things = {
        "product": product, "group": opened["group"], "post": post["id"], "campaign": campaign}
    for n, (kind, thing) in enumerate(things.items()):
        link = call("POST", f"{base}/share-links", sharer, {"kind": kind, "thing": thing})
        said = read(kind, link["code"])
        assert said == link["url"], (said, link["url"])
        seat = {"campaign": campaign} if kind == "campaign" else None
        order = buys(f"Buyer{n}", said, place, variant, seat)
        credit = call("GET", f"{base}/orders/{order}/credit", owner)["credit"]
        assert credit["member"] == member and credit["source"] == "link", credit
        print(f"{kind}: {said} was read, opened and led to {order}")


main()

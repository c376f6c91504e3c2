"""A shop run by a client that nobody wrote by hand: generated from the OpenAPI description.

    story.py URL FOLDER     URL of a house in development, which shows one-time codes

It opens a community, imports a catalogue, sells, ships and refunds, and expects what the docs say.
FOLDER then gets the owner's token and the names of things, for a program that calls at random.
"""

import sys
import uuid

from kith_client import AuthenticatedClient, Client
from kith_client.api.account import get_me, request_code, sign_in
from kith_client.api.chat import list_messages, post_message
from kith_client.api.communities import join_community, list_members, open_community
from kith_client.api.content import create_post, list_posts
from kith_client.api.groups import create_group, join_group
from kith_client.api.keys import create_key, end_key
from kith_client.api.orders import (
    cancel_order, confirm_receipt, get_order, list_orders, place_order, ship_order)
from kith_client.api.payments import pay_order, refund_order
from kith_client.api.products import (
    adjust_stock, get_product, import_products, list_products, update_product)
from kith_client.api.reviews import list_reviews, write_review
from kith_client.models import (
    CatalogueFile, CodeWanted, GoingIn, Joining, NewCommunity, NewGroup, NewKey, NewLine,
    NewMessage, NewOrder, NewParcel, NewPost, NewRefund, NewReview, Paying, Point, ProductFields,
    RefundedLine, SignIn, StockChange, ToShip)

SCOPES = """read_products write_products read_orders write_orders write_payments read_members
    write_groups read_content write_content read_chat write_chat""".split()
CATALOGUE = ("handle,title,sku,price,stock,state\n"
             "plums,Plums,PLUM-1,9.90,10,listed\n"
             "pears,Pears,PEAR-1,4.00,5,listed\n")
HERE = "orchard-" + uuid.uuid4().hex[:8]


def good(reply, status=200):
    """The parsed answer; anything but this status ends the story."""
    assert reply.status_code == status, f"{int(reply.status_code)}: {reply.content.decode()}"
    return reply.parsed


def refused(reply, status, code):
    assert (int(reply.status_code), reply.parsed.code) == (status, code), reply.content.decode()


def person(url, name):
    """Signs in by a one-time code, as a program of one person would."""
    stranger = Client(base_url=url)
    contact = f"{name.lower()}-{uuid.uuid4().hex[:8]}@example.org"
    sent = good(request_code.sync_detailed(client=stranger, body=CodeWanted(contact=contact)), 201)
    back = SignIn(sign_in=sent.sign_in, browser=sent.browser, code=sent.code, name=name,
                  language="en")
    signed = good(sign_in.sync_detailed(client=stranger, body=back), 201)
    return AuthenticatedClient(base_url=url, token=signed.token)


def opened(url):
    """The owner's session, and a key that may everything."""
    owner = person(url, "Olga")
    new = NewCommunity(name="The orchard", slug=HERE, purpose="Neighbours who buy together.",
                       language="en", currency="GBP", zone="Europe/London", jurisdiction="UK")
    good(open_community.sync_detailed(client=owner, body=new), 201)
    assert [c.slug for c in good(get_me.sync_detailed(client=owner)).communities] == [HERE]
    made = good(create_key.sync_detailed(HERE, client=owner,
                                         body=NewKey(name="story", scopes=SCOPES)), 201)
    return owner, AuthenticatedClient(base_url=url, token=made.key)


def stocked(key):
    file = CatalogueFile(csv=CATALOGUE, name="fruit.csv")
    first = good(import_products.sync_detailed(HERE, client=key, body=file))
    again = good(import_products.sync_detailed(HERE, client=key, body=file))
    assert (first.added, again.added, again.same) == (2, 0, 2), (first, again)
    listed = good(list_products.sync_detailed(HERE, client=key)).items
    assert sorted(p.title for p in listed) == ["Pears", "Plums"]
    plums = next(p for p in listed if p.title == "Plums")
    return good(get_product.sync_detailed(HERE, plums.id, client=key))


def talked(key, buyer):
    new = NewGroup(name="Yard", purpose="The people of the yard.", kind="neighbourhood",
                   admission="open", pickup=Point(name="Gate", address="1 Lane", hours="18-20"))
    group = good(create_group.sync_detailed(HERE, client=key, body=new), 201).id
    went = good(join_group.sync_detailed(HERE, group, client=buyer, body=GoingIn(agreed=True)), 201)
    assert went.state == "in"
    good(post_message.sync_detailed(HERE, group, client=buyer, body=NewMessage(text="Ripe?")), 201)
    lines = good(list_messages.sync_detailed(HERE, group, client=key, after=0)).items
    assert "Ripe?" in [line.text for line in lines]
    return group


def bought(buyer, variant):
    ship = ToShip(recipient="Mei", phone="+44 20 7946 0000", region="London", street="1 Lane")
    order = NewOrder(lines=[NewLine(variant=variant, qty=3)], provider="sandbox", ship=ship)
    name = uuid.uuid4().hex
    ask = lambda body: place_order.sync_detailed(HERE, client=buyer, body=body, idempotency_key=name)
    placed, again = good(ask(order), 201), good(ask(order), 201)
    assert (placed.id, placed.total.amount) == (again.id, 2970)
    other = NewOrder(lines=[NewLine(variant=variant, qty=1)], provider="sandbox", ship=ship)
    refused(ask(other), 422, "idempotency_key_reused")
    paying = Paying(provider="sandbox")
    paid = good(pay_order.sync_detailed(HERE, placed.id, client=buyer, body=paying))
    assert paid.order.state == "to_fulfil", paid.order.state
    spare = good(place_order.sync_detailed(HERE, client=buyer, body=other), 201)
    assert good(cancel_order.sync_detailed(HERE, spare.id, client=buyer)).state == "cancelled"
    return placed.id


def left_for_chance(folder, token, **names):
    """What a fuzzer fills into paths, so that it reaches more than 404."""
    with open(f"{folder}/token", "w") as file:
        file.write(token)
    with open(f"{folder}/schemathesis.toml", "w") as file:
        file.write("[parameters]\n")
        for name, value in names.items():
            file.write(f'"path.{name}" = "{value}"\n')


def story(url, folder):
    owner, key = opened(url)
    buyer = person(url, "Mei")
    good(join_community.sync_detailed(HERE, client=buyer, body=Joining(name="Mei", agreed=True)), 201)
    assert len(good(list_members.sync_detailed(HERE, client=key)).items) == 2
    product = stocked(key)
    group = talked(key, buyer)
    order = bought(buyer, product.variants[0].id)

    waiting = good(list_orders.sync_detailed(HERE, client=key, state="to_fulfil")).items
    assert [o.id for o in waiting] == [order]
    refused(ship_order.sync_detailed(HERE, order, client=buyer, body=NewParcel(carrier="Post")),
            403, "not_allowed")
    good(ship_order.sync_detailed(HERE, order, client=key, body=NewParcel(carrier="Post")))
    received = good(confirm_receipt.sync_detailed(HERE, order, client=buyer))
    line = received.lines[0].id
    review = NewReview(line=line, stars=5, text="Sweet, and soon here.")
    good(write_review.sync_detailed(HERE, product.id, client=buyer, body=review), 201)
    assert good(list_reviews.sync_detailed(HERE, product.id, client=key)).items[0].stars == 5

    back = NewRefund(lines=[RefundedLine(line=line, qty=1)], restock=True, reason="bruised")
    refund = good(refund_order.sync_detailed(HERE, order, client=key, body=back), 201)
    assert refund.amount.amount == 990
    seen = good(get_order.sync_detailed(HERE, order, client=buyer))
    assert (seen.refunded.amount, seen.more.refunds[0].amount.amount) == (990, 990)

    change = ProductFields(brief="Picked on Monday.", version=product.version)
    changed = good(update_product.sync_detailed(HERE, product.id, client=key, body=change))
    assert changed.brief == "Picked on Monday."
    moved = StockChange(by=-1, reason="damaged")
    stock = good(adjust_stock.sync_detailed(HERE, product.variants[0].id, client=key, body=moved))
    assert stock.on_hand == 10 - 3 + 1 - 1

    post = NewPost(kind="note", title="Plums", text="Come and taste.", products=[product.id])
    post = good(create_post.sync_detailed(HERE, client=key, body=post), 201).id
    assert good(list_posts.sync_detailed(HERE, client=buyer)).items[0].title == "Plums"

    narrow = good(create_key.sync_detailed(HERE, client=owner, body=NewKey(
        name="narrow", scopes=["read_products"])), 201)
    small = AuthenticatedClient(base_url=url, token=narrow.key)
    good(list_products.sync_detailed(HERE, client=small))
    refused(list_orders.sync_detailed(HERE, client=small), 403, "scope_missing")
    good(end_key.sync_detailed(HERE, narrow.id, client=owner))
    refused(list_products.sync_detailed(HERE, client=small), 401, "bad_key")
    left_for_chance(
        folder, owner.token, community=HERE, group=group, product=product.id, order=order,
        variant=product.variants[0].id, post=post, key=narrow.id, payment=seen.more.payments[0].id,
        member=good(list_members.sync_detailed(HERE, client=key)).items[0].id)


if __name__ == "__main__":
    story(sys.argv[1], sys.argv[2])

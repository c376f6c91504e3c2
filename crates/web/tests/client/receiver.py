"""A program that receives webhooks with the reference library of Standard Webhooks and drives a
served house: events arrive signed, through a change of secrets, failures and a replay.

    receiver.py ADDRESS PORT
"""

import json
import sys
import threading
import time
import urllib.error
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from standardwebhooks.webhooks import Webhook, WebhookVerificationError

address, port = sys.argv[1], int(sys.argv[2])
heard, answers, lock = [], [], threading.Lock()


class Hook(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"]))
        with lock:
            status = answers.pop(0) if answers else 204
            heard.append((status, dict(self.headers.items()), body))
        self.send_response(status)
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


def call(method, path, body=None, token=""):
    headers = {"content-type": "application/json"}
    if token:
        headers["authorization"] = f"Bearer {token}"
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(f"{address}/api/v1{path}", data, headers, method=method)
    with urllib.request.urlopen(request) as reply:
        return json.load(reply)


def refused(method, path, body, token):
    try:
        call(method, path, body, token)
    except urllib.error.HTTPError as error:
        return json.load(error)["code"]
    raise AssertionError("it was not refused")


def until(what, done, seconds=30):
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end, f"no {what}: {[h[0] for h in heard]}"
        time.sleep(0.1)


def proved(message, *secrets):
    """Each secret alone must verify it; a spoilt body must not pass."""
    _, headers, body = message
    for secret in secrets:
        event = Webhook(secret).verify(body, headers)
        assert event["type"] == "group.created" and event["data"]["id"].startswith("grp_"), event
        try:
            Webhook(secret).verify(body.replace(b"group", b"grape"), headers)
        except WebhookVerificationError:
            continue
        raise AssertionError("a spoilt body passed")


def main():
    server = ThreadingHTTPServer(("127.0.0.1", port), Hook)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    sent = call("POST", "/sign-in/codes", {"contact": "hooks@example.org"})
    token = call("POST", "/sign-in", {**sent, "name": "Olga", "language": "en"})["token"]
    opened = {"name": "Hook Lane", "slug": "hooks", "purpose": "To be told.", "language": "en"}
    opened |= {"currency": "EUR", "zone": "Europe/Berlin", "jurisdiction": "EU"}
    call("POST", "/communities", opened, token)
    base = "/communities/hooks"
    time.sleep(2)  # an endpoint hears what the house has not sealed yet when it is added

    for url in ("http://example.org/", "http://127.0.0.1:1/", "https://user@example.org/"):
        code = refused("POST", f"{base}/webhooks", {"url": url, "events": ["group.created"]}, token)
        assert code.startswith("bad_address"), code
    inside = {"url": f"https://localhost:{port}/hook", "events": ["group.created"]}
    inside = call("POST", f"{base}/webhooks", inside, token)
    new = {"url": f"http://127.0.0.1:{port}/hook", "events": ["group.created"]}
    made = call("POST", f"{base}/webhooks", new, token)
    hook, first = made["id"], made["secret"]

    def group(name):
        new = {"kind": "interest", "name": name, "purpose": "A group.", "admission": "open"}
        call("POST", f"{base}/groups", new, token)

    def log(of):
        return call("GET", f"{base}/webhooks/{of}/deliveries", token=token)["items"]

    group("One")
    until("first message", lambda: len(heard) == 1)
    proved(heard[0], first)

    # the first try fails: the second one, five seconds later, is the same message
    answers.append(503)
    group("Two")
    until("second try", lambda: len(heard) == 3)
    proved(heard[1], first)
    proved(heard[2], first)
    ids = [h[1]["webhook-id"] for h in heard]
    assert ids[1] == ids[2] != ids[0], ids
    until("an end", lambda: log(hook)[0]["state"] == "delivered")
    assert log(hook)[0]["tries"] == 2, log(hook)

    # both secrets are good while the receiver changes over
    second = call("POST", f"{base}/webhooks/{hook}/secret", {}, token)["secret"]
    assert second != first
    group("Three")
    until("third message", lambda: len(heard) == 4)
    proved(heard[3], first, second)

    # a replay is the same message again
    delivery = log(hook)[0]
    call("POST", f"{base}/webhook-deliveries/{delivery['id']}/replay", {}, token)
    until("replay", lambda: len(heard) == 5)
    proved(heard[4], first, second)
    assert heard[4][1]["webhook-id"] == heard[3][1]["webhook-id"] == delivery["message"]

    # an endpoint that leads inside was never called, and says why
    last = log(inside["id"])
    assert {(d["state"], d["reason"]) for d in last} == {("waiting", "forbidden")}, last
    call("DELETE", f"{base}/webhooks/{inside['id']}", {}, token)

    # gone is gone
    answers.append(410)
    group("Four")
    until("fourth message", lambda: len(heard) == 6)

    def state():
        items = call("GET", f"{base}/webhooks", token=token)["items"]
        return {w["id"]: w["state"] for w in items}[hook]

    until("an end", lambda: state() == "gone")
    group("Five")
    time.sleep(2)
    assert len(heard) == 6, "nothing more is sent there"
    print(f"{len(heard)} messages verified by standardwebhooks")


main()

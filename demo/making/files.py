"""Reading the data folder and writing plain files the same way every time."""
import csv
import gzip
import io
import json
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
WRITTEN = HERE / "written"


def table(path):
    """Rows of a CSV file (gzip or plain) as dictionaries."""
    raw = Path(path).read_bytes()
    if str(path).endswith(".gz"):
        raw = gzip.decompress(raw)
    return list(csv.DictReader(io.StringIO(raw.decode("utf-8"))))


def lines(path):
    """Objects of a JSON-lines file (gzip or plain)."""
    raw = Path(path).read_bytes()
    if str(path).endswith(".gz"):
        raw = gzip.decompress(raw)
    return [json.loads(line) for line in raw.decode("utf-8").splitlines() if line.strip()]


def write_table(path, header, rows):
    """A CSV with header, comma and LF; `rows` are dictionaries."""
    with open(path, "w", encoding="utf-8", newline="") as out:
        pen = csv.DictWriter(out, header, lineterminator="\n")
        pen.writeheader()
        pen.writerows(rows)


def write_lines(path, objects):
    """One JSON object a line, characters as they are."""
    with open(path, "w", encoding="utf-8") as out:
        for one in objects:
            out.write(json.dumps(one, ensure_ascii=False, separators=(",", ":")) + "\n")


def blocks(path):
    """The hand-written texts: blocks that start with `= head`; yields (head, lines)."""
    head, body = None, []
    for line in Path(path).read_text(encoding="utf-8").splitlines():
        if line.startswith("= "):
            if head is not None:
                yield head, body
            head, body = line[2:].strip(), []
        elif head is not None:
            body.append(line)
    if head is not None:
        yield head, body

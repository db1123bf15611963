"""Captures made in tests: records and packages as the standards write them, by no code of ours."""

import base64
import gzip
import hashlib
import io
import json
import zipfile
from collections.abc import Mapping

from PIL import Image

from safeconduct.demo.evidence import drawn_page

PAGE = (
    "<html><head><title>t</title><script>steal()</script></head><body><h1>Я против войны</h1><p>Post of 3 March</p></body></html>"
)
MOMENT = "2026-11-20T14:05:00Z"


def sha1(content: bytes) -> str:
    """A digest as WARC writers give it."""
    return "sha1:" + base64.b32encode(hashlib.sha1(content, usedforsecurity=False).digest()).decode()


def answer(body: bytes, media_type: str, more: str = "") -> bytes:
    """An HTTP answer."""
    return f"HTTP/1.1 200 OK\r\nContent-Type: {media_type}\r\n{more}\r\n".encode() + body


def record(kind: str, block: bytes, **headers: str) -> bytes:
    """One WARC record with the digest of its block."""
    said = {"WARC-Type": kind, "WARC-Date": MOMENT, "WARC-Block-Digest": sha1(block), "Content-Length": str(len(block))}
    said |= {name.replace("_", "-"): value for name, value in headers.items()}
    lines = "".join(f"{name}: {value}\r\n" for name, value in said.items() if value)
    return b"WARC/1.1\r\n" + lines.encode() + b"\r\n" + block + b"\r\n\r\n"


def response(address: str, body: bytes, media_type: str, more: str = "", **headers: str) -> bytes:
    """A response with the digests of block and payload."""
    told = {
        "WARC_Target_URI": address,
        "Content_Type": "application/http; msgtype=response",
        "WARC_Payload_Digest": sha1(body),
    }
    return record("response", answer(body, media_type, more), **{**told, **headers})


def picture() -> bytes:
    """A picture that is large enough to be shown."""
    out = io.BytesIO()
    with Image.open(io.BytesIO(drawn_page())) as image:
        image.convert("RGB").save(out, "JPEG", quality=90)
    return out.getvalue()


def warc(*more: bytes, packed: bool = True) -> bytes:
    """A page, its picture, and what is given."""
    info = record("warcinfo", b"software: Invented Crawler 1.0\r\n", Content_Type="application/warc-fields")
    page = response("https://post.example/1", PAGE.encode(), "text/html; charset=utf-8")
    shown = response("https://post.example/1.jpg", picture(), "image/jpeg")
    records = [info, page, shown, *more]
    return b"".join(gzip.compress(each, mtime=0) if packed else each for each in records)


def wacz(
    parts: Mapping[str, bytes] | None = None,
    *,
    break_hash: str = "",
    add: Mapping[str, bytes] | None = None,
    signed: bool = False,
) -> bytes:
    """A package with its manifest and the manifest's digest."""
    pages = [{"format": "json-pages-1.0"}, {"url": "https://post.example/1", "title": "A post", "ts": MOMENT}]
    inside = {"archive/data.warc.gz": warc(), "pages/pages.jsonl": "\n".join(json.dumps(each) for each in pages).encode()}
    inside = dict(parts) if parts is not None else inside
    resources = [
        {
            "name": name.rpartition("/")[2],
            "path": name,
            "hash": f"sha256:{hashlib.sha256(b'x' if name == break_hash else content).hexdigest()}",
            "bytes": len(content),
        }
        for name, content in inside.items()
    ]
    manifest = json.dumps({"profile": "data-package", "software": "Invented Packer 2", "resources": resources}).encode()
    digest = {"path": "datapackage.json", "hash": f"sha256:{hashlib.sha256(manifest).hexdigest()}"}
    files = {**inside, "datapackage.json": manifest, "datapackage-digest.json": json.dumps(digest).encode(), **(add or {})}
    if signed:
        files["datapackage-digest.json"] = json.dumps({**digest, "signedData": {"signature": "x"}}).encode()
    return zipped(files)


def zipped(files: Mapping[str, bytes]) -> bytes:
    """A zip file with these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files.items():
            package.writestr(name, content)
    return out.getvalue()

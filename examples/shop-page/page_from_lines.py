"""Writes page.html from what `linkwright items - --json` or `linkwright search --json` prints. Needs no package."""

import html
import json
import sys
from pathlib import Path


def card(item):
    """The HTML of one product."""
    text = {name: html.escape(value) for name, value in item.items() if isinstance(value, str)}
    lines = ["<article>"]
    if "image" in text:
        lines.append(f'<img src="{text["image"]}" alt="">')
    lines.append(f"<h2>{text['title'] if 'title' in text else text['asin']}</h2>")
    offer = item.get("offer", {})
    if "price" in offer:
        lines.append(f"<p><strong>{html.escape(offer['price'])}</strong></p>")
        lines.append(f"<details><summary>as of {offer['as_of']}</summary>{html.escape(offer['disclaimer'])}</details>")
    lines.append(f'<a href="{text["detailPageURL"]}" rel="sponsored nofollow">See it at Amazon (paid link)</a>')
    return "\n".join([*lines, "</article>"])


def search_link(page):
    """The results of a search as one more product: without access to the API, the only one."""
    return {"title": "All results", "detailPageURL": page["search_url"]}


entries = [json.loads(line) for line in sys.stdin.buffer]
items = [search_link(entry["page"]) if "page" in entry else entry for entry in entries if "missing" not in entry]
template = Path("template.html").read_text(encoding="utf-8")
page = template.replace("<!-- cards -->", "\n".join(card(item) for item in items))
Path("page.html").write_text(page, encoding="utf-8")

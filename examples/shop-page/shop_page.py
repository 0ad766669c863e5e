"""Writes page.html: a card for each product of products.json, or a link where the Creators API gives no data."""

import html
import json
import os
import sys
from datetime import datetime, timezone
from pathlib import Path

from amazon_creatorsapi import AmazonCreatorsApi
from creatorsapi_python_sdk.models.get_items_resource import GetItemsResource

SHOP, TAG = "www.amazon.com", os.environ["LINKWRIGHT_TAG"]
RESOURCES = ["itemInfo.title", "images.primary.large", "offersV2.listings.price", "offersV2.listings.isBuyBoxWinner"]
DISCLAIMER = (
    "Product prices and availability are accurate as of the date/time indicated and are subject to change. Any price "
    "and availability information displayed on Amazon at the time of purchase will apply to the purchase of this product."
)


def ask(asins):
    """What Amazon says of the products, by ASIN."""
    try:
        api = AmazonCreatorsApi(
            credential_id=os.environ["LINKWRIGHT_CREDENTIAL_ID"],
            credential_secret=os.environ["LINKWRIGHT_CREDENTIAL_SECRET"],
            version=os.environ["LINKWRIGHT_CREDENTIAL_VERSION"],
            tag=TAG,
            marketplace=SHOP,
            host=os.environ.get("LINKWRIGHT_API_ENDPOINT", "https://creatorsapi.amazon"),
            auth_endpoint=os.environ.get("LINKWRIGHT_TOKEN_ENDPOINT"),
        )
        items = api.get_items(asins, resources=[GetItemsResource(name) for name in RESOURCES])
        return {item.asin: item for item in items}
    except Exception as error:  # Whatever it is: a page must not vanish.
        print(f"links instead of product data: {type(error).__name__}: {error}", file=sys.stderr)
        return {}


def part(value, *names):
    """A member deep inside; None where Amazon left one out."""
    for name in names:
        value = getattr(value, name, None)
    return value


def card(product, item, fetched):
    """The HTML of one product; `item` is None where there is no data."""
    asin = product["asin"]
    title = part(item, "item_info", "title", "display_value") or product.get("title", asin)
    link = part(item, "detail_page_url") or f"https://{SHOP}/dp/{asin}?tag={TAG}"
    picture = part(item, "images", "primary", "large", "url")
    # There may be others, such as one that is cheaper for subscribers.
    offers = part(item, "offers_v2", "listings") or []
    offer = next((offer for offer in offers if offer.is_buy_box_winner), next(iter(offers), None))
    # Some sellers forbid that their price is shown.
    price = None if part(offer, "violates_map") else part(offer, "price", "money", "display_amount")
    lines = ["<article>"]
    if picture:
        lines.append(f'<img src="{html.escape(picture)}" alt="">')
    lines.append(f"<h2>{html.escape(title)}</h2>")
    if price:
        lines.append(f"<p><strong>{html.escape(price)}</strong></p>")
        lines.append(f"<details><summary>as of {fetched}</summary>{html.escape(DISCLAIMER)}</details>")
    lines.append(f'<a href="{html.escape(link)}" rel="sponsored nofollow">See it at Amazon (paid link)</a>')
    return "\n".join([*lines, "</article>"])


products = json.loads(Path("products.json").read_text(encoding="utf-8"))
fetched = datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
items = ask([product["asin"] for product in products])
cards = [card(product, items.get(product["asin"]), fetched) for product in products]
template = Path("template.html").read_text(encoding="utf-8")
Path("page.html").write_text(template.replace("<!-- cards -->", "\n".join(cards)), encoding="utf-8")

// Writes page.html: a card for each product of products.json, or a link where the Creators API gives no data.

import { readFileSync, writeFileSync } from "node:fs";
import { env } from "node:process";
import { setTimeout as wait } from "node:timers/promises";
import sdk from "amazon-creators-api";

const shop = "www.amazon.com";
const tag = env.LINKWRIGHT_TAG;
const resources = [
  "itemInfo.title", "images.primary.large", "offersV2.listings.price", "offersV2.listings.isBuyBoxWinner",
];
const disclaimer =
  "Product prices and availability are accurate as of the date/time indicated and are subject to change. Any price " +
  "and availability information displayed on Amazon at the time of purchase will apply to the purchase of this product.";

/** What Amazon says of the products, by ASIN. */
async function ask(asins) {
  const items = new Map();
  const client = new sdk.ApiClient(env.LINKWRIGHT_API_ENDPOINT);
  client.setCredentialId(env.LINKWRIGHT_CREDENTIAL_ID);
  client.setCredentialSecret(env.LINKWRIGHT_CREDENTIAL_SECRET);
  client.setVersion(env.LINKWRIGHT_CREDENTIAL_VERSION);
  if (env.LINKWRIGHT_TOKEN_ENDPOINT) client.setAuthEndpoint(env.LINKWRIGHT_TOKEN_ENDPOINT);
  const api = new sdk.TypedDefaultApi(client);
  try {
    for (let start = 0; start < asins.length; start += 10) {
      if (start > 0) await wait(1500); // A new account may ask once a second.
      const request = new sdk.GetItemsRequestContent(tag, asins.slice(start, start + 10));
      request.resources = resources.map(sdk.GetItemsResource.constructFromObject);
      const answer = await patiently(client, () => api.getItems(shop, request));
      for (const item of answer.itemsResult?.items ?? []) items.set(item.asin, item);
    }
  } catch (refusal) {
    // Whatever it is: a page must not vanish.
    const why = refusal.body?.reason ?? refusal.body?.type ?? refusal.message;
    console.error(`links instead of product data: ${refusal.status ?? ""} ${why}`);
  }
  return items;
}

/** Two more tries for what may pass: the SDK itself never tries again, and keeps a token that was refused. */
async function patiently(client, call) {
  for (let seconds = 1; ; seconds *= 2) {
    try {
      return await call();
    } catch (refusal) {
      const mayPass = [401, 429].includes(refusal.status) || refusal.status >= 500;
      if (!mayPass || seconds > 2) throw refusal;
      if (refusal.status === 401) client.tokenManager?.clearToken();
      else await wait(1000 * (refusal.body?.retryAfterSeconds ?? seconds));
    }
  }
}

/** The HTML of one product; `item` is undefined where there is no data. */
function card({ asin, title }, item, fetched) {
  // There may be others, such as one that is cheaper for subscribers.
  const offers = item?.offersV2?.listings ?? [];
  const offer = offers.find(({ isBuyBoxWinner }) => isBuyBoxWinner) ?? offers[0];
  const picture = item?.images?.primary?.large?.url;
  // Some sellers forbid that their price is shown.
  const price = offer?.violatesMAP ? undefined : offer?.price?.money?.displayAmount;
  const link = item?.detailPageURL ?? `https://${shop}/dp/${asin}?tag=${tag}`;
  return [
    "<article>",
    picture && `<img src="${escape(picture)}" alt="">`,
    `<h2>${escape(item?.itemInfo?.title?.displayValue ?? title ?? asin)}</h2>`,
    price && `<p><strong>${escape(price)}</strong></p>`,
    price && `<details><summary>as of ${fetched}</summary>${escape(disclaimer)}</details>`,
    `<a href="${escape(link)}" rel="sponsored nofollow">See it at Amazon (paid link)</a>`,
    "</article>",
  ].filter(Boolean).join("\n");
}

function escape(text) {
  const names = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;" };
  return text.replace(/[&<>"']/g, (character) => names[character]);
}

const products = JSON.parse(readFileSync("products.json", "utf8"));
const fetched = `${new Date().toISOString().slice(0, 19)}Z`;
const items = await ask(products.map(({ asin }) => asin));
const cards = products.map((product) => card(product, items.get(product.asin), fetched)).join("\n");
// As a function: in a text, `$&` would have a meaning.
writeFileSync("page.html", readFileSync("template.html", "utf8").replace("<!-- cards -->", () => cards));

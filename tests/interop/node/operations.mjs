// Every operation that the SDK offers, and what its models make of the answers.

import assert from "node:assert/strict";
import { test } from "node:test";

import {
  calls,
  connected,
  denomination,
  download,
  emulator,
  everyValue,
  host,
  hosts,
  ready,
  refused,
  sdk,
} from "./emulator.mjs";

/** All elements are different. */
const unique = (list) => assert.equal(new Set(list).size, list.length, list.join(" "));

test("getItems: every resource of every kind of item in several shops", async () => {
  const client = await connected();
  const kinds = await emulator("asins");
  for (const shop of hosts) {
    for (const kind of ["plain", "deal", "out_of_stock", "violates_map"]) {
      const asins = kinds[kind].slice(0, 10);
      const answer = await client.getItems(asins, everyValue(sdk.GetItemsResource), shop);
      assert.ok(answer instanceof sdk.GetItemsResponseContent);
      assert.equal(answer.errors, undefined);
      const { items } = answer.itemsResult;
      assert.deepEqual(items.map((item) => item.asin).sort(), [...asins].sort());
      for (const item of items) {
        assert.ok(item.itemInfo.title.displayValue);
        assert.match(item.images.primary.hiRes.url, /^https:/);
        assert.ok(item.detailPageURL.startsWith(`https://${shop}/dp/${item.asin}?tag=${ready.tag}&linkCode=ogi`));
        if (kind === "out_of_stock") {
          assert.equal(item.offersV2, undefined);
          continue;
        }
        const [listing] = item.offersV2.listings;
        assert.ok(listing.price.money.amount > 0);
        assert.equal(listing.violatesMAP, kind === "violates_map");
        assert.equal(listing.dealDetails !== undefined, kind === "deal");
      }
    }
  }
  // The SDK keeps its token: one was enough.
  assert.equal((await emulator("counters")).token_requests, 1);
  const agents = (await calls("/catalog/v1/getItems")).map((call) => call.headers["user-agent"]);
  assert.deepEqual([...new Set(agents)], ["creatorsapi-nodejs-sdk/1.2.0"]);
});

test("getItems: a part of the items, and none", async () => {
  const client = await connected();
  const [hidden] = (await emulator("asins")).not_accessible;
  const [good] = ready.asins;
  const answer = await client.getItems([good, "B000000000", hidden]);
  assert.deepEqual(answer.itemsResult.items.map((item) => item.asin), [good]);
  assert.deepEqual(answer.errors.map((error) => error.code).sort(), ["InvalidParameterValue", "ItemNotAccessible"]);
  const { status, body } = await refused(() => client.getItems(["B000000000"]));
  assert.equal(status, 404);
  assert.equal(body.type, "ResourceNotFoundException");
  assert.deepEqual([body.resourceType, body.resourceId], ["Item", "B000000000"]);
});

test("searchItems: every resource in several shops, pages and prices", async () => {
  const client = await connected();
  for (const shop of hosts) {
    const resources = everyValue(sdk.SearchItemsResource);
    const { searchResult } = await client.search({ keywords: "Nordwerk", resources }, shop);
    assert.equal(searchResult.items.length, 10);
    assert.ok(searchResult.totalResultCount >= 10);
    assert.ok(searchResult.searchURL.startsWith(`https://${shop}/s?`), searchResult.searchURL);
    assert.ok(searchResult.searchURL.includes(`tag=${ready.tag}`));
    for (const item of searchResult.items) {
      assert.ok(item.detailPageURL.includes("linkCode=osi"), item.detailPageURL);
      assert.ok(item.itemInfo.title.displayValue);
    }
  }
  const pages = [];
  for (const itemPage of [1, 2, 3]) {
    const { searchResult } = await client.search({ keywords: "Nordwerk", itemCount: 4, itemPage });
    pages.push(...searchResult.items.map((item) => item.asin));
  }
  assert.equal(pages.length, 12);
  unique(pages);

  const prices = async (fields) => {
    const resources = ["offersV2.listings.price"];
    const { searchResult } = await client.search({ keywords: "Nordwerk", resources, ...fields });
    return searchResult.items.map((item) => item.offersV2.listings[0].price.money.amount);
  };
  const rising = await prices({ sortBy: "Price:LowToHigh" });
  assert.deepEqual(rising, [...rising].sort((one, other) => one - other));
  const [highest] = await prices({ sortBy: "Price:HighToLow" });
  const middle = Math.round(((rising[0] + highest) / 2) * denomination);
  for (const price of await prices({ minPrice: middle })) assert.ok(price * denomination >= middle - 1);
  for (const price of await prices({ maxPrice: middle })) assert.ok(price * denomination <= middle + 1);
});

test("searchItems: a refinement is the next request", async () => {
  const client = await connected();
  const resources = ["searchRefinements", "itemInfo.byLineInfo"];
  const everywhere = (await client.search({ keywords: "Nordwerk", resources })).searchResult;
  const { searchIndex, otherRefinements } = everywhere.searchRefinements;
  assert.equal(searchIndex.id, "SearchIndex");
  const one = await client.search({ keywords: "Nordwerk", resources, searchIndex: searchIndex.bins[0].id });
  assert.ok(one.searchResult.totalResultCount <= everywhere.totalResultCount);
  const { browseNode } = one.searchResult.searchRefinements;
  assert.equal(browseNode.id, "BrowseNodeId");
  const inNode = await client.search({ keywords: "Nordwerk", browseNodeId: browseNode.bins[0].id });
  assert.ok(inNode.searchResult.items.length > 0);
  const brand = otherRefinements.find((refinement) => refinement.id === "Brand").bins[0].id;
  const ofBrand = (await client.search({ brand, resources })).searchResult.items;
  for (const item of ofBrand) assert.equal(item.itemInfo.byLineInfo.brand.displayValue, brand);
});

test("searchItems: nothing is found, and nothing is looked for", async () => {
  const client = await connected();
  const empty = await refused(() => client.search({ keywords: "zzzz qqqq" }));
  assert.equal(empty.status, 404);
  assert.deepEqual([empty.body.resourceType, empty.body.resourceId], ["SearchResult", "zzzz qqqq"]);
  const wrong = await refused(() => client.search({}));
  assert.equal(wrong.status, 400);
  assert.equal(wrong.body.reason, "FieldValidationFailed");
});

test("getVariations: a family, from its parent and from a child", async () => {
  const client = await connected();
  const child = await client.someItem();
  for (const shop of hosts) {
    const resources = everyValue(sdk.GetVariationsResource);
    const { variationsResult } = await client.variations(child.parentASIN, { resources }, shop);
    const { variationCount, pageCount, price, variationDimensions } = variationsResult.variationSummary;
    assert.equal(pageCount, Math.ceil(variationCount / 10));
    assert.ok(price.highestPrice.amount >= price.lowestPrice.amount);
    const values = new Map(variationDimensions.map((dimension) => [dimension.name, dimension.values]));
    for (const item of variationsResult.items) {
      assert.equal(item.parentASIN, child.parentASIN);
      assert.ok(item.detailPageURL.includes("linkCode=ogv"));
      assert.deepEqual(item.variationAttributes.map(({ name }) => name).sort(), [...values.keys()].sort());
      for (const { name, value } of item.variationAttributes) assert.ok(values.get(name).includes(value), value);
    }
  }
  const family = async (asin) =>
    (await client.variations(asin)).variationsResult.items.map((item) => item.asin).sort();
  assert.deepEqual(await family(child.asin), await family(child.parentASIN));
  assert.ok((await family(child.parentASIN)).includes(child.asin));
  assert.equal((await refused(() => client.variations("B000000000"))).status, 404);
});

test("getVariations: pages", async () => {
  const client = await connected();
  const { parentASIN } = await client.someItem();
  const resources = ["variationSummary.variationDimension"];
  const first = await client.variations(parentASIN, { resources, variationCount: 1 });
  const { pageCount, variationCount } = first.variationsResult.variationSummary;
  assert.equal(pageCount, variationCount);
  const seen = [];
  for (let variationPage = 1; variationPage <= pageCount; variationPage += 1) {
    const page = await client.variations(parentASIN, { variationCount: 1, variationPage });
    seen.push(...page.variationsResult.items.map((item) => item.asin));
  }
  assert.equal(seen.length, variationCount);
  unique(seen);
});

test("getBrowseNodes: up to the root, and down again", async () => {
  const client = await connected();
  const { browseNodeInfo } = await client.someItem();
  const { id } = browseNodeInfo.browseNodes.find((node) => !node.isRoot);
  const node = async (wanted, shop) => {
    const answer = await client.browseNodes([wanted], everyValue(sdk.GetBrowseNodesResource), shop);
    return answer.browseNodesResult.browseNodes[0];
  };
  for (const shop of hosts) {
    const leaf = await node(id, shop);
    assert.equal(leaf.id, id);
    const parent = await node(leaf.ancestor.id, shop);
    assert.ok(parent.children.map((child) => child.id).includes(id));
    let { ancestor } = leaf;
    while (ancestor.ancestor) ({ ancestor } = ancestor);
    assert.equal((await node(ancestor.id, shop)).ancestor, undefined);
  }
  const [plain] = (await client.browseNodes([id])).browseNodesResult.browseNodes;
  assert.ok(plain.displayName && plain.contextFreeName);
  assert.deepEqual([plain.isRoot, plain.ancestor, plain.children], [false, undefined, undefined]);
  const part = await client.browseNodes([id, "999999999999"]);
  assert.deepEqual(part.browseNodesResult.browseNodes.map((found) => found.id), [id]);
  assert.deepEqual(part.errors.map((error) => error.code), ["InvalidParameterValue"]);
  assert.equal((await refused(() => client.browseNodes(["999999999999"]))).status, 404);
});

test("listFeeds and getFeed: every feed can be downloaded", async () => {
  const client = await connected();
  const { feeds } = await client.listFeeds();
  assert.ok(feeds.length > 1);
  for (const { feedName, size, md5, lastUpdated } of feeds) {
    const { url } = await client.getFeed(feedName);
    assert.ok((await download(url, size, md5)).length > 0);
    assert.ok(lastUpdated);
  }
  const missing = await refused(() => client.getFeed("none.xml.gz"));
  assert.deepEqual([missing.status, missing.body.resourceId], [404, "none.xml.gz"]);
  // This version of the SDK knows no kinds of feeds: its model drops the member.
  assert.equal(feeds[0].feedType, undefined);
});

test("listReports and getReport: every report can be downloaded", async () => {
  const client = await connected();
  const { reports } = await client.listReports();
  assert.ok(reports.length > 1);
  for (const { filename, size, md5, lastModified } of reports) {
    const { url } = await client.getReport(filename);
    assert.ok((await download(url, size, md5)).length > 0);
    assert.ok(lastModified);
  }
  const missing = await refused(() => client.getReport("none.tsv.gz"));
  assert.deepEqual([missing.status, missing.body.resourceId], [404, "none.tsv.gz"]);
  // Another prefix than the catalogue's, and an empty object as the body.
  const [call] = await calls("/reports/v1/listReports");
  assert.deepEqual(call.body, {});
});

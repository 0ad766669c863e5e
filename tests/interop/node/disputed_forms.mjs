// What the SDK makes of forms that sources disagree about. It checks nothing, so that nothing breaks it.

import assert from "node:assert/strict";
import { test } from "node:test";

import { connected, emulator, everyValue, ready, refused, sdk, strange } from "./emulator.mjs";

test("null members are read by every operation", async () => {
  const client = await connected();
  await emulator("switches", { null_members: true });
  for (const [name, call] of await client.everyOperation()) assert.ok(await call(), name);
  const [plain] = (await client.getItems(ready.asins.slice(0, 1), [])).itemsResult.items;
  // Members with a model of their own are left out, others are null.
  assert.deepEqual([plain.images, plain.score], [undefined, null]);
});

test("reviews are read", async () => {
  const client = await connected();
  await emulator("switches", { customer_reviews: true });
  const answer = await client.getItems(ready.asins.slice(0, 1), everyValue(sdk.GetItemsResource));
  assert.ok(answer.itemsResult.items[0].customerReviews.starRating.value > 0);
});

test("field lists of both forms, and both names of the type, come as they are", async () => {
  const client = await connected();
  const call = () => client.getItems(ready.asins.slice(0, 1), ["itemInfo.title"], "www.amazon.nowhere");
  const objects = (await refused(call)).body;
  assert.equal(objects.fieldList[0].name, "x-marketplace");
  await emulator("switches", { field_list: "strings", type_member: "__type" });
  const strings = (await refused(call)).body;
  assert.deepEqual(strings.fieldList, ["x-marketplace"]);
  assert.deepEqual([strings.type, strings.__type], [undefined, "com.amazon.creators#ValidationException"]);
});

test("a hundred items of a search", async () => {
  const client = await connected();
  await emulator("switches", { item_count_cap: 100 });
  const { searchResult } = await client.search({ keywords: "Nordwerk", itemCount: 100 });
  assert.equal(searchResult.items.length, Math.min(100, searchResult.totalResultCount));
  assert.ok(searchResult.items.length > 10);
});

const skip = ready.credential.version.startsWith("2.") && "a version 2.x must always be named";
test("the version behind a token of Login with Amazon", { skip }, async () => {
  const client = await connected();
  await emulator("switches", { v3_version_suffix: "refused", lwa_json_only: true });
  await client.getItems(ready.asins.slice(0, 1));
  // The page on migration demands it of everybody. The SDK never sends it.
  await emulator("switches", { v3_version_suffix: "required" });
  const { status, body } = await refused(() => client.getItems(ready.asins.slice(0, 1)));
  assert.deepEqual([status, body.reason], [401, "InvalidIssuer"]);
});

test("the documentation's name of the result is overlooked", async () => {
  const client = await connected();
  await emulator("switches", { result_member: "itemResults" });
  // No error either: to the caller it looks as if nothing had come.
  assert.equal((await client.getItems(ready.asins.slice(0, 1))).itemsResult, undefined);
});

test("new values of enums are passed on", async () => {
  const client = await connected();
  const resources = ["offersV2.listings.price", "offersV2.listings.type"];
  const [listing] = (await client.getItems([strange], resources)).itemsResult.items[0].offersV2.listings;
  assert.deepEqual([listing.type, listing.price.savingBasis.savingBasisType], ["TELEPORTED", "TOMORROWS_PRICE"]);
});

test("an answer that is no JSON is no error to the SDK", async () => {
  const client = await connected();
  await client.getItems(ready.asins.slice(0, 1));
  await emulator("malformed", { how: "html" });
  // A proxy's page with status 200 becomes an answer without members.
  const answer = await client.getItems(ready.asins.slice(0, 1));
  assert.ok(answer instanceof sdk.GetItemsResponseContent);
  assert.equal(answer.itemsResult, undefined);
});

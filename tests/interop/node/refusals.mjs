// Refusals, and what the SDK makes of them: it rejects with a plain object of status and body, and never tries again.

import assert from "node:assert/strict";
import { test } from "node:test";

import { connected, emulator, ready, refused } from "./emulator.mjs";

const item = (client) => () => client.getItems(ready.asins.slice(0, 1));

test("throttled: every operation is told, once each", async () => {
  const client = await connected();
  for (const [name, call] of await client.everyOperation()) {
    const before = (await emulator("counters")).calls;
    await emulator("throttle", { retry_after: 2, retry_after_seconds: 3 });
    const refusal = await refused(call);
    assert.equal(refusal.status, 429, name);
    assert.equal(refusal.body.type, "ThrottleException");
    assert.equal(refusal.body.retryAfterSeconds, 3);
    assert.equal(refusal.response.headers.get("retry-after"), "2");
    assert.ok(!(refusal instanceof Error));
    assert.equal((await emulator("counters")).calls, before + 1, name);
    await call();
  }
});

test("an expired token: no operation asks for another by itself", async () => {
  const client = await connected();
  const operations = await client.everyOperation();
  await emulator("clock", { advance_seconds: 3600 });
  for (const [name, call] of [...operations, ...operations]) {
    const { status, body } = await refused(call);
    assert.deepEqual([status, body.type, body.reason], [401, "UnauthorizedException", "TokenExpired"], name);
  }
  assert.equal((await emulator("counters")).token_requests, 1);
  // Who uses the SDK must do it.
  client.apiClient.tokenManager.clearToken();
  for (const [, call] of operations) await call();
  assert.equal((await emulator("counters")).token_requests, 2);
});

test("a token that the SDK's own clock says is over", async () => {
  const client = await connected();
  await item(client)();
  // Half a minute before the hour is over.
  client.apiClient.tokenManager.expiresAt -= 3_570_000;
  await item(client)();
  assert.equal((await emulator("counters")).token_requests, 2);
});

test("the first calls at once ask for a token each", async () => {
  const client = await connected();
  await Promise.all([1, 2, 3, 4].map(item(client)));
  assert.equal((await emulator("counters")).token_requests, 4);
});

test("a wrong secret", async () => {
  const refusal = await refused(item(await connected("wrong")));
  assert.match(refusal.message, /^OAuth2 token request failed with status 40[01]$/);
  assert.equal(refusal.body.error, "invalid_client");
});

test("every documented error", async () => {
  const client = await connected();
  const rows = (await emulator("errors")).filter((row) => row.service === "catalogue");
  assert.deepEqual([...new Set(rows.map((row) => row.status))].sort(), [400, 401, 403, 404, 429, 500]);
  for (const row of rows) {
    await emulator("error", row);
    const { status, body } = await refused(item(client));
    const { type, reason = null, message, resourceType } = body;
    const members = resourceType && { members: { resourceType } };
    assert.deepEqual({ service: "catalogue", status, type, reason, message, ...members }, row);
  }
});

test("every error of the token service", async () => {
  const client = await connected();
  const rows = (await emulator("errors")).filter((row) => row.service === "token");
  assert.ok(rows.length > 0);
  for (const row of rows) {
    await emulator("error", row);
    const refusal = await refused(item(client));
    assert.match(refusal.message, /^OAuth2 token request failed with status [45]\d\d$/);
    assert.equal(refusal.body.error, row.error);
  }
  // Nothing is kept of it.
  await item(client)();
});

test("requests that are wrong", async () => {
  const client = await connected();
  const ids = ready.asins.slice(0, 1);
  const nowhere = await refused(() => client.getItems(ids, [], "www.amazon.nowhere"));
  assert.deepEqual([nowhere.status, nowhere.body.reason], [400, "FieldValidationFailed"]);
  assert.equal(nowhere.body.fieldList[0].name, "x-marketplace");
  const tag = await refused(() => client.getItems(ids, ["itemInfo.title"], undefined, "somebody-else"));
  assert.deepEqual([tag.status, tag.body.reason], [400, "InvalidPartnerTag"]);
  await emulator("associate", { linked: false });
  assert.equal((await refused(item(client))).body.reason, "InvalidAssociate");
});

test("an account that may not use the API, and a service that fails: every operation", async () => {
  const client = await connected();
  const operations = await client.everyOperation();
  await emulator("eligibility", { eligible: false });
  for (const [name, call] of operations) {
    const { status, body } = await refused(call);
    assert.deepEqual([status, body.reason], [403, "AssociateNotEligible"], name);
  }
  await emulator("eligibility", { eligible: true });
  for (const [name, call] of operations) {
    await emulator("fail", { status: 500 });
    const { status, body } = await refused(call);
    assert.deepEqual([status, body.type], [500, "InternalServerException"], name);
  }
});

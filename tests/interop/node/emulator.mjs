// The running emulator: its ready line, its controls, and the client pointed at it.
//
// The ready line is read from standard input; the folder that npm installed into is the first argument.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { gunzipSync } from "node:zlib";

export const ready = JSON.parse(readFileSync(0, "utf8"));

// The package is not beside these files: it is looked up from where it was installed.
export const sdk = createRequire(join(resolve(process.argv[2]), "package.json"))("amazon-creators-api");

// Shops of the credential's group; the first is the one of the tag.
export const hosts = {
  us: ["www.amazon.com", "www.amazon.ca", "www.amazon.com.br"],
  de: ["www.amazon.de", "www.amazon.co.uk", "www.amazon.fr"],
  jp: ["www.amazon.co.jp", "www.amazon.com.au"],
}[ready.marketplace];
export const host = hosts[0];

// A product that tests of the emulator were given, with an enum value that no SDK knows.
export const strange = "B0STRANGE1";

// A product with everything. The emulator's products from number 1000 on are variations, the first twenty one family.
const child = "B0EMU01001";

// minPrice and maxPrice are in the lowest denomination, and a yen is one.
export const denomination = ready.marketplace === "jp" ? 1 : 100;

/** Reads or changes the emulator's state. */
export async function emulator(name, body) {
  const options = body === undefined ? {} : { method: "POST", body: JSON.stringify(body) };
  const answer = await fetch(`${ready.api}/_emulator/${name}`, options);
  assert.equal(answer.status, 200, `${name}: ${answer.status}`);
  return answer.json();
}

/** The requests to an operation, as the emulator's log has them. */
export async function calls(path) {
  return (await emulator("log")).filter((entry) => entry.path === path);
}

/** Compares what is behind a temporary link with what the list says of it, and unpacks it. */
export async function download(url, size, md5) {
  // No header of the API: the link alone must be enough, as with a pre-signed one.
  const packed = Buffer.from(await (await fetch(url)).arrayBuffer());
  assert.equal(packed.length, size);
  assert.equal(createHash("md5").update(packed).digest("hex"), md5);
  return gunzipSync(packed);
}

/** A client with a token of its own, and the emulator as it was at its start. */
export async function connected(secret = ready.credential.secret) {
  await emulator("reset", {});
  const apiClient = new sdk.ApiClient(ready.api);
  apiClient.setCredentialId(ready.credential.id);
  apiClient.setCredentialSecret(secret);
  apiClient.setVersion(ready.credential.version);
  apiClient.setAuthEndpoint(ready.token);
  return new Client(apiClient);
}

/** What is rejected. The SDK rejects with plain objects, which `assert.rejects` does not show. */
export async function refused(call) {
  try {
    await call();
  } catch (refusal) {
    return refusal;
  }
  return assert.fail("it was answered");
}

/** The SDK with the fields that every call needs. */
export class Client {
  constructor(apiClient) {
    this.apiClient = apiClient;
    this.api = new sdk.TypedDefaultApi(apiClient);
  }

  getItems(ids, resources = ["itemInfo.title"], shop = host, tag = ready.tag) {
    const request = new sdk.GetItemsRequestContent(tag, ids);
    request.resources = resources.map(sdk.GetItemsResource.constructFromObject);
    return this.api.getItems(shop, request);
  }

  search(fields, shop = host) {
    const all = { partnerTag: ready.tag, ...fields };
    return this.api.searchItems(shop, sdk.SearchItemsRequestContent.constructFromObject(all));
  }

  variations(asin, fields = {}, shop = host) {
    const request = Object.assign(new sdk.GetVariationsRequestContent(ready.tag, asin), fields);
    return this.api.getVariations(shop, request);
  }

  browseNodes(ids, resources, shop = host) {
    const request = new sdk.GetBrowseNodesRequestContent(ready.tag, ids);
    return this.api.getBrowseNodes(shop, Object.assign(request, resources && { resources }));
  }

  listFeeds() {
    return this.api.listFeeds(host);
  }

  getFeed(name) {
    return this.api.getFeed(host, new sdk.GetFeedRequestContent(name));
  }

  listReports() {
    return this.api.listReports(host);
  }

  getReport(name) {
    return this.api.getReport(host, new sdk.GetReportRequestContent(name));
  }

  /** An item with everything. */
  async someItem() {
    const answer = await this.getItems([child], everyValue(sdk.GetItemsResource));
    return answer.itemsResult.items[0];
  }

  /** A call of each operation, that works, by name. */
  async everyOperation() {
    const item = await this.someItem();
    const node = item.browseNodeInfo.browseNodes[0].id;
    const [feed] = (await this.listFeeds()).feeds;
    const [report] = (await this.listReports()).reports;
    return Object.entries({
      getItems: () => this.getItems([item.asin]),
      searchItems: () => this.search({ keywords: "Nordwerk" }),
      getVariations: () => this.variations(item.parentASIN),
      getBrowseNodes: () => this.browseNodes([node]),
      listFeeds: () => this.listFeeds(),
      getFeed: () => this.getFeed(feed.feedName),
      listReports: () => this.listReports(),
      getReport: () => this.getReport(report.filename),
    });
  }
}

/** Every value of one of the SDK's enums. */
export function everyValue(kind) {
  return Object.values(new kind());
}

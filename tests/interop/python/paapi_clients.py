"""python-amazon-paapi, the client most people use, blocking and async: the same tests for both, with every operation.

The blocking client stands on the official SDK; the async one has its own transport and reads errors itself.
"""

import asyncio
import functools
import unittest

import pydantic
from amazon_creatorsapi import AmazonCreatorsApi
from amazon_creatorsapi.aio import AsyncAmazonCreatorsApi
from amazon_creatorsapi.errors import (
    AccessDeniedError,
    AssociateValidationError,
    AuthenticationError,
    InvalidArgumentError,
    ItemsNotFoundError,
    RequestError,
    ResourceNotFoundError,
    TooManyRequestsError,
)
from creatorsapi_python_sdk.models.sort_by import SortBy

from emulator import CHILD, HOST, HOSTS, READY, STRANGE, calls, download, emulator

OPERATIONS = (
    "get_items search_items get_variations get_browse_nodes list_feeds get_feed list_reports get_report"
).split()


def settings(**changes):
    """What either client is made with. By default it waits a second between calls."""
    credential = READY["credential"]
    return {
        "credential_id": credential["id"],
        "credential_secret": credential["secret"],
        "version": credential["version"],
        "tag": READY["tag"],
        "marketplace": HOST,
        "throttling": 0,
        "host": READY["api"],
        "auth_endpoint": READY["token"],
        **changes,
    }


class Async:
    """The async client, asked as if it were the blocking one."""

    def __init__(self, **options):
        self.loop = asyncio.new_event_loop()
        self.client = self.loop.run_until_complete(AsyncAmazonCreatorsApi(**options).__aenter__())

    def __getattr__(self, name):
        def call(*arguments, **fields):
            return self.loop.run_until_complete(getattr(self.client, name)(*arguments, **fields))

        return call

    def close(self):
        self.loop.run_until_complete(self.client.__aexit__(None, None, None))
        self.loop.close()


class EveryOperation:
    """The tests; the two classes below choose the client."""

    kind = None

    def setUp(self):
        emulator("reset", {})
        self.api = self.connected()

    def connected(self, **changes):
        api = self.kind(**settings(**changes))
        self.addCleanup(api.close)
        return api

    def arguments(self):
        """What each operation is called with, so that it works."""
        item = self.api.get_items(CHILD)[0]
        feed, report = self.api.list_feeds()[0], self.api.list_reports()[0]
        return {
            "get_items": [READY["asins"][:2]],
            "search_items": ["Nordwerk"],
            "get_variations": [item.parent_asin],
            "get_browse_nodes": [[item.browse_node_info.browse_nodes[0].id]],
            "list_feeds": [],
            "get_feed": [feed.feed_name, feed.feed_type],
            "list_reports": [],
            "get_report": [report.filename, report.report_type],
        }

    def each(self):
        """Every operation by name, as a call without arguments."""
        arguments = self.arguments()
        return [(name, functools.partial(getattr(self.api, name), *arguments[name])) for name in OPERATIONS]

    def test_items_by_number_and_by_link_in_the_order_asked_for(self):
        kinds = emulator("asins")
        visible, hidden = kinds["plain"][:20] + kinds["deal"][:3], kinds["not_accessible"][:2]
        asked = [f"https://{HOST}/dp/{visible[0]}?tag=someone-21", *visible[1:], *hidden]
        items = self.api.get_items(asked)
        self.assertEqual([item.asin for item in items], visible)
        self.assertEqual([error.code for error in items.errors], ["ItemNotAccessible"] * 2)
        # Ten at a time.
        self.assertEqual(len(calls("/catalog/v1/getItems")), 3)
        with self.assertRaisesRegex(ItemsNotFoundError, "resourceId: B000000000"):
            self.api.get_items("B000000000")

    def test_ten_items_that_are_not_there_take_the_others_with_them(self):
        # The 404 of one call ends all of them, and what the first one found is lost.
        gone = [f"B00000000{number}" for number in range(10)]
        with self.assertRaises(ItemsNotFoundError):
            self.api.get_items([*READY["asins"][:10], *gone])
        self.assertEqual(emulator("counters")["items_found"], 10)

    def test_search(self):
        for host in HOSTS:
            found = self.connected(marketplace=host).search_items("Nordwerk", item_count=5)
            self.assertEqual(len(found.items), 5)
            self.assertGreaterEqual(found.total_result_count, 5)
            self.assertIn(host, found.search_url)
            self.assertTrue(found.search_refinements.search_index.bins)
        index = found.search_refinements.search_index.bins[0].id
        # This client lets an index alone be enough, as PA-API did; the documentation does not.
        api = self.connected()
        found = api.search_items("Nordwerk", search_index=index, sort_by=SortBy("Price:LowToHigh"), item_page=1)
        prices = [item.offers_v2.listings[0].price.money.amount for item in found.items]
        self.assertEqual(prices, sorted(prices))
        with self.assertRaisesRegex(ItemsNotFoundError, "resourceType: SearchResult; resourceId: zzzz qqqq"):
            api.search_items("zzzz qqqq")

    def test_variations(self):
        child = self.api.get_items(CHILD)[0]
        family = self.api.get_variations(child.parent_asin)
        self.assertIn(child.asin, [item.asin for item in family.items])
        self.assertEqual(len(family.items), min(10, family.variation_summary.variation_count))
        one = self.api.get_variations(f"https://{HOST}/dp/{child.asin}", variation_count=1, variation_page=2)
        self.assertEqual([item.asin for item in one.items], [family.items[1].asin])
        self.assertEqual(one.variation_summary.page_count, family.variation_summary.variation_count)
        with self.assertRaises(ItemsNotFoundError):
            self.api.get_variations("B000000000")

    def test_browse_nodes(self):
        node_id = self.arguments()["get_browse_nodes"][0][0]
        nodes = self.api.get_browse_nodes([node_id, "999999999999"])
        self.assertEqual([node.id for node in nodes], [node_id])
        self.assertEqual([error.code for error in nodes.errors], ["InvalidParameterValue"])
        self.assertTrue(nodes[0].ancestor is None or nodes[0].ancestor.id)
        with self.assertRaises(ItemsNotFoundError):
            self.api.get_browse_nodes(["999999999999"])

    def test_feeds_and_reports(self):
        feeds, reports = self.api.list_feeds(), self.api.list_reports()
        self.assertGreater(len(feeds), 1)
        self.assertGreater(len(reports), 1)
        for feed in feeds:
            self.assertTrue(download(self.api.get_feed(feed.feed_name, feed.feed_type), feed.size, feed.md5))
        for report in reports:
            url = self.api.get_report(report.filename, report.report_type)
            self.assertTrue(download(url, report.size, report.md5))
        for missing in (lambda: self.api.get_feed("none.xml.gz"), lambda: self.api.get_report("none.tsv.gz")):
            with self.assertRaises(ResourceNotFoundError):
                missing()

    def test_an_expired_token_is_renewed_unnoticed(self):
        for tokens, (name, call) in enumerate(self.each(), start=2):
            emulator("tokens", {"action": "expire"})
            call()
            self.assertEqual(emulator("counters")["token_requests"], tokens, name)
        emulator("clock", {"advance_seconds": 3600})
        self.api.get_items(READY["asins"][:1])
        self.assertEqual(emulator("counters")["token_requests"], tokens + 1)

    def test_a_second_refusal_of_the_token_is_told(self):
        emulator("unauthorized", {"reason": "InvalidToken", "count": 2})
        with self.assertRaisesRegex(AuthenticationError, "InvalidToken; The authentication token"):
            self.api.get_items(READY["asins"][:1])
        self.assertEqual(emulator("counters")["calls"], 2)

    def test_throttled_calls_are_repeated_when_the_answer_says(self):
        for name, call in self.each():
            before = emulator("counters")["calls"]
            emulator("throttle", {"count": 2, "retry_after": 0})
            call()
            self.assertEqual(emulator("counters")["calls"], before + 3, name)

    def test_throttled_for_good(self):
        self.api = self.connected(retries=0)
        for name, call in self.each():
            with self.subTest(name):
                emulator("throttle", {})
                with self.assertRaisesRegex(TooManyRequestsError, "The request was denied due to request throttling"):
                    call()

    def test_other_refusals(self):
        # Each with a client of its own: one of them ends without a token.
        for endpoint, body, expected, text in (
            ("eligibility", {"eligible": False}, AccessDeniedError, "AssociateNotEligible"),
            ("denied", {"reason": "AuthorizationFailed"}, AccessDeniedError, "AuthorizationFailed"),
            ("associate", {"linked": False}, AssociateValidationError, "InvalidAssociate"),
            ("invalid", {"field": "itemIds"}, InvalidArgumentError, "itemIds: is refused on request"),
            ("fail", {"status": 503}, RequestError, "503"),
            ("credentials", {"accepted": False}, AuthenticationError, "invalid_client"),
        ):
            with self.subTest(endpoint):
                emulator("reset", {})
                emulator(endpoint, body)
                with self.assertRaisesRegex(expected, text):
                    self.connected(retries=0).get_items(READY["asins"][:1])

    def test_null_members_are_read(self):
        emulator("switches", {"null_members": True})
        for _, call in self.each():
            self.assertTrue(call())

    def test_the_qualified_type_is_not_needed(self):
        emulator("switches", {"type_member": "__type"})
        with self.assertRaisesRegex(ItemsNotFoundError, "resourceId: B000000000"):
            self.api.get_items("B000000000")

    def test_the_documentations_name_of_the_result_is_overlooked(self):
        emulator("switches", {"result_member": "itemResults"})
        with self.assertRaisesRegex(ItemsNotFoundError, "^No items have been found$"):
            self.api.get_items(READY["asins"][:1])

    def test_a_new_value_of_an_enum_loses_the_whole_answer(self):
        with self.assertRaises(pydantic.ValidationError):
            self.api.get_items([READY["asins"][0], STRANGE])

    def test_a_list_of_field_names_is_left_out(self):
        emulator("switches", {"field_list": "strings"})
        with self.assertRaisesRegex(InvalidArgumentError, "FieldValidationFailed; Request validation failed.$"):
            self.connected(marketplace="www.amazon.nowhere").get_items(READY["asins"][:1])


class BlockingClient(EveryOperation, unittest.TestCase):
    kind = AmazonCreatorsApi


class AsyncClient(EveryOperation, unittest.TestCase):
    kind = Async

    def test_many_calls_at_once_without_a_context(self):
        async def at_once():
            # A new connection for each call.
            api = AsyncAmazonCreatorsApi(**settings())
            return await asyncio.gather(*(api.get_items(asin) for asin in READY["asins"][:8]))

        found = asyncio.run(at_once())
        self.assertEqual([items[0].asin for items in found], READY["asins"][:8])
        # Eight that needed one asked for it once.
        self.assertEqual(emulator("counters")["token_requests"], 1)

    def test_it_says_who_it_is(self):
        self.api.list_feeds()
        [call] = calls("/catalog/v1/listFeeds")
        self.assertRegex(call["headers"]["user-agent"], r"^python-amazon-paapi/7\.1\.0 \(async\)$")
        # It sends no body at all with the two lists, where the official SDKs send `{}`.
        self.assertEqual(call["headers"].get("content-length", "0"), "0")

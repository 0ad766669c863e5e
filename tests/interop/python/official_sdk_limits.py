"""What the official Python SDK makes of forms that sources disagree about, and what it cannot read.

A test here that begins to fail after an update of the SDK is news, not a mistake of the emulator.
"""

import json
import unittest

import pydantic

from creatorsapi_python_sdk.exceptions import (
    ApiException,
    BadRequestException,
    NotFoundException,
    UnauthorizedException,
)
from creatorsapi_python_sdk.models.get_browse_nodes_resource import GetBrowseNodesResource
from creatorsapi_python_sdk.models.get_items_resource import GetItemsResource
from creatorsapi_python_sdk.models.get_variations_resource import GetVariationsResource
from creatorsapi_python_sdk.models.search_items_resource import SearchItemsResource

from emulator import HOST, READY, STRANGE, emulator
from official_sdk import OfficialSdk


class DisputedForms(OfficialSdk):
    def test_null_members_are_read_everywhere(self):
        emulator("switches", {"null_members": True})
        item = self.some_item()
        self.assertIsNone(item.score)
        found = self.search(keywords="Nordwerk", resources=list(SearchItemsResource)).search_result
        self.assertEqual(len(found.items), 10)
        family = self.variations(item.asin, resources=list(GetVariationsResource)).variations_result
        self.assertIn(item.asin, [item.asin for item in family.items])
        node_id = item.browse_node_info.browse_nodes[0].id
        nodes = self.browse_nodes([node_id], resources=list(GetBrowseNodesResource)).browse_nodes_result
        self.assertEqual([node.id for node in nodes.browse_nodes], [node_id])
        self.assertTrue(self.api.list_feeds(HOST).feeds)
        self.assertTrue(self.api.list_reports(HOST).reports)
        # Nothing was asked for that could be there: everything is null.
        plain = self.get_items(READY["asins"][:1], resources=()).items_result.items[0]
        self.assertIsNone(plain.images)

    def test_reviews_are_read(self):
        emulator("switches", {"customer_reviews": True})
        reviews = self.some_item().customer_reviews
        self.assertGreater(reviews.count, 0)
        self.assertGreater(reviews.star_rating.value, 0)

    def test_the_type_is_read_under_one_name_only(self):
        for switches, expected in (
            ({"type_member": "__type"}, None),
            ({"type_member": "absent"}, None),
            ({"type_member": "type", "type_suffix": True}, "ResourceNotFoundExceptionResponseContent"),
        ):
            emulator("switches", switches)
            error = self.refused(NotFoundException, lambda: self.get_items(["B000000000"]))
            self.assertEqual(error.data.type, expected)
            self.assertEqual(error.data.resource_type, "Item")

    def test_what_a_throttled_answer_may_hold(self):
        for members, expected in (("none", None), ("documented", None), ("sdk", "TPS")):
            emulator("switches", {"throttle_members": members})
            emulator("throttle", {})
            error = self.refused(ApiException)
            self.assertEqual(error.data.quota_code, expected)
            # The model has no member for it.
            self.assertEqual("retryAfterSeconds" in error.body, members == "documented")

    def test_a_hundred_items_of_a_search(self):
        emulator("switches", {"item_count_cap": 100})
        found = self.search(keywords="Nordwerk", item_count=100).search_result
        self.assertEqual(len(found.items), min(100, found.total_result_count))
        self.assertGreater(len(found.items), 10)

    @unittest.skipUnless(READY["credential"]["version"].startswith("3."), "a version 2.x must always be named")
    def test_the_version_behind_a_token_of_login_with_amazon(self):
        emulator("switches", {"v3_version_suffix": "refused", "lwa_json_only": True})
        self.get_items(READY["asins"][:1])
        # The page on migration demands it of everybody. The SDK never sends it.
        emulator("switches", {"v3_version_suffix": "required"})
        self.assertEqual(self.refused(UnauthorizedException).data.reason.value, "InvalidIssuer")

    def test_a_list_of_field_names_stays_text(self):
        def nowhere():
            self.get_items(READY["asins"][:1], "www.amazon.nowhere")

        emulator("switches", {"field_list": "strings"})
        # Its model refuses the body, so that reason and fields are in the raw text only.
        error = self.refused(BadRequestException, nowhere)
        self.assertIsNone(error.data)
        self.assertEqual(json.loads(error.body)["fieldList"], ["x-marketplace"])
        emulator("switches", {"field_list": "objects"})
        self.assertEqual(self.refused(BadRequestException, nowhere).data.field_list[0].name, "x-marketplace")

    def test_the_documentations_name_of_the_result_is_overlooked(self):
        emulator("switches", {"result_member": "itemResults"})
        # No error either: to the caller it looks as if nothing had come.
        self.assertIsNone(self.get_items(READY["asins"][:1]).items_result)

    def test_a_new_value_of_an_enum_loses_the_whole_answer(self):
        price = [GetItemsResource("offersV2.listings.price"), GetItemsResource("offersV2.listings.type")]
        ids = [*READY["asins"][:2], STRANGE]
        self.refused(pydantic.ValidationError, lambda: self.get_items(ids, resources=price))
        # Not asked for, it does no harm.
        self.assertEqual(len(self.get_items(ids).items_result.items), 3)

"""The official Python SDK, whose models refuse what the service would never say, with every operation it has."""

import unittest

from creatorsapi_python_sdk.api.default_api import DefaultApi
from creatorsapi_python_sdk.api_client import ApiClient
from creatorsapi_python_sdk.configuration import Configuration
from creatorsapi_python_sdk.exceptions import (
    ApiException,
    BadRequestException,
    ForbiddenException,
    NotFoundException,
    ServiceException,
    UnauthorizedException,
)
from creatorsapi_python_sdk.models.availability import Availability
from creatorsapi_python_sdk.models.get_browse_nodes_request_content import GetBrowseNodesRequestContent
from creatorsapi_python_sdk.models.get_browse_nodes_resource import GetBrowseNodesResource
from creatorsapi_python_sdk.models.get_feed_request_content import GetFeedRequestContent
from creatorsapi_python_sdk.models.get_items_request_content import GetItemsRequestContent
from creatorsapi_python_sdk.models.get_items_resource import GetItemsResource
from creatorsapi_python_sdk.models.get_report_request_content import GetReportRequestContent
from creatorsapi_python_sdk.models.get_variations_request_content import GetVariationsRequestContent
from creatorsapi_python_sdk.models.get_variations_resource import GetVariationsResource
from creatorsapi_python_sdk.models.search_items_request_content import SearchItemsRequestContent
from creatorsapi_python_sdk.models.search_items_resource import SearchItemsResource
from creatorsapi_python_sdk.models.sort_by import SortBy
from creatorsapi_python_sdk.models.throttle_exception_response_content import (
    ThrottleExceptionResponseContent,
)

from emulator import CHILD, DENOMINATION, HOST, HOSTS, READY, calls, download, emulator


def client(secret=None):
    """The SDK, pointed at the emulator."""
    credential = READY["credential"]
    return DefaultApi(
        ApiClient(
            Configuration(),
            credential_id=credential["id"],
            credential_secret=secret or credential["secret"],
            version=credential["version"],
            host=READY["api"],
            auth_endpoint=READY["token"],
        )
    )


class OfficialSdk(unittest.TestCase):
    """Calls of the SDK with the fields that every one of them needs."""

    def setUp(self):
        emulator("reset", {})
        self.api = client()

    def get_items(self, ids, host=HOST, resources=(GetItemsResource("itemInfo.title"),), tag=None):
        request = GetItemsRequestContent(
            partner_tag=tag or READY["tag"], item_ids=list(ids), resources=list(resources)
        )
        return self.api.get_items(host, request)

    def search(self, host=HOST, **fields):
        request = SearchItemsRequestContent(partner_tag=READY["tag"], **fields)
        return self.api.search_items(host, search_items_request_content=request)

    def variations(self, asin, host=HOST, **fields):
        request = GetVariationsRequestContent(partner_tag=READY["tag"], asin=asin, **fields)
        return self.api.get_variations(host, request)

    def browse_nodes(self, ids, host=HOST, **fields):
        request = GetBrowseNodesRequestContent(partner_tag=READY["tag"], browse_node_ids=list(ids), **fields)
        return self.api.get_browse_nodes(host, request)

    def refused(self, kind, call=None):
        """What is raised; without a call, by a getItems."""
        with self.assertRaises(kind) as caught:
            if call is None:
                self.get_items(READY["asins"][:1])
            else:
                call()
        return caught.exception

    def some_item(self):
        """An item with everything."""
        return self.get_items([CHILD], resources=list(GetItemsResource)).items_result.items[0]


class GetItems(OfficialSdk):
    def test_every_resource_of_every_kind_of_item_in_several_shops(self):
        kinds = emulator("asins")
        seen = 0
        for host in HOSTS:
            for kind in ("plain", "deal", "out_of_stock", "violates_map"):
                asins = kinds[kind][:10]
                result = self.get_items(asins, host, list(GetItemsResource))
                items = {item.asin: item for item in result.items_result.items}
                self.assertIsNone(result.errors)
                self.assertEqual(sorted(items), sorted(asins))
                for item in items.values():
                    seen += 1
                    self.assertTrue(item.item_info.title.display_value)
                    self.assertTrue(item.images.primary.hi_res.url.startswith("https://"))
                    self.assertIn(f"tag={READY['tag']}&linkCode=ogi", item.detail_page_url)
                    self.assertIn(host, item.detail_page_url)
                    if kind == "out_of_stock":
                        self.assertIsNone(item.offers_v2)
                        continue
                    listing = item.offers_v2.listings[0]
                    self.assertGreater(listing.price.money.amount, 0)
                    self.assertEqual(listing.violates_map, kind == "violates_map")
                    self.assertEqual(listing.deal_details is not None, kind == "deal")
        self.assertEqual(seen, len(HOSTS) * 40)
        # The SDK keeps its token: one was enough.
        self.assertEqual(emulator("counters")["token_requests"], 1)

    def test_only_what_was_asked_for_comes(self):
        resources = [GetItemsResource("images.primary.large")]
        item = self.get_items(READY["asins"][:1], resources=resources).items_result.items[0]
        self.assertEqual(item.images.primary.large.height, 500)
        self.assertIsNone(item.images.primary.small)
        self.assertIsNone(item.item_info)
        self.assertIsNone(item.offers_v2)

    def test_a_part_of_the_items(self):
        hidden = emulator("asins")["not_accessible"][0]
        good = READY["asins"][0]
        result = self.get_items([good, "B000000000", hidden])
        self.assertEqual([item.asin for item in result.items_result.items], [good])
        errors = {error.code: error.message for error in result.errors}
        self.assertEqual(sorted(errors), ["InvalidParameterValue", "ItemNotAccessible"])
        self.assertIn("B000000000", errors["InvalidParameterValue"])
        self.assertIn(hidden, errors["ItemNotAccessible"])

    def test_none_of_the_items(self):
        error = self.refused(NotFoundException, lambda: self.get_items(["B000000000"]))
        self.assertEqual((error.data.resource_id, error.data.resource_type), ("B000000000", "Item"))
        self.assertEqual(error.data.type, "ResourceNotFoundException")

    def test_it_says_who_it_is(self):
        self.get_items(READY["asins"][:1])
        agents = {entry["headers"].get("user-agent") for entry in calls("/catalog/v1/getItems")}
        self.assertEqual(agents, {"creatorsapi-python-sdk/1.3.0"})


class SearchItems(OfficialSdk):
    def test_every_resource_in_several_shops(self):
        brand = self.some_item().item_info.by_line_info.brand.display_value
        for host in HOSTS:
            result = self.search(host, keywords=brand, resources=list(SearchItemsResource)).search_result
            self.assertEqual(len(result.items), 10)
            self.assertGreaterEqual(result.total_result_count, 10)
            self.assertTrue(result.search_url.startswith(f"https://{host}/s?"), result.search_url)
            self.assertIn(f"tag={READY['tag']}&linkCode=osi", result.search_url)
            for item in result.items:
                self.assertIn("linkCode=osi", item.detail_page_url)
                self.assertIn(host, item.detail_page_url)
                self.assertTrue(item.item_info.title.display_value)
                self.assertTrue(item.images.primary.large.url.startswith("https://"))

    def test_pages_do_not_overlap(self):
        seen = []
        for page in (1, 2, 3):
            result = self.search(search_index="All", keywords="Nordwerk", item_count=4, item_page=page)
            self.assertEqual(len(result.search_result.items), 4)
            seen += [item.asin for item in result.search_result.items]
        self.assertEqual(len(set(seen)), 12)

    def test_a_refinement_is_the_next_request(self):
        resources = [SearchItemsResource("searchRefinements"), SearchItemsResource("itemInfo.byLineInfo")]
        everywhere = self.search(keywords="Nordwerk", resources=resources).search_result
        indexes = everywhere.search_refinements.search_index
        self.assertEqual(indexes.id, "SearchIndex")
        index = indexes.bins[0]
        self.assertTrue(index.display_name)
        one = self.search(keywords="Nordwerk", search_index=index.id, resources=resources).search_result
        self.assertLessEqual(one.total_result_count, everywhere.total_result_count)
        nodes = one.search_refinements.browse_node
        self.assertEqual(nodes.id, "BrowseNodeId")
        node = nodes.bins[0]
        self.assertTrue(self.search(browse_node_id=node.id, keywords="Nordwerk").search_result.items)
        brands = {refinement.id: refinement for refinement in everywhere.search_refinements.other_refinements}
        brand = brands["Brand"].bins[0].id
        found = self.search(brand=brand, resources=resources).search_result.items
        self.assertEqual({item.item_info.by_line_info.brand.display_value for item in found}, {brand})

    def test_order_and_limits_of_prices(self):
        resources = [SearchItemsResource("offersV2.listings.price")]

        def prices(**fields):
            found = self.search(keywords="Nordwerk", resources=resources, **fields).search_result.items
            return [item.offers_v2.listings[0].price.money.amount for item in found]

        rising = prices(sort_by=SortBy("Price:LowToHigh"))
        self.assertEqual(rising, sorted(rising))
        falling = prices(sort_by=SortBy("Price:HighToLow"))
        self.assertEqual(falling, sorted(falling, reverse=True))
        self.assertLess(rising[0], falling[0])
        middle = (rising[0] + falling[0]) / 2
        self.assertGreaterEqual(min(prices(min_price=round(middle * DENOMINATION))), middle - 1)
        self.assertLessEqual(max(prices(max_price=round(middle * DENOMINATION))), middle + 1)

    def test_out_of_stock_only_on_request(self):
        hidden = emulator("asins")["out_of_stock"][0]
        title = self.get_items([hidden]).items_result.items[0].item_info.title.display_value

        def found(**fields):
            items = self.search(title=title, **fields).search_result.items
            return [item.asin for item in items]

        self.assertIn(hidden, found(availability=Availability("IncludeOutOfStock")))
        try:
            self.assertNotIn(hidden, found())
        except NotFoundException:
            # No other product has this title.
            pass

    def test_nothing_is_found(self):
        error = self.refused(NotFoundException, lambda: self.search(keywords="zzzz qqqq"))
        self.assertEqual((error.data.resource_id, error.data.resource_type), ("zzzz qqqq", "SearchResult"))

    def test_something_must_be_searched_for(self):
        # The SDK's model lets both pass; the documentation forbids them.
        for fields in ({}, {"keywords": "Nordwerk", "item_count": 11}):
            error = self.refused(BadRequestException, lambda: self.search(**fields))
            self.assertEqual(error.data.reason.value, "FieldValidationFailed")
            self.assertTrue(error.data.field_list)


class GetVariations(OfficialSdk):
    def test_every_resource_in_several_shops(self):
        parent = self.some_item().parent_asin
        for host in HOSTS:
            result = self.variations(parent, host, resources=list(GetVariationsResource)).variations_result
            summary = result.variation_summary
            self.assertEqual(summary.page_count, -(-summary.variation_count // 10))
            self.assertGreaterEqual(
                summary.price.highest_price.amount, summary.price.lowest_price.amount
            )
            values = {dimension.name: dimension.values for dimension in summary.variation_dimensions}
            self.assertTrue(values)
            for item in result.items:
                self.assertEqual(item.parent_asin, parent)
                self.assertIn("linkCode=ogv", item.detail_page_url)
                self.assertEqual({attribute.name for attribute in item.variation_attributes}, set(values))
                for attribute in item.variation_attributes:
                    self.assertIn(attribute.value, values[attribute.name])

    def test_a_child_leads_to_the_same_family_as_its_parent(self):
        child = self.some_item()

        def family(asin):
            return sorted(item.asin for item in self.variations(asin).variations_result.items)

        self.assertEqual(family(child.asin), family(child.parent_asin))
        self.assertIn(child.asin, family(child.parent_asin))

    def test_pages(self):
        parent = self.some_item().parent_asin
        resources = [GetVariationsResource("variationSummary.variationDimension")]
        first = self.variations(parent, resources=resources, variation_count=1).variations_result
        count = first.variation_summary.variation_count
        self.assertEqual(first.variation_summary.page_count, count)
        self.assertGreater(count, 1)
        seen = set()
        for page in range(1, int(count) + 1):
            items = self.variations(parent, variation_count=1, variation_page=page).variations_result.items
            seen.update(item.asin for item in items)
        self.assertEqual(len(seen), count)

    def test_an_unknown_product(self):
        error = self.refused(NotFoundException, lambda: self.variations("B000000000"))
        self.assertEqual(error.data.resource_id, "B000000000")


class GetBrowseNodes(OfficialSdk):
    def some_node(self):
        """The id of a node that is no root."""
        nodes = self.some_item().browse_node_info.browse_nodes
        return next(node.id for node in nodes if not node.is_root)

    def test_up_to_the_root_and_down_again(self):
        node_id = self.some_node()
        for host in HOSTS:
            everything = {"resources": list(GetBrowseNodesResource)}
            [node] = self.browse_nodes([node_id], host, **everything).browse_nodes_result.browse_nodes
            self.assertEqual(node.id, node_id)
            self.assertFalse(node.is_root)
            parent_id = node.ancestor.id
            [parent] = self.browse_nodes([parent_id], host, **everything).browse_nodes_result.browse_nodes
            self.assertIn(node_id, [child.id for child in parent.children])
            ancestor = node.ancestor
            while ancestor.ancestor is not None:
                ancestor = ancestor.ancestor
            [root] = self.browse_nodes([ancestor.id], host, **everything).browse_nodes_result.browse_nodes
            self.assertIsNone(root.ancestor)
            self.assertTrue(root.is_root or root.children)

    def test_without_resources(self):
        [node] = self.browse_nodes([self.some_node()]).browse_nodes_result.browse_nodes
        self.assertTrue(node.display_name)
        self.assertTrue(node.context_free_name)
        self.assertIsNotNone(node.is_root)
        self.assertIsNone(node.ancestor)
        self.assertIsNone(node.children)

    def test_a_part_of_the_nodes_and_none(self):
        node_id = self.some_node()
        result = self.browse_nodes([node_id, "999999999999"])
        self.assertEqual([node.id for node in result.browse_nodes_result.browse_nodes], [node_id])
        [error] = result.errors
        self.assertEqual(error.code, "InvalidParameterValue")
        self.assertIn("999999999999", error.message)
        self.refused(NotFoundException, lambda: self.browse_nodes(["999999999999"]))


class FeedsAndReports(OfficialSdk):
    def test_every_feed_can_be_listed_and_downloaded(self):
        feeds = self.api.list_feeds(HOST).feeds
        self.assertEqual({feed.feed_type.value for feed in feeds}, {"PRODUCT_FEEDS", "DEALS_FEEDS"})
        for feed in feeds:
            request = GetFeedRequestContent(feed_name=feed.feed_name, feed_type=feed.feed_type)
            url = self.api.get_feed(HOST, request).url
            self.assertTrue(download(url, feed.size, feed.md5))
            self.assertTrue(feed.last_updated)

    def test_every_report_can_be_listed_and_downloaded(self):
        reports = self.api.list_reports(HOST).reports
        # One without a kind, as an older service would list it.
        kinds = {report.report_type and report.report_type.value for report in reports}
        self.assertEqual(kinds, {"CREATOR_CENTRAL", "CREATOR_CONNECTIONS", None})
        for report in reports:
            request = GetReportRequestContent(filename=report.filename, report_type=report.report_type)
            url = self.api.get_report(HOST, request).url
            self.assertTrue(download(url, report.size, report.md5))
            self.assertTrue(report.last_modified)
        # Another prefix than the catalogue's.
        self.assertEqual(len(calls("/reports/v1/listReports")), 1)

    def test_what_is_not_there(self):
        feed = GetFeedRequestContent(feed_name="none.xml.gz")
        report = GetReportRequestContent(filename="none.tsv.gz")
        for call, name in (
            (lambda: self.api.get_feed(HOST, feed), "none.xml.gz"),
            (lambda: self.api.get_report(HOST, report), "none.tsv.gz"),
        ):
            self.assertEqual(self.refused(NotFoundException, call).data.resource_id, name)


class Refusals(OfficialSdk):
    def every_operation(self):
        """A call of each operation, that works, by name."""
        item = self.some_item()
        node = item.browse_node_info.browse_nodes[0].id
        feed, report = self.api.list_feeds(HOST).feeds[0], self.api.list_reports(HOST).reports[0]
        of_feed = GetFeedRequestContent(feed_name=feed.feed_name, feed_type=feed.feed_type)
        of_report = GetReportRequestContent(filename=report.filename, report_type=report.report_type)
        return {
            "getItems": lambda: self.get_items([item.asin]),
            "searchItems": lambda: self.search(keywords="Nordwerk"),
            "getVariations": lambda: self.variations(item.asin),
            "getBrowseNodes": lambda: self.browse_nodes([node]),
            "listFeeds": lambda: self.api.list_feeds(HOST),
            "getFeed": lambda: self.api.get_feed(HOST, of_feed),
            "listReports": lambda: self.api.list_reports(HOST),
            "getReport": lambda: self.api.get_report(HOST, of_report),
        }

    def test_throttled(self):
        for name, call in self.every_operation().items():
            with self.subTest(name):
                emulator("throttle", {"retry_after": 2, "retry_after_seconds": 2})
                # The SDK has no class of its own for it, and does not wait.
                error = self.refused(ApiException, call)
                self.assertIs(type(error), ApiException)
                self.assertEqual(error.status, 429)
                self.assertEqual(error.headers["retry-after"], "2")
                read = ThrottleExceptionResponseContent.from_json(error.body)
                self.assertEqual(read.type, "ThrottleException")
                call()

    def test_an_expired_token(self):
        operations = self.every_operation()
        emulator("clock", {"advance_seconds": 3600})
        for _ in range(2):
            for name, call in operations.items():
                with self.subTest(name):
                    error = self.refused(UnauthorizedException, call)
                    self.assertEqual(error.data.reason.value, "TokenExpired")
        # It goes by its own clock alone: it never asked for another token, and does not recover by itself.
        self.assertEqual(emulator("counters")["token_requests"], 1)
        self.api.api_client.token_manager.clear_token()
        for name, call in operations.items():
            with self.subTest(name):
                call()
        self.assertEqual(emulator("counters")["token_requests"], 2)

    def test_its_own_clock_says_that_the_token_expired(self):
        self.get_items(READY["asins"][:1])
        # Half a minute before the hour is over.
        self.api.api_client.token_manager.expires_at -= 3570
        self.get_items(READY["asins"][:1])
        self.assertEqual(emulator("counters")["token_requests"], 2)

    def test_a_wrong_secret(self):
        self.api = client(secret="wrong")
        with self.assertRaisesRegex(Exception, "OAuth2 token request failed with status 40[01].*invalid_client"):
            self.get_items(READY["asins"][:1])

    def test_not_eligible(self):
        operations = self.every_operation()
        emulator("eligibility", {"eligible": False})
        for name, call in operations.items():
            with self.subTest(name):
                error = self.refused(ForbiddenException, call)
                self.assertEqual(error.data.reason.value, "AssociateNotEligible")
        emulator("eligibility", {"eligible": True})
        self.assertEqual(len(self.get_items(READY["asins"][:3]).items_result.items), 3)

    def test_every_documented_error(self):
        kinds = {
            400: BadRequestException,
            401: UnauthorizedException,
            403: ForbiddenException,
            404: NotFoundException,
            429: ApiException,
            500: ServiceException,
        }
        rows = [row for row in emulator("errors") if row["service"] == "catalogue"]
        self.assertEqual({row["status"] for row in rows}, set(kinds))
        for row in rows:
            with self.subTest(row):
                emulator("error", row)
                error = self.refused(kinds[row["status"]])
                self.assertEqual((error.data.type, error.data.message), (row["type"], row["message"]))
                if row["reason"]:
                    self.assertEqual(error.data.reason.value, row["reason"])

    def test_every_error_of_the_token_service(self):
        rows = [row for row in emulator("errors") if row["service"] == "token"]
        self.assertIn("invalid_client", [row["error"] for row in rows])
        for row in rows:
            emulator("error", row)
            with self.assertRaisesRegex(Exception, f"OAuth2 token request failed with status .*{row['error']}"):
                self.get_items(READY["asins"][:1])
        # Nothing is kept of it.
        self.get_items(READY["asins"][:1])

    def test_wrong_requests(self):
        ids = READY["asins"][:1]
        error = self.refused(BadRequestException, lambda: self.get_items(ids, "www.amazon.nowhere"))
        self.assertEqual(error.data.reason.value, "FieldValidationFailed")
        self.assertEqual([field.name for field in error.data.field_list], ["x-marketplace"])
        error = self.refused(BadRequestException, lambda: self.get_items(ids, tag="somebody-else"))
        self.assertEqual(error.data.reason.value, "InvalidPartnerTag")
        emulator("associate", {"linked": False})
        self.assertEqual(self.refused(BadRequestException).data.reason.value, "InvalidAssociate")

    def test_a_failing_service(self):
        for name, call in self.every_operation().items():
            with self.subTest(name):
                emulator("fail", {"status": 500})
                error = self.refused(ServiceException, call)
                self.assertEqual(error.status, 500)
                self.assertEqual(error.data.type, "InternalServerException")

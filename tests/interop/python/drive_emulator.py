"""Drives a running emulator with the official Python SDK, whose models refuse what the service would never say.

Reads the emulator's ready line from standard input. Started by `tests/tests/it/interop_python.rs`.
"""

import json
import sys
import unittest
import urllib.request

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
from creatorsapi_python_sdk.models.get_items_request_content import GetItemsRequestContent
from creatorsapi_python_sdk.models.get_items_resource import GetItemsResource
from creatorsapi_python_sdk.models.throttle_exception_response_content import (
    ThrottleExceptionResponseContent,
)

READY = json.loads(sys.stdin.readline())
HOSTS = {
    "us": ("www.amazon.com", "www.amazon.ca", "www.amazon.com.br"),
    "de": ("www.amazon.de", "www.amazon.co.uk", "www.amazon.fr"),
    "jp": ("www.amazon.co.jp", "www.amazon.com.au"),
}[READY["marketplace"]]


def emulator(name, body=None):
    """Reads or changes the emulator's state."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(READY["api"] + "/_emulator/" + name, data=data)
    with urllib.request.urlopen(request, timeout=10) as answer:
        return json.load(answer)


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


class EmulatorWithTheOfficialSdk(unittest.TestCase):
    def setUp(self):
        emulator("reset", {})
        self.api = client()

    def get_items(self, ids, host=HOSTS[0], resources=(GetItemsResource("itemInfo.title"),), tag=None):
        request = GetItemsRequestContent(
            partner_tag=tag or READY["tag"], item_ids=list(ids), resources=list(resources)
        )
        return self.api.get_items(host, request)

    def refused(self, kind, ids=("B0EMU00000",), **others):
        with self.assertRaises(kind) as caught:
            self.get_items(ids, **others)
        return caught.exception

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

    def test_null_members_and_reviews_are_read_too(self):
        emulator("switches", {"null_members": True, "customer_reviews": True})
        item = self.get_items(READY["asins"][:1], resources=list(GetItemsResource)).items_result.items[0]
        self.assertGreater(item.customer_reviews.count, 0)
        self.assertIsNone(item.score)

    def test_a_wrong_secret(self):
        self.api = client(secret="wrong")
        with self.assertRaisesRegex(Exception, "OAuth2 token request failed with status 40[01].*invalid_client"):
            self.get_items(READY["asins"][:1])

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
        error = self.refused(NotFoundException, ["B000000000"])
        self.assertEqual((error.data.resource_id, error.data.resource_type), ("B000000000", "Item"))
        self.assertEqual(error.data.type, "ResourceNotFoundException")

    def test_throttled(self):
        emulator("throttle", {"retry_after": 2, "retry_after_seconds": 2})
        error = self.refused(ApiException)
        self.assertEqual(error.status, 429)
        self.assertEqual(error.headers["retry-after"], "2")
        read = ThrottleExceptionResponseContent.from_json(error.body)
        self.assertEqual(read.type, "ThrottleException")

    def test_not_eligible(self):
        emulator("eligibility", {"eligible": False})
        error = self.refused(ForbiddenException)
        self.assertEqual(error.data.reason.value, "AssociateNotEligible")
        emulator("eligibility", {"eligible": True})
        self.assertEqual(len(self.get_items(READY["asins"][:3]).items_result.items), 3)

    def test_other_denials(self):
        for reason in ("AuthorizationFailed", "Other"):
            emulator("denied", {"reason": reason})
            self.assertEqual(self.refused(ForbiddenException).data.reason.value, reason)

    def test_every_reason_of_a_401(self):
        reasons = (
            "TokenExpired InvalidToken InvalidIssuer MissingClaim MissingKeyId UnsupportedClient InvalidClient "
            "MissingCredential Other"
        )
        for reason in reasons.split():
            emulator("unauthorized", {"reason": reason})
            self.assertEqual(self.refused(UnauthorizedException).data.reason.value, reason)
        emulator("tokens", {"action": "expire"})
        self.assertEqual(self.refused(UnauthorizedException).data.reason.value, "TokenExpired")

    def test_wrong_requests(self):
        error = self.refused(BadRequestException, host="www.amazon.nowhere")
        self.assertEqual(error.data.reason.value, "FieldValidationFailed")
        self.assertEqual([field.name for field in error.data.field_list], ["x-marketplace"])
        error = self.refused(BadRequestException, tag="somebody-else")
        self.assertEqual(error.data.reason.value, "InvalidPartnerTag")
        emulator("associate", {"linked": False})
        self.assertEqual(self.refused(BadRequestException).data.reason.value, "InvalidAssociate")

    def test_a_failing_service(self):
        emulator("fail", {"status": 500})
        error = self.refused(ServiceException)
        self.assertEqual(error.status, 500)
        self.assertEqual(error.data.type, "InternalServerException")

    def test_it_says_who_it_is(self):
        self.get_items(READY["asins"][:1])
        agents = {entry["headers"].get("user-agent") for entry in emulator("log") if "/catalog/" in entry["path"]}
        self.assertEqual(agents, {"creatorsapi-python-sdk/1.3.0"})


if __name__ == "__main__":
    unittest.main(verbosity=2)

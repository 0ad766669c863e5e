"""The running emulator: its ready line, its controls, and what every suite asks of it.

The ready line is read from standard input. Not a client: each suite brings its own.
"""

import hashlib
import gzip
import json
import sys
import urllib.error
import urllib.request

READY = json.loads(sys.stdin.readline())

# Shops of the credential's group; the first is the one of the tag.
HOSTS = {
    "us": ("www.amazon.com", "www.amazon.ca", "www.amazon.com.br"),
    "de": ("www.amazon.de", "www.amazon.co.uk", "www.amazon.fr"),
    "jp": ("www.amazon.co.jp", "www.amazon.com.au"),
}[READY["marketplace"]]
HOST = HOSTS[0]

# A product that tests of the emulator were given, with an enum value that no SDK knows.
STRANGE = "B0STRANGE1"

# A product with everything. The emulator's products from number 1000 on are variations, the first twenty one family.
CHILD = "B0EMU01001"

# minPrice and maxPrice are in the lowest denomination, and a yen is one.
DENOMINATION = 1 if READY["marketplace"] == "jp" else 100


def emulator(name, body=None):
    """Reads or changes the emulator's state."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(READY["api"] + "/_emulator/" + name, data=data)
    with urllib.request.urlopen(request, timeout=10) as answer:
        return json.load(answer)


def calls(path):
    """The requests to an operation, as the emulator's log has them."""
    return [entry for entry in emulator("log") if entry["path"] == path]


def download(url, size, md5):
    """The unpacked content behind a temporary link, after comparing it with what the list says of it."""
    # No header of the API: the link alone must be enough, as with a pre-signed one.
    with urllib.request.urlopen(url, timeout=10) as answer:
        packed = answer.read()
    assert len(packed) == size, f"{len(packed)} bytes instead of {size}"
    assert hashlib.md5(packed).hexdigest() == md5, "another md5"
    return gzip.decompress(packed)

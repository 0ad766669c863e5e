"""Runs the suites named as arguments, or all, against the emulator whose ready line comes on standard input.

Started by `tests/tests/it/interop_python.rs`, with a Python that has what requirements.txt lists.
"""

import pathlib
import sys
import unittest

# Python was started isolated, without the script's folder among those it imports from.
sys.path.insert(0, str(pathlib.Path(__file__).parent))

SUITES = ["official_sdk", "official_sdk_limits", "paapi_clients"]

if __name__ == "__main__":
    suite = unittest.defaultTestLoader.loadTestsFromNames(sys.argv[1:] or SUITES)
    outcome = unittest.TextTestRunner(verbosity=2).run(suite)
    sys.exit(not outcome.wasSuccessful())

// Runs every suite of this folder against the emulator whose ready line comes on standard input.
//
// Started by `tests/tests/it/interop_node.rs` as `node --test-reporter=tap run.mjs FOLDER`, where npm installed into
// FOLDER what package-lock.json lists. It is one process: `node --test` would give the files no standard input.

import "./operations.mjs";
import "./refusals.mjs";
import "./disputed_forms.mjs";

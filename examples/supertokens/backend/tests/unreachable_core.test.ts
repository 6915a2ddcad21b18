/** The backend without a core. */

import assert from "node:assert/strict";
import { mock, test } from "node:test";

import { startBackend } from "./backend.js";
import { Frontend } from "./frontend.js";

// Nothing listens on port 1.
const core = "http://127.0.0.1:1";
const url = await startBackend(core);

test("answers with a 503 that the website can read, and logs what to do", async () => {
  const log = mock.method(console, "error", () => {});
  const { status, body, headers } = await new Frontend(url).signUp();
  assert.equal(status, 503);
  assert.deepEqual(body, { message: "the authentication service is unavailable" });
  assert.equal(headers.get("access-control-allow-origin"), "http://localhost:3000");
  const [line] = log.mock.calls.flatMap((call) => call.arguments);
  assert.match(
    String(line),
    /does not answer at http:\/\/127\.0\.0\.1:1; start it, or correct SUPERTOKENS_CORE/,
  );
});

/** The environment variables. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { settingsFrom } from "../src/settings.js";

const COMPLETE = {
  SUPERTOKENS_CORE: "https://core.example.com",
  API_DOMAIN: "https://api.example.com",
  WEBSITE_DOMAIN: "https://www.example.com",
};

test("has defaults for what an HTTP API does not need", () => {
  const { coreApiKey, apiGatewayPath, audience, logEmailLinks } = settingsFrom(COMPLETE);
  assert.deepEqual(
    { coreApiKey, apiGatewayPath, audience, logEmailLinks },
    { coreApiKey: undefined, apiGatewayPath: "", audience: "jwtAuthorizers", logEmailLinks: false },
  );
});

test("names a missing variable", () => {
  for (const name of Object.keys(COMPLETE)) {
    for (const value of [undefined, ""]) {
      const message = new RegExp(`^the environment variable ${name} is missing`);
      assert.throws(() => settingsFrom({ ...COMPLETE, [name]: value }), { message });
    }
  }
});

test("does not guess whether to log the links", () => {
  const message = "expected LOG_EMAIL_LINKS to be true or false, found yes";
  assert.throws(() => settingsFrom({ ...COMPLETE, LOG_EMAIL_LINKS: "yes" }), { message });
});

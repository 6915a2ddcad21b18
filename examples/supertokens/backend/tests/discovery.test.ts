/** What a JWT authorizer needs: the discovery document, and the keys that sign the access tokens. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { createRemoteJWKSet, decodeProtectedHeader, jwtVerify } from "jose";

import { startBackend } from "./backend.js";
import { Frontend } from "./frontend.js";

const url = await startBackend();

test("publishes the issuer and the static key of its access tokens", async () => {
  const frontend = new Frontend(url);
  await frontend.signUp();
  const { body } = await frontend.send("GET", "/auth/.well-known/openid-configuration");
  assert.equal(body.issuer, `${url}/auth`);
  const keys = createRemoteJWKSet(new URL(String(body.jwks_uri)));
  await jwtVerify(frontend.accessToken, keys, {
    issuer: `${url}/auth`,
    audience: "jwtAuthorizers",
    algorithms: ["RS256"],
  });
  assert.match(decodeProtectedHeader(frontend.accessToken).kid ?? "", /^s-/);
});

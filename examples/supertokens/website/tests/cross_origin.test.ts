/** The website, the backend and the gateway have different origins. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { type Exchange, User } from "./browser.js";
import { type Services, skip, startServices } from "./services.js";

const { website, backend, gateway } = skip === false ? await startServices() : ({} as Services);

/** The headers of responses that the SDK reads. */
const TOKENS = ["front-token", "st-access-token", "st-refresh-token"];

const names = (list: string | undefined) => (list ?? "").split(",").map((name) => name.trim().toLowerCase());

/** The first request with this method to an address, and the preflight request for it. */
function withPreflight(user: User, method: string, url: string): { request: Exchange; preflight: Exchange } {
  const found = (method: string) => user.exchanges.find((sent) => sent.method === method && sent.url === url);
  const [request, preflight] = [found(method), found("OPTIONS")];
  assert.ok(request, `${method} ${url}`);
  assert.ok(preflight, `OPTIONS ${url}`);
  return { request, preflight };
}

test("the gateway lets the website send the SDK's headers, and read its answers", { skip }, async () => {
  assert.equal(new Set([website, backend, gateway]).size, 3);
  const user = await User.open(website);
  await user.signUp();
  await user.click("Show my orders");
  await user.seesPage("Verify your email address");

  const { request, preflight } = withPreflight(user, "GET", `${gateway}/orders`);
  const asked = names(preflight.requestHeaders["access-control-request-headers"]);
  assert.deepEqual(asked.sort(), ["authorization", "rid", "st-auth-mode"]);
  assert.equal(preflight.status, 204);
  const allowed = names(preflight.headers["access-control-allow-headers"]);
  assert.deepEqual(
    asked.filter((name) => !allowed.includes(name)),
    [],
  );

  assert.equal(request.status, 403);
  assert.match(request.requestHeaders.authorization ?? "", /^Bearer /);
  for (const { headers } of [preflight, request]) {
    assert.equal(headers["access-control-allow-origin"], website);
    assert.equal(headers["access-control-allow-credentials"], "true");
  }
  const exposed = names(request.headers["access-control-expose-headers"]);
  assert.deepEqual(
    TOKENS.filter((name) => !exposed.includes(name)),
    [],
  );
});

test("the backend lets the website read the tokens", { skip }, async () => {
  const user = await User.open(website);
  await user.signUp();
  const { request, preflight } = withPreflight(user, "POST", `${backend}/auth/signup`);
  assert.equal(preflight.status, 204);
  const exposed = names(request.headers["access-control-expose-headers"]);
  for (const name of TOKENS) {
    assert.ok(exposed.includes(name), `${name} is not among ${exposed}`);
    assert.ok(request.headers[name], name);
  }
});

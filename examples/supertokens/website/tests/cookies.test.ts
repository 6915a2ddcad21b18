/** Sessions in cookies, the SDK's default: the gateway needs the token in a header. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { User } from "./browser.js";
import { type Services, skip, startServices } from "./services.js";

const { website, backend, gateway } = skip === false ? await startServices("cookie") : ({} as Services);

test("the gateway does not look for the token in cookies", { skip }, async () => {
  const user = await User.open(website);
  await user.signUp();
  await user.page.locator("#authorization").click();
  const before = user.requestsTo(backend).length;
  await user.click("Show my orders");
  // An HTTP API adds no CORS headers to this answer, so the SDK cannot read it, and does not refresh the session.
  await user.seesMessage("TypeError: Failed to fetch");
  assert.deepEqual(user.requestsTo(gateway), ["GET /orders 401"]);
  assert.deepEqual(user.requestsTo(backend).slice(before), []);
});

test("the page adds the header with `getAccessToken`", { skip }, async () => {
  const user = await User.open(website);
  await user.signUp();
  const cookies = await user.page.browserContext().cookies();
  assert.ok(cookies.some(({ name, httpOnly }) => name === "sAccessToken" && httpOnly));
  const link = await user.linkInEmail(async () => {
    await user.click("Show my orders");
    await user.seesPage("Verify your email address");
  });
  assert.deepEqual(user.requestsTo(gateway), ["GET /orders 403"]);
  assert.deepEqual(await user.events(), ["SESSION_CREATED", "API_INVALID_CLAIM: st-ev"]);

  await user.page.goto(link);
  await user.seesMessage("The email address is verified.");
  await user.click("Continue");
  await user.seesExactly("GET /orders: 200");
  assert.deepEqual(user.requestsTo(gateway), ["GET /orders 403", "GET /orders 200"]);
});

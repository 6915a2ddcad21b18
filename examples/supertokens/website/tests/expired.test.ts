/** Claims and tokens that have become too old. */

import assert from "node:assert/strict";
import { mock, test } from "node:test";

import { User } from "./browser.js";
import { grant, realCore, type Services, skip, startServices } from "./services.js";

// Its handler requires `role("admin", max_age = "5m")`.
const services = skip === false ? await startServices("header", "recent-role") : ({} as Services);
const { website, backend, gateway, core } = services;

const MINUTE = 60 * 1000;

/** An admin who signed in some time ago, according to the page, the backend and the stand-in, and is on the page since. */
async function signedInBefore(ago: number): Promise<User> {
  const user = await User.open(website);
  await user.seesPage("Sign in");
  await user.setClock(ago);
  // The backend and the stand-in run in this process.
  mock.timers.enable({ apis: ["Date"], now: Date.now() - ago });
  await user.signUp();
  await grant(core, await user.text("#user"), "admin");
  await user.signOut();
  await user.signIn();
  mock.timers.reset();
  await user.setClock(0);
  return user;
}

test("refreshes the session for `expired`, without a new sign-in", { skip }, async () => {
  const user = await signedInBefore(10 * MINUTE);
  const before = user.requestsTo(backend).length;
  const answers = user.bodiesOf(`${gateway}/orders`);
  await user.click("Show my orders");
  await user.seesExactly("GET /orders: 200");
  assert.deepEqual(user.requestsTo(gateway), ["GET /orders 403", "GET /orders 200"]);
  assert.deepEqual(user.requestsTo(backend).slice(before), ["POST /auth/session/refresh 200"]);
  const [denial] = (await answers()) as [{ claimValidationErrors: { id: string; reason: object }[] }];
  const [error, ...others] = denial.claimValidationErrors;
  assert.deepEqual(others, []);
  assert.equal(error?.id, "st-role");
  const { message, maxAgeInSeconds } = error.reason as Record<string, unknown>;
  assert.deepEqual([message, maxAgeInSeconds], ["expired", 300]);
});

// The tokens of a real core are never a day old here.
const skipWithCore = realCore === undefined ? skip : "the core has its own clock";

test("refreshes an expired token before it sends a request", { skip: skipWithCore }, async () => {
  const user = await signedInBefore(24 * 60 * MINUTE);
  const before = user.requestsTo(backend).length;
  await user.click("Show my orders");
  await user.seesExactly("GET /orders: 200");
  assert.deepEqual(user.requestsTo(gateway), ["GET /orders 200"]);
  assert.deepEqual(user.requestsTo(backend).slice(before), ["POST /auth/session/refresh 200"]);
});

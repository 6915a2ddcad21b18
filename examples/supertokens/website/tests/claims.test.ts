/** The function denies a claim, the SDK reports it, and the website does what helps. */

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { test } from "node:test";

import { User } from "./browser.js";
import { grant, REPOSITORY, type Services, skip, startServices } from "./services.js";

const { codeOf, currentStep } = createRequire(import.meta.url)(`${REPOSITORY}tests/sdk/core/codes.js`) as {
  codeOf(secret: string, step: number): string;
  currentStep(period: number): number;
};

const services = skip === false ? await startServices() : ({} as Services);
const { website, backend, gateway, core } = services;

const VERIFY_EMAIL = "Verify your email address";
const PERIOD = 30;

async function signedUp(): Promise<User> {
  const user = await User.open(website);
  await user.signUp();
  return user;
}

/** Lists the orders without a verified address, and returns the link that the user then gets. */
function denied(user: User): Promise<string> {
  return user.linkInEmail(async () => {
    await user.click("Show my orders");
    await user.seesPage(VERIFY_EMAIL);
  });
}

async function verified(): Promise<User> {
  const user = await signedUp();
  await user.page.goto(await denied(user));
  await user.seesMessage("The email address is verified.");
  await user.click("Continue");
  await user.seesExactly("GET /orders: 200");
  return user;
}

/** Enters the code for the secret. Each code is accepted once, so a second one is for the next half minute. */
async function enterCode(user: User, secret: string, time: "now" | "next" = "now"): Promise<void> {
  await user.fill("totp", codeOf(secret, currentStep(PERIOD) + (time === "next" ? 1 : 0)));
  await user.click("Continue");
}

const grantAdmin = async (user: User) => grant(core, await user.text("#user"), "admin");

test("leads to the verification of the email address for `st-ev`, and back", { skip }, async () => {
  const user = await signedUp();
  const link = await denied(user);
  assert.deepEqual(user.requestsTo(gateway), ["GET /orders 403"]);
  assert.deepEqual(await user.events(), ["SESSION_CREATED", "API_INVALID_CLAIM: st-ev"]);
  assert.equal(new URL(user.page.url()).pathname, "/auth/verify-email");

  await user.page.goto(link);
  await user.seesMessage("The email address is verified.");
  assert.deepEqual(await user.events(), ["ACCESS_TOKEN_PAYLOAD_UPDATED"]);
  await user.click("Continue");
  await user.seesExactly("GET /orders: 200");
  assert.deepEqual(user.requestsTo(gateway), ["GET /orders 403", "GET /orders 200"]);
  assert.match(await user.text("#orders"), /teapot/);
  assert.deepEqual(user.errors, []);
});

test("continues after the link was opened in another browser", { skip }, async () => {
  const user = await signedUp();
  const link = await denied(user);
  await user.click("Continue");
  await user.seesMessage("The email address is not verified yet.");

  const elsewhere = await User.open(link);
  await elsewhere.seesMessage("The email address is verified.");
  await user.click("Continue");
  await user.seesExactly("GET /orders: 200");
  assert.deepEqual(user.requestsTo(gateway), ["GET /orders 403", "GET /orders 200"]);
});

test("leads to the second factor for `st-mfa`, and back", { skip }, async () => {
  const user = await verified();
  await grantAdmin(user);
  await user.click("Cancel order 1");
  await user.seesPage("Second factor");
  // Both claims are missing at first. The role has been granted, so only the second factor remains.
  assert.deepEqual(
    (await user.events()).filter((event) => event !== "ACCESS_TOKEN_PAYLOAD_UPDATED"),
    ["API_INVALID_CLAIM: st-role, st-mfa", "REFRESH_SESSION", "API_INVALID_CLAIM: st-mfa"],
  );
  const secret = await user.text("#secret");
  await enterCode(user, secret);
  await user.seesExactly("DELETE /orders/1: 200");

  // A new session needs the second factor again, now with the device of the user.
  await user.signOut();
  await user.signIn();
  await user.click("Cancel order 1");
  await user.seesPage("Second factor");
  assert.equal(await user.page.$("#secret"), null);
  await enterCode(user, secret, "next");
  await user.seesExactly("DELETE /orders/1: 200");
  assert.deepEqual(user.errors, []);
});

test("refreshes the session for a role that was granted meanwhile", { skip }, async () => {
  const user = await verified();
  await user.page.goto(`${website}/auth/second-factor`);
  await user.seesPage("Second factor");
  await enterCode(user, await user.text("#secret"));
  await user.seesPage("My orders");
  await user.click("Cancel order 1");
  await user.seesExactly("DELETE /orders/1: 403, not allowed by st-role");

  await grantAdmin(user);
  const [calls, sessions] = [user.requestsTo(gateway).length, user.requestsTo(backend).length];
  await user.click("Cancel order 1");
  await user.seesExactly("DELETE /orders/1: 200");
  assert.deepEqual(user.requestsTo(gateway).slice(calls), ["DELETE /orders/1 403", "DELETE /orders/1 200"]);
  assert.deepEqual(user.requestsTo(backend).slice(sessions), ["POST /auth/session/refresh 200"]);
});

test("sends no one to a page that cannot help", { skip }, async () => {
  const user = await signedUp();
  await user.click("Cancel order 1");
  await user.seesExactly("DELETE /orders/1: 403, not allowed by st-ev, st-role, st-mfa");
  assert.equal(new URL(user.page.url()).pathname, "/");
});

/** What the verification of an email address and a second factor change in the access token. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { startBackend, totpCode } from "./backend.js";
import { Frontend } from "./frontend.js";

const url = await startBackend();

async function signedUp(): Promise<Frontend> {
  const frontend = new Frontend(url);
  await frontend.signUp();
  return frontend;
}

test("verifies an email address with the link", async () => {
  const frontend = await signedUp();
  const token = await frontend.emailToken();
  assert.equal((await frontend.verifyEmail(token)).body.status, "OK");
  assert.equal(frontend.claims["st-ev"]?.v, true);
});

test("includes a verification elsewhere after a refresh", async () => {
  const frontend = await signedUp();
  const token = await frontend.emailToken();
  // Without a session, as in another browser.
  assert.equal((await frontend.verifyEmail(token, "")).body.status, "OK");
  assert.equal(frontend.claims["st-ev"]?.v, false);
  await frontend.refresh();
  assert.equal(frontend.claims["st-ev"]?.v, true);
});

test("refuses an unknown link", async () => {
  const frontend = await signedUp();
  assert.equal((await frontend.verifyEmail("unknown")).body.status, "EMAIL_VERIFICATION_INVALID_TOKEN_ERROR");
  assert.equal(frontend.claims["st-ev"]?.v, false);
});

test("completes the second factor with a code of a new device", async () => {
  const frontend = await signedUp();
  const { deviceName, secret } = await frontend.newDevice();
  const { body } = await frontend.send("POST", "/auth/totp/device/verify", {
    deviceName,
    totp: totpCode(secret),
  });
  assert.equal(body.status, "OK");
  const mfa = frontend.claims["st-mfa"];
  assert.equal(mfa?.v, true);
  assert.deepEqual(Object.keys(mfa?.c ?? {}).sort(), ["emailpassword", "totp"]);
});

test("refuses a wrong code", async () => {
  const frontend = await signedUp();
  const { deviceName } = await frontend.newDevice();
  // Codes have six digits.
  const { body } = await frontend.send("POST", "/auth/totp/device/verify", { deviceName, totp: "1234567" });
  assert.equal(body.status, "INVALID_TOTP_ERROR");
  assert.equal(frontend.claims["st-mfa"]?.v, false);
});

test("asks for the second factor at every sign-in, and keeps it at a refresh", async () => {
  const frontend = await signedUp();
  const { deviceName, secret } = await frontend.newDevice();
  await frontend.send("POST", "/auth/totp/device/verify", { deviceName, totp: totpCode(secret) });
  await frontend.signIn();
  assert.equal(frontend.claims["st-mfa"]?.v, false);
  const { body } = await frontend.send("POST", "/auth/totp/verify", { totp: totpCode(secret, "next") });
  assert.equal(body.status, "OK");
  assert.equal(frontend.claims["st-mfa"]?.v, true);
  await frontend.refresh();
  assert.equal(frontend.claims["st-mfa"]?.v, true);
});

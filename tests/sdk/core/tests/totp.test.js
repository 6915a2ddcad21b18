// TOTP devices and their codes.
"use strict";

const assert = require("node:assert/strict");
const { test } = require("node:test");

const { codeOf, currentStep } = require("../codes");
const { coreOfTests } = require("./client");

const core = coreOfTests();
const PERIOD = 30;

/** A new user with an unverified device. */
async function newDevice() {
  const { id: userId } = await core.signUp();
  const { deviceName, secret } = await core.post("/recipe/totp/device", { userId, skew: 1, period: PERIOD });
  return { userId, deviceName, secret };
}

const code = (secret) => codeOf(secret, currentStep(PERIOD));

/** A code that is neither valid now nor in the steps around. */
function wrongCode(secret) {
  const now = currentStep(PERIOD);
  const valid = [-2, -1, 0, 1, 2].map((offset) => codeOf(secret, now + offset));
  return ["000000", "111111", "222222", "333333", "444444", "555555"].find((code) => !valid.includes(code));
}

const verified = ({ userId, deviceName }, totp) =>
  core.post("/public/recipe/totp/device/verify", { userId, deviceName, totp });

test("computes the codes of RFC 6238", () => {
  const secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
  assert.equal(codeOf(secret, Math.floor(59 / 30)), "287082");
  assert.equal(codeOf(secret, Math.floor(1111111109 / 30)), "081804");
});

test("verifies a device with a code", async () => {
  const device = await newDevice();
  const { userId } = device;
  assert.deepEqual(await verified(device, code(device.secret)), { status: "OK", wasAlreadyVerified: false });
  assert.deepEqual(await verified(device, code(device.secret)), { status: "OK", wasAlreadyVerified: true });
  const { devices } = await core.get("/recipe/totp/device/list", { userId });
  assert.deepEqual(devices, [{ name: device.deviceName, period: PERIOD, skew: 1, verified: true }]);
});

test("refuses a wrong code, and counts it", async () => {
  const device = await newDevice();
  for (const currentNumberOfFailedAttempts of [1, 2]) {
    const expected = { status: "INVALID_TOTP_ERROR", currentNumberOfFailedAttempts, maxNumberOfFailedAttempts: 5 };
    assert.deepEqual(await verified(device, wrongCode(device.secret)), expected);
  }
  assert.equal((await verified(device, code(device.secret))).status, "OK");
});

test("refuses every code after five wrong ones", async () => {
  const device = await newDevice();
  for (let attempt = 0; attempt < 5; attempt += 1) {
    await verified(device, wrongCode(device.secret));
  }
  const { status, retryAfterMs } = await verified(device, code(device.secret));
  assert.equal(status, "LIMIT_REACHED_ERROR");
  assert.ok(retryAfterMs > 0);
});

test("accepts the code of a verified device, and each code once", async () => {
  const device = await newDevice();
  const { userId, secret } = device;
  const first = code(secret);
  const entered = (totp) => core.post("/public/recipe/totp/verify", { userId, totp });
  assert.equal((await entered(first)).status, "INVALID_TOTP_ERROR");
  assert.equal((await verified(device, first)).status, "OK");
  assert.equal((await entered(first)).status, "INVALID_TOTP_ERROR");
  assert.deepEqual(await entered(codeOf(secret, currentStep(PERIOD) + 1)), { status: "OK" });
});

test("knows no device of another name or user", async () => {
  const device = await newDevice();
  const totp = code(device.secret);
  assert.deepEqual(await verified({ ...device, deviceName: "other" }, totp), { status: "UNKNOWN_DEVICE_ERROR" });
  const { id: userId } = await core.signUp();
  assert.deepEqual(await verified({ ...device, userId }, totp), { status: "UNKNOWN_DEVICE_ERROR" });
});

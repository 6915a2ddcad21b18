// The stand-in's TOTP devices.
"use strict";

const { codeOf, currentStep, newSecret } = require("./codes");
const { text, whole } = require("./input");

const MAX_ATTEMPTS = 5;
const COOLDOWN = 15 * 60 * 1000;

/** Whether the code is that of the current time step, or at most `skew` steps away. */
function matches({ secret, period, skew }, code) {
  const now = currentStep(period);
  for (let step = now - skew; step <= now + skew; step += 1) {
    if (codeOf(secret, step) === code) {
      return true;
    }
  }
  return false;
}

function totpEndpoints() {
  const users = new Map();
  const userOf = (userId) => {
    if (!users.has(userId)) {
      users.set(userId, { devices: new Map(), accepted: [], failures: 0, lastFailure: 0 });
    }
    return users.get(userId);
  };

  /** The response to a code for one of the devices. Each code is accepted once. */
  const check = (user, devices, code) => {
    const sinceFailure = Date.now() - user.lastFailure;
    if (sinceFailure >= COOLDOWN) {
      user.failures = 0;
    }
    const attempts = () => ({
      currentNumberOfFailedAttempts: user.failures,
      maxNumberOfFailedAttempts: MAX_ATTEMPTS,
    });
    if (user.failures >= MAX_ATTEMPTS) {
      return { status: "LIMIT_REACHED_ERROR", retryAfterMs: COOLDOWN - sinceFailure, ...attempts() };
    }
    user.accepted = user.accepted.filter(({ until }) => until > Date.now());
    const device = devices.find((device) => matches(device, code));
    if (device === undefined || user.accepted.some((accepted) => accepted.code === code)) {
      user.failures += 1;
      user.lastFailure = Date.now();
      return { status: "INVALID_TOTP_ERROR", ...attempts() };
    }
    user.failures = 0;
    user.accepted.push({ code, until: Date.now() + device.period * (2 * device.skew + 1) * 1000 });
    return { status: "OK" };
  };

  /** The name that a device gets if the user does not name it. */
  const freeName = (devices) => {
    let number = [...devices.values()].filter(({ verified }) => verified).length;
    while (devices.get(`TOTP Device ${number}`)?.verified) {
      number += 1;
    }
    return `TOTP Device ${number}`;
  };

  return {
    "POST /recipe/totp/device": (input) => {
      const { devices } = userOf(text(input, "userId"));
      const deviceName = input.deviceName === undefined ? freeName(devices) : text(input, "deviceName");
      if (devices.get(deviceName)?.verified) {
        return { status: "DEVICE_ALREADY_EXISTS_ERROR" };
      }
      const [period, skew] = [whole(input, "period"), whole(input, "skew")];
      const secret = newSecret();
      devices.set(deviceName, { name: deviceName, secret, period, skew, verified: false });
      return { status: "OK", deviceName, secret };
    },
    "POST /recipe/totp/device/verify": (input) => {
      const user = userOf(text(input, "userId"));
      const device = user.devices.get(text(input, "deviceName"));
      if (device === undefined) {
        return { status: "UNKNOWN_DEVICE_ERROR" };
      }
      if (device.verified) {
        return { status: "OK", wasAlreadyVerified: true };
      }
      const result = check(user, [device], text(input, "totp"));
      device.verified = result.status === "OK";
      return device.verified ? { ...result, wasAlreadyVerified: false } : result;
    },
    "POST /recipe/totp/verify": (input) => {
      const user = userOf(text(input, "userId"));
      if (user.devices.size === 0) {
        return { status: "UNKNOWN_USER_ID_ERROR" };
      }
      const verified = [...user.devices.values()].filter(({ verified }) => verified);
      return check(user, verified, text(input, "totp"));
    },
    "GET /recipe/totp/device/list": (input) => ({
      status: "OK",
      devices: [...userOf(text(input, "userId")).devices.values()].map(({ secret: _, ...device }) => device),
    }),
  };
}

module.exports = { totpEndpoints };

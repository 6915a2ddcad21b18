// Codes of TOTP, as in RFC 6238: six digits, SHA-1. Secrets are in base32.
"use strict";

const { createHmac, randomBytes } = require("node:crypto");

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** 32 characters with 5 random bits each. */
const newSecret = () => [...randomBytes(32)].map((byte) => ALPHABET[byte % 32]).join("");

function bytesOf(secret) {
  const bits = [...secret].map((char) => ALPHABET.indexOf(char).toString(2).padStart(5, "0")).join("");
  return Buffer.from(bits.match(/.{8}/g).map((byte) => Number.parseInt(byte, 2)));
}

/** The code of a time step. */
function codeOf(secret, step) {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac("sha1", bytesOf(secret)).update(counter).digest();
  const number = mac.readUInt32BE(mac[19] & 15) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, "0");
}

/** The number of the current time step. */
const currentStep = (period) => Math.floor(Date.now() / 1000 / period);

module.exports = { codeOf, currentStep, newSecret };

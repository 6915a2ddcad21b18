// The stand-in's signing keys, and the access tokens that they sign: JWTs in SuperTokens' format, version 5.
"use strict";

const { createHash, createPublicKey, generateKeyPairSync, randomUUID, sign, verify } = require("node:crypto");

const { Invalid } = require("./input");

const VERSION = "5";

/** An access token's claims that the core writes. All others are the session's payload. */
const OWN_CLAIMS = [
  "sub",
  "exp",
  "iat",
  "tId",
  "rsub",
  "sessionHandle",
  "refreshTokenHash1",
  "parentRefreshTokenHash1",
  "antiCsrfToken",
];

const hash = (value) => createHash("sha256").update(value).digest("hex");
const encoded = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
const decoded = (part) => JSON.parse(Buffer.from(part, "base64url").toString("utf8"));

/** The payload of a session in an access token, without the core's own claims. */
function customClaims(claims) {
  return Object.fromEntries(Object.entries(claims).filter(([name]) => !OWN_CLAIMS.includes(name)));
}

class Keys {
  #keys = ["s", "d"].map((kind) => ({
    // The SDK reads the kind of the key from its id: static or dynamic.
    kid: `${kind}-${randomUUID()}`,
    privateKey: generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey,
  }));

  /** The public keys as JWKs. */
  published() {
    return this.#keys.map(({ kid, privateKey }) => ({
      ...createPublicKey(privateKey).export({ format: "jwk" }),
      kid,
      alg: "RS256",
      use: "sig",
    }));
  }

  /** Signs the claims with the static key, or with the dynamic one. */
  sign(claims, custom, isDynamic) {
    for (const name of OWN_CLAIMS) {
      if (Object.hasOwn(custom, name)) {
        throw new Invalid("The user payload contains protected field");
      }
    }
    const { kid, privateKey } = this.#keys[isDynamic ? 1 : 0];
    const header = { kid, typ: "JWT", version: VERSION, alg: "RS256" };
    const content = `${encoded(header)}.${encoded({ ...claims, ...custom })}`;
    return `${content}.${sign("sha256", Buffer.from(content), privateKey).toString("base64url")}`;
  }

  /** The claims of an access token, or `undefined` if it was not signed here. Its age does not matter. */
  verified(token) {
    const [header, payload, signature, ...rest] = token.split(".");
    try {
      const key = this.#keys.find(({ kid }) => kid === decoded(header).kid);
      const bytes = Buffer.from(signature, "base64url");
      const isValid = rest.length === 0 && verify("sha256", Buffer.from(`${header}.${payload}`), key.privateKey, bytes);
      return isValid ? decoded(payload) : undefined;
    } catch {
      return undefined;
    }
  }
}

module.exports = { customClaims, hash, Keys };

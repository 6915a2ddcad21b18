// Access tokens and refresh tokens.
"use strict";

const assert = require("node:assert/strict");
const { test } = require("node:test");

const jose = require("jose");

const { coreOfTests } = require("./client");

const core = coreOfTests();

async function newSession(payload = {}) {
  const { id } = await core.signUp();
  return core.post("/public/recipe/session", {
    userId: id,
    userDataInJWT: payload,
    userDataInDatabase: {},
    useDynamicSigningKey: false,
    enableAntiCsrf: false,
  });
}

const refreshed = (refreshToken) =>
  core.post("/recipe/session/refresh", { refreshToken, enableAntiCsrf: false, useDynamicSigningKey: false });

const verified = (accessToken, checkDatabase = false) =>
  core.post("/recipe/session/verify", { accessToken, checkDatabase, enableAntiCsrf: false, doAntiCsrfCheck: false });

test("signs access tokens of version 5 with a published static key", async () => {
  const { session, accessToken } = await newSession({ plan: "pro" });
  const keys = jose.createLocalJWKSet(await core.get("/.well-known/jwks.json"));
  const { payload, protectedHeader } = await jose.jwtVerify(accessToken.token, keys, { algorithms: ["RS256"] });
  assert.equal(protectedHeader.version, "5");
  assert.equal(protectedHeader.typ, "JWT");
  assert.match(protectedHeader.kid, /^s-/);
  assert.equal(payload.sub, session.userId);
  assert.equal(payload.rsub, session.userId);
  assert.equal(payload.tId, "public");
  assert.equal(payload.sessionHandle, session.handle);
  assert.equal(payload.plan, "pro");
  assert.equal(payload.exp * 1000, accessToken.expiry);
  assert.equal(payload.parentRefreshTokenHash1, null);
  assert.equal(payload.antiCsrfToken, null);
});

test("refuses a payload with a claim of the core", async () => {
  const { id } = await core.signUp();
  const { status } = await core.response("POST", "/public/recipe/session", {
    userId: id,
    userDataInJWT: { sub: "somebody else" },
    userDataInDatabase: {},
    enableAntiCsrf: false,
  });
  assert.equal(status, 400);
});

test("refreshes a session, and keeps its payload", async () => {
  const first = await newSession({ plan: "pro" });
  const second = await refreshed(first.refreshToken.token);
  assert.equal(second.status, "OK");
  assert.equal(second.session.handle, first.session.handle);
  assert.notEqual(second.refreshToken.token, first.refreshToken.token);
  assert.equal(jose.decodeJwt(second.accessToken.token).plan, "pro");
});

test("allows a refresh token again while its child is unused", async () => {
  const first = await newSession();
  await refreshed(first.refreshToken.token);
  assert.equal((await refreshed(first.refreshToken.token)).status, "OK");
});

test("reports a refresh token that is reused after its child as stolen", async () => {
  const first = await newSession();
  const second = await refreshed(first.refreshToken.token);
  assert.equal((await refreshed(second.refreshToken.token)).status, "OK");
  const { status, session } = await refreshed(first.refreshToken.token);
  assert.equal(status, "TOKEN_THEFT_DETECTED");
  assert.equal(session.handle, first.session.handle);
});

test("reports a refresh token that is reused after its child's access token as stolen", async () => {
  const first = await newSession();
  const second = await refreshed(first.refreshToken.token);
  const { status, accessToken } = await verified(second.accessToken.token);
  assert.equal(status, "OK");
  assert.equal(jose.decodeJwt(accessToken.token).parentRefreshTokenHash1, null);
  assert.equal((await refreshed(first.refreshToken.token)).status, "TOKEN_THEFT_DETECTED");
});

test("refuses an unknown refresh token", async () => {
  assert.equal((await refreshed("unknown")).status, "UNAUTHORISED");
});

test("stores another payload", async () => {
  const { accessToken, refreshToken } = await newSession({ plan: "free", seats: 1 });
  const regenerated = await core.post("/recipe/session/regenerate", {
    accessToken: accessToken.token,
    userDataInJWT: { plan: "pro" },
  });
  assert.deepEqual(regenerated.session.userDataInJWT, { plan: "pro" });
  const { exp, plan, seats } = jose.decodeJwt(regenerated.accessToken.token);
  assert.deepEqual({ plan, seats }, { plan: "pro", seats: undefined });
  assert.equal(exp, jose.decodeJwt(accessToken.token).exp);
  assert.equal(jose.decodeJwt((await refreshed(refreshToken.token)).accessToken.token).plan, "pro");
});

test("verifies an access token, and a forged one not", async () => {
  const { session, accessToken } = await newSession();
  assert.equal((await verified(accessToken.token)).session.handle, session.handle);
  const [header, , signature] = accessToken.token.split(".");
  const claims = { ...jose.decodeJwt(accessToken.token), sub: "somebody else" };
  const forged = [header, Buffer.from(JSON.stringify(claims)).toString("base64url"), signature].join(".");
  assert.equal((await verified(forged)).status, "TRY_REFRESH_TOKEN");
});

test("ends a session", async () => {
  const { session, accessToken, refreshToken } = await newSession();
  const remove = () => core.post("/recipe/session/remove", { sessionHandles: [session.handle] });
  assert.deepEqual(await remove(), { status: "OK", sessionHandlesRevoked: [session.handle] });
  assert.deepEqual(await remove(), { status: "OK", sessionHandlesRevoked: [] });
  assert.equal((await refreshed(refreshToken.token)).status, "UNAUTHORISED");
  assert.equal((await verified(accessToken.token, true)).status, "UNAUTHORISED");
});

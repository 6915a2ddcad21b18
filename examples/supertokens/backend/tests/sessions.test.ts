/** Sign-up, sign-in, and what a refresh changes. */

import assert from "node:assert/strict";
import { test } from "node:test";

import UserRoles from "supertokens-node/recipe/userroles";

import { startBackend } from "./backend.js";
import { Frontend } from "./frontend.js";

const url = await startBackend();

async function signedUp(): Promise<Frontend> {
  const frontend = new Frontend(url);
  const { status, body } = await frontend.signUp();
  assert.deepEqual([status, body.status], [200, "OK"]);
  return frontend;
}

async function grant(frontend: Frontend, role: string, permissions: string[]): Promise<void> {
  await UserRoles.createNewRoleOrAddPermissions(role, permissions);
  const { status } = await UserRoles.addRoleToUser("public", frontend.claims.sub ?? "", role);
  assert.equal(status, "OK");
}

test("puts the audience and the claims of all recipes into the access token", async () => {
  const { claims } = await signedUp();
  assert.equal(claims.aud, "jwtAuthorizers");
  assert.equal(claims.iss, `${url}/auth`);
  assert.equal(claims["st-ev"]?.v, false);
  assert.deepEqual(claims["st-role"]?.v, []);
  assert.deepEqual(claims["st-perm"]?.v, []);
  assert.equal(claims["st-mfa"]?.v, false);
  assert.deepEqual(Object.keys(claims["st-mfa"]?.c ?? {}), ["emailpassword"]);
});

test("signs a user in again, with the same claims and the current roles", async () => {
  const frontend = await signedUp();
  const { sub } = frontend.claims;
  await grant(frontend, "admin", ["reports:read"]);
  assert.equal((await frontend.signIn()).body.status, "OK");
  assert.equal(frontend.claims.sub, sub);
  assert.equal(frontend.claims.aud, "jwtAuthorizers");
  assert.deepEqual(frontend.claims["st-role"]?.v, ["admin"]);
  assert.deepEqual(frontend.claims["st-perm"]?.v, ["reports:read"]);
});

test("refuses a wrong password", async () => {
  const frontend = await signedUp();
  const { body, headers } = await frontend.signIn("wrong horse 1");
  assert.equal(body.status, "WRONG_CREDENTIALS_ERROR");
  assert.equal(headers.get("st-access-token"), null);
});

test("fetches roles and permissions again at a refresh", async () => {
  const frontend = await signedUp();
  const before = frontend.claims;
  await grant(frontend, "admin", ["reports:read"]);
  assert.equal((await frontend.refresh()).status, 200);
  const { aud, sub, ...after } = frontend.claims;
  assert.deepEqual([aud, sub], ["jwtAuthorizers", before.sub]);
  assert.deepEqual(after["st-role"]?.v, ["admin"]);
  assert.deepEqual(after["st-perm"]?.v, ["reports:read"]);

  await UserRoles.removeUserRole("public", sub ?? "", "admin");
  await frontend.refresh();
  assert.deepEqual(frontend.claims["st-role"]?.v, []);
});

test("renews the times of all claims with a `max_age` at a refresh", async () => {
  const frontend = await signedUp();
  const timesOf = ({ claims }: Frontend) => [claims["st-ev"]?.t, claims["st-role"]?.t, claims["st-perm"]?.t];
  const before = timesOf(frontend);
  const now = Date.now();
  await frontend.refresh();
  for (const [index, time] of timesOf(frontend).entries()) {
    assert.ok(
      (time ?? 0) >= now,
      `${time} of claim ${index} is before the refresh at ${now}, as was ${before[index]}`,
    );
  }
});

test("ends the session of a refresh token that is reused", async () => {
  const frontend = await signedUp();
  const stolen = frontend.refreshToken;
  await frontend.refresh();
  await frontend.refresh();
  const current = frontend.refreshToken;
  assert.equal((await frontend.refresh(stolen)).status, 401);
  assert.equal((await frontend.refresh(current)).status, 401);
});

test("ends a session", async () => {
  const frontend = await signedUp();
  const { refreshToken } = frontend;
  assert.equal((await frontend.send("POST", "/auth/signout")).body.status, "OK");
  assert.equal((await frontend.refresh(refreshToken)).status, 401);
});

test("lets the website read the tokens", async () => {
  const frontend = new Frontend(url);
  const { headers } = await frontend.signUp();
  assert.equal(headers.get("access-control-allow-origin"), "http://localhost:3000");
  assert.equal(headers.get("access-control-allow-credentials"), "true");
  const exposed = headers.get("access-control-expose-headers") ?? "";
  for (const name of ["st-access-token", "st-refresh-token", "front-token"]) {
    assert.ok(exposed.includes(name), `${name} is not among ${exposed}`);
  }
});

test("answers a preflight request, and nothing else that the SDK does not know", async () => {
  const frontend = new Frontend(url);
  const { status, headers } = await frontend.send("OPTIONS", "/auth/signin");
  assert.equal(status, 204);
  const allowed = headers.get("access-control-allow-headers") ?? "";
  for (const name of ["content-type", "authorization", "rid", "fdi-version", "anti-csrf", "st-auth-mode"]) {
    assert.ok(allowed.split(",").includes(name), `${name} is not among ${allowed}`);
  }
  assert.equal((await frontend.send("GET", "/auth/unknown")).status, 404);
});

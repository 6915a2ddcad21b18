/** A user of the backend calls `orders` behind the local gateway, with each kind of API. */

import assert from "node:assert/strict";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";

import UserRoles from "supertokens-node/recipe/userroles";

import { startBackend, totpCode } from "./backend.js";
import { Frontend } from "./frontend.js";
import { skip, startGateway } from "./gateway.js";

const url = await startBackend();

interface Denial {
  claimValidationErrors: { id: string; reason: object }[];
}

/** The status, and the claims that a 403 names. */
async function call(api: string, frontend: Frontend, method: string, path: string) {
  const headers = { authorization: `Bearer ${frontend.accessToken}` };
  const response = await fetch(`${api}${path}`, { method, headers });
  const body = (await response.json()) as Partial<Denial>;
  return { status: response.status, denied: body.claimValidationErrors?.map(({ id }) => id) };
}

/** From the sign-up to the role and the second factor: each 403 names what is missing. */
async function becomesAdmin(api: string): Promise<void> {
  const frontend = new Frontend(url);
  await frontend.signUp();
  const list = () => call(api, frontend, "GET", "/orders");
  const cancel = () => call(api, frontend, "DELETE", "/orders/unknown");
  assert.deepEqual(await list(), { status: 403, denied: ["st-ev"] });
  assert.deepEqual(await cancel(), { status: 403, denied: ["st-ev", "st-role", "st-mfa"] });

  // In another browser, so the session must be refreshed.
  await frontend.verifyEmail(await frontend.emailToken(), "");
  assert.deepEqual(await list(), { status: 403, denied: ["st-ev"] });
  await frontend.refresh();
  assert.deepEqual(await list(), { status: 200, denied: undefined });

  const { deviceName, secret } = await frontend.newDevice();
  await frontend.send("POST", "/auth/totp/device/verify", { deviceName, totp: totpCode(secret) });
  assert.deepEqual(await cancel(), { status: 403, denied: ["st-role"] });

  await UserRoles.createNewRoleOrAddPermissions("admin", []);
  await UserRoles.addRoleToUser("public", frontend.claims.sub ?? "", "admin");
  assert.deepEqual(await cancel(), { status: 403, denied: ["st-role"] });
  await frontend.refresh();
  // Allowed: there is only no such order.
  assert.deepEqual(await cancel(), { status: 404, denied: undefined });
}

/** Without a token, and with one that is none. */
async function refusesWithoutSession(api: string): Promise<void> {
  for (const headers of [{}, { authorization: "Bearer text" }]) {
    assert.equal((await fetch(`${api}/orders`, { headers })).status, 401);
  }
}

test("an HTTP API with a JWT authorizer", { skip }, async () => {
  const api = await startGateway(["--issuer", `${url}/auth`, "--audience", "jwtAuthorizers"]);
  await refusesWithoutSession(api);
  await becomesAdmin(api);
});

test("refuses tokens for another audience", { skip }, async () => {
  const api = await startGateway(["--issuer", `${url}/auth`, "--audience", "other"]);
  const frontend = new Frontend(url);
  await frontend.signUp();
  assert.equal((await call(api, frontend, "GET", "/orders")).status, 401);
});

test("a REST API with the SDK's Lambda authorizer", { skip }, async () => {
  const folder = mkdtempSync(join(tmpdir(), "authorizer-"));
  after(() => rmSync(folder, { recursive: true }));
  // The gateway runs the program without arguments.
  const program = join(folder, "bootstrap");
  const script = fileURLToPath(new URL("lambda_process.js", import.meta.url));
  writeFileSync(program, `#!/bin/sh\nexec "${process.execPath}" "${script}"\n`);
  chmodSync(program, 0o755);
  const api = await startGateway(["--api", "rest", "--authorizer", program]);
  await refusesWithoutSession(api);
  await becomesAdmin(api);
});

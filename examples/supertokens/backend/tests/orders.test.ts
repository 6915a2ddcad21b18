/** A user signs up, and calls `orders`, with each kind of API. One gateway runs the template's functions. */

import assert from "node:assert/strict";
import { test } from "node:test";

import supertokens from "supertokens-node";
import UserRoles from "supertokens-node/recipe/userroles";

import { configuration } from "../src/config.js";
import { settingsFrom } from "../src/settings.js";
import { addressOfCore, totpCode } from "./backend.js";
import { Frontend } from "./frontend.js";
import { type Gateway, skip, startGateway } from "./gateway.js";

const core = await addressOfCore();
const address = "http://localhost:3000";
supertokens.init(
  configuration(
    settingsFrom({ ...process.env, SUPERTOKENS_CORE: core, API_DOMAIN: address, WEBSITE_DOMAIN: address }),
  ),
);

interface Denial {
  claimValidationErrors: { id: string; reason: object }[];
}

/** The status, and the claims that a 403 names. */
async function call({ api }: Gateway, frontend: Frontend, method: string, path: string) {
  const headers = { authorization: `Bearer ${frontend.accessToken}` };
  const response = await fetch(`${api}${path}`, { method, headers });
  const body = (await response.json()) as Partial<Denial>;
  return { status: response.status, denied: body.claimValidationErrors?.map(({ id }) => id) };
}

/** Grants a role, as an administrator with access to the core does. */
async function grantAdmin(user: string): Promise<void> {
  await UserRoles.createNewRoleOrAddPermissions("admin", []);
  assert.equal((await UserRoles.addRoleToUser("public", user, "admin")).status, "OK");
}

/** From the sign-up to the role and the second factor: each 403 names what is missing. */
async function becomesAdmin(gateway: Gateway): Promise<void> {
  const frontend = new Frontend(gateway.api, gateway.logged);
  assert.equal((await frontend.signUp()).body.status, "OK");
  const list = () => call(gateway, frontend, "GET", "/orders");
  const cancel = () => call(gateway, frontend, "DELETE", "/orders/unknown");
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

  await grantAdmin(frontend.claims.sub ?? "");
  assert.deepEqual(await cancel(), { status: 403, denied: ["st-role"] });
  await frontend.refresh();
  // Allowed: there is only no such order.
  assert.deepEqual(await cancel(), { status: 404, denied: undefined });
}

/** Without a token, and with one that is none. */
async function refusesWithoutSession({ api }: Gateway): Promise<void> {
  for (const headers of [{}, { authorization: "Bearer text" }]) {
    assert.equal((await fetch(`${api}/orders`, { headers })).status, 401);
  }
}

/** A session in cookies: the gateway passes them to the website and back. */
async function usesCookies({ api }: Gateway): Promise<void> {
  const { email, password } = new Frontend(api);
  const formFields = [
    { id: "email", value: email },
    { id: "password", value: password },
  ];
  const headers = { "content-type": "application/json", origin: "http://localhost:3000", rid: "session" };
  const post = (path: string, cookies: string[], body: object) =>
    fetch(`${api}${path}`, {
      method: "POST",
      headers: { ...headers, "st-auth-mode": "cookie", cookie: cookies.join("; ") },
      body: JSON.stringify(body),
    });
  const cookiesOf = ({ headers }: Response) =>
    headers.getSetCookie().map((cookie) => cookie.split(";")[0] ?? "");
  const signUp = await post("/auth/signup", [], { formFields });
  assert.equal(signUp.headers.get("access-control-allow-origin"), "http://localhost:3000");
  const cookies = cookiesOf(signUp);
  assert.deepEqual(cookies.map((cookie) => cookie.split("=")[0]).sort(), ["sAccessToken", "sRefreshToken"]);
  const refreshed = await post("/auth/session/refresh", cookies, {});
  assert.equal(refreshed.status, 200);
  assert.notDeepEqual(cookiesOf(refreshed), cookies);
}

test("an HTTP API with a JWT authorizer, whose issuer is behind the same API", { skip }, async () => {
  const gateway = await startGateway("template.yaml", core, { isIssuer: true });
  await refusesWithoutSession(gateway);
  await becomesAdmin(gateway);
  await usesCookies(gateway);
});

test("refuses tokens for another audience", { skip }, async () => {
  const gateway = await startGateway("template.yaml", core, {
    isIssuer: true,
    options: ["--env=AuthFunction:AUDIENCE=other"],
  });
  const frontend = new Frontend(gateway.api);
  await frontend.signUp();
  assert.equal(frontend.claims.aud, "other");
  assert.equal((await call(gateway, frontend, "GET", "/orders")).status, 401);
});

test("a REST API with the SDK's Lambda authorizer", { skip }, async () => {
  const gateway = await startGateway("template-rest-sdk.yaml", core);
  await refusesWithoutSession(gateway);
  await becomesAdmin(gateway);
  await usesCookies(gateway);
});

test("the gateway's own issuer leaves the other paths to the backend", { skip }, async () => {
  const gateway = await startGateway("template.yaml", core);
  const frontend = new Frontend(gateway.api);
  assert.equal((await frontend.signUp()).body.status, "OK");
  // This token is the backend's, and the authorizer expects those of the gateway's issuer.
  assert.equal((await call(gateway, frontend, "GET", "/orders")).status, 401);
  const token = await (await fetch(`${gateway.api}/auth/token/customer`)).text();
  const headers = { authorization: `Bearer ${token}` };
  assert.equal((await fetch(`${gateway.api}/orders`, { headers })).status, 200);
});

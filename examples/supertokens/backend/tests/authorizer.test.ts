/** The Lambda authorizer for REST APIs. */

import assert from "node:assert/strict";
import { test } from "node:test";

import type { APIGatewayRequestAuthorizerEvent } from "aws-lambda";

import { startBackend } from "./backend.js";
import { type Claims, Frontend } from "./frontend.js";

const url = await startBackend();
// In the same process, the SDK is initialized once; on Lambda, the two functions are separate.
const { handler } = await import("../src/authorizer.js");

const STAGE = "arn:aws:execute-api:eu-central-1:123456789012:abcdef1234/prod";

/** What the authorizer reads of its event. */
const eventWith = (headers: Record<string, string>) =>
  ({
    type: "REQUEST",
    methodArn: `${STAGE}/GET/orders`,
    resource: "/orders",
    path: "/orders",
    httpMethod: "GET",
    headers,
    multiValueHeaders: {},
    queryStringParameters: null,
    requestContext: { stage: "prod" },
  }) as unknown as APIGatewayRequestAuthorizerEvent;

const authorize = (token: string) => handler(eventWith({ Authorization: `Bearer ${token}` }));

async function signedUp(): Promise<Frontend> {
  const frontend = new Frontend(url);
  await frontend.signUp();
  return frontend;
}

test("passes the payload of the session as JSON text, whatever its claims are", async () => {
  const frontend = await signedUp();
  const { principalId, policyDocument, context } = await authorize(frontend.accessToken);
  assert.equal(principalId, frontend.claims.sub);
  assert.deepEqual(policyDocument.Statement, [
    { Action: "execute-api:Invoke", Effect: "Allow", Resource: `${STAGE}/*` },
  ]);
  assert.deepEqual(Object.keys(context ?? {}), ["claims"]);
  const claims: Claims = JSON.parse(String(context?.claims));
  assert.deepEqual(claims, frontend.claims);
  assert.equal(claims["st-ev"]?.v, false);
  assert.equal(claims["st-mfa"]?.v, false);
});

test("passes the claims of a refreshed session", async () => {
  const frontend = await signedUp();
  await frontend.refresh();
  const { context } = await authorize(frontend.accessToken);
  assert.deepEqual(JSON.parse(String(context?.claims))["st-role"], frontend.claims["st-role"]);
});

test("answers with a 401 without a session", async () => {
  const { accessToken, refreshToken } = await signedUp();
  const [header, payload, signature] = accessToken.split(".");
  const forged = Buffer.from(JSON.stringify({ ...JSON.parse(atob(payload ?? "")), sub: "other" })).toString(
    "base64url",
  );
  const tokens = {
    none: "",
    "a refresh token": refreshToken,
    text: "text",
    forged: `${header}.${forged}.${signature}`,
  };
  for (const [name, token] of Object.entries(tokens)) {
    await assert.rejects(authorize(token), { message: "Unauthorized" }, name);
  }
  await assert.rejects(handler(eventWith({})), { message: "Unauthorized" });
});

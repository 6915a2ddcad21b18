/** The function behind a REST API, whose stage is part of the issuer, and sessions in cookies. */

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { test } from "node:test";

import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from "aws-lambda";
import { decodeJwt } from "jose";

import { startBackend } from "./backend.js";

process.env.API_GATEWAY_PATH = "/prod";
const url = await startBackend();
const { handler } = await import("../src/handler.js");

/** The response to a sign-up. The path of the event has no stage. */
async function signUp(authMode: string): Promise<APIGatewayProxyResult> {
  const formFields = [
    { id: "email", value: `${randomUUID()}@example.com` },
    { id: "password", value: "correct horse 1" },
  ];
  const event = {
    resource: "/auth/{proxy+}",
    path: "/auth/signup",
    httpMethod: "POST",
    headers: { "content-type": "application/json", "st-auth-mode": authMode },
    multiValueHeaders: {},
    queryStringParameters: null,
    requestContext: { stage: "prod", path: "/prod/auth/signup" },
    body: JSON.stringify({ formFields }),
    isBase64Encoded: false,
  } as unknown as APIGatewayProxyEvent;
  return await handler(event, {} as Context);
}

test("signs up, with the stage in the issuer", async () => {
  const { statusCode, headers, body } = await signUp("header");
  assert.equal(statusCode, 200);
  assert.equal(JSON.parse(body).status, "OK");
  const { iss, aud } = decodeJwt(String(headers?.["st-access-token"]));
  assert.deepEqual([iss, aud], [`${url}/prod/auth`, "jwtAuthorizers"]);
});

test("also shows the access token to a website that uses cookies", async () => {
  const { headers, multiValueHeaders } = await signUp("cookie");
  const cookies = multiValueHeaders?.["Set-Cookie"]?.map(String) ?? [];
  for (const name of ["sAccessToken", "sRefreshToken"]) {
    assert.ok(cookies.some((cookie) => cookie.startsWith(`${name}=`) && /httponly/i.test(cookie)));
  }
  assert.equal(decodeJwt(String(headers?.["st-access-token"])).aud, "jwtAuthorizers");
});

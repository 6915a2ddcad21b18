// Endpoints and fields that do not exist.
"use strict";

const assert = require("node:assert/strict");
const { test } = require("node:test");

const { coreOfTests } = require("./client");

const core = coreOfTests();

test("speaks the version of the interface that supertokens-node 24 needs", async () => {
  assert.ok((await core.get("/apiversion")).versions.includes("5.4"));
});

test("knows the default tenant, without a list of first factors", async () => {
  const { status, tenantId, firstFactors } = await core.get("/public/recipe/multitenancy/tenant/v2");
  assert.deepEqual({ status, tenantId, firstFactors }, { status: "OK", tenantId: "public", firstFactors: undefined });
});

test("answers an unknown endpoint with 404", async () => {
  for (const path of ["/recipe/unknown", "/public/recipe/unknown", "/constructor"]) {
    assert.deepEqual(await core.response("POST", path, {}), { status: 404, text: "Not found" });
  }
});

test("answers a missing field with 400", async () => {
  const { status, text } = await core.response("POST", "/public/recipe/signin", { email: "a@example.com" });
  assert.equal(status, 400);
  assert.match(text, /password/);
});

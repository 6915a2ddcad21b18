// Roles and permissions.
"use strict";

const assert = require("node:assert/strict");
const { randomUUID } = require("node:crypto");
const { test } = require("node:test");

const { coreOfTests } = require("./client");

const core = coreOfTests();

const rolesOf = async (userId) => (await core.get("/public/recipe/user/roles", { userId })).roles;

test("grants a role, and takes it back", async () => {
  const { id: userId } = await core.signUp();
  const role = randomUUID();
  assert.deepEqual(await core.put("/recipe/role", { role, permissions: ["read"] }), {
    status: "OK",
    createdNewRole: true,
  });
  const grant = () => core.put("/public/recipe/user/role", { userId, role });
  assert.deepEqual(await grant(), { status: "OK", didUserAlreadyHaveRole: false });
  assert.deepEqual(await grant(), { status: "OK", didUserAlreadyHaveRole: true });
  assert.deepEqual(await rolesOf(userId), [role]);
  const removed = await core.post("/public/recipe/user/role/remove", { userId, role });
  assert.deepEqual(removed, { status: "OK", didUserHaveRole: true });
  assert.deepEqual(await rolesOf(userId), []);
});

test("adds permissions to a role", async () => {
  const role = randomUUID();
  await core.put("/recipe/role", { role, permissions: ["read"] });
  const added = await core.put("/recipe/role", { role, permissions: ["read", "write"] });
  assert.deepEqual(added, { status: "OK", createdNewRole: false });
  const { permissions } = await core.get("/recipe/role/permissions", { role });
  assert.deepEqual(permissions.sort(), ["read", "write"]);
});

test("does not grant an unknown role", async () => {
  const { id: userId } = await core.signUp();
  const response = await core.put("/public/recipe/user/role", { userId, role: randomUUID() });
  assert.deepEqual(response, { status: "UNKNOWN_ROLE_ERROR" });
  assert.deepEqual(await rolesOf(userId), []);
});

// Sign-up, sign-in and email addresses.
"use strict";

const assert = require("node:assert/strict");
const { test } = require("node:test");

const { coreOfTests } = require("./client");

const core = coreOfTests();

test("signs in a user who has signed up", async () => {
  const { id, email, password } = await core.signUp();
  const { status, user, recipeUserId } = await core.post("/public/recipe/signin", { email, password });
  assert.equal(status, "OK");
  assert.equal(recipeUserId, id);
  assert.deepEqual(user.emails, [email]);
  assert.equal(user.loginMethods[0].recipeId, "emailpassword");
  assert.equal(user.loginMethods[0].verified, false);
});

test("refuses a wrong password", async () => {
  const { email } = await core.signUp();
  const response = await core.post("/public/recipe/signin", { email, password: "wrong horse 1" });
  assert.deepEqual(response, { status: "WRONG_CREDENTIALS_ERROR" });
});

test("refuses an unknown user", async () => {
  const credentials = { email: "nobody@example.com", password: "correct horse 1" };
  const response = await core.post("/public/recipe/signin", credentials);
  assert.deepEqual(response, { status: "WRONG_CREDENTIALS_ERROR" });
});

test("refuses a second user with the same email address", async () => {
  const { email } = await core.signUp();
  const response = await core.post("/public/recipe/signup", { email: email.toUpperCase(), password: "another 1" });
  assert.deepEqual(response, { status: "EMAIL_ALREADY_EXISTS_ERROR" });
});

test("finds users by id and by email address", async () => {
  const { id, email } = await core.signUp();
  assert.equal((await core.get("/user/id", { userId: id })).user.id, id);
  const { users } = await core.get("/public/users/by-accountinfo", { email, doUnionOfAccountInfo: false });
  assert.deepEqual(users.map((user) => user.id), [id]);
  assert.deepEqual(await core.get("/user/id", { userId: "unknown" }), { status: "UNKNOWN_USER_ID_ERROR" });
});

test("verifies an email address once", async () => {
  const { id: userId, email } = await core.signUp();
  const isVerified = async () => (await core.get("/recipe/user/email/verify", { userId, email })).isVerified;
  const { token } = await core.post("/public/recipe/user/email/verify/token", { userId, email });
  assert.equal(await isVerified(), false);
  const verify = () => core.post("/public/recipe/user/email/verify", { method: "token", token });
  assert.deepEqual(await verify(), { status: "OK", userId, email });
  assert.equal(await isVerified(), true);
  assert.deepEqual(await verify(), { status: "EMAIL_VERIFICATION_INVALID_TOKEN_ERROR" });
  const again = await core.post("/public/recipe/user/email/verify/token", { userId, email });
  assert.deepEqual(again, { status: "EMAIL_ALREADY_VERIFIED_ERROR" });
});

test("refuses an unknown token for an email address", async () => {
  const response = await core.post("/public/recipe/user/email/verify", { method: "token", token: "unknown" });
  assert.deepEqual(response, { status: "EMAIL_VERIFICATION_INVALID_TOKEN_ERROR" });
});

// The stand-in's users, who sign in with an email address and a password.
"use strict";

const { randomUUID } = require("node:crypto");

const { text } = require("./input");

const normalized = (email) => email.trim().toLowerCase();

/** A user as the core describes one. `password` stays here. */
function described({ id, email, verified, timeJoined }) {
  const common = { tenantIds: ["public"], timeJoined };
  return {
    ...common,
    id,
    isPrimaryUser: false,
    emails: [email],
    phoneNumbers: [],
    thirdParty: [],
    webauthn: { credentialIds: [] },
    loginMethods: [{ ...common, recipeId: "emailpassword", recipeUserId: id, email, verified }],
  };
}

/** `users` maps ids to users. */
function userEndpoints(users) {
  const withEmail = (email) => [...users.values()].filter((user) => user.email === normalized(email));
  return {
    "POST /recipe/signup": (input) => {
      const [email, password] = [normalized(text(input, "email")), text(input, "password")];
      if (withEmail(email).length > 0) {
        return { status: "EMAIL_ALREADY_EXISTS_ERROR" };
      }
      const user = { id: randomUUID(), email, password, verified: false, timeJoined: Date.now() };
      users.set(user.id, user);
      return { status: "OK", user: described(user), recipeUserId: user.id };
    },
    "POST /recipe/signin": (input) => {
      const [email, password] = [text(input, "email"), text(input, "password")];
      const [user] = withEmail(email);
      if (user === undefined || user.password !== password) {
        return { status: "WRONG_CREDENTIALS_ERROR" };
      }
      return { status: "OK", user: described(user), recipeUserId: user.id };
    },
    "GET /user/id": (input) => {
      const user = users.get(text(input, "userId"));
      return user === undefined ? { status: "UNKNOWN_USER_ID_ERROR" } : { status: "OK", user: described(user) };
    },
    "GET /users/by-accountinfo": (input) => ({
      status: "OK",
      // Users have no other account information here.
      users: input.email === undefined ? [] : withEmail(input.email).map(described),
    }),
  };
}

module.exports = { normalized, userEndpoints };

// Verification of the stand-in's email addresses.
"use strict";

const { randomBytes } = require("node:crypto");

const { Invalid, text } = require("./input");
const { normalized } = require("./users");

/** `users` maps ids to users. */
function emailEndpoints(users) {
  const tokens = new Map();
  const isVerified = (userId, email) => {
    const user = users.get(userId);
    return user !== undefined && user.email === normalized(email) && user.verified;
  };
  return {
    "POST /recipe/user/email/verify/token": (input) => {
      const [userId, email] = [text(input, "userId"), text(input, "email")];
      if (isVerified(userId, email)) {
        return { status: "EMAIL_ALREADY_VERIFIED_ERROR" };
      }
      const token = randomBytes(32).toString("hex");
      tokens.set(token, { userId, email: normalized(email) });
      return { status: "OK", token };
    },
    "POST /recipe/user/email/verify": (input) => {
      if (text(input, "method") !== "token") {
        throw new Invalid("Unsupported method for email verification");
      }
      const found = tokens.get(text(input, "token"));
      if (found === undefined) {
        return { status: "EMAIL_VERIFICATION_INVALID_TOKEN_ERROR" };
      }
      // After the verification, no token of this address is valid.
      for (const [token, { userId, email }] of tokens) {
        if (userId === found.userId && email === found.email) {
          tokens.delete(token);
        }
      }
      const user = users.get(found.userId);
      if (user !== undefined && user.email === found.email) {
        user.verified = true;
      }
      return { status: "OK", ...found };
    },
    "GET /recipe/user/email/verify": (input) => ({
      status: "OK",
      isVerified: isVerified(text(input, "userId"), text(input, "email")),
    }),
  };
}

module.exports = { emailEndpoints };

// The stand-in's sessions, and their rotating refresh tokens.
//
// A refresh returns a child of the refresh token, and the session still accepts both. As soon as the child is used,
// for a refresh or with its access token, it replaces its parent. The parent then counts as stolen.
"use strict";

const { randomBytes, randomUUID } = require("node:crypto");
const { isDeepStrictEqual } = require("node:util");

const { object, text, texts } = require("./input");
const { customClaims, hash } = require("./tokens");

const ACCESS_VALIDITY = 60 * 60 * 1000;
const REFRESH_VALIDITY = 100 * 24 * 60 * 60 * 1000;

const unauthorised = (message) => ({ status: "UNAUTHORISED", message });

function sessionEndpoints(keys) {
  const sessions = new Map();
  const refreshTokens = new Map();

  const described = (session) => ({
    handle: session.handle,
    userId: session.userId,
    recipeUserId: session.userId,
    userDataInJWT: session.payload,
    tenantId: "public",
  });

  const newRefreshToken = (handle, parentHash) => {
    const token = randomBytes(32).toString("base64url");
    refreshTokens.set(token, { handle, parentHash });
    const createdTime = Date.now();
    return { token, createdTime, expiry: createdTime + REFRESH_VALIDITY };
  };

  /** `hash` is that of the session's refresh token, `parentHash` that of the token it shall replace. */
  const newAccessToken = (session, { hash, parentHash = null, antiCsrfToken = null, expiry }) => {
    const iat = Math.floor(Date.now() / 1000);
    const exp = Math.floor((expiry ?? Date.now() + ACCESS_VALIDITY) / 1000);
    const claims = {
      sub: session.userId,
      exp,
      iat,
      tId: "public",
      rsub: session.userId,
      sessionHandle: session.handle,
      refreshTokenHash1: hash,
      parentRefreshTokenHash1: parentHash,
      antiCsrfToken,
    };
    return {
      token: keys.sign(claims, session.payload, session.isDynamic),
      createdTime: iat * 1000,
      expiry: exp * 1000,
    };
  };

  /** A session with new tokens. */
  const issued = (session, parentHash, enableAntiCsrf) => {
    const refreshToken = newRefreshToken(session.handle, parentHash);
    const antiCsrfToken = enableAntiCsrf === true ? randomUUID() : undefined;
    const accessToken = newAccessToken(session, { hash: hash(refreshToken.token), parentHash, antiCsrfToken });
    return { refreshToken, accessToken, antiCsrfToken };
  };

  const create = (input) => {
    const session = {
      handle: randomUUID(),
      userId: text(input, "userId"),
      payload: object(input, "userDataInJWT"),
      isDynamic: input.useDynamicSigningKey !== false,
    };
    const tokens = issued(session, null, input.enableAntiCsrf);
    session.currentHash = hash(tokens.refreshToken.token);
    sessions.set(session.handle, session);
    return { status: "OK", session: described(session), ...tokens };
  };

  const refresh = (input) => {
    const presented = text(input, "refreshToken");
    const known = refreshTokens.get(presented);
    if (known === undefined) {
      return unauthorised("the refresh token is unknown");
    }
    const session = sessions.get(known.handle);
    if (session === undefined) {
      return unauthorised("Session missing in db or has expired");
    }
    if (known.parentHash !== null && known.parentHash === session.currentHash) {
      session.currentHash = hash(presented);
    }
    if (session.currentHash !== hash(presented)) {
      const { handle, userId, recipeUserId } = described(session);
      return { status: "TOKEN_THEFT_DETECTED", session: { handle, userId, recipeUserId } };
    }
    session.isDynamic = input.useDynamicSigningKey !== false;
    return { status: "OK", session: described(session), ...issued(session, hash(presented), input.enableAntiCsrf) };
  };

  /** Stores another payload. The token has been verified by the SDK, and may have expired meanwhile. */
  const regenerate = (input) => {
    const claims = keys.verified(text(input, "accessToken"));
    const session = sessions.get(claims?.sessionHandle);
    if (session === undefined) {
      return unauthorised("Session does not exist.");
    }
    session.payload = input.userDataInJWT === undefined ? session.payload : object(input, "userDataInJWT");
    const expiry = claims.exp * 1000;
    const accessToken = newAccessToken(session, {
      hash: claims.refreshTokenHash1,
      parentHash: claims.parentRefreshTokenHash1,
      antiCsrfToken: claims.antiCsrfToken,
      expiry,
    });
    return { status: "OK", session: described(session), ...(expiry < Date.now() ? {} : { accessToken }) };
  };

  const verify = (input) => {
    const claims = keys.verified(text(input, "accessToken"));
    if (claims === undefined || claims.exp * 1000 < Date.now()) {
      return { status: "TRY_REFRESH_TOKEN", message: "the access token is invalid or has expired" };
    }
    const session = sessions.get(claims.sessionHandle);
    const isChild = claims.parentRefreshTokenHash1 !== null;
    if (session === undefined && (isChild || input.checkDatabase === true)) {
      return unauthorised("Either the session has ended or has been blacklisted");
    }
    const payload = customClaims(claims);
    const isOutdated = input.checkDatabase === true && !isDeepStrictEqual(payload, session.payload);
    const signedIn = { handle: claims.sessionHandle, userId: claims.sub, payload };
    if (!isChild && !isOutdated) {
      return { status: "OK", session: described(signedIn) };
    }
    if (isChild && claims.parentRefreshTokenHash1 === session.currentHash) {
      session.currentHash = claims.refreshTokenHash1;
    } else if (session.currentHash !== claims.refreshTokenHash1 && !isOutdated) {
      return { status: "OK", session: described(signedIn) };
    }
    const tokens = { hash: claims.refreshTokenHash1, antiCsrfToken: claims.antiCsrfToken };
    return { status: "OK", session: described(session), accessToken: newAccessToken(session, tokens) };
  };

  const remove = (input) => {
    const handles =
      input.userId === undefined
        ? texts(input, "sessionHandles")
        : [...sessions.values()].filter(({ userId }) => userId === input.userId).map(({ handle }) => handle);
    return { status: "OK", sessionHandlesRevoked: handles.filter((handle) => sessions.delete(handle)) };
  };

  return {
    "POST /recipe/session": create,
    "POST /recipe/session/refresh": refresh,
    "POST /recipe/session/regenerate": regenerate,
    "POST /recipe/session/verify": verify,
    "POST /recipe/session/remove": remove,
  };
}

module.exports = { sessionEndpoints };

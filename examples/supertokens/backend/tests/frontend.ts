/** The requests of a frontend that sends its tokens in headers. */

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { mock } from "node:test";

import { decodeJwt, type JWTPayload } from "jose";

/** The claims that the tests read. */
export interface Claims extends JWTPayload {
  "st-ev"?: { v: boolean; t: number };
  "st-role"?: { v: string[]; t: number };
  "st-perm"?: { v: string[]; t: number };
  "st-mfa"?: { v: boolean; c: Record<string, number> };
}

export interface Answer {
  status: number;
  headers: Headers;
  body: Record<string, unknown>;
}

const fields = (email: string, password: string) => ({
  formFields: [
    { id: "email", value: email },
    { id: "password", value: password },
  ],
});

/** Returns the line with a link that the backend logs during a request. */
export type LoggedLink = (request: () => Promise<void>) => Promise<string>;

/** The link that a backend in this process logs. */
const loggedHere: LoggedLink = async (request) => {
  const log = mock.method(console, "log", () => {});
  try {
    await request();
    return String(log.mock.calls.flatMap((call) => call.arguments)[0]);
  } finally {
    log.mock.restore();
  }
};

export class Frontend {
  readonly email = `${randomUUID()}@example.com`;
  readonly password = "correct horse 1";
  accessToken = "";
  refreshToken = "";

  constructor(
    readonly url: string,
    readonly logged: LoggedLink = loggedHere,
  ) {}

  /** The claims of the current access token. */
  get claims(): Claims {
    return decodeJwt(this.accessToken) as Claims;
  }

  /** Sends a request, and keeps the tokens of the response. */
  async send(method: string, path: string, body?: object, token = this.accessToken): Promise<Answer> {
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: {
        "content-type": "application/json",
        "st-auth-mode": "header",
        origin: "http://localhost:3000",
        ...(token !== "" && { authorization: `Bearer ${token}` }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    this.accessToken = response.headers.get("st-access-token") ?? this.accessToken;
    this.refreshToken = response.headers.get("st-refresh-token") ?? this.refreshToken;
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text === "" ? {} : JSON.parse(text) };
  }

  signUp = () => this.send("POST", "/auth/signup", fields(this.email, this.password));

  signIn = (password = this.password) => this.send("POST", "/auth/signin", fields(this.email, password));

  refresh = (token = this.refreshToken) => this.send("POST", "/auth/session/refresh", undefined, token);

  /** Asks for an email, and returns the token in the link that the backend logs. */
  async emailToken(): Promise<string> {
    const line = await this.logged(async () => {
      assert.equal((await this.send("POST", "/auth/user/email/verify/token")).body.status, "OK");
    });
    const link = new URL(line.split("link to verify an email address: ")[1] ?? "");
    assert.equal(link.origin, "http://localhost:3000");
    return link.searchParams.get("token") ?? "";
  }

  /** Follows the link, without a session if the access token is empty, as in another browser. */
  verifyEmail = (token: string, accessToken = this.accessToken) =>
    this.send("POST", "/auth/user/email/verify", { method: "token", token }, accessToken);

  /** A device that shows TOTP codes, not verified yet. */
  async newDevice(): Promise<{ deviceName: string; secret: string }> {
    const { body } = await this.send("POST", "/auth/totp/device", {});
    assert.equal(body.status, "OK");
    return body as unknown as { deviceName: string; secret: string };
  }
}

/** The requests of a frontend that sends its tokens in headers. */

import { randomUUID } from "node:crypto";

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

export class Frontend {
  readonly email = `${randomUUID()}@example.com`;
  readonly password = "correct horse 1";
  accessToken = "";
  refreshToken = "";

  constructor(readonly url: string) {}

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
}

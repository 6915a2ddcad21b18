// A client for the tests of the stand-in. If `SUPERTOKENS_CORE` contains the address of a core, the tests use that
// core instead, with the key in `SUPERTOKENS_API_KEY` if it needs one. Its license must include TOTP.
"use strict";

const { randomUUID } = require("node:crypto");
const { after, before } = require("node:test");

const { start } = require("../server");

/** The core of the tests in one file. */
class Core {
  url = process.env.SUPERTOKENS_CORE;
  #stop = () => {};

  async start() {
    if (this.url === undefined || this.url === "") {
      const { url, stop } = await start();
      this.url = url;
      this.#stop = stop;
    }
  }

  stop() {
    this.#stop();
  }

  /** The status and the text of a response. */
  async response(method, path, input) {
    const headers = { "cdi-version": "5.4", "content-type": "application/json" };
    if (process.env.SUPERTOKENS_API_KEY !== undefined) {
      headers["api-key"] = process.env.SUPERTOKENS_API_KEY;
    }
    const query = method === "GET" ? `?${new URLSearchParams(input)}` : "";
    const body = method === "GET" ? undefined : JSON.stringify(input);
    const response = await fetch(`${this.url}${path}${query}`, { method, headers, body });
    return { status: response.status, text: await response.text() };
  }

  async #json(method, path, input) {
    const { status, text } = await this.response(method, path, input);
    if (status !== 200) {
      throw new Error(`${method} ${path}: expected a 200, found ${status}: ${text}`);
    }
    return JSON.parse(text);
  }

  get = (path, input = {}) => this.#json("GET", path, input);
  post = (path, input) => this.#json("POST", path, input);
  put = (path, input) => this.#json("PUT", path, input);

  /** A new user. */
  async signUp() {
    const credentials = { email: `${randomUUID()}@example.com`, password: "correct horse 1" };
    const { user } = await this.post("/public/recipe/signup", credentials);
    return { ...credentials, id: user.id };
  }
}

/** Starts a core before the tests of the file, and stops it after them. */
function coreOfTests() {
  const core = new Core();
  before(() => core.start());
  after(() => core.stop());
  return core;
}

module.exports = { coreOfTests };

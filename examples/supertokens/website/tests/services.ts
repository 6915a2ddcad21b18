/**
 * What the website needs, each on a port of its own: the stand-in for SuperTokens' core (or the core whose address
 * `SUPERTOKENS_CORE` contains), the backend, and the local gateway with the SAM template of `orders`.
 */

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type RequestListener, type Server } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after } from "node:test";
import { fileURLToPath } from "node:url";

import { website } from "../serve.js";
import type { Settings } from "../src/settings.js";
import { CHROMIUM, startBrowser } from "./browser.js";

export const REPOSITORY = fileURLToPath(new URL("../../../../../", import.meta.url));
const GATEWAY = `${process.env.REQUIRE_CLAIMS_BINARIES ?? `${REPOSITORY}target/debug`}/local-gateway`;
const TEMPLATE = `${REPOSITORY}examples/supertokens/template.yaml`;
const BACKEND = `${REPOSITORY}examples/supertokens/backend/dist/src/local_server.js`;
const require = createRequire(import.meta.url);

/** Why the website cannot be tested, or `false`. With the variable, the tests then fail. */
export const skip: string | false =
  (existsSync(GATEWAY) && existsSync(CHROMIUM)) || process.env.REQUIRE_CLAIMS_CHROMIUM === "required"
    ? false
    : `LEFT OUT: no ${CHROMIUM}, or no ${GATEWAY}; run \`.ci/website\``;

/** The address of a core to use instead of the stand-in. It is read here, before `startServices` sets the variable. */
export const realCore = process.env.SUPERTOKENS_CORE || undefined;

export interface Services {
  readonly website: string;
  readonly backend: string;
  readonly gateway: string;
  readonly core: string;
}

async function listen(): Promise<{ server: Server; url: string }> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  after(() => {
    server.close();
    server.closeAllConnections();
  });
  return { server, url: `http://localhost:${(server.address() as AddressInfo).port}` };
}

async function addressOfCore(): Promise<string> {
  if (realCore !== undefined) {
    return realCore;
  }
  const { start } = require(`${REPOSITORY}tests/sdk/core/server.js`) as {
    start(): Promise<{ url: string; stop(): void }>;
  };
  const { url, stop } = await start();
  after(stop);
  return url;
}

/** The template, with another function of this repository in place of `orders`. */
function templateWith(binary: string): string {
  if (binary === "orders") {
    return TEMPLATE;
  }
  const original = readFileSync(TEMPLATE, "utf8");
  const changed = original
    .replace("Binary: orders", `Binary: ${binary}`)
    .replace("CodeUri: ../..", `CodeUri: ${REPOSITORY}`)
    .replace("CodeUri: backend", `CodeUri: ${REPOSITORY}examples/supertokens/backend`);
  assert.notEqual(changed, original);
  const folder = mkdtempSync(join(tmpdir(), "template-"));
  after(() => rmSync(folder, { recursive: true }));
  const path = join(folder, "template.yaml");
  writeFileSync(path, changed);
  return path;
}

/** Starts the gateway on a free port, and returns its address. It stops after the tests of the file. */
async function startGateway(binary: string, website: string, backend: string): Promise<string> {
  const parameters = { Issuer: `${backend}/auth`, WebsiteOrigin: website };
  const options = Object.entries(parameters).flatMap(([name, value]) => ["--parameter", `${name}=${value}`]);
  const gateway = spawn(GATEWAY, ["--port", "0", "--template", templateWith(binary), ...options], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  after(() => gateway.kill());
  const failed = new Promise<never>((_, reject) => {
    gateway.once("error", reject);
    gateway.once("exit", (code) => reject(new Error(`the gateway ended with ${code}`)));
  });
  // After the tests, the gateway is ended and the promise rejected, when nothing awaits it any more.
  failed.catch(() => {});
  const lines = createInterface({ input: gateway.stdout })[Symbol.asyncIterator]();
  for (;;) {
    const { value, done } = await Promise.race([lines.next(), failed]);
    if (done) {
      await failed;
    }
    const port = /^Listening on http:\/\/[^:]+:(\d+)/.exec(value ?? "")?.[1];
    if (port !== undefined) {
      return `http://localhost:${port}`;
    }
  }
}

/** Starts everything, and the browser. The backend runs in this process. */
export async function startServices(
  method: Settings["tokenTransferMethod"] = "header",
  binary = "orders",
): Promise<Services> {
  await startBrowser();
  const [site, backend, core] = [await listen(), await listen(), await addressOfCore()];
  // The backend reads these when it is imported.
  Object.assign(process.env, {
    SUPERTOKENS_CORE: core,
    API_DOMAIN: backend.url,
    WEBSITE_DOMAIN: site.url,
    LOG_EMAIL_LINKS: "true",
  });
  const { respond } = (await import(BACKEND)) as { respond: RequestListener };
  backend.server.on("request", respond);
  const gateway = await startGateway(binary, site.url, backend.url);
  const settings = { apiDomain: backend.url, ordersApi: gateway, tokenTransferMethod: method };
  site.server.on("request", await website(settings));
  return { website: site.url, backend: backend.url, gateway, core };
}

/** Grants a role, as an administrator of the core does. */
export async function grant(core: string, userId: string, role: string): Promise<void> {
  const headers = {
    "content-type": "application/json",
    ...(process.env.SUPERTOKENS_API_KEY && { "api-key": process.env.SUPERTOKENS_API_KEY }),
  };
  for (const [path, body] of [
    ["/recipe/role", { role, permissions: [] }],
    ["/public/recipe/user/role", { userId, role }],
  ] as const) {
    const response = await fetch(`${core}${path}`, { method: "PUT", headers, body: JSON.stringify(body) });
    assert.equal(((await response.json()) as { status: string }).status, "OK");
  }
}

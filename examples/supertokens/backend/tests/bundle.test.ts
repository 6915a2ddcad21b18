/** The functions as SAM builds them: each bundled into one file, without `node_modules`. */

import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

const SOURCES = fileURLToPath(new URL("../../src/", import.meta.url));
const require = createRequire(import.meta.url);

const folder = mkdtempSync(join(tmpdir(), "bundle-"));
after(() => rmSync(folder, { recursive: true }));

interface Bundle {
  handler(event: object, context: object): Promise<{ statusCode: number; body: string }>;
}

/** The bundle of one function, with a core that does not answer. */
async function bundle(name: string): Promise<Bundle> {
  await build({
    entryPoints: [`${SOURCES}${name}.ts`],
    outdir: folder,
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
  });
  Object.assign(process.env, {
    SUPERTOKENS_CORE: "http://127.0.0.1:1",
    API_DOMAIN: "https://api.example.com",
    WEBSITE_DOMAIN: "https://www.example.com",
  });
  return require(join(folder, `${name}.js`)) as Bundle;
}

test("bundles the backend", async () => {
  const { handler } = await bundle("handler");
  const path = "/auth/.well-known/openid-configuration";
  const event = { version: "2.0", headers: {}, requestContext: { http: { method: "GET", path } } };
  const { statusCode, body } = await handler(event, {});
  assert.equal(statusCode, 200);
  assert.equal(JSON.parse(body).issuer, "https://api.example.com/auth");
});

test("bundles the authorizer", async () => {
  const { handler } = await bundle("authorizer");
  const event = { type: "REQUEST", methodArn: "", httpMethod: "GET", path: "/orders", headers: {} };
  await assert.rejects(handler(event, {}), { message: "Unauthorized" });
});

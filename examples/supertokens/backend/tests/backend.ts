/**
 * The backend of the tests in one file, with its core: the stand-in of `tests/sdk/core`, or the core whose address
 * `SUPERTOKENS_CORE` contains. That core's license must include TOTP.
 */

import { once } from "node:events";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { after } from "node:test";
import { fileURLToPath } from "node:url";

/** The folder of the stand-in, from the folder of the built tests. */
const STAND_IN = fileURLToPath(new URL("../../../../../tests/sdk/core/", import.meta.url));
const require = createRequire(import.meta.url);

interface StandIn {
  start(): Promise<{ url: string; stop(): void }>;
}
interface Codes {
  codeOf(secret: string, step: number): string;
  currentStep(period: number): number;
}

const { start } = require(`${STAND_IN}server.js`) as StandIn;
const codes = require(`${STAND_IN}codes.js`) as Codes;

const PERIOD = 30;

/** A TOTP code for now, or for the next half minute. Each code is accepted once. */
export function totpCode(secret: string, time: "now" | "next" = "now"): string {
  return codes.codeOf(secret, codes.currentStep(PERIOD) + (time === "next" ? 1 : 0));
}

/** Starts the stand-in for the tests of this file, unless there is a real core. */
export async function addressOfCore(): Promise<string> {
  const address = process.env.SUPERTOKENS_CORE;
  if (address !== undefined && address !== "") {
    return address;
  }
  const { url, stop } = await start();
  after(stop);
  return url;
}

/** Starts the backend, and returns its address. The SDK is then initialized in this process. */
export async function startBackend(core?: string): Promise<string> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  after(() => {
    server.close();
    server.closeAllConnections();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  // The handler reads these when it is imported.
  Object.assign(process.env, {
    SUPERTOKENS_CORE: core ?? (await addressOfCore()),
    API_DOMAIN: url,
    WEBSITE_DOMAIN: "http://localhost:3000",
    LOG_EMAIL_LINKS: "true",
  });
  const { respond } = await import("../src/local_server.js");
  server.on("request", respond);
  return url;
}

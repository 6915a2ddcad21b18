/** The local gateway with one of the templates: the backend and `orders` behind it, in one program. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createInterface } from "node:readline";
import { after } from "node:test";
import { fileURLToPath } from "node:url";

import type { LoggedLink } from "./frontend.js";

/** The folder with the binaries. */
const BINARIES =
  process.env.REQUIRE_CLAIMS_BINARIES ??
  fileURLToPath(new URL("../../../../../target/debug", import.meta.url));
const GATEWAY = `${BINARIES}/local-gateway`;

/** The folder with the templates, from the folder of the built tests. */
const TEMPLATES = fileURLToPath(new URL("../../../", import.meta.url));

/** Why the gateway cannot be tested, or `false`. With the variable, the tests then fail. */
export const skip: string | false =
  existsSync(GATEWAY) || process.env.REQUIRE_CLAIMS_GATEWAY === "required"
    ? false
    : `no binary in ${BINARIES}; run \`cargo build -p local-gateway -p orders\``;

export interface Gateway {
  /** The URL of the API, with the stage of a REST API. */
  readonly api: string;
  readonly logged: LoggedLink;
}

/** A port that is free now. The backend has to know its own address before the gateway starts. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

/** Starts the gateway, until the end of the test. `isIssuer` makes the backend its issuer. */
export async function startGateway(
  template: string,
  core: string,
  { isIssuer = false, options = [] as string[] } = {},
): Promise<Gateway> {
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  const parameters = { Core: core, ApiDomain: origin, ...(isIssuer && { Issuer: `${origin}/auth` }) };
  const gateway = spawn(
    GATEWAY,
    [
      `--port=${port}`,
      `--template=${TEMPLATES}${template}`,
      ...Object.entries(parameters).map(([name, value]) => `--parameter=${name}=${value}`),
      `--env=AuthFunction:SUPERTOKENS_API_KEY=${process.env.SUPERTOKENS_API_KEY ?? ""}`,
      "--env=AuthFunction:LOG_EMAIL_LINKS=true",
      ...options,
    ],
    { stdio: ["ignore", "pipe", "pipe"] },
  );
  after(() => gateway.kill());
  const log = createInterface({ input: gateway.stderr });
  const written: string[] = [];
  log.on("line", (line) => {
    written.push(line);
    if (line.includes("link to verify")) {
      log.emit("link", line);
    }
  });
  const failed = new Promise<never>((_, reject) => {
    gateway.once("error", reject);
    gateway.once("exit", (code) =>
      reject(new Error([`the gateway ended with ${code}`, ...written].join("\n"))),
    );
  });
  // The test ends the gateway; until then, the promise is awaited below.
  failed.catch(() => {});
  const lines = createInterface({ input: gateway.stdout })[Symbol.asyncIterator]();
  for (;;) {
    const { value, done } = await Promise.race([lines.next(), failed]);
    if (done) {
      await failed;
    }
    const path = /^Listening on http:\/\/[^/]+(\S*)/.exec(value ?? "")?.[1];
    if (path !== undefined) {
      const logged: LoggedLink = async (request) => {
        const link = once(log, "link");
        await request();
        return String((await link)[0]);
      };
      return { api: `${origin}${path}`, logged };
    }
  }
}

/** The built local gateway in front of the built function `orders`. */

import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createInterface } from "node:readline";
import { after } from "node:test";
import { fileURLToPath } from "node:url";

/** The folder with the binaries. */
const BINARIES =
  process.env.REQUIRE_CLAIMS_BINARIES ??
  fileURLToPath(new URL("../../../../../target/debug", import.meta.url));
const GATEWAY = `${BINARIES}/local-gateway`;
const ORDERS = `${BINARIES}/orders`;

/** Why the gateway cannot be tested, or `false`. With the variable, the tests then fail. */
export const skip: string | false =
  (existsSync(GATEWAY) && existsSync(ORDERS)) || process.env.REQUIRE_CLAIMS_GATEWAY === "required"
    ? false
    : `no binaries in ${BINARIES}; run \`cargo build -p local-gateway -p orders\``;

/** Starts the gateway on a free port, and returns its address. It stops after the tests of the file. */
export async function startGateway(options: string[]): Promise<string> {
  const gateway = spawn(GATEWAY, ["--port", "0", "--function", `orders=${ORDERS}`, ...options], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  after(() => gateway.kill());
  const failed = new Promise<never>((_, reject) => {
    gateway.once("error", reject);
    gateway.once("exit", (code) => reject(new Error(`the gateway ended with ${code}`)));
  });
  // The test ends the gateway; until then, the promise is awaited below.
  failed.catch(() => {});
  const lines = createInterface({ input: gateway.stdout })[Symbol.asyncIterator]();
  for (;;) {
    const { value } = await Promise.race([lines.next(), failed]);
    const address = /^Listening on (\S+)/.exec(value ?? "")?.[1];
    if (address !== undefined) {
      return address;
    }
  }
}

/** Bundles the website with its settings, and serves it on this machine. */

import { readFile } from "node:fs/promises";
import { createServer, type RequestListener } from "node:http";
import { fileURLToPath, pathToFileURL } from "node:url";

import { build } from "esbuild";

import type { Settings } from "./src/settings.js";

/** The folder of the website, from the folder of the built program. */
const FOLDER = fileURLToPath(new URL("../", import.meta.url));

/** The website has two files: the script, and one page for all paths. */
export async function website(settings: Settings): Promise<RequestListener> {
  const { outputFiles } = await build({
    absWorkingDir: FOLDER,
    entryPoints: ["src/main.ts"],
    bundle: true,
    format: "esm",
    define: { SETTINGS: JSON.stringify(settings) },
    write: false,
    logLevel: "warning",
  });
  const script = outputFiles[0]?.text;
  const page = await readFile(`${FOLDER}public/index.html`, "utf8");
  return ({ url }, response) => {
    const [type, content] = url === "/main.js" ? ["text/javascript", script] : ["text/html", page];
    response.writeHead(200, { "content-type": `${type}; charset=utf-8` }).end(content);
  };
}

function settingsFrom({ API_DOMAIN, ORDERS_API, TOKEN_TRANSFER_METHOD }: NodeJS.ProcessEnv): Settings {
  const method = TOKEN_TRANSFER_METHOD ?? "header";
  if (method !== "header" && method !== "cookie") {
    throw new Error(`expected TOKEN_TRANSFER_METHOD to be header or cookie, found ${method}`);
  }
  return {
    apiDomain: API_DOMAIN ?? "http://localhost:3001",
    ordersApi: ORDERS_API ?? "http://localhost:3002",
    tokenTransferMethod: method,
  };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const port = Number(process.env.PORT ?? 3000);
  const server = createServer(await website(settingsFrom(process.env)));
  server.listen(port, "127.0.0.1", () => console.log(`website: http://localhost:${port}`));
}

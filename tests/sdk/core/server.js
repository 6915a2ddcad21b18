// The stand-in's HTTP server: finds the endpoint of a request, and writes its response.
"use strict";

const http = require("node:http");

const { emailEndpoints } = require("./emails");
const { Invalid } = require("./input");
const { roleEndpoints } = require("./roles");
const { sessionEndpoints } = require("./sessions");
const { Keys } = require("./tokens");
const { totpEndpoints } = require("./totp");
const { userEndpoints } = require("./users");

/** The version of the core's interface that supertokens-node 24 speaks. */
const INTERFACE_VERSION = "5.4";

const MAX_BODY = 1 << 20;

/** All endpoints, such as `POST /recipe/signin`, with new and empty data. */
function endpoints() {
  const keys = new Keys();
  const users = new Map();
  return {
    "GET /hello": () => "Hello",
    "GET /apiversion": () => ({ versions: [INTERFACE_VERSION] }),
    "GET /.well-known/jwks.json": () => ({ keys: keys.published() }),
    // Without `firstFactors`: the SDK takes an empty value for a list.
    "GET /recipe/multitenancy/tenant/v2": () => ({
      status: "OK",
      tenantId: "public",
      thirdParty: { providers: [] },
      coreConfig: {},
    }),
    ...userEndpoints(users),
    ...emailEndpoints(users),
    ...roleEndpoints(),
    ...totpEndpoints(),
    ...sessionEndpoints(keys),
  };
}

async function bodyOf(request) {
  const chunks = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > MAX_BODY) {
      throw new Invalid("the body is larger than 1 MiB");
    }
    chunks.push(chunk);
  }
  const text = Buffer.concat(chunks).toString("utf8");
  if (text === "") {
    return {};
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new Invalid("Invalid Json Input");
  }
}

function respond(response, status, content) {
  const isText = typeof content === "string";
  response.writeHead(status, { "content-type": isText ? "text/html" : "application/json" });
  response.end(isText ? content : JSON.stringify(content));
}

async function handle(table, request, response) {
  const url = new URL(request.url, "http://stand-in");
  // Endpoints of a tenant may start with its name. There is only the default tenant.
  const path = url.pathname.replace(/^\/public(?=\/)/, "");
  const endpoint = Object.hasOwn(table, `${request.method} ${path}`) ? table[`${request.method} ${path}`] : undefined;
  if (endpoint === undefined) {
    respond(response, 404, "Not found");
    return;
  }
  try {
    const input = request.method === "GET" ? Object.fromEntries(url.searchParams) : await bodyOf(request);
    respond(response, 200, endpoint(input));
  } catch (error) {
    if (error instanceof Invalid) {
      respond(response, 400, error.message);
    } else {
      console.error(error);
      respond(response, 500, "Internal Error");
    }
  }
}

/** Listens on the loopback interface only. */
function start(port = 0) {
  const table = endpoints();
  const server = http.createServer((request, response) => handle(table, request, response));
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      resolve({
        url: `http://127.0.0.1:${server.address().port}`,
        stop: () => {
          server.close();
          server.closeAllConnections();
        },
      });
    });
  });
}

module.exports = { start };

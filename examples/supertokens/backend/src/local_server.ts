/** Runs the backend on this machine: turns HTTP requests into events of an HTTP API, and calls the handler. */

import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { pathToFileURL } from "node:url";

import type { APIGatewayProxyStructuredResultV2, Context } from "aws-lambda";

import { handler } from "./handler.js";

async function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(chunk);
  }
  return chunks.length === 0 ? undefined : Buffer.concat(chunks).toString("utf8");
}

/** The parts of an event in payload format 2.0 that the SDK reads. */
async function eventOf(request: IncomingMessage) {
  const url = new URL(request.url ?? "/", "http://localhost");
  const { cookie, ...headers } = request.headers;
  return {
    version: "2.0",
    rawPath: url.pathname,
    rawQueryString: url.search.slice(1),
    headers,
    ...(cookie !== undefined && { cookies: cookie.split("; ") }),
    queryStringParameters: Object.fromEntries(url.searchParams),
    requestContext: { stage: "$default", http: { method: request.method ?? "GET", path: url.pathname } },
    body: await bodyOf(request),
    isBase64Encoded: false,
  };
}

export async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    const event = await eventOf(request);
    const result: APIGatewayProxyStructuredResultV2 = await handler(event, {} as Context);
    for (const [name, value] of Object.entries(result.headers ?? {})) {
      response.setHeader(name, String(value));
    }
    if (result.cookies !== undefined && result.cookies.length > 0) {
      response.setHeader("set-cookie", result.cookies);
    }
    response.writeHead(result.statusCode ?? 200).end(result.body);
  } catch (error) {
    console.error(error);
    // As API Gateway answers for a function that failed.
    response
      .writeHead(500, { "content-type": "application/json" })
      .end('{"message":"Internal Server Error"}');
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const port = Number(process.env.PORT ?? 3001);
  createServer(respond).listen(port, "127.0.0.1", () => console.log(`backend: http://127.0.0.1:${port}`));
}

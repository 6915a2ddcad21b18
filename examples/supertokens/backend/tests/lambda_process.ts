/** Runs the authorizer as Lambda does: takes events from the Runtime API, and posts the handler's responses. */

import type { APIGatewayRequestAuthorizerEvent } from "aws-lambda";

import { handler } from "../src/authorizer.js";

const api = `http://${process.env.AWS_LAMBDA_RUNTIME_API}/2018-06-01/runtime/invocation`;

const post = (path: string, content: object) =>
  fetch(`${api}/${path}`, { method: "POST", body: JSON.stringify(content) });

for (;;) {
  const next = await fetch(`${api}/next`);
  const id = next.headers.get("lambda-runtime-aws-request-id");
  try {
    const event = (await next.json()) as APIGatewayRequestAuthorizerEvent;
    await post(`${id}/response`, await handler(event));
  } catch (error) {
    const { name, message } = error as Error;
    await post(`${id}/error`, { errorType: name, errorMessage: message });
  }
}

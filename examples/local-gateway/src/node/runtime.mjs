// Runs a handler for Node as Lambda does: takes events from the Runtime API, and posts the responses.
//
//   node --input-type=module --eval PROGRAM FILE EXPORT
//
// The response does not wait for an empty event loop (`callbackWaitsForEmptyEventLoop`), and cannot be streamed.

import { request } from "node:http";
import { pathToFileURL } from "node:url";
import { types } from "node:util";

const { env } = process;
const API = `http://${env.AWS_LAMBDA_RUNTIME_API}/2018-06-01/runtime`;

// Called when nothing is left to do. The Runtime API is waiting for the handler then.
let onIdle = () => {};
process.on("beforeExit", () => onIdle());

// `fetch` would give up after five minutes without an event. A connection that stays open would keep Node from being
// idle.
function send(method, path, body = "") {
  return new Promise((resolve, reject) => {
    const sent = request(`${API}/${path}`, { method, agent: false }, (response) => {
      const chunks = [];
      response.on("data", (chunk) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () => {
        const { statusCode: status, headers } = response;
        resolve({ status, headers, text: Buffer.concat(chunks).toString() });
      });
    });
    sent.on("error", reject).end(body);
  });
}

function failure(name, message) {
  return Object.assign(new Error(message), { name });
}

// An error as the Runtime API expects it. Anything can be thrown.
function describe(error) {
  if (error instanceof Error || types.isNativeError(error)) {
    const trace = String(error.stack ?? "").split("\n");
    return JSON.stringify({ errorType: error.name, errorMessage: error.message, trace });
  }
  return JSON.stringify({ errorType: typeof error, errorMessage: String(error), trace: [] });
}

async function load(file, name) {
  const module = await import(pathToFileURL(file));
  const exported = (from) => name.split(".").reduce((value, key) => value?.[key], from);
  // Node does not find every export of a CommonJS module, but `default` has all of them.
  const handler = exported(module) ?? exported(module.default);
  if (typeof handler !== "function") {
    throw failure("Runtime.HandlerNotFound", `${file} exports no function ${name}`);
  }
  const [, major] = /nodejs(\d+)/.exec(env.AWS_EXECUTION_ENV) ?? [];
  if (Number(major) >= 24 && handler.length > 2) {
    const message = `from Node 24, Lambda accepts no handler with a callback; return a promise from ${name}`;
    throw failure("Runtime.CallbackHandlerDeprecated", message);
  }
  return handler;
}

function contextOf(headers) {
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName: env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: env.AWS_LAMBDA_FUNCTION_VERSION,
    invokedFunctionArn: headers["lambda-runtime-invoked-function-arn"],
    memoryLimitInMB: env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: env.AWS_LAMBDA_LOG_STREAM_NAME,
    awsRequestId: headers["lambda-runtime-aws-request-id"],
    getRemainingTimeInMillis: () => Number(headers["lambda-runtime-deadline-ms"]) - Date.now(),
  };
}

// The result of a handler that returns a promise or calls back.
function run(handler, event, context) {
  return new Promise((resolve, reject) => {
    const callback = (error, result) => (error == null ? resolve(result) : reject(error));
    onIdle = () => resolve(null);
    const returned = handler(event, context, callback);
    if (typeof returned?.then === "function") {
      onIdle = () => reject(failure("Runtime.NodeJsExit", "the promise of the handler is never settled"));
      returned.then(resolve, reject);
    }
  });
}

async function main(file, name) {
  let handler;
  try {
    handler = await load(file, name);
  } catch (error) {
    console.error(error);
    await send("POST", "init/error", describe(error));
    process.exit(1);
  }
  for (;;) {
    const { status, headers, text } = await send("GET", "invocation/next");
    if (status !== 200) {
      process.exit(1);
    }
    env._X_AMZN_TRACE_ID = headers["lambda-runtime-trace-id"];
    const path = `invocation/${headers["lambda-runtime-aws-request-id"]}`;
    let response;
    try {
      const result = await run(handler, JSON.parse(text), contextOf(headers));
      response = JSON.stringify(result) ?? "null";
    } catch (error) {
      await send("POST", `${path}/error`, describe(error));
      continue;
    }
    await send("POST", `${path}/response`, response);
  }
}

const [, file, name] = process.argv;
// A rejection ends the process: the gateway is gone.
main(file, name);

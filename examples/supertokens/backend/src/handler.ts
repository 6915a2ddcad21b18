/** The Lambda function behind `/auth/*`: sign-up, sign-in, sessions, email verification and TOTP. */

import middy from "@middy/core";
import cors from "@middy/http-cors";
import type { APIGatewayProxyEvent, APIGatewayProxyEventV2 } from "aws-lambda";
import supertokens from "supertokens-node";
import { middleware } from "supertokens-node/framework/awsLambda";

import { configuration } from "./config.js";
import { settingsFrom } from "./settings.js";
import { answerForUnreachableCore } from "./unreachable_core.js";

const settings = settingsFrom(process.env);
supertokens.init(configuration(settings));

type Event = APIGatewayProxyEvent | APIGatewayProxyEventV2;

const methodOf = (event: Event) =>
  "httpMethod" in event ? event.httpMethod : event.requestContext.http.method;

/** What the SDK does not handle: preflight requests, unless the gateway answers them, and unknown paths. */
async function otherRequests(event: Event) {
  if (methodOf(event) === "OPTIONS") {
    return { statusCode: 204 };
  }
  return { statusCode: 404, body: JSON.stringify({ message: "Not Found" }) };
}

export const handler = middy(middleware(otherRequests))
  .use(
    cors({
      origin: settings.websiteDomain,
      credentials: true,
      headers: ["content-type", ...supertokens.getAllCORSHeaders()].join(","),
      methods: "GET,POST,PUT,DELETE,OPTIONS",
    }),
  )
  .use(answerForUnreachableCore(settings.core));

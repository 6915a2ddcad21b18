/**
 * A Lambda authorizer for REST APIs, of the type REQUEST. It passes the payload of the session to the functions, in
 * the context's field `claims`.
 *
 * It checks no claims: each function decides what it requires. Nor does it check the audience, as the SDK does not.
 */

import type { APIGatewayAuthorizerResult, APIGatewayRequestAuthorizerEvent } from "aws-lambda";
import supertokens from "supertokens-node";
import Session, { type SessionContainer, Error as SessionError } from "supertokens-node/recipe/session";

import { configuration } from "./config.js";
import { settingsFrom } from "./settings.js";

supertokens.init(configuration(settingsFrom(process.env)));

/** API Gateway answers with a 401 if the error of an authorizer has exactly this message. */
const UNAUTHORIZED = "Unauthorized";

async function sessionOf(event: APIGatewayRequestAuthorizerEvent): Promise<SessionContainer> {
  try {
    // The event is also where the SDK puts its response, which an authorizer cannot use.
    return await Session.getSession(event, event, {
      sessionRequired: true,
      overrideGlobalClaimValidators: () => [],
    });
  } catch (error) {
    if (SessionError.isErrorFromSuperTokens(error)) {
      throw new Error(UNAUTHORIZED);
    }
    throw error;
  }
}

/**
 * All routes of the stage. API Gateway caches the policy and uses it for the user's other requests, too, so a policy
 * for one route would block them.
 */
function stageOf(methodArn: string): string {
  const [api, stage, ...route] = methodArn.split("/");
  if (api === undefined || stage === undefined || route.length === 0) {
    throw new Error(`expected the ARN of a method, found ${methodArn}`);
  }
  return `${api}/${stage}/*`;
}

export async function handler(event: APIGatewayRequestAuthorizerEvent): Promise<APIGatewayAuthorizerResult> {
  const session = await sessionOf(event);
  return {
    principalId: session.getUserId(),
    policyDocument: {
      Version: "2012-10-17",
      Statement: [{ Action: "execute-api:Invoke", Effect: "Allow", Resource: stageOf(event.methodArn) }],
    },
    context: { claims: JSON.stringify(session.getAccessTokenPayload()) },
  };
}

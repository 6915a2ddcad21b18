/** The response of the backend while SuperTokens' core cannot be reached. */

import type { MiddlewareObj } from "@middy/core";

/** The start of the SDK's message. It has no error type for this. */
const SDK_MESSAGE = "No SuperTokens core available";

/** Answers with a 503 and logs what to do. Every other error stays an error of the function. */
export function answerForUnreachableCore(core: string): MiddlewareObj {
  return {
    onError: (request) => {
      if (!request.error?.message.startsWith(SDK_MESSAGE)) {
        return;
      }
      console.error(`SuperTokens' core does not answer at ${core}; start it, or correct SUPERTOKENS_CORE`);
      request.response = {
        statusCode: 503,
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ message: "the authentication service is unavailable" }),
      };
    },
  };
}

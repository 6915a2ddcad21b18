/** The configuration of SuperTokens' browser SDK. */

import { init } from "supertokens-web-js";
import * as EmailPassword from "supertokens-web-js/recipe/emailpassword";
import * as EmailVerification from "supertokens-web-js/recipe/emailverification";
import * as Session from "supertokens-web-js/recipe/session";
import * as Totp from "supertokens-web-js/recipe/totp";

import { log } from "./page.js";
import { settings } from "./settings.js";

type SessionEvent = Parameters<NonNullable<NonNullable<Session.UserInput>["onHandleEvent"]>>[0];

/** Shows what the SDK noticed. It reads the claims of every 403, and passes them in `API_INVALID_CLAIM`. */
function logEvent(event: SessionEvent): void {
  if (event.action === "API_INVALID_CLAIM") {
    log(`${event.action}: ${event.claimValidationErrors.map(({ id }) => id).join(", ")}`);
  } else {
    log(event.action);
  }
}

export function initializeSdk(): void {
  init({
    appInfo: { appName: "orders", apiDomain: settings.apiDomain, apiBasePath: "/auth" },
    recipeList: [
      Session.init({
        // With `header`, the SDK sends the access token in `Authorization`, where the gateway looks for it.
        tokenTransferMethod: settings.tokenTransferMethod,
        onHandleEvent: logEvent,
      }),
      EmailPassword.init(),
      EmailVerification.init(),
      Totp.init(),
    ],
  });
}

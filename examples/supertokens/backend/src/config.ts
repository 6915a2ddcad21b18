/** The SDK's configuration: the app, and its recipes. */

import EmailPassword from "supertokens-node/recipe/emailpassword";
import EmailVerification from "supertokens-node/recipe/emailverification";
import MultiFactorAuth, { FactorIds } from "supertokens-node/recipe/multifactorauth";
import Totp from "supertokens-node/recipe/totp";
import UserRoles from "supertokens-node/recipe/userroles";
import type { TypeInput } from "supertokens-node/types";

import { sessionRecipe } from "./session.js";
import type { Settings } from "./settings.js";

const emailVerification = ({ logEmailLinks }: Settings) =>
  EmailVerification.init({
    mode: "REQUIRED",
    // Without this option, SuperTokens' service sends the emails. In production, configure your own SMTP server.
    ...(logEmailLinks && {
      emailDelivery: {
        override: (original) => ({
          ...original,
          sendEmail: async ({ emailVerifyLink }) =>
            console.log(`link to verify an email address: ${emailVerifyLink}`),
        }),
      },
    }),
  });

const multiFactorAuth = () =>
  MultiFactorAuth.init({
    firstFactors: [FactorIds.EMAILPASSWORD],
    override: {
      functions: (original) => ({
        ...original,
        // Every user needs a second factor. Until then, `st-mfa` is unsatisfied, and `mfa` denies.
        getMFARequirementsForAuth: async () => [FactorIds.TOTP],
      }),
    },
  });

export function configuration(settings: Settings): TypeInput {
  const { core, coreApiKey, apiDomain, apiGatewayPath, websiteDomain, audience } = settings;
  return {
    framework: "awsLambda",
    isInServerlessEnv: true,
    supertokens: { connectionURI: core, ...(coreApiKey !== undefined && { apiKey: coreApiKey }) },
    appInfo: {
      appName: "orders",
      apiDomain,
      apiGatewayPath,
      apiBasePath: "/auth",
      websiteDomain,
      websiteBasePath: "/auth",
    },
    recipeList: [
      EmailPassword.init(),
      emailVerification(settings),
      UserRoles.init(),
      multiFactorAuth(),
      Totp.init(),
      sessionRecipe(audience),
    ],
  };
}

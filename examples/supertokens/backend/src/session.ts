/** The session recipe: what is in access tokens, and how they reach the frontend. */

import { EmailVerificationClaim } from "supertokens-node/recipe/emailverification";
import Session, { type SessionContainer } from "supertokens-node/recipe/session";
import { PermissionClaim, UserRoleClaim } from "supertokens-node/recipe/userroles";

/**
 * Fetches again what may have changed since the session began. Behind a JWT authorizer, no `verifySession` runs that
 * would do this, and a refresh of the SDK keeps the old values: a new role would count only after the next sign-in,
 * and a requirement with `max_age` would deny for the rest of the session.
 */
async function fetchClaims(session: SessionContainer, userContext: Record<string, unknown>): Promise<void> {
  await session.fetchAndSetClaim(EmailVerificationClaim, userContext);
  await session.fetchAndSetClaim(UserRoleClaim, userContext);
  await session.fetchAndSetClaim(PermissionClaim, userContext);
}

export function sessionRecipe(audience: string) {
  return Session.init({
    // The frontend sends the token in the `Authorization` header, even if it also gets cookies.
    exposeAccessTokenToFrontendInCookieBasedAuth: true,
    // Dynamic keys change every week, and are published only 60 seconds before their first use. An HTTP API may use
    // its copy of the keys for two hours, and would refuse the tokens of a new key until then.
    useDynamicAccessTokenSigningKey: false,
    override: {
      functions: (original) => ({
        ...original,
        // A JWT authorizer requires an audience.
        createNewSession: (input) =>
          original.createNewSession({
            ...input,
            accessTokenPayload: { ...input.accessTokenPayload, aud: audience },
          }),
        refreshSession: async (input) => {
          const session = await original.refreshSession(input);
          await fetchClaims(session, input.userContext);
          return session;
        },
      }),
    },
  });
}

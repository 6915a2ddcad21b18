/**
 * What a website does when a guarded function answers with a 403. This file needs nothing else of the example: copy
 * it, and change the pages.
 */

import {
  attemptRefreshingSession,
  type ClaimValidationError,
  doesSessionExist,
  getInvalidClaimsFromResponse,
} from "supertokens-web-js/recipe/session";

/** The pages on which users obtain a claim themselves. Other claims, such as roles, are granted to them. */
const PAGES: Readonly<Record<string, string>> = {
  "st-ev": "/auth/verify-email",
  "st-mfa": "/auth/second-factor",
};

export interface Answer {
  readonly response: Response;
  /** The claims that the function denied; empty for any other response. */
  readonly denied: readonly ClaimValidationError[];
  /** The page for the first denied claim, if there is a page for each of them. */
  readonly page: string | undefined;
}

/** The claims that a 403 names. A 403 of API Gateway itself names none. */
async function deniedClaims(response: Response): Promise<ClaimValidationError[]> {
  if (response.status !== 403) {
    return [];
  }
  try {
    // The SDK returns `undefined` for other JSON, whatever its type says, and throws if the body is not JSON.
    return (await getInvalidClaimsFromResponse({ response })) ?? [];
  } catch {
    return [];
  }
}

/** Whether the backend may have a newer value. Refreshing the session fetches it. */
function mayBeOutdated({ id, reason }: ClaimValidationError): boolean {
  return !Object.hasOwn(PAGES, id) || reason?.message === "expired";
}

/**
 * Sends a request to a guarded function. If a denied claim may be outdated, it refreshes the session once, and sends
 * the request again. The SDK itself refreshes the session only after a 401.
 */
export async function sendGuarded(send: () => Promise<Response>): Promise<Answer> {
  // Refreshes a token that has expired. The SDK would do so after a 401, but can read the authorizer's 401 only with
  // CORS headers, which AWS documents for the function's responses alone.
  await doesSessionExist();
  let response = await send();
  let denied = await deniedClaims(response);
  if (denied.some(mayBeOutdated) && (await attemptRefreshingSession())) {
    response = await send();
    denied = await deniedClaims(response);
  }
  const canHelp = denied.every(({ id }) => Object.hasOwn(PAGES, id));
  const [first] = denied;
  return { response, denied, page: canHelp && first !== undefined ? PAGES[first.id] : undefined };
}

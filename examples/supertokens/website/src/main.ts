/** Starts the website, and finds the page for each path. */

import { doesSessionExist } from "supertokens-web-js/recipe/session";

import { showOrders } from "./orders.js";
import { attempt } from "./page.js";
import { initializeSdk } from "./sdk.js";
import { showSecondFactor } from "./second_factor.js";
import { showSignIn } from "./sign_in.js";
import { showVerifyEmail } from "./verify_email.js";

const PAGES: Readonly<Record<string, () => Promise<void>>> = {
  "/auth/verify-email": showVerifyEmail,
  "/auth/second-factor": showSecondFactor,
};

async function showPage(): Promise<void> {
  const page = PAGES[location.pathname] ?? showOrders;
  const isLink = page === showVerifyEmail && location.search !== "";
  // A link that verifies an email address also works in a browser without a session.
  await (isLink || (await doesSessionExist()) ? page : showSignIn)();
}

initializeSdk();
addEventListener("popstate", () => void attempt(showPage));
void attempt(showPage);

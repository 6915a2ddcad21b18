/** The page "Verify your email address". The links in emails lead here, too. */

import {
  isEmailVerified,
  sendVerificationEmail,
  verifyEmail,
} from "supertokens-web-js/recipe/emailverification";

import { button, element, message, navigate, show } from "./page.js";

export async function showVerifyEmail(): Promise<void> {
  if (new URLSearchParams(location.search).has("token")) {
    await followLink();
    return;
  }
  show(
    "Verify your email address",
    element("p", {}, "We have sent you a link. Open it, and continue here."),
    button("Continue", async () => {
      // The backend looks it up, and updates the session. The link may have been opened in another browser.
      if ((await isEmailVerified()).isVerified) {
        navigate("/");
      } else {
        message("The email address is not verified yet.");
      }
    }),
  );
  const { status } = await sendVerificationEmail();
  if (status === "EMAIL_ALREADY_VERIFIED_ERROR") {
    // The backend has updated the session.
    navigate("/");
  }
}

async function followLink(): Promise<void> {
  show(
    "Verify your email address",
    button("Continue", async () => navigate("/")),
  );
  // If there is a session, the backend updates it.
  const { status } = await verifyEmail();
  message(status === "OK" ? "The email address is verified." : "The link is not valid any more.");
}

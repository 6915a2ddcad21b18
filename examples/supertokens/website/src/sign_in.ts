/** The page "Sign in", which is shown without a session. */

import { signIn, signUp } from "supertokens-web-js/recipe/emailpassword";

import { attempt, element, field, message, navigate, show } from "./page.js";

export async function showSignIn(): Promise<void> {
  const form = element(
    "form",
    {},
    field("Email address", { name: "email", type: "email", autocomplete: "username" }),
    field("Password", { name: "password", type: "password", autocomplete: "current-password" }),
    element("button", { value: "sign-in" }, "Sign in"),
    element("button", { value: "sign-up" }, "Sign up"),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const isNew = event.submitter?.getAttribute("value") === "sign-up";
    void attempt(() => submit(new FormData(form), isNew ? signUp : signIn));
  });
  show("Sign in", form);
}

async function submit(data: FormData, send: typeof signUp | typeof signIn): Promise<void> {
  const formFields = ["email", "password"].map((id) => ({ id, value: String(data.get(id)) }));
  const result = await send({ formFields });
  if (result.status === "OK") {
    navigate("/");
  } else if (result.status === "FIELD_ERROR") {
    message(result.formFields.map(({ error }) => error).join(" "));
  } else if ("reason" in result) {
    message(result.reason);
  } else {
    message("The email address or the password is wrong.");
  }
}

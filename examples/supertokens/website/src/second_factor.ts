/** The page "Second factor": a code of an authenticator app, and a new device for users without one. */

import { createDevice, listDevices, verifyCode, verifyDevice } from "supertokens-web-js/recipe/totp";

import { attempt, element, field, message, navigate, show } from "./page.js";

export async function showSecondFactor(): Promise<void> {
  const { devices } = await listDevices();
  if (devices.some(({ verified }) => verified)) {
    showForm("Enter the code of your authenticator app.", (totp) => verifyCode({ totp }));
    return;
  }
  const device = await createDevice();
  if (device.status !== "OK") {
    throw new Error("the authenticator app was added meanwhile; reload the page");
  }
  const { deviceName, secret, qrCodeString } = device;
  const hint = element(
    "p",
    {},
    "Add the secret ",
    element("code", { id: "secret" }, secret),
    " to your authenticator app, or ",
    element("a", { href: qrCodeString }, "open it there"),
    ". Then enter the code that it shows.",
  );
  showForm(hint, (totp) => verifyDevice({ deviceName, totp }));
}

function showForm(hint: Node | string, verify: (totp: string) => Promise<{ status: string }>): void {
  const form = element(
    "form",
    {},
    field("Code", { name: "totp", inputmode: "numeric", autocomplete: "one-time-code" }),
    element("button", {}, "Continue"),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const totp = String(new FormData(form).get("totp"));
    void attempt(async () => {
      const { status } = await verify(totp);
      if (status === "OK") {
        navigate("/");
      } else {
        message(
          status === "LIMIT_REACHED_ERROR" ? "Too many wrong codes. Try again later." : "The code is wrong.",
        );
      }
    });
  });
  show("Second factor", hint, form);
}

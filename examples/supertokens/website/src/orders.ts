/** The page "My orders": calls the guarded function, and shows its answers. */

import { getAccessToken, getUserId, signOut } from "supertokens-web-js/recipe/session";

import { type Answer, sendGuarded } from "./denied.js";
import { button, element, message, navigate, show } from "./page.js";
import { settings } from "./settings.js";

interface Order {
  readonly id: string;
  readonly item: string;
  readonly quantity: number;
  readonly status: string;
}

interface Call {
  readonly method: "GET" | "DELETE";
  readonly path: string;
}

/** Where a denied call waits until the user has been on the page that helps. */
const WAITING = "waiting call";

const list = element("ul", { id: "orders" });

const hasCookies = settings.tokenTransferMethod === "cookie";

/** With cookies, the page itself has to add the header. Without the header, the gateway answers with a 401. */
const addHeader = element("input", { id: "authorization", type: "checkbox", checked: "" });

export async function showOrders(): Promise<void> {
  list.replaceChildren();
  show(
    "My orders",
    element("p", {}, "Signed in as ", element("code", { id: "user" }, await getUserId())),
    element(
      "div",
      { class: "actions" },
      button("Show my orders", () => call({ method: "GET", path: "/orders" })),
      button("Cancel order 1", () => call({ method: "DELETE", path: "/orders/1" })),
      button("Sign out", async () => {
        await signOut();
        navigate("/");
      }),
    ),
    ...(hasCookies ? [element("label", {}, addHeader, " Send the access token in `Authorization`")] : []),
    list,
  );
  const waiting = sessionStorage.getItem(WAITING);
  if (waiting !== null) {
    sessionStorage.removeItem(WAITING);
    await call(JSON.parse(waiting) as Call);
  }
}

async function send({ method, path }: Call): Promise<Response> {
  const headers = new Headers();
  if (hasCookies && addHeader.checked) {
    headers.set("authorization", `Bearer ${await getAccessToken()}`);
  }
  return await fetch(`${settings.ordersApi}${path}`, { method, headers });
}

async function call(wanted: Call): Promise<void> {
  message("…");
  const { response, denied, page } = await sendGuarded(() => send(wanted));
  if (page !== undefined) {
    sessionStorage.setItem(WAITING, JSON.stringify(wanted));
    navigate(page);
    return;
  }
  message(describe(wanted, response, denied));
  if (response.ok && wanted.method === "GET") {
    const orders = (await response.json()) as Order[];
    list.replaceChildren(
      ...orders.map(({ id, item, quantity, status }) =>
        element("li", {}, `${id}: ${quantity} × ${item}, ${status}`),
      ),
    );
  }
}

function describe({ method, path }: Call, { status }: Response, denied: Answer["denied"]): string {
  const missing = denied.map(({ id }) => id).join(", ");
  return `${method} ${path}: ${status}${missing === "" ? "" : `, not allowed by ${missing}`}`;
}

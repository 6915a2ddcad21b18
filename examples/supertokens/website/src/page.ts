/** What all pages use: elements, messages, navigation, and the list of the SDK's events. */

type Child = Node | string;

export function element<T extends keyof HTMLElementTagNameMap>(
  tag: T,
  attributes: Readonly<Record<string, string>>,
  ...children: Child[]
): HTMLElementTagNameMap[T] {
  const created = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    created.setAttribute(name, value);
  }
  created.append(...children);
  return created;
}

export function button(label: string, onClick: () => Promise<void>): HTMLButtonElement {
  const created = element("button", { type: "button" }, label);
  created.addEventListener("click", () => void attempt(onClick));
  return created;
}

export function field(label: string, attributes: Readonly<Record<string, string>>): HTMLLabelElement {
  return element("label", {}, label, " ", element("input", { required: "", ...attributes }));
}

/** Replaces the page. Messages appear below its content. */
export function show(title: string, ...children: Child[]): void {
  const status = element("p", { id: "status", role: "status" });
  document.querySelector("main")?.replaceChildren(element("h1", {}, title), ...children, status);
}

export function message(text: string): void {
  document.getElementById("status")?.replaceChildren(text);
}

export function log(text: string): void {
  document.getElementById("log")?.append(element("li", {}, text));
}

/** Runs an action of the user, and shows its error. */
export async function attempt(action: () => Promise<void>): Promise<void> {
  try {
    await action();
  } catch (error) {
    // The SDK throws the response if the backend fails.
    message(error instanceof Response ? `the backend answered with ${error.status}` : String(error));
  }
}

/** Shows another page, and keeps the list of events. `main.ts` finds the page for the path. */
export function navigate(path: string): void {
  history.pushState(null, "", path);
  dispatchEvent(new PopStateEvent("popstate"));
}

// The details of one call: the response with its reasons, the requirements, the claims, the token and the event.

// An element with attributes and children. Strings become text, never HTML.
function element(name, attributes, ...children) {
  const created = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes ?? {})) created.setAttribute(attribute, value);
  created.append(...children.filter((child) => child !== null && child !== undefined));
  return created;
}

const code = (text) => element("code", {}, text);
const hint = (...text) => element("p", { class: "hint" }, ...text);
const pretty = (value) => JSON.stringify(value, null, 2);

function card(title, ...children) {
  return element("div", { class: "card" }, element("h3", {}, title), ...children);
}

function badge(result) {
  return element("span", { class: `badge ${kindOf(result)}`, "aria-hidden": "true" }, "●");
}

// A long text, which can be scrolled with the keyboard.
function block(text, label) {
  return element("pre", { tabindex: "0", role: "region", "aria-label": label }, text);
}

function copyable(text, label) {
  const button = element("button", { type: "button" }, "Copy");
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text);
      button.textContent = "Copied";
    } catch {
      button.textContent = "Select the text, and copy it";
    }
  });
  return element("div", { class: "copyable" }, block(text, label), button);
}

// One reason of the guard: what it means, its fields, and what to do.
function reasonItem(setup, error) {
  const { message = "", remedy, ...fields } = error.reason ?? {};
  // Denials of `st-mfa` have the messages of SuperTokens' SDK, some with the name of a factor.
  const isFactor = /factor/i.test(message);
  const known = setup.reasons[isFactor ? "MFA requirement for auth is not satisfied" : message];
  const aboutValue = isFactor || /^(wrong value|value does not exist|MFA )/.test(message);
  const advice = remedy ?? (aboutValue && setup.remedies[error.id]) ?? known?.remedy;
  const list = element("dl", {});
  for (const [name, value] of Object.entries(fields)) {
    list.append(element("dt", {}, name), element("dd", {}, code(JSON.stringify(value))));
  }
  return element(
    "li",
    {},
    element("strong", {}, error.id ? `${error.id}: ${message}` : message),
    known ? element("p", {}, known.meaning) : null,
    list.childElementCount ? list : null,
    element("p", { class: "remedy" }, element("b", {}, "Remedy: "), advice || known?.remedy || "unknown"),
  );
}

// Why the gateway answered instead of the function.
function gatewayAnswer(route, result, reason) {
  const scopes = route.authorizer?.scopes ?? [];
  let remedy = "See the terminal: it shows the function's output.";
  let meaning = "The gateway has no response of the function.";
  if (result.status === 401 || result.status === 403) {
    meaning = "The authorizer rejected the request, so the function was not invoked.";
    remedy = "Send a token that the issuer has signed for this API, and that has not expired.";
    if (result.status === 403 && scopes.length) remedy = `Send a token with one of the scopes ${scopes.join(", ")}.`;
    else if (route.authorizer?.kind === "Lambda") remedy = `See what the Lambda authorizer ${route.authorizer.name} decides.`;
  }
  return element(
    "ul",
    { class: "reasons" },
    element(
      "li",
      {},
      element("strong", {}, reason),
      element("p", {}, meaning),
      element("p", { class: "remedy" }, element("b", {}, "Remedy: "), remedy),
    ),
  );
}

function responseCard(setup, route, result) {
  const reasons = reasonsOf(result);
  const body = parsed(result.body);
  const shown = ["content-type", "www-authenticate", "location", "x-amzn-errortype"];
  const headers = result.headers?.filter(([name]) => shown.includes(name)) ?? [];
  const line = result.redirected ? "a redirect, which the page does not follow" : result.status;
  const parts = [element("p", {}, badge(result), ` ${line ?? "no response"}`)];
  if (reasons.length) {
    parts.push(element("ul", { class: "reasons" }, ...reasons.map((error) => reasonItem(setup, error))));
  } else if (result.record?.reason) {
    parts.push(gatewayAnswer(route, result, result.record.reason));
  } else if (result.failed) {
    parts.push(element("p", {}, result.failed));
  }
  if (headers.length) {
    parts.push(block(headers.map(([name, value]) => `${name}: ${value}`).join("\n"), "headers of the response"));
  }
  if (result.body) parts.push(block(body === undefined ? result.body : pretty(body), "body of the response"));
  return card("Response", ...parts);
}

function requirementsCard(setup, route) {
  const parts = [];
  const authorizer = route.authorizer;
  const scopes = authorizer?.scopes.length ? ` with one of the scopes ${authorizer.scopes.join(", ")}` : "";
  const first = authorizer
    ? `The ${authorizer.kind} authorizer ${authorizer.name} requires a valid token${scopes}.`
    : "The route has no authorizer.";
  parts.push(element("p", {}, first));
  if (route.requirements === "public") parts.push(element("p", {}, "The handler has no requirements."));
  else if (route.requirements) parts.push(block(`#[require_claims(${route.requirements})]`, "requirements of the handler"));
  parts.push(
    setup.route_table
      ? hint("From ", code(setup.route_table), ", which lists the same routes. The function's binary does not tell its requirements.")
      : hint("The function's binary does not tell its requirements. See the attribute of its handler."),
  );
  return card("Requirements", ...parts);
}

// Every claim in the event, next to the token's exact value. An HTTP API passes text only; other JSON has quotes.
function claimsCard(claims) {
  const isText = claims.every((claim) => claim.is_text);
  const passed = (claim) => (claim.is_text && !isText ? JSON.stringify(claim.passed) : claim.passed);
  const rows = claims.map((claim) => {
    const mark = claim.readings.length
      ? element(
          "p",
          { class: "ambiguous" },
          element("b", {}, "ambiguous: "),
          "the same text as ",
          ...claim.readings.flatMap((reading, index) => (index ? [" and ", code(reading)] : [code(reading)])),
        )
      : null;
    const differs = claim.exact !== null && !claim.matches ? element("p", { class: "ambiguous" }, "differs from the event") : null;
    return element(
      "tr",
      {},
      element("th", { scope: "row" }, code(claim.key)),
      element("td", { "data-label": "in the event" }, code(passed(claim)), mark),
      element("td", { "data-label": "in the token" }, claim.exact === null ? "no token, or not in it" : code(claim.exact), differs),
    );
  });
  const head = ["Claim", isText ? "Text in the event" : "Value in the event", "Exact value in the token"];
  const headings = head.map((text) => element("th", { scope: "col" }, text));
  const table = element("table", {}, element("thead", {}, element("tr", {}, ...headings)), element("tbody", {}, ...rows));
  const created = card("Claims", table);
  created.classList.add("wide");
  return created;
}

function commandCard(route, caller) {
  if (caller.event) return card("Command", hint("A pasted event goes to the function directly, so there is no command."));
  const note = caller.token ? hint("Set ", code("TOKEN"), " to your token first.") : null;
  return card("Command", note, copyable(curlOf(route, caller), "command"));
}

// Shows the details of a call. `again` makes the call again.
function showDetails(setup, { route, caller, result, again }) {
  const title = element("h2", { id: "details-title" }, `${route.key} as ${caller.name}`);
  const button = element("button", { type: "button" }, result ? "Call again" : "Call it");
  button.addEventListener("click", again);
  const cards = [];
  if (result) cards.push(responseCard(setup, route, result));
  else cards.push(card("Response", hint(canSend(route) ? "Not called yet." : "A browser cannot send this header. Use the command.")));
  cards.push(requirementsCard(setup, route), commandCard(route, caller));
  const record = result?.record;
  if (record?.claims?.length) cards.push(claimsCard(record.claims));
  if (result?.token) {
    const payload = payloadOf(result.token);
    const shown = payload ? block(pretty(payload), "payload of the token") : hint("The payload is not JSON.");
    cards.push(card("Token", hint("The payload, as the issuer signed it unless the token was changed."), shown));
  }
  if (record?.event) cards.push(card("Event", hint("What the function received."), block(pretty(record.event), "event")));
  else if (result) cards.push(card("Event", hint(record?.note ?? record?.missing ?? "The function was not invoked, so there is no event.")));
  const about = hint(caller.description);
  const head = element("div", { class: "title" }, title, canSend(route) ? button : null);
  document.getElementById("details").replaceChildren(head, about, element("div", { class: "cards" }, ...cards));
}

// The requests that the page makes, all of them to this gateway.
"use strict";

const KEY = "x-console-key";

// Headers that a browser does not let a page set.
const FORBIDDEN = /^(cookie|host|origin|referer|connection|content-length|proxy-.*|sec-.*)$/i;

const options = { cache: "no-store", credentials: "omit", redirect: "manual" };

async function json(path, key, more) {
  const headers = key ? { [KEY]: key } : {};
  const response = await fetch(path, { ...options, ...more, headers });
  const body = await response.json();
  if (!response.ok) throw new Error(body.message ?? `the gateway answered ${response.status}`);
  return body;
}

function loadSetup() {
  return json("/.console/setup");
}

// What the gateway recorded about a call: the event, the claims, and the reason of its own answer.
function loadRecord(setup, requestId) {
  return json(`/.console/requests/${encodeURIComponent(requestId)}`, setup.key);
}

// The token of a caller, or null for a request without one.
async function tokenOf(caller) {
  if (caller.token) return caller.token;
  if (!caller.token_path) return null;
  const response = await fetch(caller.token_path, options);
  if (!response.ok) throw new Error(`no token for ${caller.name}`);
  return (await response.text()).trim();
}

// Whether the page can send the route's token at all.
function canSend(route) {
  const authorizer = route.authorizer;
  return !authorizer || authorizer.place === "query" || !FORBIDDEN.test(authorizer.parameter);
}

async function callRoute(setup, route, token) {
  const headers = { [KEY]: setup.key };
  let path = route.path;
  if (token && route.authorizer) {
    const { place, parameter } = route.authorizer;
    if (place === "query") path += `?${encodeURIComponent(parameter)}=${encodeURIComponent(token)}`;
    else headers[parameter] = parameter === "authorization" ? `Bearer ${token}` : token;
  }
  if (route.body) headers["content-type"] = "application/json";
  const body = route.body ?? undefined;
  const response = await fetch(path, { ...options, method: route.method, headers, body });
  if (response.type === "opaqueredirect") return { redirected: true, headers: [], body: "" };
  return {
    status: response.status,
    headers: [...response.headers],
    body: await response.text(),
    requestId: response.headers.get("apigw-requestid") ?? response.headers.get("x-amz-apigw-id"),
  };
}

// The response of the route's function to a pasted event, with the event that it received.
async function invoke(setup, route, event) {
  const body = JSON.stringify({ route: route.key, event });
  const answer = await json("/.console/invoke", setup.key, { method: "POST", body });
  return { ...answer, record: answer };
}

// The kind of a result, for its colour.
function kindOf(result) {
  if (!result?.status) return "none";
  if (result.status < 300) return "allowed";
  return { 401: "unauthorized", 403: "forbidden" }[result.status] ?? "other";
}

// The reasons in a 403 of the guard.
function reasonsOf(result) {
  const errors = parsed(result.body)?.claimValidationErrors;
  return Array.isArray(errors) ? errors : [];
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

// The payload of a token, which nobody has verified here.
function payloadOf(token) {
  try {
    const text = atob(token.split(".")[1].replaceAll("-", "+").replaceAll("_", "/"));
    return JSON.parse(new TextDecoder().decode(Uint8Array.from(text, (byte) => byte.charCodeAt(0))));
  } catch {
    return undefined;
  }
}

function quoted(text) {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

// The command that makes the same call in a shell.
function curlOf(route, caller) {
  const words = ["curl -s -w ' (%{http_code})\\n'"];
  if (route.method !== "GET") words.push(`-X ${route.method}`);
  let url = quoted(location.origin + route.path);
  const path = caller.token_path;
  const token = caller.token ? "$TOKEN" : path && `$(curl -s ${location.origin}${path})`;
  if (token && route.authorizer) {
    const { place, parameter } = route.authorizer;
    if (place === "query") url = `${quoted(`${location.origin}${route.path}?${parameter}=`)}"${token}"`;
    else if (parameter === "authorization") words.push(`-H "Authorization: Bearer ${token}"`);
    else words.push(`-H "${parameter}: ${token}"`);
  }
  if (route.body) words.push(`-H 'Content-Type: application/json' -d ${quoted(route.body)}`);
  return [...words, url].join(" ");
}

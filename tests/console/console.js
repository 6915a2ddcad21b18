// Opens the console of a local gateway in headless Chromium, uses it as a person does, and prints what it shows as one
// JSON object. Usage: node console.js TASK URL [FOLDER], where the task is `matrix` (the cells and their commands),
// `unsafe` (the cells before and after all methods are called) or `tour` (everything else), and screenshots of the tour
// are written to the folder.

const fs = require("node:fs");
const puppeteer = require("puppeteer-core");

const [task, url, folder] = process.argv.slice(2);
const chromium = process.env.CHROMIUM ?? "/usr/bin/chromium";

// Chromium's sandbox does not start as root.
const flags = process.getuid() === 0 ? ["--no-sandbox"] : [];

async function open(browser, observed) {
  const page = await browser.newPage();
  page.on("pageerror", (error) => observed.errors.push(String(error)));
  page.on("console", (message) => {
    // The browser itself reports every status above 399 as an error.
    const isStatus = message.text().startsWith("Failed to load resource: the server responded");
    if (message.type() === "error" && !isStatus) observed.errors.push(message.text());
  });
  page.on("request", (request) => {
    const to = request.url();
    if (!to.startsWith(new URL(url).origin) && !to.startsWith("data:")) observed.elsewhere.push(to);
  });
  await page.setViewport({ width: 1280, height: 900 });
  await page.goto(url);
  await filled(page);
  return page;
}

// Waits until no cell waits for a response.
function filled(page) {
  return page.waitForFunction(() => {
    const cells = [...document.querySelectorAll("[role=gridcell]")];
    const status = document.getElementById("status").textContent;
    return cells.length > 0 && status && cells.every((cell) => cell.dataset.status !== "…");
  });
}

function cells(page) {
  return page.$$eval("[role=gridcell]", (all) =>
    all.map((cell) => ({
      route: cell.dataset.route,
      caller: cell.dataset.caller,
      status: cell.dataset.status,
      reasons: cell.dataset.reasons.split(" ").filter((id) => id),
    })),
  );
}

function text(page, selector) {
  return page.$eval(selector, (found) => found.innerText);
}

async function details(page, route, caller) {
  await page.click(`[role=gridcell][data-route="${route}"][data-caller="${caller}"]`);
  await page.waitForFunction(
    (title) => {
      const shown = document.getElementById("details").innerText;
      return shown.startsWith(title) && (shown.includes("requestContext") || shown.includes("no event"));
    },
    {},
    `${route} as ${caller}`,
  );
  return text(page, "#details");
}

async function matrix(page) {
  const shown = await cells(page);
  for (const cell of shown) {
    await page.click(`[role=gridcell][data-route="${cell.route}"][data-caller="${cell.caller}"]`);
    cell.command = await text(page, "[aria-label=command]");
  }
  return { cells: shown };
}

async function unsafe(page) {
  const before = await cells(page);
  await page.click("#unsafe");
  await filled(page);
  return { before, after: await cells(page) };
}

// Moves through the grid with the keyboard only.
async function keyboard(page) {
  const focused = () =>
    page.evaluate(() => ({ route: document.activeElement.dataset.route, caller: document.activeElement.dataset.caller }));
  const places = [];
  for (let tabs = 0; tabs < 10 && !(await focused()).route; tabs += 1) await page.keyboard.press("Tab");
  places.push(await focused());
  for (const key of ["ArrowDown", "ArrowRight", "ArrowUp", "ArrowUp", "ArrowLeft", "End", "Home"]) {
    await page.keyboard.press(key);
    places.push(await focused());
  }
  await page.keyboard.down("Control");
  await page.keyboard.press("End");
  await page.keyboard.up("Control");
  places.push(await focused());
  const outline = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
  await page.keyboard.press("Enter");
  const title = await text(page, "#details-title");
  const stops = await page.$$eval("[role=gridcell][tabindex='0']", (all) => all.length);
  return { places, outline, title, stops };
}

// Every element that a screen reader announces by its role, without a name.
async function unnamed(page) {
  const found = [];
  const visit = (node) => {
    const needsName = ["button", "gridcell", "columnheader", "rowheader", "grid", "textbox", "region", "link"];
    if (needsName.includes(node.role) && !node.name) found.push(node.role);
    (node.children ?? []).forEach(visit);
  };
  visit(await page.accessibility.snapshot({ interestingOnly: false }));
  return found;
}

async function paste(page, pasted) {
  await page.$eval("#pasted", (field, value) => (field.value = value), pasted);
  await page.click("#paste [type=submit]");
  await page.waitForFunction(() => {
    const error = document.getElementById("paste-error").textContent;
    const added = [...document.querySelectorAll("[data-caller^='your ']")];
    return error || (added.length > 0 && added.every((cell) => !["…", "–"].includes(cell.dataset.status)));
  });
}

async function callWithPasted(page, pasted) {
  await paste(page, pasted);
  const shown = (await cells(page)).filter((cell) => cell.caller.startsWith("your "));
  const last = shown.at(-1);
  if (last) await details(page, last.route, last.caller);
  const result = { error: await text(page, "#paste-error"), cells: shown, details: await text(page, "#details") };
  const remove = await page.$("#paste-remove:not([hidden])");
  if (remove) await remove.click();
  return result;
}

async function pastedCallers(page) {
  const token = await page.evaluate(async () => (await fetch("/auth/token/customer")).text());
  const event = await page.evaluate(() => document.querySelector("[aria-label=event]").innerText);
  const markup = { v: '<img src="x" onerror="document.title = 1">' };
  const payload = Buffer.from(JSON.stringify(markup)).toString("base64url");
  const results = {};
  for (const [name, pasted] of Object.entries({
    token: `Bearer ${token}`,
    event,
    markup: `e30.${payload}.c2ln`,
    nonsense: "nothing",
    json: "{",
    other: '{"Records": []}',
  })) {
    results[name] = await callWithPasted(page, pasted);
  }
  results.images = await page.$$eval("img", (all) => all.length);
  return results;
}

// The layout in both widths and both colour schemes, with screenshots.
async function layouts(page) {
  const found = [];
  for (const width of [1280, 390]) {
    for (const scheme of ["light", "dark"]) {
      await page.setViewport({ width, height: 900, deviceScaleFactor: width === 390 ? 2 : 1 });
      await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
      const measured = await page.evaluate(() => ({
        content: document.documentElement.scrollWidth,
        window: innerWidth,
        grid: document.getElementById("grid").scrollWidth - document.getElementById("grid").clientWidth,
        background: getComputedStyle(document.body).backgroundColor,
      }));
      found.push({ width, scheme, ...measured });
      if (folder) await page.screenshot({ path: `${folder}/console-${width}-${scheme}.png`, fullPage: true });
    }
  }
  return found;
}

async function tour(page) {
  const observed = { keyboard: await keyboard(page) };
  observed.denied = await details(page, "DELETE /orders/{id}", "newcomer");
  observed.unauthorized = await details(page, "DELETE /orders/{id}", "expired");
  observed.public = await details(page, "GET /health", "customer");
  observed.ambiguous = await details(page, "POST /orders", "staff");
  observed.unnamed = await unnamed(page);
  observed.pasted = await pastedCallers(page);
  // The widest matrix has a column for the pasted token.
  await paste(page, "e30.e30.c2ln");
  await details(page, "DELETE /orders/{id}", "newcomer");
  observed.layouts = await layouts(page);
  return observed;
}

async function main() {
  if (folder) fs.mkdirSync(folder, { recursive: true });
  const browser = await puppeteer.launch({ executablePath: chromium, args: flags });
  try {
    const observed = { errors: [], elsewhere: [] };
    const page = await open(browser, observed);
    const result = await { matrix, unsafe, tour }[task](page);
    console.log(JSON.stringify({ ...observed, ...result }));
  } finally {
    await browser.close();
  }
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});

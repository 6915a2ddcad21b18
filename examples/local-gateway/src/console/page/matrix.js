// The matrix of routes and callers: a grid whose cells are filled in as the responses arrive.

const SAFE = ["GET", "HEAD", "OPTIONS"];

const grid = document.getElementById("grid");

// The matrix on the page: the setup, the callers, and a cell for each route and caller.
const matrix = { setup: null, callers: [], cells: [], selected: null, callsAll: false };

function labelOf(cell) {
  if (cell.waiting) return "…";
  if (!cell.result) return canSend(cell.route) ? "–" : "curl";
  if (cell.result.redirected) return "3xx";
  return cell.result.status ? String(cell.result.status) : "error";
}

function update(cell) {
  const ids = cell.result ? reasonsOf(cell.result).map((error) => error.id) : [];
  const label = labelOf(cell);
  const words = { "…": "waiting", "–": "not called", curl: "not called, because a browser cannot send this token" };
  const name = `${cell.route.key} as ${cell.caller.name}: ${[words[label] ?? label, ...ids].join(", ")}`;
  cell.element.className = `cell ${kindOf(cell.waiting ? null : cell.result)}`;
  cell.element.setAttribute("aria-label", name);
  cell.element.dataset.status = label;
  cell.element.dataset.reasons = ids.join(" ");
  const list = element("span", { class: "ids" }, ids.join(" "));
  cell.element.replaceChildren(element("span", {}, label), list);
  if (matrix.selected === cell) show(cell);
}

function show(cell) {
  showDetails(matrix.setup, { ...cell, again: () => call(cell).then(() => record(cell)) });
}

// Calls the route, and fills in the cell.
async function call(cell) {
  if (!canSend(cell.route) && !cell.caller.event) return;
  cell.waiting = true;
  update(cell);
  const { setup } = matrix;
  try {
    if (cell.caller.event) {
      cell.result = await invoke(setup, cell.route, cell.caller.event);
    } else {
      const token = cell.route.authorizer ? await tokenOf(cell.caller) : null;
      cell.result = { ...(await callRoute(setup, cell.route, token)), token };
    }
  } catch (error) {
    cell.result = { failed: `The call failed: ${error.message}`, body: "" };
  }
  cell.waiting = false;
  update(cell);
  report();
}

// Loads what the gateway has recorded about the call, for the details.
async function record(cell) {
  const result = cell.result;
  if (!result?.requestId || result.record) return;
  try {
    result.record = await loadRecord(matrix.setup, result.requestId);
  } catch (error) {
    result.record = { missing: error.message };
  }
  if (matrix.selected === cell) show(cell);
}

function select(cell) {
  matrix.selected?.element.setAttribute("aria-selected", "false");
  matrix.selected = cell;
  cell.element.setAttribute("aria-selected", "true");
  show(cell);
  record(cell);
}

// Says how many calls are done, in one sentence: a screen reader would announce a change for each call.
function report() {
  const cells = matrix.cells.flat();
  const done = cells.filter((cell) => !cell.waiting && cell.result);
  if (cells.some((cell) => cell.waiting)) return;
  const counts = new Map();
  for (const cell of done) counts.set(labelOf(cell), (counts.get(labelOf(cell)) ?? 0) + 1);
  const parts = [...counts].sort().map(([label, count]) => `${count} × ${label}`);
  const skipped = cells.length - done.length;
  if (skipped) parts.push(`${skipped} not called`);
  document.getElementById("status").textContent = `${done.length} responses: ${parts.join(", ")}`;
}

// Makes all calls, except for those that may change something outside of the example.
async function callEach(cells) {
  const isCalled = (cell) => matrix.callsAll || matrix.setup.is_example || SAFE.includes(cell.route.method);
  await Promise.all(cells.filter(isCalled).map(call));
  report();
  if (matrix.selected) record(matrix.selected);
}

function routeHeader(route) {
  const [method, ...path] = route.key.split(" ");
  // A path may be broken after each slash.
  const parts = path.join(" ").split(/(?<=\/)/).flatMap((part) => [part, document.createElement("wbr")]);
  const name = element("span", {}, element("b", {}, method), " ", ...parts);
  const note = route.requirements ?? (route.authorizer ? "" : "no authorizer");
  return element("div", { role: "rowheader" }, name, element("span", { class: "note" }, note));
}

// Builds the grid. The cells of callers that stay keep their results.
function build() {
  const before = matrix.cells.flat();
  const headings = matrix.callers.map((caller) => element("div", { role: "columnheader" }, element("span", {}, caller.name)));
  const head = element("div", { role: "row", class: "head" }, element("div", { role: "columnheader" }, "Route"), ...headings);
  matrix.cells = matrix.setup.routes.map((route) =>
    matrix.callers.map((caller) => {
      const old = before.find((cell) => cell.route.key === route.key && cell.caller === caller);
      const created = element("div", { role: "gridcell", tabindex: "-1", "aria-selected": "false" });
      created.dataset.route = route.key;
      created.dataset.caller = caller.name;
      return { route, caller, element: created, result: old?.result, waiting: false };
    }),
  );
  const rows = matrix.cells.map((cells, index) =>
    element("div", { role: "row" }, routeHeader(matrix.setup.routes[index]), ...cells.map((cell) => cell.element)),
  );
  grid.style.setProperty("--callers", matrix.callers.length);
  grid.replaceChildren(head, ...rows);
  matrix.selected = null;
  matrix.cells.flat().forEach(update);
  matrix.cells[0]?.[0]?.element.setAttribute("tabindex", "0");
}

// The row and the column of a cell's element.
function position(target) {
  const found = target.closest("[role=gridcell]");
  const row = matrix.cells.findIndex((cells) => cells.some((cell) => cell.element === found));
  return row < 0 ? null : [row, matrix.cells[row].findIndex((cell) => cell.element === found)];
}

function focusCell(row, column) {
  for (const cell of matrix.cells.flat()) cell.element.setAttribute("tabindex", "-1");
  const target = matrix.cells[row][column].element;
  target.setAttribute("tabindex", "0");
  target.focus();
}

function move(event) {
  const at = position(event.target);
  if (!at || event.altKey || event.metaKey) return;
  const [row, column] = at;
  const [lastRow, lastColumn] = [matrix.cells.length - 1, matrix.callers.length - 1];
  const targets = {
    ArrowUp: [Math.max(row - 1, 0), column],
    ArrowDown: [Math.min(row + 1, lastRow), column],
    ArrowLeft: [row, Math.max(column - 1, 0)],
    ArrowRight: [row, Math.min(column + 1, lastColumn)],
    Home: [event.ctrlKey ? 0 : row, 0],
    End: [event.ctrlKey ? lastRow : row, lastColumn],
  };
  if (event.key === "Enter" || event.key === " ") select(matrix.cells[row][column]);
  else if (targets[event.key]) focusCell(...targets[event.key]);
  else return;
  event.preventDefault();
}

grid.addEventListener("keydown", move);
grid.addEventListener("click", (event) => {
  const at = position(event.target);
  if (!at) return;
  focusCell(...at);
  select(matrix.cells[at[0]][at[1]]);
});

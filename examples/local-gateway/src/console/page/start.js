// Starts the page, and handles the token or event of the user.

const pasteForm = document.getElementById("paste");
const pasted = document.getElementById("pasted");
const pasteError = document.getElementById("paste-error");
const removePasted = document.getElementById("paste-remove");
const unsafe = document.getElementById("unsafe");

// The caller with what was pasted. Throws an error that says what to paste.
function pastedCaller(text) {
  const trimmed = text.trim();
  if (trimmed.startsWith("{")) {
    let event;
    try {
      event = JSON.parse(trimmed);
    } catch (error) {
      throw new Error(`The event is not valid JSON: ${error.message}. Paste the whole object that the function received.`);
    }
    return { name: "your event", description: "the event that you pasted", event };
  }
  const token = trimmed.replace(/^bearer\s+/i, "");
  if (!/^[\w-]+\.[\w-]+\.[\w-]*$/.test(token)) {
    throw new Error("Expected a token, which has three parts separated by dots, or an event, which is a JSON object.");
  }
  return { name: "your token", description: "the token that you pasted", token };
}

async function callWithPasted() {
  const caller = pastedCaller(pasted.value);
  // Check the event with the first route before a column is added.
  const first = matrix.setup.routes.find((route) => SAFE.includes(route.method));
  if (caller.event && first) await invoke(matrix.setup, first, caller.event);
  setPasted(caller);
  const cells = matrix.cells.map((row) => row[row.length - 1]);
  await callEach(cells);
  const forbidden = cells.find((cell) => cell.result?.status === 403);
  select(forbidden ?? cells[0]);
  document.getElementById("details").focus();
}

function setPasted(caller) {
  matrix.callers = [...matrix.setup.callers, ...(caller ? [caller] : [])];
  removePasted.hidden = !caller;
  build();
  report();
}

async function start() {
  const api = document.getElementById("api");
  try {
    matrix.setup = await loadSetup();
  } catch (error) {
    api.textContent = `The console cannot reach the gateway: ${error.message}`;
    return;
  }
  api.textContent = `${matrix.setup.api} at ${location.origin}`;
  unsafe.hidden = matrix.setup.is_example || matrix.callsAll || !matrix.setup.routes.some((route) => !SAFE.includes(route.method));
  matrix.callers = matrix.setup.callers;
  build();
  await callEach(matrix.cells.flat());
}

pasteForm.addEventListener("submit", async (event) => {
  event.preventDefault();
  pasteError.textContent = "";
  pasted.removeAttribute("aria-invalid");
  try {
    await callWithPasted();
  } catch (error) {
    pasteError.textContent = error.message;
    pasted.setAttribute("aria-invalid", "true");
  }
});
removePasted.addEventListener("click", () => setPasted(null));
document.getElementById("again").addEventListener("click", () => callEach(matrix.cells.flat()));
unsafe.addEventListener("click", () => {
  matrix.callsAll = true;
  unsafe.hidden = true;
  callEach(matrix.cells.flat().filter((cell) => !SAFE.includes(cell.route.method)));
});
start();

// The keyboard in a grid: arrows, Home and End, lock and take out; Enter is a click.
// One stop of each grid is in the tab order.
import { letGo, pickUp, putDownIn, unplace } from "./picking.js";
import { lock, run } from "./commands.js";
import { mayEdit } from "./api.js";

const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

/** What can have the focus in a cell: marks or lessons, else the cell itself. */
export function stopsOf(cell) {
  const stops = [...cell.querySelectorAll("[data-stop]")];
  const marks = stops.filter((stop) => "mark" in stop.dataset);
  if (marks.length) return marks;
  return stops.length ? stops : [cell];
}

export function onGridKey(store, event) {
  const cell = event.target.closest("td[data-row]");
  if (!cell || event.altKey || event.metaKey || event.ctrlKey) return;
  if (event.key in STEPS || event.key === "Home" || event.key === "End") {
    event.preventDefault();
    go(cell, event);
    return;
  }
  const lesson = event.target.dataset.lesson;
  if (mayEdit && lesson && (event.key === "Delete" || event.key === "Backspace")) {
    event.preventDefault();
    unplace(store, lesson);
  } else if (mayEdit && lesson && event.key === "l") {
    run(store, lock([lesson], !store.locked.has(lesson)));
  }
}

function go(cell, event) {
  const table = cell.closest("table");
  const stops = stopsOf(cell);
  const at = stops.indexOf(event.target);
  const [down, right] = STEPS[event.key] ?? [0, 0];
  if (down && at >= 0 && stops[at + down]) return focusOn(stops[at + down]);
  const next = STEPS[event.key]
    ? beside(table, cell, down, right)
    : edge(table, cell, event.key === "End");
  if (next) focusOn(down < 0 ? stopsOf(next).at(-1) : stopsOf(next)[0]);
}

/** The next cell in a direction; rows without cells of lessons are passed over. */
function beside(table, cell, down, right) {
  let [row, col] = [Number(cell.dataset.row), Number(cell.dataset.col)];
  for (let tries = 0; tries < 30; tries += 1) {
    row += down;
    col += right;
    const found = table.querySelector(`td[data-row="${row}"][data-col="${col}"]`);
    if (found) return found;
  }
  return null;
}

function edge(table, cell, last) {
  const row = [...table.querySelectorAll(`td[data-row="${cell.dataset.row}"]`)];
  return last ? row.at(-1) : row[0];
}

export function focusOn(element) {
  const table = element.closest("table");
  table.querySelectorAll("[tabindex='0']").forEach((other) => (other.tabIndex = -1));
  element.tabIndex = 0;
  element.focus();
}

/** After drawing: each grid has one stop, and the focus is not lost. */
export function keepFocus(store, root, before) {
  for (const table of root.querySelectorAll("table[role=grid]")) {
    if (!table.querySelector("tbody [tabindex='0']")) {
      const first = table.querySelector("td[data-row]");
      if (first) stopsOf(first)[0].tabIndex = 0;
    }
  }
  const { focusLesson } = store;
  if (focusLesson && !store.pending.size) {
    store.focusLesson = null;
    const panes = [...root.querySelectorAll(`table [data-lesson="${CSS.escape(focusLesson)}"]`)];
    const own = panes.find((chip) => chip.closest("table").dataset.pane === before?.pane) ?? panes[0];
    if (own) return focusOn(own);
  }
  if (before && !root.contains(document.activeElement)) {
    const table = root.querySelectorAll("table[role=grid]")[before.table];
    const cell = table?.querySelector(`td[data-row="${before.row}"][data-col="${before.col}"]`);
    if (cell) focusOn(stopsOf(cell)[0]);
  }
}

/** Where the focus is now, to find the place again once all is drawn anew. */
export function focusedCell(root) {
  const cell = document.activeElement?.closest?.("td[data-row]");
  if (!cell || !root.contains(cell)) return null;
  const tables = [...root.querySelectorAll("table[role=grid]")];
  const table = cell.closest("table");
  return { table: tables.indexOf(table), pane: table.dataset.pane, row: cell.dataset.row, col: cell.dataset.col };
}

/** Clicks and taps: a lesson is taken up; a marked cell takes what is in hand. */
export function onGridClick(store, event) {
  const cell = event.target.closest("td[data-row]");
  if (!cell) return;
  if (putDownIn(store, cell)) return;
  const chip = event.target.closest("[data-lesson]");
  if (!chip) return;
  if (store.picked?.id === chip.dataset.lesson) letGo(store);
  else pickUp(store, chip.dataset.lesson);
}

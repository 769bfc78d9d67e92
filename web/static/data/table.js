// A table of the draft as a sheet.
import { html, render, useMemo, useState } from "../vendor/htm-preact.js";
import { t } from "../editor/words.js";
import { mayEdit, root } from "./api.js";
import { Grid } from "./grid.js";
import { Bar, Faults, History, Pending } from "./panels.js";
import { Store, marksOf, newRow } from "./store.js";

const FIRST = 2; // the titles are row 1, as in a file
const { table, single } = root.dataset;
const store = new Store([table]);

function App() {
  const [, draw] = useState(0);
  useMemo(() => store.watch(() => draw((n) => n + 1)), []);
  const [place, setPlace] = useState(null);
  const [start, setStart] = useState(readAnchor());
  const columns = store.columns[table];
  const rows = store.rows[table];
  const shown = rows.map((row, n) => Object.assign(row, { key: row.id ?? `new${n}`, label: `${n + FIRST}` }));
  const chosen = place ? rows[place.r] : null;
  const mark = place && chosen ? markOf(place.r, place.c) : null;

  function markOf(r, c) {
    const row = rows[r];
    return row?.id && columns[c] ? store.marks.get(`${table} ${row.id} ${columns[c].name}`) ?? null : null;
  }
  function onType(list) {
    const typed = new Map();
    const added = [];
    for (const { r, c, text } of list) {
      let row = rows[r];
      if (!row) {
        while (rows.length + added.length <= r) added.push(newRow(columns));
        row = added[r - rows.length];
      }
      if (!typed.has(row)) typed.set(row, {});
      typed.get(row)[columns[c].name] = text;
    }
    const steps = [...typed].map(([row, cells]) => ({ row, cells }));
    store.edit(table, steps.filter(({ row, cells }) => row.id !== null || Object.values(cells).some(Boolean)));
  }
  async function onTry(r, c, text) {
    const row = rows[r];
    const name = columns[c].name;
    const told = await store.check([{ table, row: row?.id ?? null, cells: { [name]: text } }]);
    if (!told.ok) return null;
    const marks = marksOf(told.faults);
    if (row?.id) return marks.get(`${table} ${row.id} ${name}`) ?? null;
    return told.faults.find((one) => one.table === table && one.cells.some(([, x]) => x === name)) ?? null;
  }
  function goTo(fault, row, column) {
    if (fault.table !== table || row === null) return false;
    const r = rows.findIndex((one) => one.id === row);
    const c = Math.max(0, columns.findIndex((one) => one.name === column));
    if (r >= 0) setStart({ r, c, r2: r, c2: c });
    return r >= 0;
  }
  function readAnchor() {
    const [row, column] = decodeURIComponent(location.hash.slice(1)).split(",");
    const r = store.rows[table].findIndex((one) => one.id === Number(row));
    const c = Math.max(0, store.columns[table].findIndex((one) => one.name === column));
    return r < 0 ? undefined : { r, c, r2: r, c2: c };
  }
  function takeOut() {
    const list = rows.slice(place.range.top, place.range.bottom + 1).filter((row) => row.id !== null);
    if (list.length) store.edit(table, list.map((row) => ({ row, cells: null })));
  }
  function add() {
    setStart({ r: rows.length, c: 0, r2: rows.length, c2: 0 });
  }
  const optionsOf = (_, c) => [...columns[c].words, ...(store.choices[columns[c].choices] ?? [])];
  const many = mayEdit && !single;
  return html`
    <${Bar} store=${store}>
      ${many ? html`<button type="button" class="quiet" onClick=${add}>${t("增加行", "Add a row")}</button>
      <button type="button" class="quiet danger" disabled=${!chosen} onClick=${takeOut}>${place && place.range.bottom > place.range.top ? t(`删除${place.range.bottom - place.range.top + 1}行`, `Delete ${place.range.bottom - place.range.top + 1} rows`) : t("删除行", "Delete the row")}</button>` : ""}
    <//>
    <${Pending} store=${store} />
    <p id="cell-note" class=${`cell-note${mark && !mark.warning ? " bad" : ""}`} role="status">${noteOf(columns, place, chosen, mark)}</p>
    <${Grid} ...${{ columns, rows: shown, label: document.title, more: many, readOnly: !mayEdit, start, markOf, onType, onTry, optionsOf, onPlace: setPlace, onUndo: () => store.undo(), onRedo: () => store.redo() }} />
    <${Faults} store=${store} goTo=${goTo} />
    <${History} store=${store} table=${table} row=${chosen?.id ?? null} />`;
}

function noteOf(columns, place, row, mark) {
  if (!place) return t("选一格即可输入。", "Choose a cell and type.");
  const column = columns[place.c];
  const where = row ? t(`第${row.label}行 ${column.title}`, `row ${row.label}, ${column.title}`) : t(`新行 ${column.title}`, `new row, ${column.title}`);
  const said = mark ? mark.text : [row?.cells[place.c], column.note].filter(Boolean).join(t("　", " — "));
  return `${where}${t("：", ": ")}${said}`;
}

await store.load();
root.replaceChildren();
if (store.columns[table]) {
  render(html`<${App} />`, root);
  store.follow();
} else root.textContent = store.refused;

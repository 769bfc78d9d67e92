// 任课安排 and 课时: classes by subjects, over the requirements of the draft.
import { html, render, useMemo, useState } from "../vendor/htm-preact.js";
import { t } from "../editor/words.js";
import { get, mayEdit, post, root } from "./api.js";
import { Grid } from "./grid.js";
import { Bar, Faults, History, Pending, tableAddress } from "./panels.js";
import { Store } from "./store.js";

const { matrix, corner } = root.dataset;
const own = `matrices/${matrix}`;

/** The store of a matrix: all its cells come anew with each step. */
class MatrixStore extends Store {
  async load() {
    const told = await get(`${own}/cells.json`);
    if (told.ok) this.take(told);
    this.tell(told.ok ? {} : { refused: t("打不开这张表，请刷新页面。", "It cannot be opened; reload the page.") });
  }

  take(told) {
    const { seen, faults, pending, errors, warnings, columns, rows, marks, choices } = told;
    Object.assign(this, { seen, faults, pending, errors, warnings });
    if (columns) Object.assign(this, { columns, rows, choices, marks: new Map(Object.entries(marks)) });
    for (const step of this.queued) step.show?.();
  }

  fill(entries) {
    return this.run({
      show: () => entries.forEach(({ row, subject, text }) => {
        const line = this.rows.find((one) => one.key === row);
        line.cells[this.columns.findIndex((one) => one.name === subject)] = text;
      }),
      send: async () => {
        const told = await post(`${own}/fill.json`, { ...this.about(), entries });
        return told.ok ? { ...told, ...(await get(`${own}/cells.json`)), said: told.said } : told;
      },
    });
  }

  undo() {
    return this.again("undo.json");
  }

  redo() {
    return this.again("redo.json");
  }

  again(path) {
    const send = async () => {
      const told = await post(path, this.about());
      return told.ok ? { ...told, ...(await get(`${own}/cells.json`)), said: told.said } : told;
    };
    return this.run({ send });
  }
}

const store = new MatrixStore([]);

function App() {
  const [, draw] = useState(0);
  useMemo(() => store.watch(() => draw((n) => n + 1)), []);
  const [place, setPlace] = useState(null);
  const [start, setStart] = useState(undefined);
  const { columns, rows } = store;
  const markOf = (r, c) => (rows[r] && columns[c] ? store.marks.get(`${rows[r].key} ${columns[c].name}`) ?? null : null);
  const entry = ({ r, c, text }) => ({ row: rows[r].key, subject: columns[c].name, text });
  const mark = place ? markOf(place.r, place.c) : null;
  async function onTry(r, c, text) {
    const told = await post(`${own}/check.json`, { entries: [entry({ r, c, text })] });
    const found = told.ok ? Object.entries(told.marks) : [];
    const key = `${rows[r].key} ${columns[c].name}`;
    const alike = rows[r].kind === "grade" ? ([name]) => name.endsWith(` ${columns[c].name}`) : ([name]) => name === key;
    return found.find(alike)?.[1] ?? null;
  }
  function goTo(fault) {
    const key = [...store.marks].find(([, one]) => one.text === fault.text)?.[0];
    const r = key ? rows.findIndex((row) => key.startsWith(`${row.key} `)) : -1;
    const c = r < 0 ? -1 : columns.findIndex((one) => key === `${rows[r].key} ${one.name}`);
    if (c >= 0) setStart({ r, c, r2: r, c2: c });
    return c >= 0;
  }
  return html`
    <${Bar} store=${store} />
    <${Pending} store=${store} />
    <p id="cell-note" class=${`cell-note${mark && !mark.warning ? " bad" : ""}`} role="status">${place && rows[place.r] ? `${rows[place.r].label} ${columns[place.c].note}${t("：", ": ")}${mark?.text ?? rows[place.r].cells[place.c]}` : ""}</p>
    <${Grid} ...${{ columns, rows, corner, label: document.title, readOnly: !mayEdit, start, markOf, onTry, onPlace: setPlace }}
      fixed=${(r, c) => Boolean(rows[r]?.fixed.includes(c))} optionsOf=${() => store.choices}
      onType=${(list) => store.fill(list.filter(({ r }) => rows[r]).map(entry))} onUndo=${() => store.undo()} onRedo=${() => store.redo()} />
    <${Faults} store=${store} goTo=${goTo} hrefOf=${tableAddress} />
    <${History} store=${store} table="requirements" row=${null} />`;
}

await store.load();
root.replaceChildren();
if (store.rows.length && store.columns.length) render(html`<${App} />`, root);
else root.textContent = store.refused || t("先在【班级】和【学科】里各填一行。", "Fill in a row of classes and one of subjects first.");

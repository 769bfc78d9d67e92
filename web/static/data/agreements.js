// Agreements as forms, and the dates that each opens.
import { html, render, useEffect, useMemo, useState } from "../vendor/htm-preact.js";
import { t } from "../editor/words.js";
import { get, mayEdit, root } from "./api.js";
import { Fields, cellsOf } from "./forms.js";
import { Bar, Faults, History, Pending } from "./panels.js";
import { Store, newRow } from "./store.js";

const TABLE = "agreements";
const store = new Store([TABLE]);
const PARTS = [
  [t("谁用哪里", "Who uses what"), ["agreement_id", "school_id", "venue_id", "zones"]],
  [t("日期", "Dates"), ["valid_from", "valid_to", "closed_dates", "notice_days"]],
  [t("每周时段", "Weekly window"), ["day", "start", "end"]],
  [t("上限", "Caps"), ["max_classes", "max_pupils"]],
  [t("路上", "The way"), ["walk_minutes", "walk_metres", "road_crossings", "escorts"]],
  [t("文件", "Papers"), ["document", "insurance", "free", "fee", "contact"]],
];

function App() {
  const [, draw] = useState(0);
  useMemo(() => store.watch(() => draw((n) => n + 1)), []);
  const [at, setAt] = useState(Number(location.hash.slice(1).split(",")[0]) || null);
  const rows = store.rows[TABLE];
  const row = rows.find((one) => one.id === at) ?? rows[0];
  return html`<${Bar} store=${store}>
      ${mayEdit ? html`<button type="button" class="quiet" onClick=${() => add(row, setAt)}>${row ? t("照这份再加一个时段", "Add a window like this one") : t("加一份协议", "Add an agreement")}</button>` : ""}
      ${mayEdit && row ? html`<button type="button" class="quiet danger" onClick=${() => store.edit(TABLE, [{ row, cells: null }])}>${t("删除这份", "Delete this one")}</button>` : ""}
    <//>
    <${Pending} store=${store} />
    <div class="terms-page"><ul class="terms-list">${rows.map((one) => html`<li key=${one.id ?? "new"}><button type="button" class=${one === row ? "" : "quiet"} aria-pressed=${one === row ? "true" : "false"} onClick=${() => setAt(one.id)}>${titleOf(one)}</button></li>`)}</ul>
    ${row ? html`<div><form onSubmit=${(event) => event.preventDefault()}>
      ${PARTS.map(([title, names]) => html`<fieldset key=${title}><legend>${title}</legend><${Fields} ...${{ store, table: TABLE, row, names }} /></fieldset>`)}
    </form><${Dates} row=${row} /></div>` : html`<p>${t("还没有协议。", "No agreement yet.")}</p>`}</div>
    <${Faults} store=${store} goTo=${(fault, id) => fault.table === TABLE && id !== null && (setAt(id), true)} />
    <${History} store=${store} table=${TABLE} row=${row?.id ?? null} />`;
}

function titleOf(row) {
  const { agreement_id, venue_id, day, start, end } = cellsOf(store, TABLE, row);
  return `${agreement_id} ${venue_id} ${day} ${start}–${end}`;
}

function Dates({ row }) {
  const [told, setTold] = useState(null);
  useEffect(() => {
    let wanted = true;
    if (row.id) get(`agreements/${row.id}/dates.json`).then((found) => wanted && found.ok && setTold(found));
    return () => (wanted = false);
  }, [row.id, store.seen]);
  if (!told) return "";
  return html`<section><h2>${t(`本学期开放${told.open}次`, `Opens ${told.open} times this term`)}</h2>
    <ul class="opens">${told.weeks.map((one) => html`<li key=${one.date} class=${one.state}><span>${t(`第${one.week}周`, `week ${one.week}`)}</span> <strong>${one.date}</strong> <span>${one.state === "open" ? "✓" : "—"} ${one.text}</span></li>`)}</ul></section>`;
}

async function add(row, setAt) {
  const cells = row ? { ...cellsOf(store, TABLE, row), agreement_id: "" } : {};
  const made = newRow(store.columns[TABLE]);
  if (!row) cells.max_classes = "1";
  await store.edit(TABLE, [{ row: made, cells }]);
  const last = store.rows[TABLE].at(-1);
  if (last?.id) setAt(last.id);
}

await store.load();
root.replaceChildren();
render(html`<${App} />`, root);
store.follow();

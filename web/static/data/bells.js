// Bells drawn as days: blocks as high as they are long, a form for the chosen one.
import { html, render, useMemo, useState } from "../vendor/htm-preact.js";
import { dayName, t } from "../editor/words.js";
import { mayEdit, root } from "./api.js";
import { cellsOf } from "./forms.js";
import { Bar, Faults, History, Pending } from "./panels.js";
import { Store, newRow } from "./store.js";

const TABLE = "bells";
const PIXELS = 1.15; // of a minute
const store = new Store([TABLE]);
const DAYS = [1, 2, 3, 4, 5, 6, 7].map(dayName);

const minutes = (text) => {
  const found = /^(\d{1,2}):(\d{2})$/.exec(text);
  return found ? Number(found[1]) * 60 + Number(found[2]) : null;
};
const clock = (n) => `${String(Math.floor(n / 60)).padStart(2, "0")}:${String(n % 60).padStart(2, "0")}`;
const isLesson = (period) => period.kind === store.columns[TABLE].find((one) => one.name === "kind").words[0];

/** Bells with their days; days that ring alike are one column. */
function drawn() {
  const bells = new Map();
  for (const row of store.rows[TABLE]) {
    const cells = { ...cellsOf(store, TABLE, row), row };
    cells.from = minutes(cells.start);
    cells.to = minutes(cells.end);
    const days = bells.get(cells.bell_id) ?? bells.set(cells.bell_id, new Map()).get(cells.bell_id);
    (days.get(cells.day) ?? days.set(cells.day, []).get(cells.day)).push(cells);
  }
  return [...bells].map(([name, days]) => ({ name, columns: alike(days) }));
}

function alike(days) {
  const columns = new Map();
  const ordered = [...days].sort(([a], [b]) => DAYS.indexOf(a) - DAYS.indexOf(b));
  for (const [day, periods] of ordered) {
    periods.sort((a, b) => (a.from ?? 1e4) - (b.from ?? 1e4));
    const key = JSON.stringify(periods.map((p) => [p.period, p.kind, p.start, p.end, p.name]));
    const column = columns.get(key) ?? columns.set(key, { days: [], periods: [] }).get(key);
    column.days.push(day);
    periods.forEach((period, n) => (column.periods[n] ??= []).push(period));
  }
  return [...columns.values()];
}

function App() {
  const [, draw] = useState(0);
  useMemo(() => store.watch(() => draw((n) => n + 1)), []);
  const [chosen, setChosen] = useState("");
  const bells = drawn();
  const times = bells.flatMap((bell) => bell.columns.flatMap((column) => column.periods.flat())).flatMap((p) => [p.from, p.to]).filter((x) => x !== null);
  const begin = times.length ? Math.floor(Math.min(...times) / 30) * 30 : 480;
  const end = times.length ? Math.ceil(Math.max(...times) / 30) * 30 : 1020;
  return html`<${Bar} store=${store} />
    <${Pending} store=${store} />
    ${bells.map((bell) => html`<section key=${bell.name}><h2>${bell.name || t("（没有编号）", "(no id)")}</h2>
      <div class="days scroll" tabindex="0" role="group" aria-label=${bell.name}>${bell.columns.map((column) => html`<${Day} key=${column.days.join()} ...${{ bell, column, begin, end, chosen, setChosen }} />`)}</div>
    </section>`)}
    ${bells.length ? "" : html`<p>${t("还没有作息。先在表里填一行，或导入工作簿。", "No bell yet: fill in a row of the table, or import a workbook.")}</p>`}
    <${Faults} store=${store} />
    <${History} store=${store} table=${TABLE} row=${null} />`;
}

function Day({ bell, column, begin, end, chosen, setChosen }) {
  const title = column.days.length > 2 && consecutive(column.days) ? t(`${column.days[0]}至${column.days.at(-1)}`, `${column.days[0]} to ${column.days.at(-1)}`) : column.days.join(t("、", ", "));
  const key = `${bell.name} ${column.days[0]}`;
  const open = column.periods.find(([p]) => chosen === `${key} ${p.period}`);
  return html`<div class="day-column" key="day"><h3>${title}</h3>
    <div class="day" style=${{ height: `${(end - begin) * PIXELS}px` }}>
      ${hours(begin, end).map((n) => html`<span class="hour" aria-hidden="true" style=${{ top: `${(n - begin) * PIXELS}px` }}>${clock(n)}</span>`)}
      ${column.periods.map((same) => html`<${Block} key=${same[0].period} ...${{ period: same[0], begin, on: same === open, choose: () => setChosen(same === open ? "" : `${key} ${same[0].period}`) }} />`)}
    </div>
    ${mayEdit ? html`<button type="button" class="quiet" onClick=${() => addPeriod(bell, column, setChosen, key)}>${t("加一个时段", "Add a period")}</button>` : ""}
  </div>
  ${open ? html`<${PeriodForm} key=${chosen} ...${{ column, same: open, title, close: () => setChosen("") }} />` : ""}`;
}

const consecutive = (days) => days.every((day, n) => n === 0 || DAYS.indexOf(day) === DAYS.indexOf(days[n - 1]) + 1);
const hours = (begin, end) => Array.from({ length: Math.floor((end - begin) / 60) + 1 }, (_, n) => Math.ceil(begin / 60) * 60 + n * 60).filter((n) => n <= end);

function Block({ period, begin, on, choose }) {
  const fault = [...store.marks].find(([key]) => key.startsWith(`${TABLE} ${period.row.id} `))?.[1];
  if (period.from === null || period.to === null) {
    return html`<button type="button" class="period bad" onClick=${choose}>${period.name || period.period} ${period.start}–${period.end}</button>`;
  }
  const high = Math.max((period.to - period.from) * PIXELS, 14);
  const kind = isLesson(period) ? "lesson" : "other";
  return html`<button type="button" class=${`period ${kind}${on ? " on" : ""}${fault && !fault.warning ? " bad" : ""}${high < 22 ? " low" : ""}`} aria-expanded=${on ? "true" : "false"} onClick=${choose}
    style=${{ top: `${(period.from - begin) * PIXELS}px`, height: `${high}px` }}>
    <span>${period.name || `${period.kind} ${period.period}`}${fault ? " ⚠" : ""}</span> <small>${period.start}–${period.end}</small></button>`;
}

function PeriodForm({ column, same, title, close }) {
  const [first] = same;
  const [cells, setCells] = useState({ name: first.name, kind: first.kind, period: first.period, start: first.start, end: first.end });
  const [later, setLater] = useState(false);
  const kinds = store.columns[TABLE].find((one) => one.name === "kind").words;
  const titles = Object.fromEntries(store.columns[TABLE].map((one) => [one.name, one.title]));
  const put = (name) => (event) => setCells({ ...cells, [name]: event.target.value.trim() });
  function keep(event) {
    event.preventDefault();
    const steps = same.map(({ row }) => ({ row, cells }));
    const shift = (minutes(cells.end) ?? first.to) - first.to;
    if (later && shift) {
      for (const period of column.periods.flat()) {
        if (period.from !== null && period.from >= first.to && !same.includes(period)) {
          steps.push({ row: period.row, cells: { start: clock(period.from + shift), end: clock(period.to + shift) } });
        }
      }
    }
    store.edit(TABLE, steps);
    close();
  }
  const faults = [...store.marks].filter(([key]) => key.startsWith(`${TABLE} ${first.row.id} `)).map(([, one]) => one.text);
  return html`<form class="period-form" onSubmit=${keep}><h3>${title} ${first.name || first.period}</h3>
    <label>${titles.name} <input value=${cells.name} onInput=${put("name")} /></label>
    <label>${titles.kind} <select onChange=${put("kind")}>${kinds.map((word) => html`<option selected=${word === cells.kind}>${word}</option>`)}</select></label>
    <label>${titles.period} <input inputmode="numeric" value=${cells.period} onInput=${put("period")} /></label>
    <label>${titles.start} <input value=${cells.start} onInput=${put("start")} /></label>
    <label>${titles.end} <input value=${cells.end} onInput=${put("end")} /></label>
    <label class="check"><input type="checkbox" checked=${later} onChange=${(event) => setLater(event.target.checked)} /> ${t("后面的时段顺延", "shift the later ones")}</label>
    ${faults.map((text) => html`<p class="bad">${text}</p>`)}
    ${mayEdit ? html`<p><button type="submit">${t("保存", "Save")}</button> <button type="button" class="quiet danger" onClick=${() => { store.edit(TABLE, same.map(({ row }) => ({ row, cells: null }))); close(); }}>${t("删除", "Delete")}</button></p>` : ""}
  </form>`;
}

/** A period after the last one of the day, in all days of the column. */
function addPeriod(bell, column, setChosen, key) {
  const all = column.periods.map(([period]) => period);
  const kind = store.columns[TABLE].find((one) => one.name === "kind").words[0];
  const taken = all.map((period) => Number(period.period) || 0);
  const lessons = all.filter(isLesson).map((period) => Number(period.period) || 0);
  let number = Math.max(0, ...lessons) + 1;
  if (taken.includes(number)) number = Math.max(...taken) + 1;
  const last = Math.max(470, ...all.map((period) => period.to ?? 0));
  const columns = store.columns[TABLE];
  const cells = { bell_id: bell.name, kind, period: String(number), start: clock(last + 10), end: clock(last + 50), name: t(`第${number}节`, `period ${number}`) };
  store.edit(TABLE, column.days.map((day) => ({ row: newRow(columns), cells: { ...cells, day } })));
  setChosen(`${key} ${number}`);
}

await store.load();
root.replaceChildren();
render(html`<${App} />`, root);
store.follow();

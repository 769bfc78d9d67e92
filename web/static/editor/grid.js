// The week of one class, teacher or place as an ARIA grid.
import { html } from "../vendor/htm-preact.js";
import { Chip } from "./chip.js";
import { Marks } from "./marks.js";
import { frameOf, lessonsByCell, marksByCell } from "./weeks.js";
import { clock, dayName, t } from "./words.js";

export function WeekGrid({ store, pane, title }) {
  const frame = store.school.frames[frameOf(store.school, pane)];
  const cells = lessonsByCell(store, pane);
  const marks = marksByCell(store, pane);
  const shut = pane.kind === "venue" ? shutCells(store.school, pane) : new Map();
  return html`<div class="scroll">
    <table class="week" role="grid" aria-label=${title} data-pane="${pane.kind}:${pane.id}">
      <thead><tr>
        <th class="time" scope="col"><span class="heard">${t("节次", "Period")}</span></th>
        ${frame.days.map((day) => html`<th scope="col">${dayName(day)}</th>`)}
      </tr></thead>
      <tbody>${frame.rows.map((row, number) => html`<${Row} key=${number}
        ...${{ store, pane, frame, row, number, cells, marks, shut }} />`)}</tbody>
    </table>
  </div>`;
}

/** Zones of a place that cannot be used, by "row column". */
function shutCells(school, pane) {
  const [, key, closed] = school.venues[pane.id];
  const { days } = school.frames[key];
  const found = new Map();
  for (const [zone, slots] of Object.entries(closed)) {
    for (const [bell, day, period] of slots) {
      const row = school.slotRows[key].get(`${bell} ${day} ${period}`);
      const cell = `${row} ${days.indexOf(day)}`;
      if (row !== undefined) found.set(cell, new Set([...(found.get(cell) ?? []), school.zones[zone]]));
    }
  }
  return found;
}

function Row({ store, pane, frame, row, number, cells, marks, shut }) {
  const columns = frame.days.map((day, column) => `${number} ${column}`);
  const head = html`<th scope="row" class="time"><span class="label">${row.label}</span>${" "}<span class="clock">${clock(row.time[0])}</span></th>`;
  if (row.idle && !columns.some((cell) => cells.has(cell))) {
    return html`<tr class="idle">${head}<td class="merged" colspan=${frame.days.length}>${row.label}</td></tr>`;
  }
  return html`<tr>${head}${columns.map((cell, column) => {
    const found = cells.get(cell) ?? [];
    const here = marks.get(cell);
    const exists = row.cells[column].length > 0;
    const kind = here ? `marked-${bestKind(here)}` : exists ? "" : "absent";
    const closed = shut.get(cell);
    const slot = `${dayName(frame.days[column])} ${row.label}`;
    return html`<td key=${column} class=${kind} data-row=${number} data-col=${column} tabindex="-1"
      aria-label=${found.length || here ? undefined : `${slot} ${t("空", "empty")}`}>
      ${found.map((entry) => html`<${Chip} key=${entry.lesson.id} ...${{ store, pane, entry }} />`)}
      ${here && html`<${Marks} store=${store} marks=${here} />`}
      ${closed && html`<span class="shut">${t("停用", "closed")} ${[...closed].join("、")}</span>`}
    </td>`;
  })}</tr>`;
}

const ORDER = ["here", "free", "swap", "breaks", "clash", "forbidden"];
export const bestKind = (marks) =>
  ORDER.find((kind) => marks.some((mark) => (kind === "swap" ? mark.swap : mark.kind === kind)));

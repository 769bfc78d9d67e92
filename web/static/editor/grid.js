// The week of one class, teacher or place as an ARIA grid.
import { html } from "../vendor/htm-preact.js";
import { className, placeName, teacherName, venueOf } from "./school.js";
import { frameOf, lessonsByCell } from "./weeks.js";
import { WEEK_SIGNS, clock, dayName, t } from "./words.js";

export function WeekGrid({ store, pane, title }) {
  const { school } = store;
  const frame = school.frames[frameOf(school, pane)];
  const cells = lessonsByCell(store, pane);
  return html`<div class="scroll">
    <table class="week" role="grid" aria-label=${title}>
      <thead><tr>
        <th class="time"><span class="heard">${t("节次", "Period")}</span></th>
        ${frame.days.map((day) => html`<th scope="col">${dayName(day)}</th>`)}
      </tr></thead>
      <tbody>${frame.rows.map((row, number) => html`<${Row} key=${number} ...${{ store, pane, frame, row, number, cells }} />`)}</tbody>
    </table>
  </div>`;
}

function Row({ store, pane, frame, row, number, cells }) {
  const empty = !frame.days.some((_, column) => cells.has(`${number} ${column}`));
  const head = html`<th scope="row" class="time"><span class="label">${row.label}</span> <span class="clock">${clock(row.time[0])}</span></th>`;
  if (row.idle && empty) {
    return html`<tr>${head}<td class="merged" colspan=${frame.days.length}>${row.label}</td></tr>`;
  }
  return html`<tr>${head}${frame.days.map((day, column) => {
    const found = cells.get(`${number} ${column}`) ?? [];
    const exists = row.cells[column].length > 0;
    return html`<td key=${day} class=${exists ? "" : "absent"}>
      ${found.map((entry) => html`<${Chip} key=${entry.lesson.id} ...${{ store, pane, entry }} />`)}
    </td>`;
  })}</tr>`;
}

function Chip({ store, pane, entry: { lesson, where, goesOn } }) {
  const { school } = store;
  const details = [];
  if (pane.kind !== "class" || lesson.classes.length > 1) {
    details.push(lesson.classes.map((c) => className(school, c)).join("、"));
  }
  if (pane.kind !== "teacher") details.push(where[4].map((x) => teacherName(school, x)).join("、"));
  if (where[3] && (pane.kind !== "venue" || venueOf(school, where[3]) !== pane.id)) {
    details.push(placeName(school, where[3]));
  }
  return html`<div class="lesson kind-${lesson.kind} ${goesOn ? "continued" : ""}" data-lesson=${lesson.id}>
    <p class="subject">${lesson.subject}${where[0] === "every" ? "" : html` <abbr class="week">${WEEK_SIGNS[where[0]]}</abbr>`}</p>
    ${details.map((line) => html`<p class="detail">${line}</p>`)}
  </div>`;
}

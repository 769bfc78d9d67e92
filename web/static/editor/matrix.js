// Many classes in one ARIA grid: a row for each class, a column for each period.
import { Component, html } from "../vendor/htm-preact.js";
import { Signs, chipLabel, handle } from "./chip.js";
import { bestKind } from "./grid.js";
import { Marks } from "./marks.js";
import { frameOf, lessonsByCell, marksByCell } from "./weeks.js";
import { dayName, t } from "./words.js";

/** The classes of a grade or of the school, those of one bell in one grid. */
export function Matrix({ store, classes, title }) {
  const byFrame = new Map();
  for (const id of classes) {
    const key = frameOf(store.school, { kind: "class", id });
    byFrame.set(key, [...(byFrame.get(key) ?? []), id]);
  }
  const mine = store.once(title, () => byClass(store, classes));
  return [...byFrame].map(([key, ids]) => html`<${OneBell} key=${key} ...${{ store, ids, title, mine }} frame=${store.school.frames[key]} />`);
}

/** Placed lessons by class, so that each row looks at its own alone. */
function byClass(store, classes) {
  const found = new Map(classes.map((id) => [id, []]));
  for (const entry of store.placed) {
    for (const id of store.school.lessons.get(entry[0])?.classes ?? []) found.get(id)?.push(entry);
  }
  return found;
}

function OneBell({ store, ids, frame, title, mine }) {
  const cells = new Map(ids.map((id) => [id, lessonsByCell(store, { kind: "class", id }, mine.get(id))]));
  const rows = frame.rows.map((row, number) => ({ row, number }))
    .filter(({ row, number }) => !row.idle || ids.some((id) => frame.days.some((_, c) => cells.get(id).has(`${number} ${c}`))));
  const columns = frame.days.flatMap((day, column) =>
    rows.filter(({ row }) => row.cells[column].length).map(({ row, number }) => ({ day, column, row, number })));
  return html`<div class="scroll">
    <table class="matrix" role="grid" aria-label=${title}>
      <thead>
        <tr><th rowspan="2" class="who" scope="col">${t("班级", "Class")}</th>
          ${frame.days.map((day, column) => html`<th scope="colgroup" class="day" colspan=${columns.filter((x) => x.column === column).length}>${dayName(day)}</th>`)}</tr>
        <tr>${columns.map(({ row, number, column }) => html`<th scope="col" class=${firstOf(columns, column, number)} title=${row.label}>${short(row.label)}</th>`)}</tr>
      </thead>
      <tbody>${ids.map((id, line) => html`<${Line} key=${id} ...${{ store, id, line, columns }} stamp=${stampOf(store, id)} cells=${cells.get(id)} />`)}</tbody>
    </table>
  </div>`;
}

const firstOf = (columns, column, number) =>
  columns.find((x) => x.column === column).number === number ? "begins" : "";
const short = (label) => label.match(/\d+/)?.[0] ?? label.slice(0, 2);

/** One class; drawn anew only if its lessons or its marks may be others. */
class Line extends Component {
  shouldComponentUpdate(next) {
    return next.stamp !== this.props.stamp || next.columns.length !== this.props.columns.length;
  }

  render(props) {
    return drawLine(props);
  }
}

/** What a line is drawn from: the version, and what is in hand of its class. */
function stampOf(store, id) {
  const { picked, school, version } = store;
  const own = picked && school.lessons.get(picked.id).classes.includes(id);
  return own ? `${version} ${picked.id} ${Boolean(picked.marks)}` : `${version}`;
}

function drawLine({ store, id, line, cells, columns }) {
  const marks = marksByCell(store, { kind: "class", id });
  return html`<tr><th scope="row" class="who">${store.school.classes[id][0]}</th>
    ${columns.map(({ day, column, number, row }, place) => {
      const found = cells.get(`${number} ${column}`) ?? [];
      const here = marks.get(`${number} ${column}`);
      return html`<td key=${place} data-row=${line} data-col=${place} tabindex="-1"
        class="${firstOf(columns, column, number)} ${here ? `marked-${bestKind(here)}` : ""}"
        aria-label=${found.length || here ? undefined : `${dayName(day)} ${row.label} ${t("空", "empty")}`}>
        ${found.map(({ lesson, where }) => html`<button type="button" tabindex="-1" key=${lesson.id}
          ...${handle(store, lesson, ["small"])} aria-label=${chipLabel(store, lesson, where)} title=${chipLabel(store, lesson, where)}>
          ${lesson.short}<${Signs} ...${{ store, lesson, where }} /></button>`)}
        ${here && html`<${Marks} store=${store} marks=${here} small />`}
      </td>`;
    })}</tr>`;
}

// Fields of a row as a form: kept when they are left, with the fault below.
import { html } from "../vendor/htm-preact.js";
import { mayEdit } from "./api.js";

/** Cells of a row by the names of the columns. */
export function cellsOf(store, table, row) {
  return Object.fromEntries(store.columns[table].map((column, n) => [column.name, row.cells[n] ?? ""]));
}

export function Field({ store, table, row, name, hint }) {
  const column = store.columns[table].find((one) => one.name === name);
  const at = store.columns[table].indexOf(column);
  const fault = store.marks.get(`${table} ${row.id} ${name}`);
  const id = `f-${table}-${row.id}-${name}`;
  const words = [...column.words, ...(store.choices[column.choices] ?? [])];
  const closed = column.words.length > 0 && !column.choices && !column.many;
  const keep = (event) => {
    const text = event.target.value.trim();
    if (text !== row.cells[at]) store.edit(table, [{ row, cells: { [name]: text } }]);
  };
  const given = {
    id, disabled: !mayEdit, onChange: keep,
    "aria-invalid": fault && !fault.warning ? "true" : null,
    "aria-describedby": fault || column.note ? `${id}-note` : null,
  };
  return html`<div class="field">
    <label for=${id}>${column.title}${column.required ? html`<b class="bad" aria-hidden="true">*</b>` : ""}</label>
    ${closed ? html`<select ...${given}>${["", ...words].concat(words.includes(row.cells[at]) || !row.cells[at] ? [] : [row.cells[at]]).map((word) => html`<option selected=${word === row.cells[at]}>${word}</option>`)}</select>`
      : html`<input ...${given} value=${row.cells[at]} placeholder=${hint ?? null} list=${words.length ? `${id}-list` : null} autocomplete="off" />
      ${words.length ? html`<datalist id=${`${id}-list`}>${words.map((word) => html`<option value=${word} />`)}</datalist>` : ""}`}
    ${fault ? html`<p class=${fault.warning ? "note" : "bad"} id=${`${id}-note`}>${fault.text}</p>` : column.note ? html`<p class="note" id=${`${id}-note`}>${column.note}</p>` : ""}
  </div>`;
}

export const Fields = ({ names, ...rest }) => names.map((name) => html`<${Field} key=${name} name=${name} ...${rest} />`);

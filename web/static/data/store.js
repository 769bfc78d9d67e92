// The tables of the draft as they stand in this page; steps go to the server in order.
import { get, post } from "./api.js";
import { t } from "../editor/words.js";

const LATER = 15_000;

export class Store {
  constructor(tables) {
    this.tables = tables;
    this.rows = {};
    this.columns = {};
    this.choices = {};
    this.faults = [];
    this.pending = [];
    this.seen = 0;
    this.said = "";
    this.refused = "";
    this.queued = [];
    this.busy = false;
    this.watchers = new Set();
  }

  watch(tell) {
    this.watchers.add(tell);
  }

  tell(change = {}) {
    Object.assign(this, change);
    this.watchers.forEach((tell) => tell());
  }

  async load() {
    const told = await get("rows.json", { table: this.tables });
    if (!told.ok) return this.tell({ refused: unreachable(told) });
    this.columns = told.columns;
    this.choices = told.choices;
    for (const name of this.tables) this.rows[name] = told.rows[name].map(readRow);
    this.take(told);
    this.tell();
  }

  take(told) {
    if (told.seen === undefined) return;
    const { seen, faults, pending, errors, warnings } = told;
    Object.assign(this, { seen, faults, pending, errors, warnings });
    this.marks = marksOf(faults);
    for (const [name, rows] of Object.entries(told.rows ?? {})) {
      const known = new Map(this.rows[name].map((row) => [row.id, row]));
      this.rows[name] = rows.map((row) => refreshed(known.get(row[0]), row));
    }
    for (const [name, rows] of Object.entries(told.changed ?? {})) this.merge(name, rows);
    for (const step of this.queued) step.show?.();
  }

  merge(name, rows) {
    const list = this.rows[name];
    for (const row of rows) {
      const at = list.findIndex((one) => one.id === row[0]);
      if (row[2] === null) at >= 0 && list.splice(at, 1);
      else if (at >= 0) refreshed(list[at], row);
      else list.push(readRow(row));
    }
    list.sort((a, b) => (a.id ?? Infinity) - (b.id ?? Infinity));
  }

  /** Type rows: each of {row, cells}, cells null where it is taken out. */
  edit(name, typed) {
    const step = {
      show: () => typed.forEach((one) => this.show(name, one)),
      send: () =>
        post("edit.json", {
          ...this.about(),
          edits: typed.map(({ row, cells }) => ({ table: name, row: row.id, cells })),
        }),
      settle: (told) => {
        const added = told.added?.[name] ?? [];
        typed.filter(({ row }) => row.id === null).forEach(({ row }, n) => (row.id = added[n] ?? null));
      },
    };
    return this.run(step);
  }

  show(name, { row, cells }) {
    const list = this.rows[name];
    if (cells === null) this.rows[name] = list.filter((one) => one !== row);
    else {
      if (!list.includes(row)) list.push(row);
      const columns = this.columns[name];
      for (const [column, text] of Object.entries(cells)) {
        row.cells[columns.findIndex((one) => one.name === column)] = text;
      }
    }
  }

  undo() {
    return this.run({ send: () => post("undo.json", this.about()) });
  }

  redo() {
    return this.run({ send: () => post("redo.json", this.about()) });
  }

  putInForce() {
    return this.run({ send: () => post("edit.json", { ...this.about(), edits: [] }) });
  }

  about() {
    return { seen: this.seen, tables: this.tables };
  }

  /** Do a step after those that wait; what it shows is shown at once. */
  async run(step) {
    step.show?.();
    this.queued.push(step);
    this.tell({ refused: "" });
    if (this.busy) return;
    this.busy = true;
    while (this.queued.length) {
      const next = this.queued[0];
      const told = await next.send();
      this.queued.shift();
      if (told.ok) {
        next.settle?.(told);
        this.take(told);
        this.tell({ said: told.said ?? "" });
      } else {
        this.queued = [];
        await this.load();
        this.tell({ refused: told.refused ?? unreachable(told), said: "" });
      }
    }
    this.busy = false;
    this.tell();
  }

  check(edits) {
    return post("check.json", { edits });
  }

  /** Look now and then what others have done. */
  follow() {
    setInterval(async () => {
      if (this.busy || document.hidden) return;
      const told = await get("news.json", { table: this.tables, seen: this.seen }, { "X-By-Itself": "1" });
      if (!told.ok || this.busy || told.seen === this.seen) return;
      this.take(told);
      this.tell({ said: told.by.length ? t(`${told.by[0]}刚改过`, `${told.by[0]} has just made changes`) : "" });
    }, LATER);
  }
}

const readRow = ([id, typed, cells]) => ({ id, typed: Boolean(typed), cells });

function refreshed(known, row) {
  return known ? Object.assign(known, readRow(row)) : readRow(row);
}

/** Faults by table, row and column: the first of each is shown at the cell. */
export function marksOf(faults) {
  const marks = new Map();
  for (const fault of faults) {
    for (const [row, column] of fault.cells) {
      const key = `${fault.table} ${row} ${column}`;
      if (row !== null && !marks.has(key)) marks.set(key, fault);
    }
  }
  return marks;
}

export const newRow = (columns) => ({ id: null, typed: true, cells: columns.map(() => "") });

function unreachable({ status }) {
  if (status === 0) return t("连接不上服务器，刚才的修改没有保存。请检查网络后再试。", "The server cannot be reached; the last change is not saved.");
  if (status === 413) return t("一次改得太多，没有保存。请分几次粘贴。", "Too much at once; nothing is saved. Paste it in parts.");
  if (status === 401 || status === 403) return t("登录已过期或没有权限，没有保存。请重新登录。", "Your login has expired or you may not do this; nothing is saved.");
  if (status === 400) return t("页面已过期，没有保存。请刷新页面。", "This page is out of date; nothing is saved. Reload it.");
  return t("服务器出错了，没有保存。请刷新页面再试。", "The server failed; nothing is saved. Reload the page.");
}

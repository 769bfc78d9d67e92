// What stands beside a sheet: what is not in force, what is wrong, who changed what.
import { html, useEffect, useState } from "../vendor/htm-preact.js";
import { t } from "../editor/words.js";
import { address, get, mayEdit } from "./api.js";

/** Steps, and what the last one did. */
export function Bar({ store, children }) {
  // Each part has one element of its own that stays: what changes, changes inside.
  return html`<div><div class="bar" role="toolbar" aria-label=${t("编辑", "Edit")}>
    ${mayEdit ? html`<button type="button" class="quiet" onClick=${() => store.undo()}>${t("撤销", "Undo")}</button>
    <button type="button" class="quiet" onClick=${() => store.redo()}>${t("重做", "Redo")}</button>` : ""}
    ${children}
    <span class="saved" role="status">${saved(store)}</span>
  </div>
  ${store.refused ? html`<p class="verdict bad" role="alert">${store.refused}</p>` : ""}</div>`;
}

function saved(store) {
  if (store.queued.length) return t("正在保存…", "Saving…");
  return store.said ? t(`已保存：${store.said}`, `Saved: ${store.said}`) : "";
}

/** What is typed and not in force: the timetable goes by what was there before. */
export function Pending({ store }) {
  const { pending } = store;
  if (!pending.length) return html`<div></div>`;
  const free = pending.every((one) => !one.faulty) && store.errors === 0;
  const list = pending.map((one) => t(`【${one.title}】${one.rows}行`, `${one.title}: ${one.rows} row(s)`)).join(t("、", ", "));
  return html`<div><div class="verdict warn pending"><p>${t(`还没有生效：${list}。草稿里的课表仍按改动之前的数据。`, `Not in force yet: ${list}. The draft's timetable still goes by the data of before.`)}
    ${free ? "" : ` ${t("改正下面的错误后会一起生效。", "They will be, all together, once the errors below are mended.")}`}</p>
    ${free && mayEdit ? html`<button type="button" onClick=${() => store.putInForce()}>${t("现在生效", "Put in force")}</button>` : ""}</div></div>`;
}

/** All errors with links to their cells; those of this page are gone to at once. */
export function Faults({ store, goTo, hrefOf = tableAddress }) {
  const { faults, errors, warnings } = store;
  if (!faults.length) return html`<div><p class="verdict good">${t("数据没有错误。", "The data have no errors.")}</p></div>`;
  return html`<div><details class="rule faults" open=${errors > 0}><summary><h2>${t(`错误${errors}处，提醒${warnings}处`, `${errors} error(s), ${warnings} warning(s)`)}</h2></summary>
    <ul>${faults.map((fault, n) => html`<li key=${n} class=${fault.warning ? "odd" : "bad"}>
      <${Link} ...${{ fault, goTo, hrefOf }} /></li>`)}</ul></details></div>`;
}

function Link({ fault, goTo, hrefOf }) {
  const sign = html`<b class="sign">${fault.warning ? t("提醒", "note") : t("错误", "error")}</b> `;
  const [row, column] = fault.cells[0] ?? [null, null];
  if (!fault.table) return html`${sign}${fault.text}`;
  const go = (event) => goTo?.(fault, row, column) && event.preventDefault();
  return html`${sign}<a href=${hrefOf(fault, row, column)} onClick=${go}>${fault.text}</a>`;
}

export function tableAddress(fault, row, column) {
  const at = row === null ? "" : `#${row}${column ? `,${column}` : ""}`;
  return `${address(`tables/${fault.table}`)}${at}`;
}

/** Who changed the chosen row, and before it the table. */
export function History({ store, table, row }) {
  const [steps, setSteps] = useState(null);
  const [open, setOpen] = useState(false);
  useEffect(() => {
    if (!open) return;
    let wanted = true;
    const asked = row ? { table, row } : { table };
    get("history.json", asked).then((told) => wanted && told.ok && setSteps(told.steps));
    return () => (wanted = false);
  }, [open, row, store.seen]);
  return html`<details class="rule" onToggle=${(event) => setOpen(event.target.open)}><summary><h2>${t("谁改过", "Who changed what")}</h2>
    <span class="aside">${row ? t("选中的一行", "the chosen row") : t("整张表", "the whole table")}</span></summary>
    ${steps === null ? "" : steps.length ? html`<ol class="steps">${steps.map((one) => html`<li key=${one.number}><span class="muted">${one.at} ${one.who} ${t(`第${one.number}步`, `step ${one.number}`)}</span> ${one.what}</li>`)}</ol>`
      : html`<p>${t("在这份草稿里还没有改过。", "Not changed in this draft.")}</p>`}</details>`;
}

// Long work on the draft: solve the rest, repair, improve; its result is one step.
import { html } from "../vendor/htm-preact.js";
import { get, mayEdit, post } from "./api.js";
import { adopt, run } from "./commands.js";
import { say } from "./speech.js";
import { t } from "./words.js";

const WORKS = {
  rest: [t("排完剩余的课", "Solve the rest"), t("已排好的不动", "what is placed stays")],
  repair: [t("从这里修复", "Repair from here"), t("改动尽量少", "as few changes as possible")],
  improve: [t("继续优化", "Improve"), t("只有锁定的不动", "only what is locked stays")],
};

export function Tasks({ store, seconds }) {
  const [newest] = store.tasks;
  const busy = newest && !newest.ended;
  return html`<section class="tasks-panel" aria-label=${t("自动排课", "Automatic")}>
    ${mayEdit && html`<details open><summary>${t("自动排课", "Automatic")}</summary>
      <label>${t("时间", "Time")} <select value=${store.seconds ?? seconds[0]} onChange=${(e) => store.set({ seconds: Number(e.target.value) })}>
        ${seconds.map((n) => html`<option value=${n}>${t(`${n}秒`, `${n} s`)}</option>`)}</select></label>
      <div class="buttons">${Object.entries(WORKS).map(([work, [name, what]]) => html`
        <button type="button" class="quiet" disabled=${busy} title=${what} onClick=${() => ask(store, work, store.seconds ?? seconds[0])}>${name}</button>`)}</div>
    </details>`}
    ${newest && html`<${Task} store=${store} task=${newest} />`}
  </section>`;
}

function Task({ store, task }) {
  const found = store.found?.job === task.job ? store.found : null;
  const adopted = store.adopted === task.job;
  return html`<div class="verdict" role="status"><p>${task.text} <span class="aside">${task.who}</span></p>
    ${task.error && html`<p class="bad">${task.error}</p>`}
    ${mayEdit && !task.ended && html`<p><button type="button" class="quiet" onClick=${() => stop(store, task)}>${t("停止，留下最好的", "Stop, keep the best")}</button></p>`}
    ${task.ended && !found && !adopted && !task.error && html`<p><button type="button" class="quiet" onClick=${() => look(store, task)}>${t("查看结果", "See the result")}</button></p>`}
    ${found && !adopted && html`${found.lines.map((line) => html`<p>${line}</p>`)}
      ${found.changed === 0 && html`<p>${t("和现在的草稿一样。", "The same as the draft now.")}</p>`}
      ${mayEdit && found.changed > 0 && html`<p><button type="button" onClick=${() => take(store, task)}>${t(`采用（改动${found.changed}节，可撤销）`, `Adopt (${found.changed} lessons change; can be undone)`)}</button></p>`}`}
    ${adopted && html`<p>${t("已采用，可以撤销。", "Adopted; it can be undone.")}</p>`}
  </div>`;
}

async function ask(store, work, seconds) {
  try {
    const task = await post("tasks.json", { work, seconds });
    store.set({ tasks: [task, ...store.tasks], found: null });
    say(task.text);
  } catch {
    store.set({ message: { text: t("没有连上服务器，没有开始。", "The server cannot be reached; nothing was begun."), again: null } });
  }
}

async function stop(store, task) {
  const told = await post(`tasks/${task.job}/stop`, {}).catch(() => null);
  if (told) store.set({ tasks: told.tasks });
}

/** What a finished work has found; asked for once, when it ends under our eyes. */
export async function look(store, task) {
  const found = await get(`tasks/${task.job}.json`).catch(() => null);
  if (!found) return;
  store.set({ found: { ...found, job: task.job } });
  say(`${task.text} ${found.lines.join(" ")}`);
}

async function take(store, task) {
  if (await run(store, adopt(task.job))) store.set({ adopted: task.job });
}

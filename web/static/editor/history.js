// The history of a draft: who did what when; undo and redo of one's own steps.
import { html } from "../vendor/htm-preact.js";
import { get, mayEdit, who } from "./api.js";
import { redo, run, undo } from "./commands.js";
import { signed, t } from "./words.js";

export function UndoButtons({ store }) {
  if (!mayEdit) return null;
  const mine = ownSteps(store);
  const [last, undone] = [mine.done.at(-1), mine.undone.at(-1)];
  return html`<div class="buttons" role="toolbar" aria-label=${t("撤销与重做", "Undo and redo")}>
    <button type="button" class="quiet" disabled=${!last && store.steps[0]?.number === 1 || !store.seen} title=${last?.text} onClick=${() => run(store, undo)}>↶ ${t("撤销", "Undo")}</button>
    <button type="button" class="quiet" disabled=${!undone} title=${undone?.text} onClick=${() => run(store, redo)}>↷ ${t("重做", "Redo")}</button>
  </div>`;
}

/** One's own steps in force and undone, as the server counts them. */
function ownSteps(store) {
  const [done, undone] = [[], []];
  for (const step of store.steps.filter((x) => x.who === who)) {
    if (step.kind === "undo") undone.push(done.pop() ?? step);
    else if (step.kind === "redo") done.push(undone.pop() ?? step);
    else {
      done.push(step);
      undone.length = 0;
    }
  }
  return { done, undone };
}

export function Steps({ store }) {
  const first = store.steps[0]?.number ?? 1;
  return html`<details class="history"><summary>${t(`步骤（${store.seen}）`, `Steps (${store.seen})`)}</summary>
    ${store.steps.length === 0 && html`<p class="aside">${t("还没有改动。", "Nothing has been changed yet.")}</p>`}
    <ol reversed>${[...store.steps].reverse().map((step) => html`<li value=${step.number} key=${step.number} class=${step.who === who ? "mine" : ""}>
      <b>${step.who}</b> <time>${step.at}</time> ${step.text}${step.effect ? html` <span class="aside">${signed(step.effect[1])}</span>` : ""}</li>`)}</ol>
    ${first > 1 && html`<button type="button" class="quiet" onClick=${() => earlier(store, first)}>${t("更早的步骤", "Earlier steps")}</button>`}
  </details>`;
}

async function earlier(store, before) {
  const told = await get("history.json", { before });
  store.set({ steps: [...told, ...store.steps] });
}

// The timetable editor: opens the draft, draws it, listens.
import { html, render } from "../vendor/htm-preact.js";
import { get, mayEdit } from "./api.js";
import { redo, run, undo } from "./commands.js";
import { SlotDialog } from "./dialog.js";
import { listenForDrags } from "./drag.js";
import { Hand } from "./hand.js";
import { Steps, UndoButtons } from "./history.js";
import { focusedCell, keepFocus } from "./keys.js";
import { Message, Panel } from "./panel.js";
import { Panes, panesOf } from "./panes.js";
import { letGo } from "./picking.js";
import { readSchool } from "./school.js";
import { Store } from "./store.js";
import { follow } from "./sync.js";
import { Tasks } from "./tasks.js";
import { Tray, measureRoom } from "./tray.js";
import { t } from "./words.js";

const root = document.getElementById("editor");
const seconds = root.dataset.seconds.split(",").map(Number);

function App({ store }) {
  return html`<${Message} store=${store} />
    <div class="desk ${store.picked ? "holding" : ""}">
      <${Panes} store=${store} />
      <aside class="side" aria-label=${t("这份草稿", "This draft")}>
        <${UndoButtons} store=${store} />
        ${mayEdit && html`<${Hand} store=${store} />`}
        <${Panel} store=${store} />
        <${Tray} store=${store} />
        <${Tasks} store=${store} seconds=${seconds} />
        <${Steps} store=${store} />
      </aside>
    </div>
    <${SlotDialog} store=${store} />`;
}

function listen(store) {
  listenForDrags(store, root);
  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !store.asking) letGo(store);
    const typing = event.target.closest?.("input, select, textarea, dialog");
    if (!mayEdit || typing || !(event.ctrlKey || event.metaKey)) return;
    const key = event.key.toLowerCase();
    const command = key === "y" || (key === "z" && event.shiftKey) ? redo : key === "z" ? undo : null;
    if (!command) return;
    event.preventDefault();
    run(store, command);
  });
}

try {
  const opened = await get("draft.json");
  const store = new Store(readSchool(opened.school), opened);
  store.panes = panesOf(store.school, location.search);
  const draw = () => {
    const before = focusedCell(root);
    render(html`<${App} store=${store} />`, root);
    keepFocus(store, root, before);
  };
  store.watch(draw);
  root.replaceChildren();
  draw();
  root.dataset.ready = "yes";
  listen(store);
  follow(store);
  measureRoom(store);
} catch (error) {
  root.textContent = t("草稿没有打开，请刷新页面再试。", "The draft could not be opened. Reload the page to try again.");
  throw error;
}

// The timetable editor: opens the draft, and draws it.
import { html, render } from "../vendor/htm-preact.js";
import { get } from "./api.js";
import { WeekGrid } from "./grid.js";
import { readSchool } from "./school.js";
import { Store } from "./store.js";
import { t } from "./words.js";

const root = document.getElementById("editor");

function App({ store }) {
  const { school } = store;
  const [kind, id] = store.pane.split(":");
  return html`<p><label>${t("课表", "Week of")} <select value=${store.pane} onChange=${(e) => store.set({ pane: e.target.value })}>
      ${["class", "teacher", "venue"].map((kind) => school.groups[kind].map(([label, ids]) => html`<optgroup label=${label}>
        ${ids.map((x) => html`<option value="${kind}:${x}">${nameOf(school, kind, x)}</option>`)}</optgroup>`))}
    </select></label></p>
    <${WeekGrid} store=${store} pane=${{ kind, id }} title=${nameOf(school, kind, id)} />`;
}

const nameOf = (school, kind, id) =>
  ({ class: school.classes, teacher: school.teachers, venue: school.venues })[kind][id][0];

const opened = await get("draft.json");
const store = new Store(readSchool(opened.school), opened);
store.pane = `class:${Object.keys(store.school.classes)[0]}`;
const draw = () => render(html`<${App} store=${store} />`, root);
store.watch(draw);
root.replaceChildren();
draw();

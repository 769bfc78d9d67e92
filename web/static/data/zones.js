// A venue drawn: its zones as boxes, and which of them each layout takes.
import { html, render, useMemo, useState } from "../vendor/htm-preact.js";
import { t } from "../editor/words.js";
import { mayEdit, root } from "./api.js";
import { Field, cellsOf } from "./forms.js";
import { Bar, Faults, Pending } from "./panels.js";
import { Store, newRow } from "./store.js";

const store = new Store(["venues", "zones", "layouts"]);
const rowsOf = (table) => store.rows[table].map((row) => ({ row, ...cellsOf(store, table, row) }));
const parts = (text) => text.split(/[;；、，]/).map((part) => part.trim()).filter(Boolean);
const called = (one, id) => one.name || one[id];

function App() {
  const [, draw] = useState(0);
  useMemo(() => store.watch(() => draw((n) => n + 1)), []);
  const venues = rowsOf("venues");
  const [at, setAt] = useState(decodeURIComponent(location.hash.slice(1)) || (venues[0] && called(venues[0], "venue_id")));
  const [lit, setLit] = useState(null);
  const venue = venues.find((one) => [one.venue_id, one.name].includes(at)) ?? venues[0];
  if (!venue) return html`<p>${t("还没有场地。先在【场地】里填一行。", "No venue yet: fill in a row of venues.")}</p>`;
  const ours = (one) => [venue.venue_id, venue.name].includes(one.venue_id);
  const zones = rowsOf("zones").filter(ours);
  const layouts = rowsOf("layouts").filter(ours);
  const isOf = (layout, zone) => parts(layout.zones).some((part) => part === zone.zone_id || part === zone.name);
  return html`<${Bar} store=${store} />
    <${Pending} store=${store} />
    <p class="filter"><label>${t("场地", "Venue")} <select onChange=${(event) => setAt(event.target.value)}>${venues.map((one) => html`<option value=${called(one, "venue_id")} selected=${one === venue}>${called(one, "venue_id")}</option>`)}</select></label></p>
    <section><h2>${t("分区", "Zones")}</h2>
    ${zones.length ? "" : html`<p class="aside">${t("没有分区：整个场地是一区，同时只上一个班。", "No zones: the venue is one, for one class at a time.")}</p>`}
    <div class="plan">${zones.map((zone) => html`<div key=${zone.row.id} class=${`zone${lit && isOf(lit, zone) ? " lit" : ""}`}>
      <h3>${called(zone, "zone_id")}</h3>
      ${["name", "max_classes", "max_pupils"].map((name) => html`<${Field} key=${name} ...${{ store, table: "zones", row: zone.row, name }} />`)}
      ${mayEdit ? html`<button type="button" class="quiet danger" onClick=${() => store.edit("zones", [{ row: zone.row, cells: null }])}>${t("删除", "Delete")}<span class="heard"> ${called(zone, "zone_id")}</span></button>` : ""}
    </div>`)}
    ${mayEdit ? html`<button type="button" class="quiet zone-more" onClick=${() => addZone(venue, zones)}>${t("加一个分区", "Add a zone")}</button>` : ""}</div></section>
    <section><h2>${t("用法：各占哪几区", "Layouts: which zones each takes")}</h2>
    <div class="scroll" tabindex="0" role="region" aria-label=${t("用法", "Layouts")}><table class="plain layouts">
      <thead><tr><th scope="col">${t("用法", "Layout")}</th>${zones.map((zone) => html`<th scope="col" key=${zone.row.id}>${called(zone, "zone_id")}</th>`)}<th scope="col">${t("学科", "Subjects")}</th><th scope="col">${t("最多班数", "Most classes")}</th></tr></thead>
      <tbody>${layouts.map((layout) => html`<tr key=${layout.row.id} class=${lit?.row === layout.row ? "lit" : ""} onPointerEnter=${() => setLit(layout)} onPointerLeave=${() => setLit(null)} onFocusIn=${() => setLit(layout)}>
        <th scope="row">${called(layout, "layout_id")}</th>
        ${zones.map((zone) => html`<td key=${zone.row.id}><label class="tick"><input type="checkbox" disabled=${!mayEdit} checked=${isOf(layout, zone)} onChange=${(event) => tick(layout, zone, zones, isOf, event.target.checked)} /><span class="heard">${t(`${called(layout, "layout_id")}占用${called(zone, "zone_id")}`, `${called(layout, "layout_id")} takes ${called(zone, "zone_id")}`)}</span></label></td>`)}
        <td class="wraps">${layout.subjects}</td><td class="count">${layout.max_classes}</td></tr>`)}</tbody>
    </table></div>
    ${mayEdit ? html`<p><button type="button" class="quiet" onClick=${() => addLayout(venue, zones)}>${t("加一种用法", "Add a layout")}</button> <span class="aside">${t("学科、人数等在【场地用法】表里改。", "Subjects and caps are changed in the table of layouts.")}</span></p>` : ""}</section>
    <${Faults} store=${store} />`;
}

function tick(layout, zone, zones, isOf, on) {
  const others = zones.filter((one) => one !== zone && isOf(layout, one));
  const kept = zones.filter((one) => (one === zone ? on : others.includes(one)));
  store.edit("layouts", [{ row: layout.row, cells: { zones: kept.map((one) => one.zone_id).join(";") } }]);
}

function addZone(venue, zones) {
  const cells = { zone_id: `${venue.venue_id}-${freeNumber(zones, venue)}`, venue_id: venue.venue_id, max_classes: "1", name: t(`第${zones.length + 1}区`, `zone ${zones.length + 1}`) };
  store.edit("zones", [{ row: newRow(store.columns.zones), cells }]);
}

function freeNumber(zones, venue) {
  let number = zones.length + 1;
  while (zones.some((zone) => zone.zone_id === `${venue.venue_id}-${number}`)) number++;
  return number;
}

function addLayout(venue, zones) {
  const cells = { venue_id: venue.venue_id, zones: zones.map((zone) => zone.zone_id).join(";") || venue.venue_id, subjects: "*", max_classes: "1", name: t("新用法", "new layout") };
  store.edit("layouts", [{ row: newRow(store.columns.layouts), cells }]);
}

await store.load();
root.replaceChildren();
render(html`<${App} />`, root);
store.follow();

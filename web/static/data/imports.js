// An import: files are looked at, their changes shown, and done when it is said.
import { html, render, useState } from "../vendor/htm-preact.js";
import { t } from "../editor/words.js";
import { address, mayEdit, root, send } from "./api.js";

function App() {
  const [files, setFiles] = useState([]);
  const [gone, setGone] = useState(false);
  const [placed, setPlaced] = useState(true);
  const [told, setTold] = useState(null);
  const [said, setSaid] = useState("");
  const [done, setDone] = useState(null);
  const [asked, setAsked] = useState(false);

  async function look(chosen, without) {
    setDone(null);
    setTold(null);
    if (!chosen.length) return;
    setSaid(t("正在读取…", "Reading…"));
    const answer = await send("import/preview.json", chosen, without ? { gone: "1" } : {});
    setSaid(answer.ok ? "" : answer.refused ?? failed(answer));
    if (answer.ok && answer.timetable && !without && !asked) {
      // A whole school of last year takes the place of the draft's, unless it is said.
      setAsked(true);
      setGone(true);
      return look(chosen, true);
    }
    setTold(answer.ok ? answer : null);
  }
  async function take() {
    setSaid(t("正在导入…", "Importing…"));
    const given = { seen: told.seen, ...(gone ? { gone: "1" } : {}), ...(placed && told.timetable ? { timetable: "1" } : {}) };
    const answer = await send("import/do.json", files, given);
    setSaid(answer.ok ? "" : answer.refused ?? failed(answer));
    if (answer.ok) setDone(answer);
    setTold(null);
  }
  return html`<form class="filter" onSubmit=${(event) => event.preventDefault()}>
    <label for="files">${t("文件", "Files")}</label>
    <input id="files" type="file" multiple disabled=${!mayEdit} accept=".xlsx,.xlsm,.xls,.ods,.et,.csv,.toml,.zip,.html,.htm,.fet"
      onChange=${(event) => { const chosen = [...event.target.files]; setFiles(chosen); setAsked(false); look(chosen, gone); }} />
    <button type="button" class="quiet" disabled=${!files.length} onClick=${() => look(files, gone)}>${t("重新预览", "Look again")}</button></form>
    <p role="status" class=${said && !told && !done ? "verdict" : "aside"}>${said}</p>
    ${done ? html`<p class="verdict good">${done.held ? t(`已导入；有${done.held}行还有错误，没有生效。`, `Imported; ${done.held} row(s) have errors and are not in force.`) : t("已导入。", "Imported.")} <a href=${address("")}>${t("看各张表", "See the tables")}</a></p>` : ""}
    ${told ? html`<${Preview} ...${{ told, gone, placed, setPlaced, take }} setGone=${(on) => { setGone(on); setAsked(true); look(files, on); }} />` : ""}`;
}

function Preview({ told, gone, setGone, placed, setPlaced, take }) {
  const hasGone = told.tables.some((one) => one.counts[2]);
  const changes = told.edits > 0 || told.timetable > 0;
  return html`<section><h2>${changes ? t(`将改动${told.edits}行`, `${told.edits} row(s) would change`) : t("与草稿里的相同，没有可导入的。", "It is the same as in the draft; nothing to import.")}</h2>
    <${Outcome} told=${told} />
    ${told.notes.length ? html`<details class="rule" open><summary><h3>${t(`推定和说明${told.notes.length}条`, `${told.notes.length} note(s)`)}</h3></summary><ul>${told.notes.map((one) => html`<li>${one}</li>`)}</ul></details>` : ""}
    ${told.errors ? html`<details class="rule hard faults" open><summary><h3>${t(`错误${told.errors}处`, `${told.errors} error(s)`)}</h3></summary>
      <p>${t("可以先导入再改：有错误的表先不生效。", "It can be imported and mended later: tables with errors are not in force.")}</p><ul>${told.faults.map((one) => html`<li>${one}</li>`)}</ul></details>` : ""}
    <div class="scroll" tabindex="0" role="region" aria-label=${t("各表的改动", "Changes by table")}><table class="plain"><thead><tr>
      <th scope="col">${t("表", "Table")}</th><th scope="col">${t("新增", "New")}</th><th scope="col">${t("改动", "Changed")}</th><th scope="col">${t("文件里没有", "Not in the files")}</th><th scope="col">${t("相同", "Same")}</th></tr></thead>
      <tbody>${told.tables.map((one) => html`<tr key=${one.name}><th scope="row">${one.title}</th>${one.counts.map((count) => html`<td class="count">${count || ""}</td>`)}<td class="count">${one.same || ""}</td></tr>`)}</tbody></table></div>
    ${told.tables.filter((one) => one.counts.some(Boolean)).map((one) => html`<${Rows} key=${one.name} one=${one} />`)}
    ${hasGone ? html`<fieldset class="choice"><legend>${t("草稿里有、文件里没有的行", "Rows of the draft that the files do not have")}</legend>
      <label><input type="radio" name="gone" checked=${!gone} onChange=${() => setGone(false)} /> ${t("保留", "keep them")}</label>
      <label><input type="radio" name="gone" checked=${gone} onChange=${() => setGone(true)} /> ${t("删去", "take them out")}</label></fieldset>` : ""}
    ${told.timetable ? html`<p><label><input type="checkbox" checked=${placed} onChange=${(event) => setPlaced(event.target.checked)} /> ${t(`课也按文件里的课表放（${told.timetable}节）；草稿里现在的安排会被换掉`, `place lessons as in the files (${told.timetable}); they replace those of the draft`)}</label></p>` : ""}
    ${changes ? html`<p><button type="button" onClick=${take}>${t("导入", "Import")}</button> <span class="aside">${t("导入后可以撤销。", "It can be undone.")}</span></p>` : ""}</section>`;
}

function Outcome({ told: { lessons } }) {
  if (!lessons) return html`<p class="verdict warn">${t("导入后数据有错误，先不生效：草稿里的课表不变。", "The data would have errors and not be in force: the draft's timetable stays as it is.")}</p>`;
  if (!lessons.lost && !lessons.new) return html`<p class="verdict good">${t(`已排的${lessons.kept}节课都不变。`, `All ${lessons.kept} placed lessons stay.`)}</p>`;
  return html`<div class="verdict warn"><p>${t(`已排的课：${lessons.kept}节不变，${lessons.lost}节失去位置；新增${lessons.new}节待排。`, `Placed lessons: ${lessons.kept} stay, ${lessons.lost} lose their place; ${lessons.new} new ones are to be placed.`)}</p>
    ${lessons.named.length ? html`<details><summary>${t("失去位置的课", "Lessons that lose their place")}</summary><p>${lessons.named.join(t("、", ", "))}</p></details>` : ""}</div>`;
}

function Rows({ one }) {
  const [added, changed, gone] = one.counts;
  return html`<details class="rule"><summary><h3>${one.title}</h3> <span class="aside">${t(`新增${added}、改动${changed}、文件里没有${gone}`, `${added} new, ${changed} changed, ${gone} not in the files`)}</span></summary>
    <div class="scroll" tabindex="0" role="region" aria-label=${one.title}><table class="plain"><thead><tr><th scope="col"></th>${one.columns.map((title) => html`<th scope="col">${title}</th>`)}</tr></thead><tbody>
      ${one.new.map((cells) => html`<tr class="added"><th scope="row">＋ ${t("新增", "new")}</th>${cells.map((text) => html`<td>${text}</td>`)}</tr>`)}
      ${one.changed.map(([before, after]) => html`<tr class="altered"><th scope="row">～ ${t("改动", "changed")}</th>${after.map((text, n) => html`<td>${before[n] === text ? text : html`<del>${before[n] || t("空", "empty")}</del> <ins>${text || t("空", "empty")}</ins>`}</td>`)}</tr>`)}
      ${one.gone.map((cells) => html`<tr class="gone"><th scope="row">－ ${t("文件里没有", "not in the files")}</th>${cells.map((text) => html`<td>${text}</td>`)}</tr>`)}
    </tbody></table></div></details>`;
}

function failed({ status }) {
  if (status === 413) return t("文件太大：一次最多 20 MB。", "Too large: 20 MB at once.");
  return t("没有读成。请刷新页面再试。", "It could not be read. Reload the page and try again.");
}

root.replaceChildren();
render(html`<${App} />`, root);

// A sheet: cells by keyboard, mouse and clipboard; only the rows in sight are drawn.
import { html, useEffect, useLayoutEffect, useRef, useState } from "../vendor/htm-preact.js";
import { t } from "../editor/words.js";
import { keyOf } from "./keys.js";
import { HEAD, HEIGHT, NUMBERS, leftsOf, widthsOf } from "./measures.js";
import { readBlock, writeBlock } from "./tsv.js";

const SPARE = 8;
const PAUSE = 350;

/**
 * `rows` are {key, label, cells, typed}; `more` says that rows may be added below.
 * `markOf(r, c)` is the fault of a cell, `onType([{r, c, text}])` keeps what was typed,
 * `onTry(r, c, text)` answers with the fault there would be.
 */
export function Grid(props) {
  const { columns, rows, label, more, readOnly } = props;
  const box = useRef(null);
  const field = useRef(null);
  const tries = useRef({ timer: 0, number: 0 });
  const [top, setTop] = useState(0);
  const [at, setAt] = useState(props.start ?? { r: 0, c: 0, r2: 0, c2: 0 });
  const [edited, setEdited] = useState(null);
  const [tried, setTried] = useState(null);
  const drag = useRef(false);

  const count = rows.length + (more ? 1 : 0);
  const widths = widthsOf(columns, rows);
  const lefts = leftsOf(widths);
  const r = Math.min(at.r, Math.max(0, count - 1));
  const c = Math.min(at.c, columns.length - 1);
  const text = rows[r]?.cells[c] ?? "";
  const mark = edited === null ? props.markOf(r, c) : tried;
  const range = {
    top: Math.min(r, at.r2), bottom: Math.min(Math.max(r, at.r2), count - 1),
    left: Math.min(c, at.c2), right: Math.max(c, at.c2),
  };

  useEffect(() => props.onPlace?.({ r, c, range }), [r, c, at.r2, at.c2, rows.length]);
  useLayoutEffect(() => {
    if (edited !== null || !field.current) return;
    field.current.value = text.replaceAll("\n", " ");
    if (document.activeElement === field.current) field.current.select();
  });
  useLayoutEffect(() => {
    const { scrollLeft, scrollTop, clientWidth, clientHeight } = box.current;
    const y = HEAD + r * HEIGHT;
    const x = NUMBERS + lefts[c];
    if (y - HEAD < scrollTop) box.current.scrollTop = y - HEAD;
    else if (y + HEIGHT > scrollTop + clientHeight) box.current.scrollTop = y + HEIGHT - clientHeight;
    if (x - NUMBERS < scrollLeft) box.current.scrollLeft = x - NUMBERS;
    else if (x + widths[c] > scrollLeft + clientWidth) box.current.scrollLeft = x + widths[c] - clientWidth;
  }, [r, c]);
  useEffect(() => {
    if (props.start) { setAt(props.start); field.current?.focus({ preventScroll: true }); }
  }, [props.start]);

  function go(toR, toC, extend = false) {
    const nr = Math.min(Math.max(toR, 0), count - 1);
    const nc = Math.min(Math.max(toC, 0), columns.length - 1);
    setAt(extend ? { ...at, r2: nr, c2: nc } : { r: nr, c: nc, r2: nr, c2: nc });
  }
  function begin() {
    if (readOnly || props.fixed?.(r, c)) return;
    setEdited(field.current.value);
    setTried(props.markOf(r, c));
    const end = field.current.value.length;
    field.current.setSelectionRange(end, end);
  }
  function stop() {
    clearTimeout(tries.current.timer);
    tries.current.number++;
    setEdited(null);
    setTried(null);
  }
  function keep() {
    const value = field.current.value;
    stop();
    if (value !== text.replaceAll("\n", " ")) type([{ r, c, text: value.trim() }]);
  }
  function type(list) {
    const may = readOnly ? [] : list.filter((x) => x.c < columns.length && !props.fixed?.(x.r, x.c));
    const other = may.filter((x) => (rows[x.r]?.cells[x.c] ?? "") !== x.text);
    if (other.length) props.onType(other);
  }
  function tryOut(value) {
    clearTimeout(tries.current.timer);
    const number = ++tries.current.number;
    tries.current.timer = setTimeout(async () => {
      const found = await props.onTry?.(r, c, value.trim());
      if (number === tries.current.number) setTried(found ?? null);
    }, PAUSE);
  }
  function over(fill) {
    const list = [];
    for (let y = range.top; y <= range.bottom; y++)
      for (let x = range.left; x <= range.right; x++) list.push({ r: y, c: x, text: fill(y, x) });
    return list;
  }
  function fillDown() {
    const from = range.top === range.bottom ? range.top - 1 : range.top;
    if (from >= 0) type(over((_, x) => rows[from]?.cells[x] ?? "").filter((one) => one.r > from));
  }
  function paste(block) {
    const single = block.length === 1 && block[0].length === 1;
    if (single) return type(over(() => block[0][0].trim()));
    const list = block.flatMap((cells, y) =>
      cells.map((cell, x) => ({ r: range.top + y, c: range.left + x, text: cell.trim() })));
    type(more ? list : list.filter((one) => one.r < count));
    setAt({
      r: range.top, c: range.left,
      r2: range.top + block.length - 1,
      c2: Math.min(range.left + Math.max(...block.map((cells) => cells.length)), columns.length) - 1,
    });
  }

  function onKey(event) {
    if (event.isComposing) return;
    const step = keyOf(event, { editing: edited !== null, r, c, at, count, wide: columns.length, listed: options.length > 0 });
    if (!step) return;
    event.preventDefault();
    if (step.keep) keep();
    if (step.drop) stop();
    if (step.to) go(...step.to);
    if (step.begin) begin();
    if (step.clear) type(over(() => ""));
    if (step.fill) fillDown();
    if (step.all) setAt({ r: 0, c: 0, r2: count - 1, c2: columns.length - 1 });
    if (step.undo) props.onUndo?.();
    if (step.redo) props.onRedo?.();
    if (step.leave) field.current.blur();
  }
  function onInput(event) {
    if (readOnly || props.fixed?.(r, c)) { event.target.value = text; return; }
    setEdited(event.target.value);
    // Letters of a word that is still being composed are no text yet.
    if (!event.isComposing) tryOut(event.target.value);
  }
  const clip = {
    onCopy(event) {
      if (edited !== null) return;
      event.preventDefault();
      event.clipboardData.setData("text/plain", copied());
    },
    onCut(event) {
      if (edited !== null) return;
      event.preventDefault();
      event.clipboardData.setData("text/plain", copied());
      type(over(() => ""));
    },
    onPaste(event) {
      if (edited !== null) return;
      event.preventDefault();
      paste(readBlock(event.clipboardData.getData("text/plain")));
    },
  };
  function copied() {
    const lines = [];
    for (let y = range.top; y <= range.bottom; y++)
      lines.push(columns.map((_, x) => rows[y]?.cells[x] ?? "").slice(range.left, range.right + 1));
    return writeBlock(lines);
  }
  function point(event, y, x, isDown) {
    if (!isDown && !(drag.current && event.buttons)) return;
    if (isDown) {
      event.preventDefault();
      if (edited !== null) keep();
      drag.current = event.pointerType === "mouse";
      field.current.focus({ preventScroll: true });
    }
    go(y, x, event.shiftKey || !isDown);
  }

  const first = Math.max(0, Math.floor(top / HEIGHT) - SPARE);
  const seen = Math.ceil((box.current?.clientHeight ?? 600) / HEIGHT) + 2 * SPARE;
  const shown = [];
  for (let y = first; y < Math.min(count, first + seen); y++) shown.push(y);
  const options = edited === null ? [] : optionsOf(props.optionsOf?.(r, c) ?? [], columns[c], edited);
  const place = { left: `${NUMBERS + lefts[c]}px`, top: `${HEAD + r * HEIGHT}px` };
  const wide = NUMBERS + lefts.at(-1) + widths.at(-1);

  return html`<div class="sheet-box" ref=${box} onScroll=${(event) => setTop(event.target.scrollTop)}>
    <div class="sheet-inside" style=${{ width: `${wide}px`, height: `${HEAD + count * HEIGHT}px` }}>
      <div role="grid" aria-label=${label} aria-rowcount=${count + 1} aria-colcount=${columns.length + 1} aria-readonly=${readOnly ? "true" : "false"}>
        <div role="row" class="sheet-head" aria-rowindex="1" style=${{ width: `${wide}px` }}>
          <span role="columnheader" class="sheet-number">${props.corner ?? ""}<span class="heard">${t("行", "Row")}</span></span>
          ${columns.map((column, x) => html`<span role="columnheader" key=${column.name} class=${x >= range.left && x <= range.right ? "now" : ""}
            title=${column.note || null} style=${{ width: `${widths[x]}px` }}>${column.title}${column.required ? html`<b aria-label=${t("必填", "required")}>*</b>` : ""}</span>`)}
        </div>
        ${shown.map((y) => html`<${Row} key=${rows[y]?.key ?? "more"} ...${{ y, row: rows[y], columns, widths, wide, range, props, point, begin }} />`)}
      </div>
      <input ref=${field} class=${`sheet-field${mark && !mark.warning ? " bad" : ""}${edited === null ? "" : " typing"}`} autocomplete="off" spellcheck="false"
        aria-label=${`${columns[c]?.title ?? ""} ${rows[r]?.label ?? t("新行", "new row")}`} aria-describedby="cell-note" list=${options.length ? "sheet-options" : null}
        aria-invalid=${mark && !mark.warning ? "true" : "false"} readonly=${readOnly || Boolean(props.fixed?.(r, c))}
        style=${{ ...place, width: `${widths[c]}px`, height: `${HEIGHT}px` }}
        onKeyDown=${onKey} onInput=${onInput} onCompositionStart=${() => edited === null && setEdited("")} onCompositionEnd=${(event) => tryOut(event.target.value)}
        onDblClick=${begin} onBlur=${() => edited !== null && keep()} ...${clip} />
      ${mark ? html`<div class=${`cell-fault${mark.warning ? " warning" : ""}`} aria-hidden="true" style=${{ left: place.left, top: `${HEAD + (r + 1) * HEIGHT + 2}px` }}>${mark.text}</div>` : ""}
      <datalist id="sheet-options">${options.map((one) => html`<option value=${one} />`)}</datalist>
    </div>
  </div>`;
}

function Row({ y, row, columns, widths, wide, range, props, point, begin }) {
  const inside = y >= range.top && y <= range.bottom;
  const state = [row?.typed ? "held" : "", row?.kind ?? "", row ? "" : "more", inside ? "now" : ""].filter(Boolean).join(" ");
  return html`<div role="row" class=${`sheet-row ${state}`} aria-rowindex=${y + 2} style=${{ top: `${HEAD + y * HEIGHT}px`, width: `${wide}px` }}>
    <span role="rowheader" class="sheet-number" title=${row?.typed ? t("未生效", "not in force") : null}
      onPointerDown=${(event) => point(event, y, 0, true)}>${row ? row.label : "+"}${row?.typed ? html`<i aria-label=${t("未生效", "not in force")}>…</i>` : ""}</span>
    ${columns.map((column, x) => {
      const mark = row ? props.markOf(y, x) : null;
      const within = inside && x >= range.left && x <= range.right;
      const kind = [mark ? (mark.warning ? "odd" : "bad") : "", within ? "in" : "", column.number ? "count" : "", props.fixed?.(y, x) ? "fixed" : ""];
      return html`<span role="gridcell" key=${column.name} class=${kind.filter(Boolean).join(" ") || null} aria-selected=${within ? "true" : null} aria-invalid=${mark && !mark.warning ? "true" : null}
        style=${{ width: `${widths[x]}px` }} onPointerDown=${(event) => point(event, y, x, true)} onPointerEnter=${(event) => point(event, y, x, false)}
        onDblClick=${begin}>${row?.cells[x] ?? ""}</span>`;
    })}
  </div>`;
}

/** What may follow what is typed; of a list, its last part. */
function optionsOf(words, column, typed) {
  const cut = column.many ? Math.max(typed.lastIndexOf("、"), typed.lastIndexOf(";"), typed.lastIndexOf("；")) + 1 : 0;
  const before = typed.slice(0, cut);
  const part = typed.slice(cut).trim();
  return words.filter((word) => word.includes(part) && word !== part).slice(0, 40).map((word) => before + word);
}

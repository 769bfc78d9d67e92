// Sizes of a sheet in pixels: rows of one height, columns as wide as what they hold.
export const HEIGHT = 28;
export const HEAD = 30;
export const NUMBERS = 64;
const NARROWEST = 56;
const WIDEST = 260;
const SAMPLE = 200;

const known = new WeakMap();

/** Widths of all columns; worked out once for a list of rows. */
export function widthsOf(columns, rows) {
  const kept = known.get(columns);
  if (kept && kept.length >= rows.length && rows.length) return kept.widths;
  const step = Math.max(1, Math.floor(rows.length / SAMPLE));
  const widths = columns.map((column, x) => {
    let most = width(column.title) + 14;
    for (let y = 0; y < rows.length; y += step) most = Math.max(most, width(rows[y].cells[x] ?? ""));
    return Math.min(Math.max(most + 18, NARROWEST), WIDEST);
  });
  known.set(columns, { widths, length: rows.length });
  return widths;
}

export function leftsOf(widths) {
  let sum = 0;
  return widths.map((one) => (sum += one) - one);
}

/** About so many pixels wide: a Chinese character is as two letters. */
function width(text) {
  let sum = 0;
  for (const letter of text.slice(0, 40)) sum += letter.charCodeAt(0) > 0x2e7f ? 14 : 7.5;
  return sum;
}

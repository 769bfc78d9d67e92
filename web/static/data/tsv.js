// Blocks of cells as spreadsheet programs copy them: tabs, lines, quotes where needed.

export function readBlock(text) {
  const rows = [[]];
  let at = 0;
  while (at <= text.length) {
    const [cell, end] = text[at] === '"' ? quoted(text, at) : plain(text, at);
    rows.at(-1).push(cell);
    if (end >= text.length) break;
    if (text[end] === "\t") at = end + 1;
    else {
      at = end + (text[end] === "\r" && text[end + 1] === "\n" ? 2 : 1);
      if (at >= text.length) break; // a line break at the end begins no row
      rows.push([]);
    }
  }
  return rows;
}

function plain(text, at) {
  let end = at;
  while (end < text.length && !"\t\r\n".includes(text[end])) end++;
  return [text.slice(at, end), end];
}

function quoted(text, at) {
  let cell = "";
  let end = at + 1;
  while (end < text.length) {
    if (text[end] !== '"') cell += text[end++];
    else if (text[end + 1] === '"') {
      cell += '"';
      end += 2;
    } else {
      const after = text[end + 1];
      // A quotation mark inside a word is no end of the cell.
      if (after === undefined || "\t\r\n".includes(after)) return [cell, end + 1];
      return plain(text, at);
    }
  }
  return plain(text, at);
}

export const writeBlock = (rows) =>
  rows.map((cells) => cells.map(written).join("\t")).join("\n");

const written = (cell) =>
  /[\t\r\n"]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;

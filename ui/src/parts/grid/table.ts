// A table on the clipboard: the text that Excel and Numbers put there, read and written.

/** Rows of cells out of tab-separated text. A cell in quotes may hold tabs, line ends and doubled quotes. */
export function readTable(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  let fresh = true; // nothing of this cell has been read yet: only here does a quote open one
  const endCell = () => {
    row.push(cell);
    cell = '';
    fresh = true;
  };
  const endRow = () => {
    endCell();
    rows.push(row);
    row = [];
  };
  const source = text.replace(/^\uFEFF/, '');
  for (let i = 0; i < source.length; i++) {
    const c = source[i];
    if (quoted) {
      if (c !== '"') cell += c;
      else if (source[i + 1] === '"') ((cell += '"'), i++);
      else quoted = false;
    } else if (c === '"' && fresh && closes(source, i)) ((quoted = true), (fresh = false));
    else if (c === '\t') endCell();
    else if (c === '\r' && source[i + 1] === '\n') continue;
    else if (c === '\n' || c === '\r') endRow();
    else ((cell += c), (fresh = false));
  }
  // Excel ends every row, the last one too: what follows that end is not a row.
  if (cell !== '' || row.length > 0 || !fresh) endRow();
  return rows;
}

/** Whether the quote at `open` is closed where a cell can end; 24"モニター keeps its quote. */
function closes(source: string, open: number): boolean {
  for (let i = open + 1; i < source.length; i++) {
    if (source[i] !== '"') continue;
    if (source[i + 1] === '"') {
      i++;
      continue;
    }
    return i + 1 === source.length || '\t\r\n'.includes(source[i + 1]!);
  }
  return false;
}

/** Tab-separated text that Excel reads back as the same cells. */
export function writeTable(rows: readonly (readonly string[])[]): string {
  const cell = (text: string) => (/[\t\r\n"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return rows.map((row) => row.map(cell).join('\t')).join('\r\n');
}

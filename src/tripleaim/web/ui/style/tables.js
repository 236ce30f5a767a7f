/* Tables that a reader sorts: each header becomes a button, totals stay at the foot.
   What a cell is sorted by stands in `data-sort` where its text does not say it (sort_keys.py). */
const PLAIN = /^[−-]?\d[\d,]*(\.\d+)?%?$/;
const WORDS = new Intl.Collator("en-GB", { numeric: true, sensitivity: "base" });
const NEXT = {
  numbers: { none: "descending", descending: "ascending", ascending: "none" },
  words: { none: "ascending", ascending: "descending", descending: "none" },
};
const SAID = {
  numbers: { descending: "largest first", ascending: "smallest first" },
  words: { descending: "Z to A", ascending: "A to Z" },
};

const textOf = (cell) => cell.dataset.sort ?? cell.textContent.trim();

/* What a column is sorted by, row by row: null where it is not known. */
function keysOf(rows, column) {
  const texts = rows.map((row) => textOf(row.cells[column]) || null);
  const given = rows.some((row) => row.cells[column].dataset.sort);
  const known = texts.filter((text) => text !== null);
  if (!given && !known.every((text) => PLAIN.test(text))) return { kind: "words", keys: texts };
  const number = (text) => Number(text.replace("−", "-").replace(/[,%]/g, ""));
  return { kind: "numbers", keys: texts.map((text) => (text === null ? null : number(text))) };
}

function inOrder(rows, { kind, keys }, way) {
  const compare = kind === "numbers" ? (a, b) => a - b : WORDS.compare;
  const sign = way === "descending" ? -1 : 1;
  const order = rows.map((row, at) => ({ row, key: keys[at] }));
  order.sort((a, b) => {
    if (a.key === null || b.key === null) return (a.key === null) - (b.key === null);
    return sign * compare(a.key, b.key);
  });
  return order.map(({ row }) => row);
}

function makeSortable(table) {
  const [head] = table.tHead?.rows ?? [];
  const [body] = table.tBodies;
  const rows = [...(body?.rows ?? [])].filter((row) => !row.classList.contains("ta-total"));
  if (!head || head.querySelector(".ta-sorts") || rows.length < 3 || rows.some((row) => row.cells.length !== head.cells.length)) return;
  const totals = [...body.rows].filter((row) => row.classList.contains("ta-total"));
  const status = document.createElement("div");
  status.className = "nhsuk-u-visually-hidden";
  status.setAttribute("role", "status");
  table.closest(".ta-table").after(status);
  for (const header of head.cells) {
    if (header.dataset.unsorted !== undefined || !header.textContent.trim()) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "ta-sorts";
    button.append(...header.childNodes);
    header.append(button);
    button.addEventListener("click", () => {
      const column = keysOf(rows, header.cellIndex);
      const way = NEXT[column.kind][header.getAttribute("aria-sort") ?? "none"];
      for (const other of head.cells) other.removeAttribute("aria-sort");
      if (way !== "none") header.setAttribute("aria-sort", way);
      body.append(...(way === "none" ? rows : inOrder(rows, column, way)), ...totals);
      status.textContent = way === "none"
        ? "In the order that the page gave"
        : `Sorted by ${button.textContent}, ${SAID[column.kind][way]}`;
    });
  }
}

/* Makes the tables below `root` sortable, but for one that shows a part of a longer list only. */
export function makeTablesSortable(root) {
  for (const table of root.querySelectorAll(".ta-table:not([data-part]) > table")) makeSortable(table);
}

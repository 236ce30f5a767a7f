/* What a mark of a chart stands for, under pointer, finger or arrow keys, in a line below the chart.
   The server has said it: `data-values` of a group of marks, one text a mark (readings.py). */
const SVG = "http://www.w3.org/2000/svg";
const HINT = "Values: point at the picture or tap it, or press arrow keys here.";
const POINT = /[ML]\s*(-?[\d.]+(?:e-?\d+)?)[\s,]+(-?[\d.]+(?:e-?\d+)?)/g;

/* The corners of a path, in its own coordinates: of a line one a value, of an area its first side. */
function cornersOf(path) {
  const flat = path.getAttribute("d").replaceAll(/H(-?[\d.]+)/g, "").replaceAll("Z", "");
  return [...flat.matchAll(POINT)].map(([, x, y]) => [Number(x), Number(y)]);
}

/* The box of a mark, as shares of the picture's own width and height, so that it keeps when resized. */
function boxIn(frame, left, top, width, height) {
  return {
    left: (left - frame.left) / frame.width,
    top: (top - frame.top) / frame.height,
    width: width / frame.width,
    height: height / frame.height,
  };
}

function boxesOf(group, count, frame) {
  const [only] = group.children;
  if (count > 1 && group.children.length === 1 && only.tagName === "path") {
    const toScreen = only.getScreenCTM();
    return cornersOf(only).slice(0, count).map(([x, y]) => {
      const at = new DOMPoint(x, y).matrixTransform(toScreen);
      return boxIn(frame, at.x - 5, at.y - 5, 10, 10);
    });
  }
  return [...group.children].map((mark) => {
    const box = mark.getBoundingClientRect();
    return boxIn(frame, box.left, box.top, box.width, box.height);
  });
}

/* Every mark of a drawn chart that has a value, series after series. */
function marksOf(svg) {
  const frame = svg.getBoundingClientRect();
  return [...svg.querySelectorAll("[data-values]")].flatMap((group, series) => {
    const texts = group.dataset.values.split("|");
    const boxes = boxesOf(group, texts.length, frame);
    const name = group.dataset.name ? `${group.dataset.name}, ` : "";
    const areas = group.dataset.areas === undefined ? [] : [...group.children];
    return texts.map((text, place) => (
      { text: name + text, series, place, box: boxes[place], area: areas[place] }
    )).filter(({ box }) => box);
  });
}

/* How far a point is from a box, in pixels; nothing inside it. */
function distance(box, frame, x, y) {
  const across = Math.max(box.left * frame.width - x, x - (box.left + box.width) * frame.width, 0);
  const along = Math.max(box.top * frame.height - y, y - (box.top + box.height) * frame.height, 0);
  return Math.hypot(across, along);
}

/* The size of a mark in square pixels; a thin line is as large as a finger's aim makes it. */
const sizeOf = ({ box }, frame) =>
  Math.max(box.width * frame.width, 6) * Math.max(box.height * frame.height, 6);

/* The mark nearest to a point; of several around it the smallest. */
function nearest(marks, frame, x, y) {
  let found;
  let least = Infinity;
  for (const mark of marks) {
    const far = distance(mark.box, frame, x, y);
    if (far < least - 0.5 || (far < least + 0.5 && sizeOf(mark, frame) < sizeOf(found, frame))) {
      [found, least] = [mark, far];
    }
  }
  return found;
}

/* The mark of the next or the last series that stands at the same place. */
function ofSeries(marks, mark, step) {
  const series = [...new Set(marks.map((one) => one.series))];
  const other = series[series.indexOf(mark.series) + step];
  const there = marks.filter((one) => one.series === other);
  return there.find((one) => one.place === mark.place) ?? there.at(-1) ?? marks[marks.indexOf(mark) + step];
}

const middleOf = ({ left, top, width, height }) => [left + width / 2, top + height / 2];

/* The area nearest to another one in a direction, as the map lies. */
function neighbour(marks, now, frame, [right, down]) {
  const [x, y] = middleOf(now.box);
  let found;
  let least = Infinity;
  for (const mark of marks) {
    const [left, top] = middleOf(mark.box);
    const across = (left - x) * frame.width;
    const along = (top - y) * frame.height;
    const ahead = across * right + along * down;
    const aside = Math.abs(across * down) + Math.abs(along * right);
    const far = ahead + 2 * aside;
    if (mark !== now && ahead > 0 && aside <= 2 * ahead && far < least) [found, least] = [mark, far];
  }
  return found ?? now;
}

const DIRECTIONS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };

/* Where a key leads from a mark, of all marks; nothing if the key is another. */
function reached(key, marks, now, frame) {
  const at = marks.indexOf(now);
  const step = (by) => marks[Math.min(Math.max(at + by, 0), marks.length - 1)];
  if (key === "Home" || (key in DIRECTIONS && !now)) return marks[0];
  if (key === "End") return marks.at(-1);
  if (key === "PageDown") return step(1);
  if (key === "PageUp") return step(-1);
  if (!(key in DIRECTIONS)) return undefined;
  if (now.area) return neighbour(marks, now, frame, DIRECTIONS[key]);
  const [right, down] = DIRECTIONS[key];
  return right ? step(right) : ofSeries(marks, now, down) ?? now;
}

class Readout {
  constructor(figure) {
    this.figure = figure;
    this.marks = new Map();
    this.line = document.createElement("p");
    this.line.className = "ta-readout";
    this.line.textContent = HINT;
    this.line.tabIndex = 0;
    const said = {
      role: "slider", "aria-label": "Values in this picture", "aria-valuetext": HINT,
      "aria-valuemin": 0, "aria-valuenow": 0, "aria-valuemax": this.#current().marks.length,
    };
    for (const [name, value] of Object.entries(said)) this.line.setAttribute(name, value);
    this.line.addEventListener("keydown", (event) => this.#press(event));
    [...figure.querySelectorAll("svg")].at(-1).parentElement.after(this.line);
    for (const svg of figure.querySelectorAll("svg")) {
      svg.addEventListener("pointermove", (event) => this.#point(event));
      svg.addEventListener("pointerdown", (event) => this.#point(event));
    }
  }

  /* The chart that is shown, of the wide and the narrow one, with its marks. */
  #current() {
    const [wide, narrow] = this.figure.querySelectorAll("svg");
    const svg = narrow?.checkVisibility() ? narrow : wide;
    const shown = svg.checkVisibility();
    if (!this.marks.has(svg)) {
      const marks = marksOf(svg);
      if (!shown) return { svg, marks };
      this.marks.set(svg, marks);
    }
    return { svg, marks: this.marks.get(svg) };
  }

  #point({ clientX, clientY, currentTarget, target }) {
    const { svg, marks } = this.#current();
    if (svg !== currentTarget) return;
    const frame = svg.getBoundingClientRect();
    const mark = marks.find(({ area }) => area && area === target) ?? nearest(marks, frame, clientX - frame.left, clientY - frame.top);
    if (mark) this.#show(svg, marks, mark);
  }

  #press(event) {
    const { svg, marks } = this.#current();
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const now = marks[Number(this.line.getAttribute("aria-valuenow")) - 1];
    const next = reached(event.key, marks, now, svg.getBoundingClientRect());
    if (!next) return;
    event.preventDefault();
    this.#show(svg, marks, next);
  }

  #show(svg, marks, mark) {
    this.line.textContent = mark.text;
    this.line.setAttribute("aria-valuenow", marks.indexOf(mark) + 1);
    this.line.setAttribute("aria-valuetext", mark.text);
    const { width, height } = svg.viewBox.baseVal;
    for (const old of this.figure.querySelectorAll(".ta-mark")) old.remove();
    const around = mark.area?.cloneNode() ?? document.createElementNS(SVG, "rect");
    around.setAttribute("class", "ta-mark");
    if (!mark.area) {
      around.setAttribute("rx", 4);
      around.setAttribute("x", mark.box.left * width - 3);
      around.setAttribute("y", mark.box.top * height - 3);
      around.setAttribute("width", mark.box.width * width + 6);
      around.setAttribute("height", mark.box.height * height + 6);
    }
    svg.append(around);
  }
}

/* Gives each picture below `root` that has values a line which says them. */
export function makePicturesSpeak(root) {
  for (const figure of root.querySelectorAll(".ta-picture")) {
    const values = figure.querySelector("svg [data-values]");
    if (values && !figure.querySelector(".ta-readout")) new Readout(figure);
  }
}

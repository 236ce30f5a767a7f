/* What a form would do to the plan, said while a value is changed; its button works without this.
   The server answers at `data-live` with a part of a page, or with what is wrong (what_if.py). */
const TYPED = 200; // milliseconds without a key, after which a value is taken to be typed
const MOVED = 30; // how often a slider that is moved is looked at
const SETTLED = 900; // without an answer, after which a change is over

/* A number as the form writes it: 2.3, -40.4, 1590. */
const written = (value) => String(Number(value.toFixed(4)));

/* A slider under a number whose range is known; it has no name of its own, so no form sends it. */
function addSlider(input) {
  const value = Number(input.value) || 0;
  const low = Math.min(Number(input.dataset.low), value);
  const high = Math.max(Number(input.dataset.high), value);
  if (!(high > low)) return;
  const slider = document.createElement("input");
  slider.type = "range";
  slider.className = "ta-slider";
  slider.min = low;
  slider.max = high;
  slider.step = Math.min(10 ** Math.floor(Math.log10((high - low) / 20)), 1);
  slider.value = value;
  slider.dataset.of = input.id;
  slider.setAttribute("aria-label", `${input.labels[0]?.textContent.trim()}, slider`);
  slider.addEventListener("input", () => { input.value = written(Number(slider.value)); });
  input.addEventListener("input", () => { slider.value = input.value.replace("−", "-"); });
  (input.closest(".nhsuk-input-wrapper, .ta-assume__value") ?? input).after(slider);
}

/* What is wrong, beside its field; `texts` is by field. */
function showFaults(form, texts) {
  for (const input of form.querySelectorAll("[data-live-fault]")) {
    document.getElementById(input.dataset.liveFault)?.remove();
    input.classList.remove("nhsuk-input--error");
    for (const name of ["aria-invalid", "data-live-fault"]) input.removeAttribute(name);
    input.setAttribute("aria-describedby", input.dataset.described ?? "");
    if (!input.dataset.described) input.removeAttribute("aria-describedby");
  }
  for (const [field, text] of Object.entries(texts)) {
    const input = form.querySelector(`#${CSS.escape(field)}`);
    if (!input) continue;
    const said = document.createElement("p");
    said.className = "nhsuk-error-message";
    said.id = `${field}-live-fault`;
    said.textContent = text;
    input.dataset.described ??= input.getAttribute("aria-describedby") ?? "";
    input.dataset.liveFault = said.id;
    input.setAttribute("aria-invalid", "true");
    input.setAttribute("aria-describedby", `${input.dataset.described} ${said.id}`.trim());
    if (input.type === "text") input.classList.add("nhsuk-input--error");
    (input.closest(".nhsuk-input-wrapper, .ta-assume__value, .nhsuk-radios") ?? input).before(said);
  }
}

/* Links around the form lead to the changed plan, as those of its own page would. */
function leadTo(base, before) {
  const around = ".nhsuk-header__navigation, .nhsuk-header__search, .ta-within, .nhsuk-breadcrumb, .ta-next";
  for (const part of document.querySelectorAll(around)) {
    for (const link of part.querySelectorAll("a[href], form[action]")) {
      const name = link.matches("a") ? "href" : "action";
      const inside = link.getAttribute(name);
      if (inside.startsWith(before)) link.setAttribute(name, base + inside.slice(before.length));
    }
  }
}

class WhatIf {
  constructor(form) {
    this.form = form;
    this.base = form.dataset.base;
    this.panel = document.createElement("div");
    this.panel.className = "ta-live";
    this.panel.hidden = true;
    this.heard = document.createElement("div");
    this.heard.className = "nhsuk-u-visually-hidden";
    this.heard.setAttribute("role", "status");
    form.append(this.panel);
    form.after(this.heard);
    for (const input of form.querySelectorAll("input[data-low]")) addSlider(input);
    form.addEventListener("input", ({ target }) => this.#changed(target));
  }

  /* A value that is typed is waited for; a slider is followed while it moves. */
  #changed(field) {
    const typed = field.type === "text";
    this.#choose(field.dataset.of ? document.getElementById(field.dataset.of) : field);
    if (this.waiting && !typed) return;
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.#ask(), typed ? TYPED : MOVED);
  }

  /* Who changes a value chooses it; who chooses another thing takes back what was typed for it. */
  #choose(field) {
    for (const typed of this.form.querySelectorAll("[data-chooses]")) {
      const choice = document.getElementById(typed.dataset.chooses);
      if (field === typed && typed.value.trim()) choice.checked = true;
      if (field.name === choice.name && !choice.checked) typed.value = typed.defaultValue;
    }
  }

  /* One question at a time: what changes meanwhile is asked for after the answer. */
  async #ask() {
    this.waiting = undefined;
    this.again = this.busy;
    if (this.busy) return;
    this.busy = true;
    const query = new URLSearchParams(new FormData(this.form));
    this.panel.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(`${this.form.dataset.live}?${query}`);
      const part = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (!answer.ok) throw new Error(answer.statusText);
      if (part.getElementById("faults")) this.#refuse(part);
      else this.#show(part);
    } catch {
      this.#tell("The server does not answer. The button of the form still works.");
    }
    this.panel.removeAttribute("aria-busy");
    this.busy = false;
    if (this.again) this.#ask();
  }

  #show(part) {
    showFaults(this.form, {});
    const { base, address } = part.body.dataset;
    document.getElementById("this-scenario").replaceWith(part.getElementById("this-scenario"));
    document.title = part.title;
    leadTo(base, this.base);
    this.base = base;
    this.#keepInStep(address);
    const said = part.getElementById("what-if");
    this.panel.replaceChildren(...said.children);
    this.#tell();
  }

  #refuse(part) {
    const said = [...part.querySelectorAll("[data-field]")];
    showFaults(this.form, Object.fromEntries(said.map((one) => [one.dataset.field, one.textContent])));
    this.#tell(said.map((one) => one.textContent).join(". "));
  }

  /* One change by a reader is one step back, however many values it went through. */
  #keepInStep(address) {
    if (address === location.pathname + location.search) return;
    const how = this.moving ? "replaceState" : "pushState";
    history[how]({}, "", address);
  }

  /* The panel changes at once; what is read out waits until the values have settled. */
  #tell(fault) {
    const first = this.panel.hidden;
    this.panel.hidden = !this.panel.children.length;
    // The panel that comes up must not hide what has the focus.
    if (first && !this.panel.hidden) document.activeElement.scrollIntoView({ block: "nearest" });
    this.moving = true;
    clearTimeout(this.settling);
    this.settling = setTimeout(() => {
      this.moving = false;
      this.heard.textContent = fault ?? this.panel.firstElementChild?.textContent ?? "";
    }, SETTLED);
  }
}

/* Lets each form below `root` that has live answers say them. */
export function makeFormsLive(root) {
  for (const form of root.querySelectorAll("form[data-live]")) new WhatIf(form);
}

/* Back and forward lead to addresses that the form went through: the server has each as a page. */
if (document.querySelector("form[data-live]")) {
  addEventListener("popstate", () => location.reload());
}

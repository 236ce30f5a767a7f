/* Starts the NHS components that a page uses; every page works without them. */
import { makePicturesSpeak } from "./charts.js";
import { ErrorSummary, Header, createAll } from "./nhsuk.js";
import { makeTablesSortable } from "./tables.js";
import { makeFormsLive } from "./what_if.js";

document.body.classList.add("js-enabled", "nhsuk-frontend-supported");
createAll(Header);
createAll(ErrorSummary);

/* What htmx puts on a page later is made ready as what was there first. */
function makeReady(root) {
  makeTablesSortable(root);
  makePicturesSpeak(root);
}
makeReady(document);
document.addEventListener("htmx:load", ({ target }) => makeReady(target));

makeFormsLive(document);

/* The address of a scenario, copied; the button is there only where the browser can. */
if (navigator.clipboard) {
  document.body.classList.add("ta-can-copy");
  document.addEventListener("click", async ({ target }) => {
    const button = target.closest?.("[data-copy]");
    if (!button) return;
    await navigator.clipboard.writeText(new URL(button.dataset.copy, location.href).href);
    button.textContent = "Link copied";
  });
}

/* Scenarios that a reader has named are kept in this browser alone, to be chosen for comparison. */
const NAMED = "tripleaim-named-scenarios";
const named = () => {
  try { return JSON.parse(localStorage.getItem(NAMED)) ?? []; } catch { return []; }
};
const form = document.querySelector("[data-name-scenario]");
const name = new URLSearchParams(location.search).get("name");
if (form && name?.trim()) {
  const { nameScenario: place, token } = form.dataset;
  const others = named().filter((one) => one.place !== place || one.token !== token);
  const all = [{ place, token, name: name.trim().slice(0, 80) }, ...others].slice(0, 50);
  try { localStorage.setItem(NAMED, JSON.stringify(all)); } catch { /* it stays unnamed here */ }
}
const select = document.querySelector("[data-named-scenarios]");
for (const one of select ? named() : []) {
  if (one.place === select.dataset.namedScenarios) select.append(new Option(one.name, one.token));
}

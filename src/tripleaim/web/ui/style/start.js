/* Starts the NHS components that a page uses; every page works without them. */
import { ErrorSummary, Header, createAll } from "./nhsuk.js";

document.body.classList.add("js-enabled", "nhsuk-frontend-supported");
createAll(Header);
createAll(ErrorSummary);

/* The address of a scenario, copied; the button is there only where the browser can. */
for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(new URL(button.dataset.copy, location.href).href);
    button.textContent = "Link copied";
  });
}

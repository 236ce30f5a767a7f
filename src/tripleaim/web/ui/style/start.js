/* Starts the NHS components that a page uses; every page works without them. */
import { ErrorSummary, Header, createAll } from "./nhsuk.js";

document.body.classList.add("js-enabled", "nhsuk-frontend-supported");
createAll(Header);
createAll(ErrorSummary);

/* The filters of a list: an address that can be shared, facets that stay open, long lists that can be searched. */

import { addFinders } from "./finder.js";

// What the reader opened or closed stays as it was while filtering exchanges the facets.
const opened = new Map();

// Going back exchanges the whole page, and the form with it: it is looked up each time.
function facets() {
  return document.querySelectorAll("[data-filters] [data-facet]");
}

function leaveOutEmpty({ target, detail }) {
  if (!target.matches?.("[data-filters]")) return;
  for (const name of Object.keys(detail.parameters)) {
    if (detail.parameters[name] === "") delete detail.parameters[name];
  }
}

function remember() {
  for (const facet of facets()) opened.set(facet.dataset.facet, facet.open);
}

function restore() {
  for (const facet of facets()) facet.open = opened.get(facet.dataset.facet) ?? facet.open;
  addFinders();
}

if (document.querySelector("[data-filters]")) {
  document.body.addEventListener("htmx:configRequest", leaveOutEmpty);
  document.body.addEventListener("htmx:beforeSwap", remember);
  document.body.addEventListener("htmx:afterSettle", restore);
  document.body.addEventListener("htmx:historyRestore", addFinders);
  addFinders();
}

/* Leaves empty fields out of the address when the filters are sent, so that it can be shared. */

document.querySelector("[data-filters]")?.addEventListener("htmx:configRequest", ({ detail }) => {
  for (const [name, value] of Object.entries(detail.parameters)) {
    if (value === "") delete detail.parameters[name];
  }
});

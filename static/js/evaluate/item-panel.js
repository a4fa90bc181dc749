// Opens a question's evidence and comments beside the answers instead of on a page of their own.

const panel = document.querySelector("[data-item-panel]");

if (panel?.showModal) {
  const failed = panel.querySelector("[data-failed]");

  const open = (link) => {
    failed.hidden = true;
    panel.querySelector("#item-panel-body").replaceChildren();
    panel.showModal();
    window.htmx
      .ajax("GET", link.getAttribute("href"), { source: panel, target: "#item-panel-body", swap: "outerHTML" })
      .catch(() => {});
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-item-notes]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open(link);
  });

  const fail = () => {
    failed.textContent = panel.dataset.textFailed;
    failed.hidden = false;
  };
  for (const name of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) panel.addEventListener(name, fail);
  panel.addEventListener("htmx:afterSwap", () => {
    failed.hidden = true;
  });

  panel.querySelector("[data-close]").addEventListener("click", () => panel.close());
  panel.addEventListener("click", (event) => {
    if (event.target === panel) panel.close();
  });
}

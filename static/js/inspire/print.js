/* Offers to print the page where a browser can: without JavaScript there is its menu, and no button. */

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// A button that copies the address beside it; where the browser cannot, there is no button and the text can be marked.
if (navigator.clipboard) {
  for (const button of document.querySelectorAll("[data-copy-address]")) {
    const address = button.parentElement.querySelector("[data-address]");
    const words = button.textContent;
    button.hidden = false;
    button.addEventListener("click", async () => {
      address.select();
      try {
        await navigator.clipboard.writeText(address.value);
      } catch {
        return;
      }
      button.textContent = button.dataset.copied;
      setTimeout(() => { button.textContent = words; }, 2000);
    });
  }
}

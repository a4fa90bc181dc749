// Says that a file is too large before it is sent: the wait would be in vain.
const form = document.querySelector("[data-import-upload]");
const input = form?.querySelector("input[type=file]");
const warning = form?.querySelector("[data-import-too-large]");

function isTooLarge() {
  const file = input.files[0];
  return Boolean(file) && file.size > Number(input.dataset.maxBytes);
}

if (input && warning) {
  input.addEventListener("change", () => {
    warning.hidden = !isTooLarge();
  });
  form.addEventListener("submit", (event) => {
    if (isTooLarge()) {
      event.preventDefault();
      warning.hidden = false;
      input.focus();
    }
  });
}

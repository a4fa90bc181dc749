// Shows what has to do with passkeys only where the browser can use them, and says so when using one fails.

const canUsePasskeys = Boolean(window.PublicKeyCredential && navigator.credentials);

function show(selector, isShown) {
  for (const element of document.querySelectorAll(selector)) element.hidden = !isShown;
}

if (canUsePasskeys) {
  show("[data-passkey]", true);
  show("[data-passkey-unsupported]", false);
}

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  show("[data-passkey-problem]", true);
});

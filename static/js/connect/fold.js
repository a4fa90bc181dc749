// A long form on a phone: its parts are folded to their titles, but for the one that the address names and those in
// which something has to be put right. Without this, and on a wider screen, all of them are open.

const NARROW = "(max-width: 40rem)";
const parts = [...document.querySelectorAll("details[data-fold]")];

const openNamed = () => {
  const named = parts.find((part) => part.id && `#${part.id}` === location.hash);
  if (!named) return;
  named.open = true;
  named.scrollIntoView();
};

if (parts.length && matchMedia(NARROW).matches) {
  for (const part of parts) {
    part.open = Boolean(part.querySelector(".field--error"));
  }
  openNamed();
}
addEventListener("hashchange", openNamed);

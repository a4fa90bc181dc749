/* While an announcement is being sent, its page keeps up with how far it got. */

const EVERY_MS = 5000;

async function refresh(shown) {
  const response = await fetch(location.href, { headers: { Accept: "text/html" } });
  if (!response.ok || response.redirected) return;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const now = page.querySelector("[data-sending]");
  if (!now) {
    location.reload();
    return;
  }
  shown.querySelector("progress").value = now.querySelector("progress").value;
  shown.querySelector("p").textContent = now.querySelector("p").textContent;
  setTimeout(refresh, EVERY_MS, shown);
}

const shown = document.querySelector("[data-sending]");
if (shown) setTimeout(refresh, EVERY_MS, shown);

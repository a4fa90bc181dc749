// Says while one types whether a formula can be understood. Without this script the answer comes on saving.

const PAUSE = 600;

function fieldOf(textarea) {
  return textarea.name.replace(/^required_when$/, "required");
}

async function check(form, textarea) {
  const result = form.querySelector(`[data-formula-result="${textarea.name}"]`);
  if (!result) return;
  const body = new FormData();
  body.append("formula", textarea.value);
  body.append("campo", fieldOf(textarea));
  body.append("ruta", form.dataset.itemPath || "");
  body.append("csrfmiddlewaretoken", form.querySelector("[name=csrfmiddlewaretoken]").value);
  const asked = textarea.value;
  try {
    const response = await fetch(form.dataset.formulas, { method: "POST", body, credentials: "same-origin" });
    const type = response.headers.get("Content-Type") || "";
    if (!response.ok || response.redirected || !type.startsWith("text/html")) return;
    const text = await response.text();
    if (textarea.value === asked) result.innerHTML = text;
  } catch {
    // No connection: the formula is checked on saving.
  }
}

for (const form of document.querySelectorAll("[data-formulas]")) {
  for (const textarea of form.querySelectorAll("[data-formula]")) {
    let waiting = 0;
    textarea.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => check(form, textarea), PAUSE);
    });
  }
}

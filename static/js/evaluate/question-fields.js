// The fields of one question on the answer page: what they hold, in words, and how to fill them again.

const CONTROLS = "input:not([type=file]), select, textarea";

export const pathOf = (question) => question.querySelector("[name=shown]").value;

export const heldField = (question) =>
  question.querySelector(`[name="${CSS.escape(`${pathOf(question)}:held`)}"]`);

const isSent = (control) => {
  if (!control.name || control.closest("[data-conflict]")) return false;
  return !["radio", "checkbox"].includes(control.type) || control.checked;
};

// Names and values as the question sends them when it saves itself, without what tells what it held.
export const fieldsOf = (question, form) => {
  const path = pathOf(question);
  const names = question.getAttribute("hx-params").split(",");
  const own = [...question.querySelectorAll(CONTROLS)].filter(
    (control) => isSent(control) && names.includes(control.name) && control.name !== `${path}:held`,
  );
  const counts = names.filter((name) => name.endsWith(":count")).map((name) => form.elements[name]);
  return [...own, ...counts.filter(Boolean)].map((control) => [control.name, control.value]);
};

// What was said, as the portal is told later that it may have arrived: why it does not apply, or the answer.
export const triedOf = (path, fields) => {
  const given = (wanted) => fields.filter(([name]) => name === wanted).map(([, value]) => value);
  if (given(`${path}:na`).length) return [`${path}:tried:motivo`, given(`${path}:motivo`).join(" ")];
  return [`${path}:tried`, given(path).join(" ")];
};

const wordsOfControl = (control) => {
  if (control.matches("select")) return control.selectedOptions[0]?.textContent.trim() ?? "";
  if (["radio", "checkbox"].includes(control.type)) return control.closest("label").textContent.trim();
  return control.value;
};

export const wordsOf = (question) =>
  [...question.querySelectorAll(CONTROLS)]
    .filter((control) => isSent(control) && control.type !== "hidden")
    .map(wordsOfControl)
    .filter(Boolean)
    .join(", ");

export const labelOf = (question) =>
  document.getElementById(`${question.id}-label`)?.firstChild.textContent.trim() ?? "";

// Cases of a list that came or went meanwhile make a place mean another case.
export const fitsPage = (entry, form) =>
  entry.fields.every(([name, value]) => !name.endsWith(":count") || form.elements[name]?.value === value);

export const fill = (question, fields) => {
  const values = new Map();
  for (const [name, value] of fields) values.set(name, [...(values.get(name) ?? []), value]);
  for (const control of question.querySelectorAll(CONTROLS)) {
    if (!control.name || control.type === "hidden") continue;
    const given = values.get(control.name) ?? [];
    if (["radio", "checkbox"].includes(control.type)) control.checked = given.includes(control.value);
    else control.value = given.shift() ?? "";
  }
};

// Whoever says that something does not apply takes her answer back, and whoever answers says that it does apply.
export const keepApart = (question, changed) => {
  const exempts = question.querySelector("[data-exempts]");
  if (!exempts || changed.matches("[data-reason]")) return;
  if (changed !== exempts) {
    exempts.checked = false;
    return;
  }
  if (!exempts.checked) return;
  for (const control of question.querySelectorAll(`[name="${CSS.escape(pathOf(question))}"]`)) {
    if (control.matches("select")) control.value = "";
    else control.checked = false;
  }
};

// Keeps what is typed, field by field: only what changed is sent, with the mark of what the page had shown.

const form = document.querySelector("[data-desk]");
const PAUSE_MS = 1_200;
const RETRY_MS = 8_000;

if (form) {
  const status = form.querySelector("[data-save-status]");
  // Fields with something that is not kept yet, each with the number of its latest edit.
  const unsaved = new Map();
  // Of those, the edits that are too long to be kept: they are sent again once they are changed.
  const refusedEdits = new Map();
  let edits = 0;
  let timer = 0;
  let isSending = false;
  let isSignedOut = false;
  let isLeaving = false;

  const nameOf = (field) => field.dataset.field;
  const inputsOf = (field) => [...field.querySelectorAll("[name]:not([data-mark])")];

  const say = (text, hasFailed = false) => {
    status.textContent = text;
    status.classList.toggle("save-status--failed", hasFailed);
  };

  const saySignedOut = () => {
    say(`${form.dataset.textSignedOut} `, true);
    const link = document.createElement("a");
    link.href = form.dataset.signIn;
    link.target = "_blank";
    link.textContent = form.dataset.textSignIn;
    status.append(link);
  };

  const later = (pause) => {
    clearTimeout(timer);
    timer = setTimeout(send, pause);
  };

  const note = (field) => {
    // What the page filled in by itself is kept with the first thing that is typed.
    for (const filled of form.querySelectorAll("[data-prefilled]")) {
      delete filled.dataset.prefilled;
      unsaved.set(filled, ++edits);
    }
    unsaved.set(field, ++edits);
    later(PAUSE_MS);
  };

  const bodyOf = (sent) => {
    const body = new FormData();
    for (const name of ["csrfmiddlewaretoken", "nuevo", "solucion"]) {
      const input = form.querySelector(`[name="${name}"]`);
      if (input) body.append(name, input.value);
    }
    for (const field of sent.keys()) {
      body.append(`held-${nameOf(field)}`, field.querySelector("[data-mark]").value);
      for (const input of inputsOf(field)) {
        const isOff = ["checkbox", "radio"].includes(input.type) && !input.checked;
        if (!isOff && input.type !== "file" && input.type !== "submit") body.append(input.name, input.value);
      }
    }
    return body;
  };

  const setMark = (field, mark) => {
    field.querySelector("[data-mark]").value = mark;
  };

  const showConflict = (field, conflict) => {
    field.querySelector("[data-conflict-box]")?.remove();
    const box = document.createElement("div");
    box.dataset.conflictBox = "";
    box.append(form.querySelector("template[data-conflict]").content.cloneNode(true));
    box.querySelector("[data-conflict-said]").textContent = form.dataset.textConflict;
    box.querySelector("[data-conflict-theirs]").textContent = conflict.theirs || "—";
    box.querySelector("[data-keep-mine]").addEventListener("click", () => {
      setMark(field, conflict.mark);
      box.remove();
      note(field);
    });
    box.querySelector("[data-take-theirs]").addEventListener("click", () => {
      const input = inputsOf(field)[0];
      if (conflict.value === null || !input || !("value" in input)) {
        isLeaving = true;
        location.reload();
        return;
      }
      input.value = conflict.value;
      setMark(field, conflict.mark);
      unsaved.delete(field);
      box.remove();
      input.focus();
    });
    field.append(box);
  };

  const showRefusal = (field, text) => {
    field.querySelector("[data-refused]")?.remove();
    if (!text) return;
    const said = document.createElement("p");
    said.className = "field__error";
    said.dataset.refused = "";
    said.textContent = text;
    field.append(said);
  };

  const take = (sent, answer) => {
    const conflicts = new Map(answer.conflicts.map((conflict) => [conflict.name, conflict]));
    for (const [field, edit] of sent) {
      const name = nameOf(field);
      showRefusal(field, answer.refused[name]);
      if (answer.refused[name]) {
        refusedEdits.set(field, edit);
        continue;
      }
      // What was typed since it was sent goes with the next request.
      if (unsaved.get(field) === edit) unsaved.delete(field);
      if (conflicts.has(name)) {
        unsaved.delete(field);
        showConflict(field, conflicts.get(name));
      } else setMark(field, answer.marks[name]);
    }
    if (form.querySelector("[name=nuevo]")) {
      form.querySelector("[name=nuevo]").remove();
      history.replaceState(null, "", answer.address);
    }
    const completeness = document.querySelector("[data-completeness]");
    if (completeness) completeness.innerHTML = answer.completeness;
    const [refusal] = Object.values(answer.refused);
    say(refusal ?? answer.saved, Boolean(refusal));
  };

  async function send() {
    const sent = new Map([...unsaved].filter(([field, edit]) => refusedEdits.get(field) !== edit));
    if (isSending || isSignedOut || !sent.size) return;
    isSending = true;
    say(form.dataset.textSaving);
    try {
      const response = await fetch(form.dataset.save, { method: "POST", body: bodyOf(sent), credentials: "same-origin" });
      isSignedOut = response.status === 401;
      if (isSignedOut) saySignedOut();
      else if (response.ok) take(sent, await response.json());
      else if (response.status < 500) {
        const answer = await response.json().catch(() => ({}));
        say(answer.error ?? form.dataset.textRefused, true);
      } else throw new Error(String(response.status));
      if (response.ok && unsaved.size) later(PAUSE_MS);
    } catch {
      say(form.dataset.textFailed, true);
      later(RETRY_MS);
    } finally {
      isSending = false;
    }
  }

  // Who signs in again gets a new token; without it what is kept here would be refused.
  const comeBack = async () => {
    const response = await fetch(location.href, { credentials: "same-origin" });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const token = page.querySelector("[data-desk] [name=csrfmiddlewaretoken]")?.value;
    if (!token) return;
    isSignedOut = false;
    form.querySelector("[name=csrfmiddlewaretoken]").value = token;
    send();
  };
  window.addEventListener("focus", () => {
    if (isSignedOut) comeBack().catch(saySignedOut);
  });

  for (const kind of ["input", "change"]) {
    form.addEventListener(kind, (event) => {
      const field = event.target.closest("[data-field]");
      if (field) note(field);
    });
  }
  window.addEventListener("online", () => later(0));
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") send();
  });
  window.addEventListener("beforeunload", (event) => {
    if (unsaved.size && !isLeaving) event.preventDefault();
  });

  // Without a session the form would end on the page to sign in, and what it holds would be gone.
  form.addEventListener("submit", (event) => {
    if (isSignedOut) {
      event.preventDefault();
      saySignedOut();
    } else isLeaving = true;
  });
  window.addEventListener("pageshow", () => {
    isLeaving = false;
  });

  // A link to a field that is in a closed group opens it.
  const openTarget = () => {
    const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const group = target && (target.closest("details") ?? target);
    if (group instanceof HTMLDetailsElement && !group.open) {
      group.open = true;
      target.scrollIntoView();
    }
  };
  window.addEventListener("hashchange", openTarget);
  openTarget();
  document.querySelector("[data-error-summary]")?.focus();
}

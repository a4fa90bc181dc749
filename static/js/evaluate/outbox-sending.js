// Sends what waits on this device for questions that are not on the page, and shows what could not be sent.

import { outbox } from "./outbox.js";

const AGAIN_MS = 15_000;
const SENT_MS = 8_000;
const place = document.querySelector("[data-outbox]");

if (place && outbox) {
  const texts = place.dataset;
  // The answer page sends its own questions and says itself how many wait.
  const form = document.querySelector("[data-autosave]");
  let isSending = false;
  let hasSent = false;

  const isOnPage = (path) =>
    Boolean(form?.querySelector(`[data-question] > [name=shown][value="${CSS.escape(path)}"]`));

  const token = () => JSON.parse(document.body.getAttribute("hx-headers") ?? "{}")["X-CSRFToken"] ?? "";

  const bodyOf = (path, entry) => {
    const body = new URLSearchParams([["path", path], ["guardada", "1"], [`${path}:held`, entry.held]]);
    for (const [name, value] of entry.fields) body.append(name, value);
    for (const [name, value] of entry.tried) body.append(name, value);
    return body;
  };

  const settle = (path, entry, response) => {
    const outcome = response.headers.get("Answer-Outcome");
    if (response.ok && outcome === "saved") {
      hasSent = true;
      outbox.confirm(path, entry.edit);
    } else if (outcome === "conflict") outbox.hold(path, "conflict");
    else if (outcome === "closed") outbox.hold(path, "closed");
    else if (outcome === "list-changed" || response.status === 404) outbox.hold(path, "lost");
    else return false;
    return true;
  };

  const send = async () => {
    if (isSending || !("open" in texts)) return;
    isSending = true;
    try {
      for (const [path, entry] of outbox.waiting()) {
        if (isOnPage(path)) continue;
        const response = await fetch(texts.saveUrl, {
          method: "POST",
          body: bodyOf(path, entry),
          headers: { "X-CSRFToken": token(), "HX-Request": "true" },
          credentials: "same-origin",
        });
        if (!settle(path, entry, response)) break;
      }
    } catch {
      // The connection is away: the answers go on waiting.
    } finally {
      isSending = false;
      show();
    }
  };

  const element = (name, content, className = "") => {
    const made = document.createElement(name);
    made.textContent = content;
    if (className) made.className = className;
    return made;
  };

  const row = ([, entry]) => {
    const item = document.createElement("li");
    const link = element("a", entry.label);
    link.href = entry.page;
    item.append(link, `: ${entry.words || texts.textEmpty}`);
    return item;
  };

  const copy = async (entries, button) => {
    const lines = entries.map(([, entry]) => `${entry.label}: ${entry.words || texts.textEmpty}`);
    await navigator.clipboard.writeText(lines.join("\n"));
    button.textContent = texts.textCopied;
  };

  const buttons = (entries) => {
    const line = element("p", "", "cluster");
    const copying = element("button", texts.textCopy, "button");
    const discarding = element("button", texts.textDiscard, "button button--quiet");
    for (const button of [copying, discarding]) button.type = "button";
    copying.addEventListener("click", () => copy(entries, copying).catch(() => {}));
    discarding.addEventListener("click", () => outbox.remove(...entries.map(([path]) => path)));
    line.append(copying, discarding);
    return line;
  };

  const alert = (kind, text, entries = [], isFinal = false) => {
    const box = element("div", "", `alert alert--${kind}`);
    const inside = element("div", "", "stack stack--tight");
    inside.append(element("p", text));
    if (entries.length) {
      const list = document.createElement("ul");
      list.append(...entries.map(row));
      inside.append(list);
    }
    if (isFinal) inside.append(buttons(entries));
    box.append(inside);
    return box;
  };

  const waitingText = (count) =>
    count === 1 ? texts.textWaitingOne : texts.textWaitingMany.replace("{count}", count);

  const show = () => {
    const isClosed = !("open" in texts);
    const all = outbox.all().filter(([path, entry]) => entry.stuck !== "conflict" || !isOnPage(path));
    const held = (why) => all.filter(([, entry]) => (isClosed ? "closed" : entry.stuck) === why);
    const waiting = isClosed ? [] : all.filter(([path, entry]) => !entry.stuck && !isOnPage(path));
    const boxes = [];
    if (held("closed").length) boxes.push(alert("warn", texts.textClosed, held("closed"), true));
    if (held("lost").length) boxes.push(alert("warn", texts.textLost, held("lost"), true));
    if (held("conflict").length) boxes.push(alert("warn", texts.textConflict, held("conflict")));
    if (waiting.length) boxes.push(alert("info", waitingText(waiting.length)));
    if (outbox.isFull) boxes.push(alert("warn", texts.textFull));
    if (hasSent && !waiting.length) {
      boxes.push(alert("ok", texts.textSent));
      hasSent = false;
      setTimeout(show, SENT_MS);
    }
    place.replaceChildren(...boxes);
    place.hidden = boxes.length === 0;
  };

  outbox.addEventListener("change", () => {
    if (!isSending) show();
  });
  window.addEventListener("online", send);
  setInterval(() => {
    if (outbox.waiting().length) send();
  }, AGAIN_MS);
  show();
  send();
}

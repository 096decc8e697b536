/* What a page does quicker when JavaScript runs. Every behaviour is asked for by a data attribute; nothing depends on it. */
"use strict";
(() => {
  const root = document.documentElement;
  const words = document.getElementById("words")?.dataset ?? {};
  const spoken = document.getElementById("spoken");
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const visible = (element) => Boolean(element.offsetParent || element.getClientRects().length);
  const clock = (at = new Date()) => at.toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit" });
  const say = (text) => { if (spoken) spoken.textContent = text; };
  const element = (name, properties = {}, ...children) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  };
  const token = () => document.querySelector("input[name=csrfmiddlewaretoken]")?.value ?? "";
  const PICK = "[data-select], td.tick input[type=checkbox]";
  root.classList.add("has-script");

  /* What is asked for by an attribute is furnished once, now and whenever a piece of the page is renewed. */
  const furnished = new WeakSet();
  const wanted = [];
  const furnish = (within, selector, act) => all(selector, within).forEach((found) => { if (!furnished.has(found)) { furnished.add(found); act(found); } });
  const each = (selector, act) => { wanted.push([selector, act]); furnish(document, selector, act); };
  document.addEventListener("htmx:afterSettle", (event) => wanted.forEach(([selector, act]) => furnish(event.target, selector, act)));
  window.motcua = { PICK, all, clock, each, element, say, token, words };

  /* ---- keys ---------------------------------------------------------------------------------------- */

  const typing = (target) => target instanceof Element
    && (target.matches("textarea, select, input:not([type=checkbox], [type=radio], [type=button], [type=submit])") || target.isContentEditable);
  const nameOf = (event) => {
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    return `${event.ctrlKey || event.metaKey ? "Ctrl+" : ""}${event.altKey ? "Alt+" : ""}${key}`;
  };
  const sameKey = (wanted, pressed) => wanted.toLowerCase() === pressed.toLowerCase();
  const owners = () => all("[data-key]").filter((found) => visible(found) && !found.disabled);

  function press(target) {
    if (target.matches("input:not([type=checkbox], [type=submit], [type=radio]), select, textarea")) {
      target.focus();
      target.select?.();
    } else {
      target.click();
    }
  }

  const rows = () => all("[data-list] tbody tr").filter(visible);
  function stand(row) {
    all("tr[data-at]").forEach((other) => other.removeAttribute("data-at"));
    if (!row) return;
    row.dataset.at = "";
    const link = row.querySelector("a.row-link") ?? row.querySelector("a");
    (link ?? row).focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
  }
  function walk(step) {
    const lines = rows();
    const at = lines.findIndex((row) => "at" in row.dataset);
    stand(lines[Math.min(Math.max(at + step, 0), lines.length - 1)] ?? lines[0]);
  }
  function listKey(pressed, event) {
    if (!rows().length) return false;
    const row = document.querySelector("tr[data-at]");
    if (pressed === "j") walk(1);
    else if (pressed === "k") walk(-1);
    else if (pressed === "x" && row) row.querySelector(PICK)?.click();
    else if (pressed === "Enter" && row && !event.target.closest("a, button, summary, input")) (row.querySelector("a.row-link") ?? row.querySelector("a"))?.click();
    else return false;
    return true;
  }

  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229 || event.defaultPrevented) return;
    const pressed = nameOf(event);
    const modal = document.querySelector("dialog[open]");
    const bare = !/^(F\d+|Ctrl\+Enter|Alt\+)/i.test(pressed);
    if (modal || (bare && (typing(event.target) || event.ctrlKey || event.altKey || event.metaKey))) return;
    if (event.key === "?" && event.shiftKey) { event.preventDefault(); showKeys(); return; }
    const owner = owners().find((found) => sameKey(found.dataset.key, pressed));
    if (owner) { event.preventDefault(); press(owner); return; }
    if (listKey(pressed, event)) event.preventDefault();
  });

  function showKeys() {
    const sheet = document.getElementById("keys");
    const list = sheet?.querySelector("[data-keys-list]");
    if (!list) return;
    const line = (keys, text) => [element("dt", {}, ...keys.flatMap((key) => [element("kbd", { textContent: key }), " "])), element("dd", { textContent: text })];
    const found = owners().flatMap((owner) => line([owner.dataset.key], owner.dataset.keyLabel || owner.textContent.trim()));
    if (rows().length) found.push(...line(["j", "k", "Enter", "x"], list.dataset.listWords));
    list.replaceChildren(...found, ...line(["Shift", "?"], list.dataset.helpWords));
    sheet.showModal();
  }

  /* ---- clicks that open, close, print ------------------------------------------------------------- */

  document.addEventListener("click", (event) => {
    all("details.menu[open]").forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; });
    if (event.target.closest("[data-show-keys]")) showKeys();
    if (event.target.closest("[data-print]")) window.print();
    const row = event.target.closest("tr[data-href]");
    if (row && !event.target.closest("a, button, input, label, summary, select") && !String(getSelection())) location.assign(row.dataset.href);
    const back = event.target.closest("[data-back]");
    if (back && history.length > 1) { event.preventDefault(); history.back(); }
  });
  document.addEventListener("keydown", (event) => {
    const menu = event.key === "Escape" && document.querySelector("details.menu[open]");
    if (menu) { menu.open = false; menu.querySelector("summary").focus(); }
  });
  /* On paper nothing can be opened: explanations are printed open, menus are not printed at all. */
  window.addEventListener("beforeprint", () => all("details:not(.menu)").forEach((part) => { part.open = true; }));
  all("[data-show-keys]").forEach((shown) => { shown.hidden = false; });

  /* ---- one press, one effect ----------------------------------------------------------------------- */

  /* A page come back to and sent again as it was is the same call: the browser made its key anew, the entry in the
     history remembers the old one. */
  function keepKey(form) {
    const field = form.elements.namedItem("idempotency_key");
    if (!field) return;
    const typed = [...new FormData(form)].filter(([name]) => name !== "idempotency_key" && name !== "csrfmiddlewaretoken");
    const text = JSON.stringify(typed.map(([name, value]) => [name, value.name ?? value]));
    const print = [...text].reduce((sum, letter) => Math.imul(sum ^ letter.codePointAt(0), 16777619), 2166136261);
    const sent = history.state?.sent;
    if (sent?.print === print) field.value = sent.key;
    else history.replaceState({ ...history.state, sent: { print, key: field.value } }, "");
  }

  /* Without a file the fields go in one line, not as parts to be told apart: the server reads it in half the time. */
  function packShort(form) {
    const places = [...form.elements].filter((field) => field.type === "file");
    if (!places.length) return;
    const some = places.some((place) => place.files.length);
    form.enctype = some ? "multipart/form-data" : "application/x-www-form-urlencoded";
  }

  /* Who signed in meanwhile in another tab has a new token; only the page that offers to send again may take it. */
  function freshen(form) {
    const kept = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1];
    if (kept) form.elements.namedItem("csrfmiddlewaretoken").value = kept;
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method === "dialog" || !form.matches("[data-once], form[method=post]")) return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "1";
    keepKey(form);
    packShort(form);
    if (form.matches("[data-fresh-token]")) freshen(form);
    /* After the form has gathered its fields, or the pressed button's own value would be lost. */
    setTimeout(() => all("button, input[type=submit]", form).forEach((pressed) => { pressed.disabled = true; }), 0);
  });
  const release = (form) => {
    delete form.dataset.sent;
    all("button, input[type=submit]", form).forEach((pressed) => { pressed.disabled = false; });
  };
  window.addEventListener("pageshow", (event) => { if (event.persisted) all("form[data-sent]").forEach(release); });
  document.addEventListener("htmx:afterRequest", (event) => { const form = event.target.closest?.("form[data-sent]"); if (form) release(form); });
  document.addEventListener("htmx:sendError", () => say(words.lost));

  /* ---- small ties between fields --------------------------------------------------------------------------- */

  function mirror(place) {
    const source = document.getElementById(place.dataset.mirror);
    const none = place.textContent;
    const copy = () => { place.textContent = source.value.trim() || none; };
    source?.addEventListener("input", copy);
    source?.addEventListener("change", copy);
    if (source) copy();
  }
  function showChosen(choice) {
    const show = () => {
      if (!choice.checked) return;
      all(`[data-shown-by="${choice.name}"]`).forEach((part) => {
        part.removeAttribute("data-start-hidden");
        part.hidden = part.id !== choice.dataset.shows;
        all("input, select, textarea", part).forEach((field) => { field.disabled = part.hidden; });
      });
    };
    choice.addEventListener("change", show);
    show();
  }

  each("[data-mirror]", mirror);
  each("[data-shows]", showChosen);
  each("[data-focus-first]", (place) => place.focus());
  each("[data-open-print]", (opened) => {
    const sheet = window.open(opened.href ?? opened.dataset.openPrint, "_blank", "noopener");
    if (!sheet) opened.focus?.();
  });
})();

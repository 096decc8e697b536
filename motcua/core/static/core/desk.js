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
  root.classList.add("has-script");

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

  const PICK = "[data-select], td.tick input[type=checkbox]";
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

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method === "dialog" || !form.matches("[data-once], form[method=post]")) return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "1";
    if (form.dataset.draft) sessionStorage.setItem("motcua-sent", draftKey(form));
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

  /* ---- drafts on this machine ------------------------------------------------------------------------ */

  /* Kept per person, and forgotten at signing out: a counter's machine has many hands. */
  const draftKey = (form) => `motcua-draft:${document.body.dataset.who ?? ""}:${form.dataset.draft}`;
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-sign-out]")) return;
    Object.keys(localStorage).filter((key) => key.startsWith("motcua-draft:")).forEach((key) => localStorage.removeItem(key));
  });
  const kept = (form) => [...form.elements].filter((field) => field.name && !field.matches("[type=hidden]:not([data-keep]), [type=file], [type=password], [type=submit], button, fieldset"));
  const readDraft = (key) => { try { return JSON.parse(localStorage.getItem(key)); } catch { return null; } };
  const personal = (field) => field.closest("[data-no-draft]");

  const DRAFT_LIVES = 12 * 3600 * 1000;

  function saveDraft(form, note) {
    const fields = kept(form).filter((field) => !personal(field))
      .map((field) => [field.name, field.matches("[type=checkbox], [type=radio]") ? `${field.value}:${field.checked}` : field.value]);
    try { localStorage.setItem(draftKey(form), JSON.stringify({ at: Date.now(), fields })); } catch { return; }
    note.textContent = `${words.saved} ${clock()}`;
  }
  function fillDraft(form, draft) {
    const waiting = [...draft.fields];
    kept(form).filter((field) => !personal(field)).forEach((field) => {
      const place = waiting.findIndex(([name, value]) => name === field.name && (!field.matches("[type=checkbox], [type=radio]") || value.startsWith(`${field.value}:`)));
      if (place < 0) return;
      const [, value] = waiting.splice(place, 1)[0];
      if (field.matches("[type=checkbox], [type=radio]")) field.checked = value.endsWith(":true");
      else field.value = value;
    });
  }
  function keepDraft(form) {
    const note = form.querySelector("[data-draft-status]") ?? form.appendChild(element("p", { className: "saved" }));
    note.setAttribute("role", "status");
    const draft = readDraft(draftKey(form));
    /* A page that comes back with errors already holds what was typed; an old draft may be about somebody else, so it is
       offered, never poured in. */
    const fresh = draft && Date.now() - draft.at < DRAFT_LIVES;
    if (fresh && !form.closest(".card, section, main").querySelector(".field-error, .error-summary")) {
      const offer = (text, act) => {
        const made = element("button", { type: "button", className: "quiet", textContent: text });
        made.addEventListener("click", act);
        return made;
      };
      note.append(`${words.hasDraft} ${clock(new Date(draft.at))} `,
        offer(words.restore, () => { fillDraft(form, draft); note.textContent = `${words.restored} ${clock(new Date(draft.at))}`; }),
        offer(words.discard, () => { localStorage.removeItem(draftKey(form)); note.textContent = ""; }));
    }
    let pause;
    form.addEventListener("input", () => { clearTimeout(pause); pause = setTimeout(() => saveDraft(form, note), 600); });
  }
  /* The act went through when the next page does not hold the same form again: the draft has done its work. */
  const sent = sessionStorage.getItem("motcua-sent");
  if (sent) {
    sessionStorage.removeItem("motcua-sent");
    if (!document.querySelector(".error-summary, .field-error")) localStorage.removeItem(sent);
  }

  /* ---- days and money ----------------------------------------------------------------------------------- */

  const realDay = (day, month, year) => { const made = new Date(year, month - 1, day); return made.getMonth() === month - 1 && made.getDate() === day; };
  const grouping = root.lang === "en" ? "," : ".";
  function tidyDay(field) {
    const text = field.value.trim();
    const found = text.match(/^(\d{1,2})[\s/.-](\d{1,2})[\s/.-](\d{2}|\d{4})$/) ?? text.match(/^(\d{2})(\d{2})(\d{4}|\d{2})$/);
    field.setCustomValidity("");
    if (!text) return;
    if (!found) { field.setCustomValidity(words.badDay); return; }
    const [day, month] = [Number(found[1]), Number(found[2])];
    const short = found[3].length === 2;
    const thisYear = new Date().getFullYear() % 100;
    const year = short ? Number(found[3]) + (Number(found[3]) > thisYear + 5 ? 1900 : 2000) : Number(found[3]);
    if (!realDay(day, month, year)) { field.setCustomValidity(words.badDay); return; }
    field.value = `${String(day).padStart(2, "0")}/${String(month).padStart(2, "0")}/${year}`;
  }
  function tidyMoney(field) {
    const digits = field.value.replace(/[\s.,đ]/gi, "");
    if (/^\d+$/.test(digits)) field.value = digits.replace(/^0+(?=\d)/, "").replace(/\B(?=(\d{3})+$)/g, grouping);
  }
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-day]")) tidyDay(event.target);
    if (event.target.matches("[data-money]")) tidyMoney(event.target);
  });
  document.addEventListener("input", (event) => { if (event.target.matches("[data-day]")) event.target.setCustomValidity(""); });

  /* ---- files ------------------------------------------------------------------------------------------ */

  const token = () => document.querySelector("input[name=csrfmiddlewaretoken]")?.value ?? "";
  const size = (bytes) => bytes > 1048576 ? `${(bytes / 1048576).toFixed(1)} MB` : `${Math.ceil(bytes / 1024)} KB`;

  function keepFile(zone, line, answer) {
    if (answer.id && zone.dataset.uploadField) line.append(element("input", { type: "hidden", name: zone.dataset.uploadField, value: answer.id }));
    zone.dispatchEvent(new CustomEvent("motcua:uploaded", { bubbles: true, detail: answer }));
  }
  function sendFile(zone, file) {
    const bar = element("progress", { max: 100, value: 0 });
    bar.setAttribute("aria-label", file.name);
    const state = element("span", { textContent: words.sending });
    const line = element("li", {}, element("span", { textContent: `${file.name} · ${size(file.size)}` }), state, bar);
    zone.querySelector("[data-upload-list]").append(line);
    const body = new FormData();
    body.append(zone.dataset.uploadName || "file", file);
    const call = new XMLHttpRequest();
    const fail = (reason) => {
      bar.remove();
      state.className = "upload-bad";
      const again = element("button", { type: "button", className: "quiet", textContent: words.retry });
      again.addEventListener("click", () => { line.remove(); sendFile(zone, file); });
      state.replaceChildren(reason || words.notSent, " ", again);
    };
    call.upload.addEventListener("progress", (event) => { if (event.lengthComputable) bar.value = (event.loaded / event.total) * 100; });
    call.addEventListener("error", () => fail(""));
    call.addEventListener("load", () => {
      let answer = {};
      try { answer = JSON.parse(call.responseText); } catch { /* a fragment or a plain page */ }
      answer = answer.files?.[0] ?? answer;
      if (call.status >= 300 || answer.error) { fail(answer.title || answer.message || answer.error || ""); return; }
      bar.remove();
      state.textContent = words.sent;
      keepFile(zone, line, answer);
    });
    call.open("POST", zone.dataset.upload);
    call.setRequestHeader("X-CSRFToken", token());
    call.setRequestHeader("Accept", "application/json");
    call.send(body);
  }
  function receiveFiles(zone) {
    const input = zone.querySelector("input[type=file]");
    const send = (files) => [...files].forEach((file) => sendFile(zone, file));
    input.addEventListener("change", () => { send(input.files); input.value = ""; });
    ["dragenter", "dragover"].forEach((kind) => zone.addEventListener(kind, (event) => { event.preventDefault(); zone.classList.add("upload-over"); }));
    ["dragleave", "drop"].forEach((kind) => zone.addEventListener(kind, () => zone.classList.remove("upload-over")));
    zone.addEventListener("drop", (event) => { event.preventDefault(); send(event.dataTransfer.files); });
  }

  /* ---- a search that proposes --------------------------------------------------------------------------- */

  function combobox(box) {
    const input = box.querySelector("[role=combobox]");
    const list = box.querySelector("[role=listbox]");
    const value = box.querySelector("input[type=hidden]");
    let pause, asked, at = -1;
    const options = () => all("[role=option]", list);
    const close = () => { list.hidden = true; at = -1; input.setAttribute("aria-expanded", "false"); input.removeAttribute("aria-activedescendant"); };
    const mark = (place) => {
      const found = options();
      at = (place + found.length) % found.length;
      found.forEach((option, i) => option.setAttribute("aria-selected", String(i === at)));
      input.setAttribute("aria-activedescendant", found[at].id);
      found[at].scrollIntoView({ block: "nearest" });
    };
    const choose = (option) => {
      const href = option.dataset.href ?? option.querySelector("a")?.href;
      if (href && ("go" in box.dataset || !value)) { location.assign(href); return; }
      input.value = option.dataset.text ?? option.textContent.trim();
      if (value) value.value = option.dataset.value ?? "";
      close();
      box.dispatchEvent(new CustomEvent("motcua:chosen", { bubbles: true, detail: { ...option.dataset } }));
      if (value) value.dispatchEvent(new Event("change", { bubbles: true }));
    };
    const show = (html) => {
      list.innerHTML = html;
      options().forEach((option, i) => { option.id = `${list.id}-${i}`; option.setAttribute("aria-selected", "false"); all("a", option).forEach((link) => { link.tabIndex = -1; }); });
      const n = options().length;
      list.hidden = !list.children.length;
      input.setAttribute("aria-expanded", String(!list.hidden));
      say(n ? `${n} ${words.found}` : words.noneFound);
      if (n) mark(0);
    };
    const ask = async () => {
      asked?.abort();
      asked = new AbortController();
      const address = new URL(box.dataset.source, location.href);
      address.searchParams.set(input.name || "q", input.value);
      try {
        const answer = await fetch(address, { signal: asked.signal, headers: { "HX-Request": "true" } });
        if (answer.ok) show(await answer.text());
      } catch (fault) { if (fault.name !== "AbortError") say(words.lost); }
    };
    const soon = () => { clearTimeout(pause); pause = setTimeout(ask, 80); };
    input.addEventListener("input", () => { if (value) value.value = ""; if (input.value.trim().length || "eager" in box.dataset) soon(); else close(); });
    input.addEventListener("focus", () => { if ("eager" in box.dataset && list.hidden && !input.value) soon(); });
    input.addEventListener("blur", () => setTimeout(close, 150));
    list.addEventListener("mousedown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => { const option = event.target.closest("[role=option]"); if (option) { event.preventDefault(); choose(option); } });
    input.addEventListener("keydown", (event) => {
      if (event.isComposing || event.keyCode === 229) return;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (list.hidden) soon();
        else if (options().length) mark(at + (event.key === "ArrowDown" ? 1 : -1));
      } else if (event.key === "Enter" && !list.hidden && options()[at] && !event.ctrlKey) {
        event.preventDefault();
        choose(options()[at]);
      } else if (event.key === "Escape" && !list.hidden) {
        event.preventDefault();
        close();
      }
    });
  }

  /* ---- selection, filters ---------------------------------------------------------------------------------- */

  function countSelection(form) {
    const marks = all(PICK, form);
    const n = marks.filter((mark) => mark.checked).length;
    all("[data-bulk]", form).forEach((bar) => {
      bar.classList.toggle("bulk-on", n > 0);
      all("[data-bulk-count]", bar).forEach((place) => { place.textContent = n; });
    });
    all("[data-select-all]", form).forEach((whole) => { whole.checked = n > 0 && n === marks.length; whole.indeterminate = n > 0 && n < marks.length; });
    return n;
  }
  document.addEventListener("change", (event) => {
    const scope = event.target.closest("form") ?? document;
    if (event.target.matches("[data-select-all]")) all(PICK, scope).forEach((mark) => { mark.checked = event.target.checked; });
    if (scope.querySelector?.("[data-bulk]") && event.target.matches(`${PICK}, [data-select-all]`)) say(`${countSelection(scope)} ${words.selected}`);
    if (event.target.matches("[data-submit-on-change]")) event.target.form?.requestSubmit();
  });
  /* A list opened without any filter takes up the ones last used on it; a list with filters remembers them. */
  function rememberFilters(form) {
    const key = `motcua-filters:${form.dataset.filters || location.pathname}`;
    all("[data-clear-filters]", document).forEach((link) => link.addEventListener("click", () => localStorage.removeItem(key)));
    form.addEventListener("submit", () => {
      const chosen = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
      localStorage.setItem(key, chosen.toString());
    });
    const last = localStorage.getItem(key);
    if (last && !location.search && "restore" in form.dataset) location.replace(`${location.pathname}?${last}`);
  }

  /* ---- an identity card's code, scanned or pasted ------------------------------------------------------------ */

  async function readCard(field) {
    const note = field.parentElement.querySelector("[data-qr-note]");
    const tell = (text) => { if (note) note.textContent = text; else say(text); };
    const body = new URLSearchParams({ [field.dataset.qr || "text"]: field.value });
    try {
      const answer = await fetch(field.dataset.qrUrl, { method: "POST", body, headers: { "X-CSRFToken": token(), Accept: "application/json" } });
      const facts = await answer.json();
      if (!answer.ok) { tell(facts.title || facts.error || words.qrUnread); field.select(); return; }
      const filled = fillFacts(field.form, facts.fields ?? facts, field.dataset.qrPrefix ?? "applicant_");
      field.value = "";
      const named = filled.find((target) => /name$/.test(target.name));
      tell([`${words.qrRead} ${named?.value ?? ""}`, ...(facts.warnings ?? [])].join(". "));
      const next = field.dataset.qrNext ? document.querySelector(field.dataset.qrNext) : filled.at(-1);
      next?.focus();
      field.dispatchEvent(new CustomEvent("motcua:card", { bubbles: true, detail: facts }));
    } catch { tell(words.lost); }
  }
  const plain = (text) => text.trim().toLowerCase();
  function put(target, value) {
    if (target instanceof HTMLSelectElement) {
      const found = [...target.options].find((option) => option.value === value || plain(option.text) === plain(value));
      if (!found) return false;
      target.value = found.value;
    } else {
      target.value = value;
    }
    (target instanceof RadioNodeList ? target[0] : target).dispatchEvent(new Event("change", { bubbles: true }));
    return true;
  }
  /* A card says full_name; the form asks applicant_name. Names match whole, with the prefix, or by this short list. */
  const ALSO = { full_name: "name" };
  function fillFacts(form, facts, prefix) {
    return Object.entries(facts).map(([name, value]) => {
      const target = [name, prefix + name, prefix + ALSO[name]].map((asked) => form?.elements.namedItem(asked)).find(Boolean);
      return target && typeof value === "string" && value && put(target, value) ? target : null;
    }).filter(Boolean);
  }
  function watchCard(field) {
    let pause;
    const soon = (wait) => { clearTimeout(pause); if (field.value.includes("|")) pause = setTimeout(() => readCard(field), wait); };
    field.addEventListener("input", () => soon(250));
    field.addEventListener("paste", () => soon(0));
    field.addEventListener("keydown", (event) => { if (event.key === "Enter" && !event.ctrlKey && !event.isComposing) { event.preventDefault(); clearTimeout(pause); if (field.value.trim()) readCard(field); } });
  }

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

  /* On a narrow screen rows become cards: a bare figure or day then needs the name of its column. */
  function nameCells(table) {
    const names = all("thead th", table).map((cell) => cell.textContent.trim());
    all("tbody tr", table).forEach((row) => [...row.cells].forEach((cell, i) => {
      if (names[i] && /^[\d\s/:.,đ-]+$/.test(cell.textContent.trim())) cell.dataset.name = names[i];
    }));
  }

  /* ---- begin ------------------------------------------------------------------------------------------------- */

  const furnished = new WeakSet();
  const once = (selector, within, act) => all(selector, within).forEach((found) => { if (!furnished.has(found)) { furnished.add(found); act(found); } });
  function furnish(within) {
    once("form[data-draft]", within, keepDraft);
    once("[data-upload]", within, receiveFiles);
    once("[data-combo]", within, combobox);
    once("[data-qr-url]", within, watchCard);
    once("[data-mirror]", within, mirror);
    once("table[data-list]", within, nameCells);
    once("[data-shows]", within, showChosen);
    once("form[data-filters]", within, rememberFilters);
    all("form", within).filter((form) => form.querySelector("[data-bulk]")).forEach(countSelection);
    within.querySelector?.("[data-focus-first]")?.focus();
  }
  furnish(document);
  document.addEventListener("htmx:afterSettle", (event) => furnish(event.target));
  const opened = document.querySelector("[data-open-print]");
  if (opened) { const sheet = window.open(opened.href ?? opened.dataset.openPrint, "_blank", "noopener"); if (!sheet) opened.focus?.(); }
})();

/* What forms do quicker: drafts, days and money, files, an identity card. Comes after desk.js. */
"use strict";
(() => {
  const { all, clock, each, element, say, token, words } = window.motcua;

  /* ---- drafts on this machine ------------------------------------------------------------------------ */

  /* Kept per person, and forgotten at signing out: a counter's machine has many hands. */
  const draftKey = (form) => `motcua-draft:${document.body.dataset.who ?? ""}:${form.dataset.draft}`;
  document.addEventListener("submit", (event) => {
    if (!event.defaultPrevented && event.target.dataset.draft) sessionStorage.setItem("motcua-sent", draftKey(event.target));
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
  const grouping = document.documentElement.lang === "en" ? "," : ".";
  function tidyDay(field) {
    const text = field.value.trim();
    const found = text.match(/^(\d{1,2})[\s/.-](\d{1,2})[\s/.-](\d{2}|\d{4})$/) ?? text.match(/^(\d{2})(\d{2})(\d{4}|\d{2})$/);
    field.setCustomValidity("");
    /* Of a day of birth the papers may know the month or the year alone. */
    if (!text || (field.dataset.day === "part" && /^((0?[1-9]|1[0-2])[/.-])?(19|20)\d{2}$/.test(text))) return;
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

  /* ---- an identity card's code, scanned or pasted ------------------------------------------------------------ */

  async function readCard(field) {
    const note = field.parentElement.querySelector("[data-qr-note]");
    const tell = (text) => { if (note) note.textContent = text; else say(text); };
    const body = new URLSearchParams({ [field.dataset.qr || "text"]: field.value });
    try {
      const answer = await fetch(field.dataset.qrUrl, { method: "POST", body, headers: { "X-CSRFToken": token(), Accept: "application/json" } });
      const facts = await answer.json();
      if (!answer.ok) { tell(facts.title || facts.error || words.qrUnread); field.select(); return; }
      const prefix = field.dataset.qrPrefix ?? "applicant_";
      forgetOther(field.form, facts.fields ?? facts, prefix);
      const filled = fillFacts(field.form, facts.fields ?? facts, prefix);
      field.value = "";
      const named = filled.find((target) => /name$/.test(target.name));
      const read = named?.value ? [`${words.qrRead} ${named.value}.`] : [];
      tell([...read, ...(facts.warnings ?? [])].join(" "));
      const next = field.dataset.qrNext ? document.querySelector(field.dataset.qrNext) : filled.at(-1);
      next?.focus();
      field.dispatchEvent(new CustomEvent("motcua:card", { bubbles: true, detail: facts }));
    } catch { tell(words.lost); }
  }
  /* A second card of another person: nothing of the first one stays, even where the new card says nothing. */
  function forgetOther(form, facts, prefix) {
    const number = `${prefix}id_number`;
    const held = form?.elements.namedItem(number)?.value;
    if (!held || held === (facts[number] ?? facts.id_number)) return;
    [...form.elements].filter((one) => one.name?.startsWith(prefix) && one.matches("input:not([type=hidden], [type=checkbox], [type=radio])"))
      .forEach((one) => { one.value = ""; });
    const sex = form.elements.namedItem(`${prefix}sex`);
    if (sex instanceof HTMLSelectElement) sex.selectedIndex = 0;
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
    const note = field.parentElement.querySelector("[data-qr-note]");
    const soon = (wait) => { clearTimeout(pause); if (field.value.includes("|")) pause = setTimeout(() => readCard(field), wait); };
    field.addEventListener("input", () => { if (note) note.textContent = ""; soon(250); });
    /* What was pasted stands in the field a moment later; whatever it is, an answer comes. */
    field.addEventListener("paste", () => { clearTimeout(pause); pause = setTimeout(() => { if (field.value.trim()) readCard(field); }, 0); });
    field.addEventListener("keydown", (event) => { if (event.key === "Enter" && !event.ctrlKey && !event.isComposing) { event.preventDefault(); clearTimeout(pause); if (field.value.trim()) readCard(field); } });
  }

  /* ---- several things chosen from one list ------------------------------------------------------------------ */

  function growList(box) {
    const rows = () => all("select", box);
    const tidy = () => {
      const spare = rows().slice(1).filter((row) => !row.value);
      const wanted = rows()[0].value ? 1 : 0;
      while (spare.length > wanted) spare.pop().remove();
      if (spare.length || !rows()[0].value) return;
      const made = rows().at(-1).cloneNode(true);
      made.removeAttribute("id");
      made.value = "";
      made.setAttribute("aria-label", `${document.querySelector(`label[for="${rows()[0].id}"]`)?.firstChild.textContent.trim() ?? ""} ${rows().length + 1}`);
      box.append(made);
    };
    box.addEventListener("change", tidy);
    tidy();
  }

  each("[data-several]", growList);
  each("form[data-draft]", keepDraft);
  each("[data-upload]", receiveFiles);
  each("[data-qr-url]", watchCard);
})();

/* What lists do quicker: a search that proposes, a selection, filters that are remembered. Comes after desk.js. */
"use strict";
(() => {
  const { PICK, all, each, say, words } = window.motcua;

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

  /* On a narrow screen rows become cards: a bare figure or day then needs the name of its column. */
  function nameCells(table) {
    const names = all("thead th", table).map((cell) => cell.textContent.trim());
    all("tbody tr", table).forEach((row) => [...row.cells].forEach((cell, i) => {
      if (names[i] && /^[\d\s/:.,đ-]+$/.test(cell.textContent.trim())) cell.dataset.name = names[i];
    }));
  }

  /* A strip that is wider than the screen begins where one is. */
  function showCurrent(link) {
    let strip = link.parentElement;
    while (strip && !/auto|scroll/.test(getComputedStyle(strip).overflowX)) strip = strip.parentElement;
    if (!strip) return;
    const at = link.getBoundingClientRect(), box = strip.getBoundingClientRect();
    strip.scrollLeft += at.left - box.left - (box.width - at.width) / 2;
  }

  each("[data-combo]", combobox);
  each(".tabs [aria-current], .jump [aria-current], .rail [aria-current]", showCurrent);
  each("table[data-list]", nameCells);
  each("form[data-filters]", rememberFilters);
  each("form:has([data-bulk])", countSelection);
})();

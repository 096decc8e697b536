// The source follows the reading: the line a row was read from is brought into view, and j and k walk the rows.
"use strict";
(() => {
  const source = document.querySelector(".source");
  const rows = [...document.querySelectorAll("[data-read-rows] .read-row")];
  if (!source || !rows.length) return;

  const lineOf = (row) => source.querySelector(row.querySelector("[href^='#l']")?.getAttribute("href") || "#none");
  const show = (line) => {
    if (line) source.scrollTop = line.offsetTop - source.clientHeight / 3;
  };
  const mark = (row) => {
    source.querySelectorAll(".is-chosen").forEach((line) => line.classList.remove("is-chosen"));
    const line = lineOf(row);
    line?.classList.add("is-chosen");
    show(line);
  };

  const chosen = rows.find((row) => row.classList.contains("is-chosen"));
  show(source.querySelector(".is-chosen") || source.querySelector(".has-row"));
  chosen?.querySelector(".is-doubtful, input:not([type=hidden]), textarea")?.focus({ preventScroll: true });
  rows.forEach((row) => row.addEventListener("focusin", () => mark(row)));

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.target.closest("input, textarea, select")) return;
    if (event.key !== "j" && event.key !== "k") return;
    const here = rows.findIndex((row) => row.contains(document.activeElement));
    const next = rows[Math.max(0, Math.min(rows.length - 1, here + (event.key === "j" ? 1 : -1)))];
    next?.querySelector("a")?.focus();
    event.preventDefault();
  });
})();

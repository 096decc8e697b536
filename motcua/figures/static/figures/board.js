/* The board refreshes itself once a minute while it is looked at and nothing in it has the focus; a tick stops it. */
(() => {
  "use strict";
  const tick = document.getElementById("self-refresh");
  const key = "board-refresh";
  tick.closest("label").hidden = false;
  tick.checked = localStorage.getItem(key) !== "off";
  tick.addEventListener("change", () => localStorage.setItem(key, tick.checked ? "on" : "off"));

  const refresh = async () => {
    const board = document.getElementById(tick.dataset.board);
    if (!tick.checked || document.hidden || board.contains(document.activeElement)) return;
    const answer = await fetch(location.href, { headers: { "X-Refresh": "1" } });
    if (!answer.ok || answer.redirected) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(board.id);
    if (fresh && !board.contains(document.activeElement)) board.replaceWith(fresh);
  };
  setInterval(() => refresh().catch(() => {}), 60000);
})();

/* The device waits for the next dossier by itself: it asks every few seconds while nothing is shown, and thanks briefly. */
(() => {
  "use strict";
  const here = document.getElementById("device");
  if (here.dataset.thanks) {
    setTimeout(() => location.replace(location.pathname), 4000);
    return;
  }
  const shown = () => document.querySelector("#device [name=code]")?.value ?? "";
  const look = async () => {
    if (document.hidden || document.activeElement?.closest(".faces")) return;
    const answer = await fetch(location.pathname, { headers: { "X-Refresh": "1" } });
    if (!answer.ok || answer.redirected) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("device");
    const code = fresh?.querySelector("[name=code]")?.value ?? "";
    if (fresh && code !== shown()) document.getElementById("device").replaceWith(fresh);
  };
  setInterval(() => look().catch(() => {}), 5000);
})();

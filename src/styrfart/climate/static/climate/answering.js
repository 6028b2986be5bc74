// What the pages of a pulse do better with a script. Everything works without it, and nothing is kept by it.
"use strict";
(() => {
  // A page that the browser had put aside is fetched anew: the answers of somebody before are not shown.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();
  });

  // How many signs are left. A line break counts as one, as it does where the text is received.
  const box = document.querySelector("textarea[data-most]");
  if (box) {
    const line = document.querySelector(`[data-count-for="${box.id}"]`);
    const most = Number(box.dataset.most);
    let wait;
    const show = () => {
      const left = most - [...box.value.trim()].length;
      const signs = Math.abs(left).toLocaleString(document.documentElement.lang);
      line.textContent = `${left < 0 ? box.dataset.over : box.dataset.left} ${signs}`;
    };
    line.hidden = false;
    show();
    box.addEventListener("input", () => {
      clearTimeout(wait);
      wait = setTimeout(show, 600); // read out when one pauses, not at each key
    });
  }

  // A device that others use, too, goes back to its first page when nobody has touched it for a while.
  const back = document.querySelector("[data-return]");
  if (back) {
    const seconds = Number(back.dataset.return);
    let timer;
    const restart = () => {
      clearTimeout(timer);
      timer = setTimeout(() => location.replace(back.href), seconds * 1000);
    };
    for (const kind of ["keydown", "pointerdown", "pointermove", "scroll"]) {
      addEventListener(kind, restart, { passive: true });
    }
    restart();
  }
})();

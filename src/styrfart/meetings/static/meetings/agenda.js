// Dragging on top of the buttons: an item is dropped at another number, and the server answers with the order.
// Everything works without it.
"use strict";
(() => {
  let dragged = null;

  const rows = () => [...document.querySelectorAll(".agenda--plan > li[data-may-move]")];
  const row = (target) => target.closest?.(".agenda--plan > li[data-may-move]");

  const prepare = () => {
    for (const each of rows()) {
      if (each.querySelector("form.move")) each.draggable = true;
    }
  };

  const clear = () => {
    for (const each of rows()) each.classList.remove("drop-before", "drop-after", "dragged");
  };

  document.addEventListener("dragstart", (event) => {
    dragged = row(event.target);
    if (!dragged) return;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", dragged.dataset.item);
    dragged.classList.add("dragged");
  });

  document.addEventListener("dragover", (event) => {
    const over = dragged && row(event.target);
    if (!over) return;
    event.preventDefault();
    for (const each of rows()) each.classList.remove("drop-before", "drop-after");
    if (over === dragged) return;
    const isDown = Number(over.dataset.number) > Number(dragged.dataset.number);
    over.classList.add(isDown ? "drop-after" : "drop-before");
  });

  document.addEventListener("drop", (event) => {
    const over = dragged && row(event.target);
    if (!over || over === dragged) return;
    event.preventDefault();
    const form = dragged.querySelector("form.move");
    const to = document.createElement("input");
    to.type = "hidden";
    to.name = "till";
    to.value = over.dataset.number;
    form.append(to);
    form.requestSubmit();
  });

  document.addEventListener("dragend", () => {
    clear();
    dragged = null;
  });

  document.addEventListener("htmx:afterSettle", prepare);
  prepare();
})();

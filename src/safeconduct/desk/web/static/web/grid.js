// Dragging over the grid of a page ticks every cell in between. Without this script each cell is ticked by itself.
(() => {
  const grid = document.querySelector(".cover__grid");
  if (!grid) return;
  const cells = [...grid.querySelectorAll("input")];
  const place = (cell) => cell.value.split("-").map(Number);
  const under = (event) => document.elementFromPoint(event.clientX, event.clientY)?.closest(".cover__grid input");
  let start = null;
  grid.addEventListener("pointerdown", (event) => {
    start = under(event);
  });
  document.addEventListener("pointerup", (event) => {
    const end = under(event);
    if (start && end && start !== end) {
      const [[x1, y1], [x2, y2]] = [place(start), place(end)];
      for (const cell of cells) {
        const [x, y] = place(cell);
        if (x >= Math.min(x1, x2) && x <= Math.max(x1, x2) && y >= Math.min(y1, y2) && y <= Math.max(y1, y2)) cell.checked = true;
      }
    }
    start = null;
  });
})();

"use strict";
(() => {
  const copied = async (text) => {
    if (navigator.clipboard && window.isSecureContext) {
      await navigator.clipboard.writeText(text);
      return true;
    }
    const area = document.createElement("textarea");
    area.value = text;
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  };

  // Buttons are made here: without scripts there is none that does nothing.
  for (const block of document.querySelectorAll("pre.copies")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = "Copy the rule";
    const told = document.createElement("span");
    told.setAttribute("role", "status");
    told.className = "told";
    button.addEventListener("click", async () => {
      let done = false;
      try {
        done = await copied(block.textContent);
      } catch {
        done = false;
      }
      told.textContent = done ? "Copied" : "Select the text and copy it";
    });
    block.before(button, told);
  }

  // The matrix: which cells are shown, and their state on the platform that is chosen.
  const form = document.querySelector(".filters");
  if (form) {
    const names = JSON.parse(document.getElementById("states").textContent);
    const [platform, state, find] = ["platform", "state", "find"].map((id) => document.getElementById(id));
    const cells = [...document.querySelectorAll(".cell")].map((item) => {
      const mark = item.querySelector(".state");
      const places = new Map([...item.dataset.s.matchAll(/(\d+)([a-z])/g)].map(([, place, code]) => [place, code]));
      const [, kind] = mark.className.split(" ");
      return { item, mark, places, kind, word: item.querySelector(".how b"), text: mark.textContent.toLowerCase() };
    });
    for (const cell of cells) cell.own = cell.word.textContent;
    const codes = new Map(Object.entries(names).map(([code, [name]]) => [name.replaceAll("_", "-"), code]));
    const filter = () => {
      let shown = 0;
      for (const cell of cells) {
        const code = platform.value === "" ? codes.get(cell.kind) : cell.places.get(platform.value);
        cell.fits =
          code !== undefined &&
          (state.value === "" || state.value === code) &&
          cell.text.includes(find.value.trim().toLowerCase());
        if (code !== undefined) {
          cell.mark.className = `state ${platform.value === "" ? cell.kind : names[code][0].replaceAll("_", "-")}`;
          cell.word.textContent = platform.value === "" ? cell.own : names[code][1];
        }
        shown += cell.fits;
      }
      const fitting = new Set(cells.filter((cell) => cell.fits).map((cell) => cell.item));
      for (const { item } of cells) {
        const below = [...item.querySelectorAll(".cell")].some((child) => fitting.has(child));
        item.classList.toggle("away", !fitting.has(item) && !below);
      }
      for (const column of document.querySelectorAll(".column"))
        column.classList.toggle("away", !column.querySelector(".cell:not(.away)"));
      document.getElementById("shown").textContent = `${shown} cells`;
    };
    form.hidden = false;
    form.addEventListener("input", filter);
    form.addEventListener("submit", (event) => event.preventDefault());
    filter();
  }

  // On a narrow screen the navigation begins closed.
  if (window.matchMedia("(max-width: 68rem)").matches)
    for (const list of document.querySelectorAll(".toc details")) list.open = false;

  // A link into folded rows opens them.
  const unfold = () => {
    const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (let at = target; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
  };
  window.addEventListener("hashchange", unfold);
  unfold();
})();

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

  // The search of a site: its index is a script, which a page of `file://` may read too, and is read when it is needed.
  const search = document.querySelector(".search");
  if (search) {
    const [box, list, told] = ["search", "found", "hits"].map((id) => document.getElementById(id));
    const own = document.currentScript.src;
    const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
    const kinds = (kind) => kind.replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase();
    let entries;
    const read = () =>
      new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = new URL("search.js", own).href;
        script.onload = () =>
          resolve(
            sightlineIndex.map(([id, name, aliases, kind, path]) => ({
              id, name, kind, path, key: fold(id), words: fold([id, name, ...aliases].join("\n")), title: fold(name),
              names: [name, ...aliases].map(fold),
            })),
          );
        script.onerror = () => reject(new Error("no index"));
        document.head.append(script);
      });
    // An id first, then a whole name or alias, then how names begin, then what has the words anywhere.
    const rank = (entry, text) =>
      entry.key === text ? 0 : entry.names.includes(text) ? 1 : entry.key.startsWith(text) ? 2 : entry.title.startsWith(text) ? 3 : 4;
    const shown = (entry) => {
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = new URL(entry.path, own).href;
      link.textContent = entry.name ? `${entry.id} ${entry.name}` : entry.id;
      const kind = document.createElement("span");
      kind.className = "soft";
      kind.textContent = ` ${kinds(entry.kind)}`;
      item.append(link, kind);
      return item;
    };
    const look = async () => {
      const text = fold(box.value.trim());
      if (!text) {
        list.hidden = true;
        told.textContent = "";
        return;
      }
      entries ??= read();
      const words = text.split(/\s+/);
      const found = (await entries).filter((entry) => words.every((word) => entry.words.includes(word)));
      if (fold(box.value.trim()) !== text) return;
      found.sort((a, b) => rank(a, text) - rank(b, text) || (a.id < b.id ? -1 : 1));
      list.replaceChildren(...found.slice(0, 20).map(shown));
      list.hidden = found.length === 0;
      told.textContent = found.length > 20 ? `${found.length} found; 20 shown` : `${found.length} found`;
    };
    search.hidden = false;
    box.addEventListener("input", look);
    search.addEventListener("submit", (event) => {
      event.preventDefault();
      list.querySelector("a")?.click();
    });
    search.addEventListener("keydown", (event) => {
      if (event.key === "Escape") list.hidden = true;
    });
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

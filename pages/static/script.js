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

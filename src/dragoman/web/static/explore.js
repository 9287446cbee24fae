"use strict";
// Small helps on top of pages that work without them.

// Addresses stay short: fields that ask for nothing are not sent.
for (const form of document.querySelectorAll("form[data-clean]")) {
  form.addEventListener("submit", () => {
    for (const field of form.elements) {
      if (field.name && field.value === "") field.disabled = true;
    }
  });
  window.addEventListener("pageshow", () => {
    for (const field of form.elements) field.disabled = false;
  });
}

// Names of actors while one types.
let asked = 0;
for (const field of document.querySelectorAll("input[data-suggest]")) {
  field.addEventListener("input", () => {
    const words = field.value.trim();
    const mine = ++asked;
    if (words.length < 2 || words.includes(":")) return;
    setTimeout(async () => {
      if (mine !== asked) return;
      const answer = await fetch("/suggest?words=" + encodeURIComponent(words));
      if (!answer.ok || mine !== asked) return;
      const list = document.getElementById(field.getAttribute("list"));
      list.replaceChildren(...(await answer.json()).map((one) => {
        const option = document.createElement("option");
        option.value = one.key;
        option.label = one.name + (one.country ? " (" + one.country + ")" : "") + ", " + one.events;
        return option;
      }));
    }, 160);
  });
}

// "/" goes to the first search field.
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, select, textarea, [contenteditable]");
  if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
  const field = document.querySelector("input[type=search]");
  if (!field) return;
  event.preventDefault();
  const folded = field.closest("details");
  if (folded) folded.open = true;
  field.focus();
});

// A form that cannot be taken back asks first.
for (const form of document.querySelectorAll("form[data-ask]")) {
  form.addEventListener("submit", (event) => {
    if (!window.confirm(form.dataset.ask)) event.preventDefault();
  });
}

// An article: pointing at words shows their fields, pointing at a field shows its words; a tap keeps them shown.
const text = document.querySelector("[data-text]");
const list = document.querySelector("[data-list]");
if (text && list) {
  let kept = null;
  const show = (names) => {
    text.classList.toggle("choosing", names.length > 0);
    for (const mark of text.querySelectorAll("mark[data-fields]")) {
      mark.classList.toggle("on", mark.dataset.fields.split(" ").some((name) => names.includes(name)));
    }
    for (const field of list.querySelectorAll("[data-field]")) {
      field.classList.toggle("on", names.includes(field.dataset.field));
    }
  };
  const namesAt = (target) => {
    const at = target instanceof Element ? target.closest("[data-field], mark[data-fields]") : null;
    if (!at) return null;
    return at.dataset.field ? [at.dataset.field] : at.dataset.fields.split(" ");
  };
  for (const side of [text, list]) {
    side.addEventListener("pointerover", (event) => show(namesAt(event.target) || kept || []));
    side.addEventListener("pointerleave", () => show(kept || []));
    side.addEventListener("focusin", (event) => show(namesAt(event.target) || []));
    side.addEventListener("focusout", () => show(kept || []));
    const keep = (event) => {
      const names = namesAt(event.target);
      kept = names && kept && names.join() === kept.join() ? null : names;
      show(kept || []);
      if (names && side === list) {
        const first = text.querySelector("mark.on");
        if (first) first.scrollIntoView({ block: "nearest" });
      }
    };
    side.addEventListener("click", (event) => {
      if (event.target.closest("a[href^='#']")) event.preventDefault();
      if (!event.target.closest("a[href]:not([href^='#'])")) keep(event);
    });
    side.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && namesAt(event.target)) keep(event);
      if (event.key === "Escape") { kept = null; show([]); }
    });
  }
}

// Corrections: the value a field has now, and how a new one is written.
for (const choice of document.querySelectorAll("select[data-values]")) {
  const value = document.getElementById(choice.dataset.values);
  const hint = document.getElementById(choice.dataset.hint);
  const fill = () => {
    const option = choice.selectedOptions[0];
    value.value = option ? option.dataset.now : "";
    hint.textContent = option ? option.dataset.hint : "";
  };
  choice.addEventListener("change", fill);
  fill();
}
for (const field of document.querySelectorAll("[data-remember]")) {
  const name = "dragoman." + field.dataset.remember;
  field.value = localStorage.getItem(name) || field.value;
  field.addEventListener("change", () => localStorage.setItem(name, field.value));
}

// The network: pointing at an actor leaves only what it has to do with.
const network = document.querySelector("[data-network]");
if (network) {
  const links = [...network.querySelectorAll("a")];
  const only = (key) => {
    network.classList.toggle("choosing", key !== null);
    const near = new Set([key]);
    for (const link of links) {
      const ends = link.dataset.ends ? link.dataset.ends.split(" ") : [];
      if (ends.includes(key)) ends.forEach((end) => near.add(end));
    }
    for (const link of links) {
      const tied = link.dataset.node ? near.has(link.dataset.node) : link.dataset.ends.split(" ").includes(key);
      link.classList.toggle("off", key !== null && !tied);
    }
    for (const words of network.querySelectorAll("[data-name]")) {
      words.classList.toggle("off", key !== null && !near.has(words.dataset.name));
    }
  };
  for (const link of links.filter((one) => one.dataset.node)) {
    link.addEventListener("pointerenter", () => only(link.dataset.node));
    link.addEventListener("pointerleave", () => only(null));
    link.addEventListener("focus", () => only(link.dataset.node));
    link.addEventListener("blur", () => only(null));
  }
}

// The map: closer, further away, and dragged.
const map = document.querySelector("[data-map]");
if (map) {
  const box = map.viewBox.baseVal;
  const began = box.width;
  const rounds = [...map.querySelectorAll("circle")].map((one) => [one, Number(one.getAttribute("r"))]);
  const zoom = (by, x, y) => {
    const width = Math.min(Math.max(box.width * by, 40), 2000);
    const ratio = width / box.width;
    box.x = x - (x - box.x) * ratio;
    box.y = y - (y - box.y) * ratio;
    box.width = width;
    box.height *= ratio;
    for (const [circle, radius] of rounds) circle.setAttribute("r", radius * Math.max(box.width / began, 0.05));
  };
  const buttons = document.querySelector("[data-zoom]");
  buttons.hidden = false;
  for (const button of buttons.querySelectorAll("button")) {
    button.addEventListener("click", () => zoom(Number(button.dataset.by), box.x + box.width / 2, box.y + box.height / 2));
  }
  let from = null;
  let moved = false;
  map.addEventListener("pointerdown", (event) => {
    if (event.pointerType === "mouse" && event.button === 0) { from = [event.clientX, event.clientY]; moved = false; }
  });
  window.addEventListener("pointermove", (event) => {
    if (!from) return;
    const scale = box.width / map.clientWidth;
    const [dx, dy] = [event.clientX - from[0], event.clientY - from[1]];
    if (!moved && Math.abs(dx) + Math.abs(dy) < 4) return;
    moved = true;
    box.x -= dx * scale;
    box.y -= dy * scale;
    from = [event.clientX, event.clientY];
  });
  window.addEventListener("pointerup", () => { from = null; });
  map.addEventListener("click", (event) => { if (moved) { event.preventDefault(); moved = false; } }, true);
  map.addEventListener("dragstart", (event) => event.preventDefault());
}

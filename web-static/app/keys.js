// The keyboard: single keys work outside of fields only and can be switched off (WCAG 2.1.4).
import { step_group } from "./answer_view.js";
import { by_id, h } from "./dom.js";
import { open_dialog } from "./record_view.js";
import { w } from "./words.js";

let single_keys = true;

/** @param {EventTarget | null} target */
const in_field = (target) =>
  target instanceof Element && target.closest("input, textarea, select, [contenteditable]") !== null;

export function show_keys() {
  const rows = [
    ["/", "keys.search"],
    ["n", "keys.next"],
    ["p", "keys.previous"],
    ["?", "keys.help"],
    ["Ctrl + Enter", "keys.submit"],
    ["Esc", "keys.escape"],
  ];
  const toggle = h("input", {
    type: "checkbox",
    id: "single-keys",
    checked: single_keys,
    onchange: (/** @type {any} */ event) => (single_keys = event.target.checked),
  });
  open_dialog(
    w("keys.title"),
    h(
      "dl",
      { class: "fields" },
      rows.map(([key, words]) => h("div", {}, h("dt", {}, h("kbd", {}, key)), h("dd", {}, w(words)))),
    ),
    h("div", { class: "check" }, toggle, h("label", { for: "single-keys" }, w("keys.single"))),
  );
}

export function show_use() {
  open_dialog(
    w("use.title"),
    ["use.1", "use.2", "use.3", "use.4", "use.5"].map((key) => h("p", {}, w(key))),
  );
}

/** @param {() => void} submit */
export function start_keys(submit) {
  /** @type {Record<string, () => void>} */
  const actions = {
    "/": () => by_id("search-box").focus(),
    "?": show_keys,
    n: () => step_group(1),
    p: () => step_group(-1),
  };
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      submit();
      return;
    }
    if (!single_keys || event.ctrlKey || event.metaKey || event.altKey || in_field(event.target)) return;
    if (by_id("dialog").open || !Object.hasOwn(actions, event.key)) return;
    event.preventDefault();
    actions[event.key]();
  });
}

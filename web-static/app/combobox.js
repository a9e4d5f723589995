// The ARIA combobox with list autocomplete and manual selection: Down opens and moves, Enter takes, Escape closes and
// then clears. What is typed is never changed behind the writer's back.
import { RequestFailed, api } from "./api.js";
import { h } from "./dom.js";
import { w } from "./words.js";

/** @typedef {{kind: string, id: string, name: string, matched?: string, code?: string}} Suggestion */

const kPauseMs = 120;

/**
 * Turns an input into a combobox. The list goes right behind the input's parent.
 * @param {HTMLInputElement} input
 * @param {{kinds: string[], grouped?: boolean, take: (s: Suggestion) => void, typed?: () => void}} how
 */
export function make_combobox(input, { kinds, grouped = false, take, typed = () => {} }) {
  const list_id = `${input.id}-list`;
  const list = h("ul", { id: list_id, role: "listbox", class: "suggestions", hidden: true });
  /** @type {Suggestion[]} */
  let shown = [];
  let active = -1;
  let timer = 0;
  /** @type {AbortController | null} */
  let running = null;

  for (const [name, value] of Object.entries({
    role: "combobox",
    "aria-autocomplete": "list",
    "aria-expanded": "false",
    "aria-controls": list_id,
  })) {
    input.setAttribute(name, value);
  }
  /** @type {Element} */ (input.parentElement).append(list);

  const label_list = () => list.setAttribute("aria-label", input.labels?.[0]?.textContent || w("search.label"));
  const is_open = () => !list.hidden;

  function close() {
    clearTimeout(timer);
    running?.abort();
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  /** @param {number} index */
  function activate(index) {
    active = index;
    [...list.querySelectorAll("[role=option]")].forEach((option, i) => {
      option.setAttribute("aria-selected", String(i === index));
      if (i === index) {
        input.setAttribute("aria-activedescendant", option.id);
        option.scrollIntoView({ block: "nearest" });
      }
    });
  }

  /** @param {number} index */
  function choose(index) {
    const suggestion = shown[index];
    close();
    take(suggestion);
  }

  /** @param {Suggestion} suggestion @param {number} index */
  function option_of(suggestion, index) {
    const note = suggestion.code || (grouped ? w(`kind.${suggestion.kind}`) : "");
    const matched = suggestion.matched && suggestion.matched.toLowerCase() !== suggestion.name.toLowerCase();
    return h(
      "li",
      {
        id: `${list_id}-${index}`,
        role: "option",
        "aria-selected": "false",
        // Before the input loses its focus.
        onmousedown: (/** @type {Event} */ event) => {
          event.preventDefault();
          choose(index);
        },
      },
      h("span", { class: "suggestion-name" }, suggestion.name),
      matched && h("span", { class: "quiet" }, ` ${suggestion.matched}`),
      note && h("span", { class: "suggestion-note" }, ` ${note}`),
    );
  }

  async function fetch_list(/** @type {boolean} */ open_first) {
    const text = input.value.trim();
    running?.abort();
    if (!text) return close();
    running = new AbortController();
    try {
      shown = await api.suggest(text, kinds, running.signal);
    } catch (error) {
      // Without suggestions the text still stands as typed.
      if (error instanceof RequestFailed) close();
      return;
    }
    if (!shown.length || document.activeElement !== input) return close();
    label_list();
    list.replaceChildren(...shown.map(option_of));
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    active = -1;
    input.removeAttribute("aria-activedescendant");
    if (open_first) activate(0);
  }

  input.addEventListener("input", () => {
    typed();
    clearTimeout(timer);
    timer = window.setTimeout(() => fetch_list(false), kPauseMs);
  });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!is_open()) {
        clearTimeout(timer);
        fetch_list(true);
        return;
      }
      const step = event.key === "ArrowDown" ? 1 : -1;
      activate((active + step + shown.length + (active < 0 && step < 0 ? 1 : 0)) % shown.length);
    } else if (event.key === "Enter" && is_open() && active >= 0) {
      event.preventDefault();
      choose(active);
    } else if (event.key === "Escape") {
      if (is_open()) {
        close();
      } else if (input.value) {
        input.value = "";
        typed();
      } else {
        return;
      }
      event.preventDefault();
      event.stopPropagation();
    }
  });
}

// The ARIA combobox with list autocomplete and manual selection: Down opens and moves, Enter takes, Escape closes and
// then clears. What is typed is never changed behind the writer's back.
import { RequestFailed, api } from "./api.js";
import { h } from "./dom.js";
import { w } from "./words.js";

/** @typedef {{kind: string, id: string, name: string, matched?: string, code?: string}} Suggestion */

const kPauseMs = 120;

/** @typedef {{kinds: string[], grouped?: boolean, take: (s: Suggestion) => void, typed?: () => void}} How */

class Combobox {
  /** @type {Suggestion[]} */
  shown = [];
  active = -1;
  timer = 0;
  /** @type {AbortController | null} */
  running = null;

  /** @param {HTMLInputElement} input @param {How} how */
  constructor(input, how) {
    this.input = input;
    this.how = how;
    this.list_id = `${input.id}-list`;
    this.list = h("ul", { id: this.list_id, role: "listbox", class: "suggestions", hidden: true });
    const roles = {
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": this.list_id,
    };
    for (const [name, value] of Object.entries(roles)) input.setAttribute(name, value);
    /** @type {Element} */ (input.parentElement).append(this.list);
    input.addEventListener("input", () => {
      how.typed?.();
      clearTimeout(this.timer);
      this.timer = window.setTimeout(() => this.fetch_list(false), kPauseMs);
    });
    input.addEventListener("blur", () => this.close());
    input.addEventListener("keydown", (event) => this.on_key(event));
  }

  get is_open() {
    return !this.list.hidden;
  }

  close() {
    clearTimeout(this.timer);
    this.running?.abort();
    this.list.hidden = true;
    this.active = -1;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }

  /** @param {number} index */
  activate(index) {
    this.active = index;
    [...this.list.querySelectorAll("[role=option]")].forEach((option, i) => {
      option.setAttribute("aria-selected", String(i === index));
      if (i !== index) return;
      this.input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    });
  }

  /** @param {number} index */
  choose(index) {
    const suggestion = this.shown[index];
    this.close();
    this.how.take(suggestion);
  }

  /** @param {Suggestion} suggestion @param {number} index */
  option_of(suggestion, index) {
    const note = suggestion.code || (this.how.grouped ? w(`kind.${suggestion.kind}`) : "");
    const matched = suggestion.matched && suggestion.matched.toLowerCase() !== suggestion.name.toLowerCase();
    // Before the input loses its focus.
    const onmousedown = (/** @type {Event} */ event) => {
      event.preventDefault();
      this.choose(index);
    };
    return h(
      "li",
      { id: `${this.list_id}-${index}`, role: "option", "aria-selected": "false", onmousedown },
      h("span", { class: "suggestion-name" }, suggestion.name),
      matched && h("span", { class: "quiet" }, ` ${suggestion.matched}`),
      note && h("span", { class: "suggestion-note" }, ` ${note}`),
    );
  }

  /** @param {boolean} open_first the list was asked for by a key: its first line becomes active */
  async fetch_list(open_first) {
    const text = this.input.value.trim();
    this.running?.abort();
    if (!text) return this.close();
    this.running = new AbortController();
    try {
      this.shown = await api.suggest(text, this.how.kinds, this.running.signal);
    } catch (error) {
      // Without suggestions the text still stands as typed.
      if (error instanceof RequestFailed) this.close();
      return;
    }
    if (!this.shown.length || document.activeElement !== this.input) return this.close();
    const label = this.input.labels?.[0]?.textContent || this.input.getAttribute("aria-label");
    this.list.setAttribute("aria-label", label || w("search.label"));
    this.list.replaceChildren(...this.shown.map((one, i) => this.option_of(one, i)));
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    this.active = -1;
    this.input.removeAttribute("aria-activedescendant");
    if (open_first) this.activate(0);
  }

  /** @param {number} step */
  move(step) {
    if (!this.is_open) {
      clearTimeout(this.timer);
      this.fetch_list(true);
      return;
    }
    const from = this.active < 0 && step < 0 ? 0 : this.active;
    this.activate((from + step + this.shown.length) % this.shown.length);
  }

  /** True if Escape had something to do here. */
  escape() {
    if (this.is_open) {
      this.close();
      return true;
    }
    if (!this.input.value) return false;
    this.input.value = "";
    this.how.typed?.();
    return true;
  }

  /** @param {KeyboardEvent} event */
  on_key(event) {
    if (event.ctrlKey || event.metaKey || event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      this.move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && this.is_open && this.active >= 0) {
      event.preventDefault();
      this.choose(this.active);
    } else if (event.key === "Escape" && this.escape()) {
      event.preventDefault();
      event.stopPropagation();
    }
  }
}

/**
 * Turns an input into a combobox. The list goes into the input's parent.
 * @param {HTMLInputElement} input
 * @param {How} how
 */
export function make_combobox(input, how) {
  new Combobox(input, how);
}

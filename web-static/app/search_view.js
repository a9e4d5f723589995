// Text search over the records. A hit is found by text only: its criteria are not verified, and the list says so.
import { RequestFailed, api } from "./api.js";
import { make_combobox } from "./combobox.js";
import { announce, by_id, cut_at_bytes, h } from "./dom.js";
import { open_record, record_button } from "./record_view.js";
import { counted, w } from "./words.js";

/**
 * The snippet with its hits marked; the marks are byte ranges in rising order.
 * @param {{text: string, marks: [number, number][]}} snippet
 */
function snippet_of({ text, marks }) {
  /** @type {any[]} */
  const parts = [];
  let at = 0;
  for (const [begin, end] of marks) {
    parts.push(cut_at_bytes(text, at, begin)[1], h("mark", {}, cut_at_bytes(text, begin, end)[1]));
    at = end;
  }
  parts.push(cut_at_bytes(text, at, new TextEncoder().encode(text).length)[1]);
  return parts;
}

/** What an importer read from the record's text, under its own label. @param {any} suggested */
function suggested_of(suggested) {
  if (!suggested) return null;
  const list = (/** @type {any[]} */ markers) => [...new Set(markers.map((one) => one.any_of.join(" / ")))].join("; ");
  const parts = [
    suggested.needs.length ? w("search.suggested_needs", { markers: list(suggested.needs) }) : null,
    suggested.excludes.length ? w("search.suggested_excludes", { markers: list(suggested.excludes) }) : null,
  ];
  return h("p", { class: "quiet" }, `${w("search.suggested")}: ${parts.filter(Boolean).join(". ")}`);
}

/** @param {any} hit */
function hit_of(hit) {
  return h(
    "li",
    { class: "hit" },
    h(
      "h3",
      {},
      record_button(hit.kind, hit.id, hit.title || hit.id),
      " ",
      h("span", { class: "quiet" }, w(`kind.${hit.kind}`)),
      hit.example ? [" ", h("span", { class: "example" }, w("example"))] : null,
    ),
    h("p", {}, snippet_of(hit.snippet)),
    suggested_of(hit.suggested),
  );
}

function close_search() {
  by_id("found").hidden = true;
  by_id("search-box").focus();
}

/** @param {string} q */
async function search(q) {
  const place = by_id("found");
  const head = h(
    "div",
    { class: "answer-head" },
    h("h2", { id: "found-title", tabindex: -1 }, w("search.title")),
    h("button", { type: "button", onclick: close_search }, w("close")),
  );
  place.setAttribute("aria-labelledby", "found-title");
  place.hidden = false;
  try {
    const result = await api.search(q);
    const total = counted("search.count", result.total);
    const count = result.total_is_exact ? total : w("search.about", { n: result.total });
    const list = h("ol", { class: "hits" }, result.hits.map(hit_of));
    const more = h("button", { type: "button", hidden: !result.next_cursor }, w("search.more"));
    let cursor = result.next_cursor;
    more.addEventListener("click", async () => {
      const next = await api.search(q, cursor);
      list.append(...next.hits.map(hit_of));
      cursor = next.next_cursor;
      more.hidden = !cursor;
    });
    const spelling = result.spelling?.query;
    const respell = () => {
      by_id("search-box").value = spelling;
      search(spelling);
    };
    place.replaceChildren(
      head,
      h("p", {}, h("strong", {}, result.hits.length ? count : w("search.none", { q })), ` · ${w("search.label_text")}`),
      h(
        "p",
        { class: "quiet" },
        w("search.echo", { echo: result.echo }),
        result.relaxed ? ` ${w("search.relaxed")}` : null,
      ),
      ...(spelling
        ? [
            h(
              "p",
              {},
              h("button", { type: "button", class: "link", onclick: respell }, w("search.spelling", { q: spelling })),
            ),
          ]
        : []),
      list,
      more,
    );
    announce(result.hits.length ? count : w("search.none", { q }));
  } catch (error) {
    const status = error instanceof RequestFailed ? error.status : 0;
    place.replaceChildren(
      head,
      h("p", { class: "problem" }, w("error.other", { status }), " ", error instanceof Error ? error.message : ""),
    );
  }
  by_id("found-title").focus();
}

/** Makes the search box of the header work. */
export function start_search() {
  const box = by_id("search-box");
  make_combobox(box, {
    kinds: [],
    grouped: true,
    take: (suggestion) => {
      box.value = suggestion.name;
      open_record(suggestion.kind, suggestion.id);
    },
  });
  by_id("search").addEventListener("submit", (/** @type {Event} */ event) => {
    event.preventDefault();
    const q = box.value.trim();
    if (q) search(q);
  });
}

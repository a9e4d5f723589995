// Pictures as inline SVG. Each has a shape of its own and words beside it: colour is never the only sign.
import { h, svg } from "./dom.js";
import { counted, w } from "./words.js";

const kPicture = { "aria-hidden": "true", focusable: "false", class: "picture" };

/** @param {number} size @param {...Node} parts */
const icon = (size, ...parts) =>
  svg("svg", { ...kPicture, viewBox: "0 0 16 16", width: `${size / 16}em`, height: `${size / 16}em` }, parts);

/**
 * Criteria met = full disc with a tick; possible = half disc; near miss = ring with a gap; else an empty ring.
 * @param {string} bucket
 */
export function bucket_shape(bucket) {
  const ring = svg("circle", { cx: 8, cy: 8, r: 6.5, class: "stroke" });
  if (bucket === "match") {
    return icon(
      18,
      svg("circle", { cx: 8, cy: 8, r: 7.5, class: "fill" }),
      svg("path", { d: "M4.5 8.3l2.4 2.4 4.6-5", class: "inner" }),
    );
  }
  if (bucket === "possible") return icon(18, ring, svg("path", { d: "M8 1.5a6.5 6.5 0 0 1 0 13z", class: "fill" }));
  if (bucket === "near_miss")
    return icon(
      18,
      svg("circle", { cx: 8, cy: 8, r: 6.5, class: "stroke dashed" }),
      svg("circle", { cx: 8, cy: 8, r: 2, class: "fill" }),
    );
  return icon(18, ring, svg("path", { d: "M4 12L12 4", class: "stroke" }));
}

/** Filled = can be entered, hollow = cannot; bars, a dot or a slash say why. @param {string} state */
export function status_shape(state) {
  const ring = svg("circle", { cx: 8, cy: 8, r: 6, class: "stroke" });
  switch (state) {
    case "open":
      return icon(16, svg("circle", { cx: 8, cy: 8, r: 7, class: "fill" }));
    case "planned":
      return icon(16, svg("circle", { cx: 8, cy: 8, r: 6, class: "stroke dashed" }));
    case "suspended":
      return icon(16, ring, svg("path", { d: "M6.5 5.5v5M9.5 5.5v5", class: "stroke" }));
    case "full":
      return icon(16, ring, svg("circle", { cx: 8, cy: 8, r: 3.5, class: "fill" }));
    case "closed":
      return icon(16, ring, svg("path", { d: "M4 8h8", class: "stroke" }));
    default:
      return icon(16, ring);
  }
}

/**
 * Sensitive = arrow down (the tumour shrinks), resistant = a bar across, no benefit = a flat line.
 * @param {string} direction
 */
export function direction_shape(direction) {
  if (direction === "sensitive") return icon(16, svg("path", { d: "M8 2v10M4 8.5l4 4.5 4-4.5", class: "stroke" }));
  if (direction === "resistant") return icon(16, svg("path", { d: "M8 2v7M2 11.5h12M2 14h12", class: "stroke" }));
  return icon(16, svg("path", { d: "M2 8h12", class: "stroke" }));
}

/** @param {string} verdict */
export function verdict_shape(verdict) {
  if (verdict === "met") return icon(16, svg("path", { d: "M3 8.5l3.4 3.5L13 4.5", class: "stroke" }));
  if (verdict === "not_met") return icon(16, svg("path", { d: "M4 4l8 8M12 4l-8 8", class: "stroke" }));
  return icon(16, svg("path", { d: "M5.2 5.6a2.8 2.8 0 1 1 4 2.6c-.9.5-1.2.9-1.2 1.9M8 12.6v.6", class: "stroke" }));
}

const kWidth = 192;
const kHeight = 16;
const kMostCells = 24;

/** @param {number} of @param {number} taken @param {number} awaiting */
function cells(of, taken, awaiting) {
  const width = kWidth / of;
  return Array.from({ length: of }, (_, i) => {
    const kind = i < taken - awaiting ? "taken" : i < taken ? "awaiting" : "free";
    return svg("rect", {
      x: i * width + 1,
      y: 1,
      width: Math.max(1, width - 2),
      height: kHeight - 2,
      rx: 1.5,
      class: `cell ${kind}`,
    });
  });
}

/** A cohort of many places as one bar. @param {number} of @param {number} taken */
function bar(of, taken) {
  return [
    svg("rect", { x: 1, y: 1, width: kWidth - 2, height: kHeight - 2, rx: 2, class: "cell free" }),
    svg("rect", {
      x: 1,
      y: 1,
      width: Math.max(1, ((kWidth - 2) * taken) / of),
      height: kHeight - 2,
      rx: 2,
      class: "cell taken",
    }),
  ];
}

/**
 * How far a cohort is filled: one cell a place, darker = evaluated, hatched = awaiting, empty = free.
 * @param {{left: number | null, of: number | null, awaiting?: number} | null} slots
 */
export function fill_bar(slots) {
  if (!slots || !slots.of || slots.left === null) return null;
  const taken = Math.min(slots.of, Math.max(0, slots.of - slots.left));
  const awaiting = Math.min(taken, slots.awaiting || 0);
  const label = used_words(slots);
  const parts = slots.of <= kMostCells ? cells(slots.of, taken, awaiting) : bar(slots.of, taken);
  return svg(
    "svg",
    {
      viewBox: `0 0 ${kWidth} ${kHeight}`,
      preserveAspectRatio: "xMinYMid",
      class: "picture fill",
      role: "img",
      "aria-label": label,
    },
    parts,
  );
}

/** The same in words. @param {{left: number | null, of: number | null} | null} slots */
export function used_words(slots) {
  if (!slots || !slots.of || slots.left === null) return "";
  return w("slots.used", { used: Math.min(slots.of, Math.max(0, slots.of - slots.left)), of: slots.of });
}

/** Words for the places left. @param {number | null | undefined} left */
export function places_left(left) {
  if (left === null || left === undefined) return "";
  return left === 0 ? w("slots.none") : counted("slots.left", left);
}

/** A small bar for a count among others. @param {number} n @param {number} most */
export function count_bar(n, most) {
  const width = Math.max(3, (100 * n) / Math.max(1, most));
  return svg(
    "svg",
    { ...kPicture, class: "picture count-bar", viewBox: "0 0 100 10", preserveAspectRatio: "none" },
    svg("rect", { x: 0, y: 1, width, height: 8, rx: 1, class: "cell taken" }),
  );
}

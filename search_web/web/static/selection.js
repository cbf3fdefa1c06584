// A selection inside a passage, as the quotes count it: in code points of the verbatim text.
//
// The element `[data-passage] > .text`, in the reader and on a card of results, holds exactly that text, whatever marks
// cut it into nodes. The DOM counts UTF-16 units, so a character beyond the basic plane (an emoji, a rare ideograph) is
// two of them and one code point.

const TEXT = "[data-passage] > .text";

/** The text element of the passage that holds this node; null when the node stands in none. */
export function passageText(node) {
  const element = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
  return element?.closest(TEXT) ?? null;
}

/**
 * Where a Range stands in its passage: `{passage, start, end, text}` with [start, end) in code points, and `text` that
 * piece of the passage. What reaches over the end of the text, into the tools or the next passage, is cut off there.
 * Null when the range touches the text of no passage, or of more than one, or when nothing is selected.
 */
export function spanOf(range) {
  const found = [...texts(range)].filter((text) => clipped(range, text) !== null);
  if (found.length !== 1) {
    return null;
  }
  const [text] = found;
  const [first, last] = clipped(range, text);
  const whole = text.textContent;
  const start = widenedBack(whole, first);
  const end = widenedOn(whole, last);
  return {
    passage: text.closest("[data-passage]").dataset.passage,
    start: codePoints(whole.slice(0, start)),
    end: codePoints(whole.slice(0, end)),
    text: whole.slice(start, end),
  };
}

/** The span of what is selected in a window, or null. */
export function selectedSpan(selection = window.getSelection()) {
  return selection && selection.rangeCount ? spanOf(selection.getRangeAt(0)) : null;
}

/** How many code points a string has. */
export function codePoints(string) {
  let count = 0;
  for (const _ of string) {
    count += 1;
  }
  return count;
}

function* texts(range) {
  const inside = passageText(range.commonAncestorContainer);
  if (inside) {
    yield inside;
    return;
  }
  const root = range.commonAncestorContainer;
  if (root.nodeType === Node.ELEMENT_NODE) {
    for (const text of root.querySelectorAll(TEXT)) {
      if (range.intersectsNode(text)) {
        yield text;
      }
    }
  }
}

// The UTF-16 units [first, last) of a text element that a range covers; null when it covers none.
function clipped(range, text) {
  const whole = document.createRange();
  whole.selectNodeContents(text);
  const begins = whole.comparePoint(range.startContainer, range.startOffset);
  const ends = whole.comparePoint(range.endContainer, range.endOffset);
  const first = begins < 0 ? 0 : begins > 0 ? Infinity : unitsBefore(text, range.startContainer, range.startOffset);
  const last = ends > 0 ? text.textContent.length : ends < 0 ? 0 : unitsBefore(text, range.endContainer, range.endOffset);
  return first < last ? [first, last] : null;
}

function unitsBefore(text, container, offset) {
  const before = document.createRange();
  before.selectNodeContents(text);
  before.setEnd(container, offset);
  // The string of a range is its text nodes, joined; it knows nothing of how they are shown.
  return before.toString().length;
}

// A boundary inside a surrogate pair, which no person selects, moves out of it.
function widenedBack(string, place) {
  return place > 0 && isLow(string, place) && isHigh(string, place - 1) ? place - 1 : place;
}

function widenedOn(string, place) {
  return place > 0 && isLow(string, place) && isHigh(string, place - 1) ? place + 1 : place;
}

function isHigh(string, place) {
  const unit = string.charCodeAt(place);
  return unit >= 0xd800 && unit <= 0xdbff;
}

function isLow(string, place) {
  const unit = string.charCodeAt(place);
  return unit >= 0xdc00 && unit <= 0xdfff;
}

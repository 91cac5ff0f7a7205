/**
 * Text in HTML that its author does not want to be seen: the `hidden` attribute, styles that draw nothing (`display:none`,
 * no size, white on white), `<template>`. GitHub drops such attributes and shows the text; mail and other viewers do not.
 */
const HIDING =
  /^template$|\shidden(?=[\s=/]|$)|\saria-hidden\s?=\s?["']?true|\bstyle\s?=[^<>]*(?:display\s?:\s?none|visibility\s?:\s?(?:hidden|collapse)|opacity\s?:\s?0(?![.\d])|font-size\s?:\s?[01](?![.\d])|[^-]color\s?:\s?(?:white|transparent|#fff\b|#ffffff\b|rgba?\(255, ?255, ?255))|\bcolor\s?=\s?["']?(?:white|#fff\b|#ffffff\b)/iu;
const TAGS = /<(\/?)([a-z][a-z0-9]{0,20})((?:\s[^<>]{0,300})?)>/giu;
const VOID = /^(?:br|hr|img|input|wbr|col|source)$/u;

/** The names of the hidden elements that are open after a line, given those open before it. Code spans are not looked at. */
export function openHiddenElements(line: string, open: readonly string[]): readonly string[] {
  if (!line.includes("<")) return open;
  const stack = [...open];
  for (const [, slash, written = "", attributes = ""] of line.replace(/`[^`]{0,300}`/gu, "").matchAll(TAGS)) {
    const name = written.toLowerCase();
    if (slash === "/") {
      if (stack.at(-1) === name) stack.pop();
    } else if (!VOID.test(name) && !attributes.endsWith("/") && (stack.at(-1) === name || hides(name, attributes))) stack.push(name);
  }
  return stack.slice(0, MOST_OPEN);
}

const MOST_OPEN = 50;

/** The text without the hidden elements that open and close in it. */
export function withoutHiddenElements(text: string): string {
  if (!text.includes("<")) return text;
  return text.replace(/<([a-z][a-z0-9]{0,20})((?:\s[^<>]{0,300})?)>[^<]{0,2000}<\/\1>/giu, (element, name: string, attributes: string) =>
    hides(name.toLowerCase(), attributes) ? " " : element,
  );
}

function hides(name: string, attributes: string): boolean {
  return HIDING.test(name) || HIDING.test(attributes);
}

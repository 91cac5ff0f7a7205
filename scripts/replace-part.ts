/**
 * Puts generated text between `<!-- generated:NAME -->` and `<!-- /generated:NAME -->` of a document.
 * Throws when the markers are not there exactly once, in this order.
 */
export function replacePart(document: string, name: string, text: string): string {
  const [start, end] = [`<!-- generated:${name} -->`, `<!-- /generated:${name} -->`];
  const parts = document.split(start);
  const rest = parts[1]?.split(end);
  if (parts.length !== 2 || rest?.length !== 2) throw new Error(`expected "${start}" and "${end}" once, in this order`);
  return `${parts[0]}${start}\n\n${text.trim()}\n\n${end}${rest[1]}`;
}

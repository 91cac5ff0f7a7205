import type { SourceFacts } from "./source-facts.ts";

/** A question about a file that is answered once a file, when first asked. */
export function perFile<T>(read: (file: SourceFacts) => T): (file: SourceFacts) => T {
  const answers = new WeakMap<SourceFacts, { readonly answer: T }>();
  return (file) => {
    let known = answers.get(file);
    if (!known) answers.set(file, (known = { answer: read(file) }));
    return known.answer;
  };
}

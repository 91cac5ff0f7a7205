import type { SourceFacts } from "./source-facts.ts";

let questions = 0;

/** A question about a file that is answered once a file, when first asked. The answer is never undefined. */
export function perFile<T extends {} | null>(read: (file: SourceFacts) => T): (file: SourceFacts) => T {
  const slot = questions++;
  return (file) => {
    const known = file.answers[slot];
    if (known !== undefined) return known as T; // only this question writes to its slot
    const answer = read(file);
    file.answers[slot] = answer;
    return answer;
  };
}

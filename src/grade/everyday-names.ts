import { AMBIGUOUS_NAMES, TOOL_CUES_AFTER, TOOL_CUES_BEFORE } from "../rubrics/wording/tools/ambiguous-names.ts";
import type { Atom } from "./name-atoms.ts";

/** Names that open a sentence as a verb or an adverb just as well. */
const VERBS_THAT_OPEN: ReadonlySet<string> = new Set("echo render go got next split relay bull".split(" "));
const NOUNS_OF_THE_FIELD: ReadonlySet<string> = new Set(
  "timeout retry health rate app request queue middleware alert workflow policy probe cache secret error handler log metric pool concurrency auth session transit".split(
    " ",
  ),
);
/** Words beside which `pg` is node-postgres and no page. */
const BESIDE_PG = new Set(
  "sql postgres transaction transactions pool parameter parameters parametrised parameterized parameterised placeholders bound statement_timeout".split(
    " ",
  ),
);
const AMBIGUOUS = new Map(AMBIGUOUS_NAMES.map((name) => [name.toLowerCase(), name]));

/** Whether a word is the name of a tool and an everyday word as well. */
export function isEverydayName(lower: string): boolean {
  return AMBIGUOUS.has(lower);
}

/** Whether an everyday word is meant as the tool of that name, by its capital and its neighbours. `named` are the places of sure names. */
export function isMeantAsName(atoms: readonly Atom[], at: number, text: string, named: ReadonlySet<number>): boolean {
  const atom = atoms[at];
  if (!atom) return false;
  const before = text.slice(Math.max(0, atom.start - 2), atom.start);
  const after = text.slice(atom.end, atom.end + 2);
  if (before.endsWith("`") && after.startsWith("`")) return true;
  if (/[\p{L}\p{N}]\.$|[\p{L}\p{N}_-]$/u.test(before) || /^(?:-\p{L}|_)/u.test(after)) return false;
  if (atom.text === "pg" && [atoms[at - 1], atoms[at + 1]].some((beside) => beside !== undefined && BESIDE_PG.has(beside.lower)))
    return true;
  const capital = /^\p{Lu}/u.test(atom.text) && atom.text !== atom.text.toUpperCase();
  const previous = atoms[at - 1];
  const next = atoms[at + 1];
  if (next && /^[\s-]$/u.test(text.slice(atom.end, next.start)) && TOOL_CUES_AFTER.has(next.lower))
    return capital || previous === undefined || TOOL_CUES_BEFORE.has(previous.lower);
  if (!capital) return isLowerCaseName(atom, previous, next, text);
  if (named.has(at - 1) || named.has(at + 1))
    return /^\s?[/,+&]\s?$/u.test(text.slice(previous?.end ?? 0, atom.start)) || /^\s?[/,+&]/u.test(text.slice(atom.end, atom.end + 2));
  if (previous === undefined || /[.:;!?—–]\s*$/u.test(text.slice(Math.max(0, atom.start - 3), atom.start)))
    return (
      !VERBS_THAT_OPEN.has(atom.lower) && (/^(?::|\s(?:for|\+)\s|\s\d+\.)/u.test(text.slice(atom.end, atom.end + 5)) || speaksOfATool(next))
    );
  if (/\(\s*$/u.test(before)) return true;
  return TOOL_CUES_BEFORE.has(previous.lower) || !isTitleCase(atoms, at);
}

/** `using got`, `with helmet,` and `bull: 3 attempts` name a package; `with express consent` does not. */
function isLowerCaseName(atom: Atom, previous: Atom | undefined, next: Atom | undefined, text: string): boolean {
  if (previous === undefined) {
    return (
      (text.slice(atom.end, atom.end + 2) === ": " && !VERBS_THAT_OPEN.has(atom.lower)) ||
      /^(?:time-?out|retry|retries)$/u.test(next?.lower ?? "") ||
      (next !== undefined && /^\p{L}+_\p{L}|^\p{Ll}+\p{Lu}/u.test(next.text) && text.slice(atom.end, next.start) === " ")
    );
  }
  if (!/^(?:via|using|use|uses|with|by|through)$/u.test(previous.lower)) return false;
  return (
    next === undefined || !/^[\s-]/u.test(text.slice(atom.end, atom.end + 1)) || /^(?:for|to|and|on|in|with|per|at|as)$/u.test(next.lower)
  );
}

/** Whether the word after a capitalised first word shows that the first is a name: "Vault secrets", "Envoy retries". */
function speaksOfATool(next: Atom | undefined): boolean {
  return next !== undefined && /^\p{Ll}/u.test(next.text) && (/[^s]s$/u.test(next.lower) || NOUNS_OF_THE_FIELD.has(next.lower));
}

/** Whether the words around are capitalised too, so that a capital shows nothing. */
function isTitleCase(atoms: readonly Atom[], at: number): boolean {
  const around = [atoms[at - 1], atoms[at + 1]].filter((atom) => atom !== undefined && atom.text.length > 3);
  return around.length === 0 || around.some((atom) => atom !== undefined && /^\p{Lu}/u.test(atom.text));
}

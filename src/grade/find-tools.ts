import { CODE_FORMS } from "../rubrics/wording/tools/code-names.ts";
import { CAPITALISED_NAMES, LOWER_CASE_ABBREVIATIONS, TOOL_NAMES } from "../rubrics/wording/tools/tool-names.ts";
import { isEverydayName, isMeantAsName } from "./everyday-names.ts";
import { maskNames } from "./mask-names.ts";
import { matchesOf } from "./matches-of.ts";
import { type Atom, ATOM, atomsOf } from "./name-atoms.ts";

interface Name {
  readonly atoms: readonly string[];
  /** Set when the name counts only with these capitals. */
  readonly exact: string | null;
  /** Set when each of its words must have its capital. */
  readonly capitalised: boolean;
  /** The sign that must stand before it (`@Retry`, `$transaction`, `[Authorize]`), or "". */
  readonly sign: string;
  /** Parts that a dot or a hyphen joins (`process.exit`, `Idempotency-Key`) must be joined in the text too. */
  readonly joined: boolean;
}

type NameIndex = ReadonlyMap<string, readonly Name[]>;

const SHORT_CAPITALS = /^[A-Z]{2,4}$/u;
/** Names that are tools by their form alone. */
const BY_FORM_SIGN = /[xX]-|RFC|rfc|OTEL_|TLS|tls|SSL_|`@|@v?\d/u;
const BY_FORM: readonly RegExp[] = [
  /(?<![\p{L}\p{N}-])X-[A-Z][\p{L}\p{N}]{0,30}(?:-[\p{L}\p{N}*]{1,30}){0,5}-?\*?/gu,
  /(?<![\p{L}\p{N}-])x-(?:[a-z0-9]{2,20}-){1,4}(?:id|key|token|signature|limit|remaining|reset|request|trace|policy|options|protection|for|proto)\b/gu,
  /\bRFC[\s-]?\d{3,5}\b/giu,
  /\bOTEL_[A-Z_]{3,60}\b/gu,
  /\b(?:TLS|SSL)_[A-Z0-9_]{4,60}\b/gu,
  /\bTLS(?:v|\s)?1\.[0-3]\b/giu,
  /`@[a-z0-9-]{1,40}\/[a-z0-9._-]{1,60}`/gu,
  /`[a-z][\w-]{1,40}(?:\/[\w.-]{1,40}){1,2}@v?\d[\d.]{0,12}`/gu,
];

const INDEX = indexOf(TOOL_NAMES);
/**
 * The tools that an item names, quoted in the order of the text: libraries, products, services, protocols, algorithms,
 * standard headers, settings of real libraries. Words that are also everyday English count where the context shows a name.
 * Paths, addresses and the project's own identifiers are not looked at. `own` are an organisation's tools, `masked` is
 * the text after `maskNames`.
 */
export function findTools(text: string, own: readonly string[], masked = maskNames(text)): readonly string[] {
  const found: { readonly at: number; readonly quote: string }[] = [];
  for (const form of BY_FORM_SIGN.test(text) ? BY_FORM : [])
    for (const match of matchesOf(form, text)) found.push({ at: match.index, quote: match[0].replaceAll("`", "") });
  const dotted = /[A-Za-z)]\.[A-Za-z]/u.test(text);
  for (const [form, sign] of CODE_FORMS)
    if (text.includes(sign) && (dotted || !sign.endsWith(".")))
      for (const match of matchesOf(form, text)) found.push({ at: match.index, quote: match[0].replaceAll("`", "") });
  const atoms = atomsOf(masked);
  const ownIndex = own.length > 0 ? indexOf(own) : null;
  const named = new Set<number>();
  for (let at = 0; at < atoms.length; at += 1) {
    const length = Math.max(longestAt(atoms, at, masked, INDEX), ownIndex ? longestAt(atoms, at, masked, ownIndex) : 0);
    const first = atoms[at];
    const last = atoms[at + length - 1];
    if (length === 0 || !first || !last) continue;
    for (let step = 0; step < length; step += 1) named.add(at + step);
    found.push({ at: first.start, quote: text.slice(first.start, last.end) });
    at += length - 1;
  }
  for (const [at, atom] of atoms.entries()) {
    if (!named.has(at) && isEverydayName(atom.lower) && isMeantAsName(atoms, at, masked, named))
      found.push({ at: atom.start, quote: atom.text });
  }
  const quotes = found.toSorted((a, b) => a.at - b.at).map((hit) => hit.quote);
  return [...new Map(quotes.map((quote) => [quote.toLowerCase(), quote])).values()];
}

function indexOf(names: readonly string[]): NameIndex {
  const index = new Map<string, Name[]>();
  const add = (atoms: readonly string[], exact: string | null, sign: string, joined: boolean, capitalised = false): void => {
    const [head] = atoms;
    if (head === undefined) return;
    const entries = index.get(head) ?? [];
    entries.push({ atoms, exact, sign, joined, capitalised });
    index.set(head, entries);
  };
  for (const name of names) {
    const atoms = name.toLowerCase().match(ATOM) ?? [];
    const exact = SHORT_CAPITALS.test(name) && !LOWER_CASE_ABBREVIATIONS.has(name.toLowerCase()) ? name : null;
    const sign = /^[@$[](?!.*\/)/u.exec(name)?.[0] ?? "";
    add(atoms, exact, sign, /[\p{L}\p{N}](?:[.-]|::)\p{L}/u.test(name), CAPITALISED_NAMES.has(name.toLowerCase()));
    if (sign === "" && atoms.length > 1 && atoms.join("").length > 5) add([atoms.join("")], null, "", false);
  }
  return new Map([...index].map(([head, entries]) => [head, entries.toSorted((a, b) => b.atoms.length - a.atoms.length)]));
}

/** How many atoms the longest name takes that starts here; 0 when none does. */
function longestAt(atoms: readonly Atom[], at: number, text: string, index: NameIndex): number {
  const first = atoms[at];
  if (!first) return 0;
  for (const name of index.get(first.lower) ?? []) if (isNameAt(name, atoms, at, text)) return name.atoms.length;
  if (!first.lower.endsWith("s")) return 0;
  for (const name of index.get(first.lower.slice(0, -1)) ?? []) if (name.atoms.length === 1 && isNameAt(name, atoms, at, text)) return 1;
  return 0;
}

function isNameAt(name: Name, atoms: readonly Atom[], at: number, text: string): boolean {
  const first = atoms[at];
  const last = atoms[at + name.atoms.length - 1];
  if (!first || !last) return false;
  if (name.sign !== "" && text[first.start - 1] !== name.sign) return false;
  if (name.exact !== null && name.exact !== first.text && `${name.exact}s` !== first.text) return false;
  for (let step = 1; step < name.atoms.length; step += 1)
    if (atoms[at + step]?.lower !== name.atoms[step] || !isJoined(atoms, at + step, text, name.joined)) return false;
  if (name.capitalised && !name.atoms.every((_, step) => /^\p{Lu}/u.test(atoms[at + step]?.text ?? ""))) return false;
  return !isPartOfIdentifier(first, last, text);
}

function isJoined(atoms: readonly Atom[], at: number, text: string, joined: boolean): boolean {
  const between = text.slice(atoms[at - 1]?.end ?? 0, atoms[at]?.start ?? 0);
  if (joined && /\s/u.test(between)) return false;
  return /^(?:[\s./:_@&-]|::|->|\s?[&/]\s?|\.\.\.|…|\s…\s|\s\.\.\.\s)$/u.test(between);
}

/** Whether the name is only a part of the project's own identifier: `redis.client.ts` is masked, `audit.redis` is not. */
function isPartOfIdentifier(first: Atom, last: Atom, text: string): boolean {
  return (
    /^-(?:style|like|inspired|compatible)\b/u.test(text.slice(last.end, last.end + 12)) ||
    /[\p{L}\p{N}]\.$/u.test(text.slice(Math.max(0, first.start - 2), first.start)) ||
    (/^[=]/u.test(text.slice(last.end, last.end + 1)) && /[a-z]$/u.test(last.text) && first === last && !last.text.includes("_"))
  );
}

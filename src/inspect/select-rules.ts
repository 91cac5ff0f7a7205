import { ts } from "ts-morph";
import type { Rule } from "../rubrics/rule.ts";
import type { FileRole, SourceFacts } from "../rubrics/syntax/source-facts.ts";

const { CallExpression, NewExpression } = ts.SyntaxKind;

/** Names whose rules are remembered; long ones are not worth it. */
const REMEMBERED = 50_000;
const LONGEST = 80;

/** A rule that is asked about a file. */
export interface AskedRule {
  readonly rule: Rule;
  /** Of the names that the file calls, those that the rule wants to see; null when it wants every call. */
  readonly callees: readonly string[] | null;
}

/** Positions of rules. */
type Positions = readonly number[];

/** How the rules of a role are chosen. Each rule stands in one of `always`, `listed`, `matched` and `called`. */
interface Triggers {
  readonly rules: readonly Rule[];
  /** Each rule as it is asked when the file calls none of its callees. */
  readonly uncalled: readonly AskedRule[];
  readonly always: Positions;
  /** Asked when the file writes one of these words. */
  readonly listed: readonly { readonly position: number; readonly words: readonly string[] }[];
  /** Asked when a name that the file writes matches. */
  readonly matched: NameIndex | null;
  /** Of calls, what is shown to whom; a rule of `called` is asked only then. */
  readonly shown: NameIndex;
  readonly isCalled: Uint8Array;
}

/** Which rules a name means something to; every name seen so far is remembered, for code uses the same names again and again. */
type NameIndex = (name: string) => Positions | null;

const NONE: readonly string[] = [];
const triggersOf = new WeakMap<readonly Rule[], Map<FileRole, Triggers>>();

/** The rules that have something to look at in a file: those of its role of whose names it writes one, in the order given. */
export function selectRules(rules: readonly Rule[], file: SourceFacts): readonly AskedRule[] {
  const triggers = findTriggers(rules, file.role);
  const isAsked = new Uint8Array(triggers.rules.length);
  for (const position of triggers.always) isAsked[position] = 1;
  for (const { position, words } of triggers.listed) if (writesOneOf(file, words)) isAsked[position] = 1;
  if (triggers.matched)
    for (const name of file.names.keys()) {
      const positions = triggers.matched(name);
      if (positions) for (const position of positions) isAsked[position] = 1;
    }
  return collect(triggers, isAsked, file);
}

/** The rules that look at files of a role whatever their `words` say: what `selectRules` may never fall short of. */
export function selectWithoutWords(rules: readonly Rule[], file: SourceFacts): readonly AskedRule[] {
  const triggers = findTriggers(rules, file.role);
  return collect(triggers, new Uint8Array(triggers.rules.length).fill(1), file);
}

function writesOneOf({ names }: SourceFacts, words: readonly string[]): boolean {
  for (const word of words) if (names.has(word)) return true;
  return false;
}

/** The rules asked for, each with the names of calls that it wants to see. */
function collect(triggers: Triggers, isAsked: Uint8Array, file: SourceFacts): readonly AskedRule[] {
  const { rules, uncalled, shown, isCalled } = triggers;
  const callees: (string[] | undefined)[] = [];
  for (const byName of [file.callsByName(), file.newsByName()])
    for (const name of byName.keys()) {
      const positions = shown(name);
      if (positions === null) continue;
      for (const position of positions) {
        const names = (callees[position] ??= []);
        if (!names.includes(name)) names.push(name);
        if (isCalled[position] === 1) isAsked[position] = 1;
      }
    }
  const asked: AskedRule[] = [];
  for (let position = 0; position < rules.length; position++) {
    const free = uncalled[position];
    if (isAsked[position] === 0 || !free || (file.partial && free.rule.needsWholeFile)) continue;
    asked.push(free.callees === null ? free : { rule: free.rule, callees: callees[position] ?? NONE });
  }
  return asked;
}

function findTriggers(rules: readonly Rule[], role: FileRole): Triggers {
  let byRole = triggersOf.get(rules);
  if (!byRole) triggersOf.set(rules, (byRole = new Map()));
  let triggers = byRole.get(role);
  if (!triggers) byRole.set(role, (triggers = buildTriggers(rules.filter((rule) => (rule.roles ?? ["server"]).includes(role)))));
  return triggers;
}

function buildTriggers(rules: readonly Rule[]): Triggers {
  const positions = [...rules.keys()];
  const isAboutCalls = ({ typescript: { callees, kinds } }: Rule): boolean =>
    callees !== undefined && kinds.every((kind) => kind === CallExpression || kind === NewExpression);
  const wordsOf = (position: number): readonly string[] | RegExp | undefined => rules[position]?.typescript.words;
  const isCalled = Uint8Array.from(rules, (rule) => (!rule.typescript.words && isAboutCalls(rule) ? 1 : 0));
  const hasPattern = positions.some((position) => wordsOf(position) instanceof RegExp);
  return {
    rules,
    uncalled: rules.map((rule) => ({ rule, callees: rule.typescript.callees ? NONE : null })),
    always: positions.filter((position) => !wordsOf(position) && isCalled[position] === 0),
    listed: positions.flatMap((position) => {
      const words = wordsOf(position);
      return words && !(words instanceof RegExp) ? [{ position, words }] : [];
    }),
    matched: hasPattern ? buildIndex(rules.map(({ typescript: { words } }) => (words instanceof RegExp ? words : null))) : null,
    shown: buildIndex(rules.map(({ typescript: { callees } }) => callees ?? null)),
    isCalled,
  };
}

function buildIndex(namesOfRules: readonly (readonly string[] | RegExp | null)[]): NameIndex {
  const byName = new Map<string, number[]>();
  const patterns: { pattern: RegExp; position: number }[] = [];
  namesOfRules.forEach((names, position) => {
    if (names instanceof RegExp) patterns.push({ pattern: names, position });
    else for (const name of new Set(names ?? [])) byName.set(name, [...(byName.get(name) ?? []), position]);
  });
  const known = new Map<string, Positions | null>();
  return (name) => {
    let positions = known.get(name);
    if (positions !== undefined) return positions;
    const all = [...(byName.get(name) ?? []), ...patterns.filter(({ pattern }) => pattern.test(name)).map(({ position }) => position)];
    positions = all.length === 0 ? null : all;
    if (name.length > LONGEST) return positions;
    if (known.size >= REMEMBERED) known.clear();
    known.set(name, positions);
    return positions;
  };
}

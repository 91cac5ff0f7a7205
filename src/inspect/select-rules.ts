import { ts } from "ts-morph";
import type { Rule } from "../rubrics/rule.ts";
import type { FileRole, SourceFacts } from "../rubrics/syntax/source-facts.ts";

/** Names whose rules are remembered; long ones are not worth it. */
const REMEMBERED = 50_000;
const LONGEST = 80;

/** A rule that is asked about a file. */
export interface AskedRule {
  readonly rule: Rule;
  /** Of the names that the file writes, those of calls that the rule wants to see; null when it wants every call. */
  readonly callees: readonly string[] | null;
}

/** What a name means to the rules of a role, by their positions. */
interface Meaning {
  readonly calledFor: readonly number[];
  readonly shownTo: readonly number[];
}

type Names = readonly string[] | RegExp;

interface Triggers {
  readonly rules: readonly Rule[];
  /** Each rule as it is asked when the file writes none of its callees. */
  readonly uncalled: readonly AskedRule[];
  /** Positions of the rules that are asked about every file. */
  readonly always: readonly number[];
  readonly calledFor: Index;
  readonly shownTo: Index;
  /** Every name seen so far: code uses the same names again and again. */
  readonly known: Map<string, Meaning | null>;
}

interface Index {
  readonly byName: ReadonlyMap<string, readonly number[]>;
  readonly patterns: readonly { readonly pattern: RegExp; readonly position: number }[];
}

const NONE: readonly string[] = [];
const triggersOf = new WeakMap<readonly Rule[], Map<FileRole, Triggers>>();

/** The rules that have something to look at in a file: those of its role of whose names it writes one, in the order given. */
export function selectRules(rules: readonly Rule[], file: SourceFacts): readonly AskedRule[] {
  return select(rules, file, false);
}

/** The rules that look at files of a role whatever their `words` say: what `selectRules` may never fall short of. */
export function selectWithoutWords(rules: readonly Rule[], file: SourceFacts): readonly AskedRule[] {
  return select(rules, file, true);
}

function select(rules: readonly Rule[], file: SourceFacts, isEveryRule: boolean): readonly AskedRule[] {
  const triggers = findTriggers(rules, file.role);
  const isAsked = new Uint8Array(triggers.rules.length);
  const callees: (string[] | undefined)[] = [];
  if (isEveryRule) isAsked.fill(1);
  for (const position of triggers.always) isAsked[position] = 1;
  for (const name of file.names.keys()) {
    const meaning = meaningOf(name, triggers);
    if (meaning === null) continue;
    for (const position of meaning.calledFor) isAsked[position] = 1;
    for (const position of meaning.shownTo) (callees[position] ??= []).push(name);
  }
  const asked: AskedRule[] = [];
  for (let position = 0; position < isAsked.length; position++) {
    const free = triggers.uncalled[position];
    if (isAsked[position] === 0 || !free || (free.rule.needsWholeFile && file.partial)) continue;
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
  const words = rules.map(wordsOf);
  return {
    rules,
    uncalled: rules.map((rule) => ({ rule, callees: rule.typescript.callees ? NONE : null })),
    always: words.flatMap((names, position) => (names === null ? [position] : [])),
    calledFor: buildIndex(words),
    shownTo: buildIndex(rules.map(({ typescript }) => typescript.callees ?? null)),
    known: new Map(),
  };
}

/** The names of which a file must write one before the rule is asked; null when it is always asked. */
function wordsOf({ typescript: { words, callees, kinds } }: Rule): Names | null {
  if (words) return words;
  const isAboutCalls = kinds.every((kind) => kind === ts.SyntaxKind.CallExpression || kind === ts.SyntaxKind.NewExpression);
  return callees && isAboutCalls ? callees : null;
}

function buildIndex(namesOfRules: readonly (Names | null)[]): Index {
  const byName = new Map<string, number[]>();
  const patterns: { pattern: RegExp; position: number }[] = [];
  namesOfRules.forEach((names, position) => {
    if (names instanceof RegExp) patterns.push({ pattern: names, position });
    else for (const name of new Set(names ?? [])) byName.set(name, [...(byName.get(name) ?? []), position]);
  });
  return { byName, patterns };
}

/** null for a name that means nothing to any rule. */
function meaningOf(name: string, triggers: Triggers): Meaning | null {
  const known = triggers.known.get(name);
  if (known !== undefined) return known;
  const calledFor = positionsOf(name, triggers.calledFor);
  const shownTo = positionsOf(name, triggers.shownTo);
  const meaning = calledFor.length + shownTo.length === 0 ? null : { calledFor, shownTo };
  if (name.length <= LONGEST) {
    if (triggers.known.size >= REMEMBERED) triggers.known.clear();
    triggers.known.set(name, meaning);
  }
  return meaning;
}

function positionsOf(name: string, { byName, patterns }: Index): readonly number[] {
  return [...(byName.get(name) ?? []), ...patterns.filter(({ pattern }) => pattern.test(name)).map(({ position }) => position)];
}

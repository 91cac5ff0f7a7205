import { ts } from "ts-morph";
import type { Rule } from "../rubrics/rule.ts";
import type { FileRole, SourceFacts } from "../rubrics/syntax/source-facts.ts";

/** Names whose rules are remembered; long ones are not worth it. */
const REMEMBERED = 50_000;
const LONGEST = 80;

/** The rules of one role, and which of them each name calls for. */
interface Triggers {
  readonly rules: readonly Rule[];
  /** Positions of the rules that are asked about every file. */
  readonly always: readonly number[];
  readonly byName: ReadonlyMap<string, readonly number[]>;
  readonly patterns: readonly { readonly pattern: RegExp; readonly rule: number }[];
  /** Name -> positions, for every name seen so far: code uses the same names again and again. */
  readonly known: Map<string, readonly number[]>;
}

const NONE: readonly number[] = [];
const triggersOf = new WeakMap<readonly Rule[], Map<FileRole, Triggers>>();

/** The rules that have something to look at in a file: those of its role of whose names it writes one, in the order given. */
export function selectRules(rules: readonly Rule[], file: SourceFacts): readonly Rule[] {
  const triggers = findTriggers(rules, file.role);
  const asked = new Uint8Array(triggers.rules.length);
  for (const position of triggers.always) asked[position] = 1;
  for (const name of file.names.keys()) for (const position of rulesNamed(name, triggers)) asked[position] = 1;
  return triggers.rules.filter((rule, position) => asked[position] === 1 && !(rule.needsWholeFile && file.partial));
}

/** The rules that look at files of a role, whatever names the file writes: what `selectRules` may never fall short of. */
export function rulesForRole(rules: readonly Rule[], file: SourceFacts): readonly Rule[] {
  return findTriggers(rules, file.role).rules.filter((rule) => !(rule.needsWholeFile && file.partial));
}

function findTriggers(rules: readonly Rule[], role: FileRole): Triggers {
  let byRole = triggersOf.get(rules);
  if (!byRole) triggersOf.set(rules, (byRole = new Map()));
  let triggers = byRole.get(role);
  if (!triggers) byRole.set(role, (triggers = buildTriggers(rules.filter((rule) => (rule.roles ?? ["server"]).includes(role)))));
  return triggers;
}

function buildTriggers(rules: readonly Rule[]): Triggers {
  const always: number[] = [];
  const byName = new Map<string, number[]>();
  const patterns: { pattern: RegExp; rule: number }[] = [];
  rules.forEach((rule, position) => {
    const names = namesOf(rule);
    if (names === null) always.push(position);
    else if (names instanceof RegExp) patterns.push({ pattern: names, rule: position });
    else for (const name of new Set(names)) byName.set(name, [...(byName.get(name) ?? []), position]);
  });
  return { rules, always, byName, patterns, known: new Map() };
}

/** The names of which a file must write one before the rule is asked; null when it is always asked. */
function namesOf({ typescript: { words, callees, kinds } }: Rule): readonly string[] | RegExp | null {
  if (words) return words;
  const isAboutCalls = kinds.every((kind) => kind === ts.SyntaxKind.CallExpression || kind === ts.SyntaxKind.NewExpression);
  return callees && isAboutCalls ? callees : null;
}

function rulesNamed(name: string, triggers: Triggers): readonly number[] {
  const known = triggers.known.get(name);
  if (known) return known;
  const exact = triggers.byName.get(name) ?? NONE;
  const matching = triggers.patterns.filter(({ pattern }) => pattern.test(name)).map(({ rule }) => rule);
  const found = matching.length === 0 ? exact : [...exact, ...matching];
  if (name.length <= LONGEST) {
    if (triggers.known.size >= REMEMBERED) triggers.known.clear();
    triggers.known.set(name, found);
  }
  return found;
}

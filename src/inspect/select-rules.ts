import { ts } from "ts-morph";
import type { NamesWritten, Rule } from "../rubrics/rule.ts";
import { callsAndNewsLike } from "../rubrics/syntax/named-calls.ts";
import type { FileRole, SourceFacts } from "../rubrics/syntax/source-facts.ts";

const { CallExpression, NewExpression } = ts.SyntaxKind;

/** Names whose rules are remembered; long ones are not worth it. */
const REMEMBERED = 50_000;
const LONGEST = 80;

/** A rule that is asked about a file. */
export interface AskedRule {
  readonly rule: Rule;
  /** Of the calls and `new`, those that the rule wants to see; null when it wants all. */
  readonly shown: Shown | null;
}

type Shown = ReturnType<typeof callsAndNewsLike>;

/** One of the conditions of a rule: `bit` of the rule at `position`. */
interface Condition {
  readonly position: number;
  readonly bit: number;
}

/** How the rules of a role are chosen: a rule is asked where the file meets all its conditions. */
interface Triggers {
  readonly asked: readonly AskedRule[];
  /** By position, the bits of all conditions of a rule; 0 for a rule that is asked about every file. */
  readonly all: Uint8Array;
  /** The conditions that a name meets; null for most. */
  readonly metBy: (name: string) => readonly Condition[] | null;
}

const triggersOf = new WeakMap<readonly Rule[], Map<FileRole, Triggers>>();
const shownOf = new WeakMap<Rule["typescript"], Shown>();

/** The rules that have something to look at in a file: those of its role of whose names it writes one, in the order given. */
export function selectRules(rules: readonly Rule[], file: SourceFacts): readonly AskedRule[] {
  const { asked, all, metBy } = findTriggers(rules, file.role);
  const met = new Uint8Array(all.length);
  for (const name of file.names.keys()) {
    const conditions = metBy(name);
    if (conditions === null) continue;
    for (const { position, bit } of conditions) met[position] = (met[position] ?? 0) | bit;
  }
  return asked.filter(({ rule }, position) => met[position] === all[position] && !(file.partial && rule.needsWholeFile));
}

/** The rules that look at files of a role whatever their `words` say: what `selectRules` may never fall short of. */
export function selectWithoutWords(rules: readonly Rule[], file: SourceFacts): readonly AskedRule[] {
  return findTriggers(rules, file.role).asked.filter(({ rule }) => !(file.partial && rule.needsWholeFile));
}

function findTriggers(rules: readonly Rule[], role: FileRole): Triggers {
  let byRole = triggersOf.get(rules);
  if (!byRole) triggersOf.set(rules, (byRole = new Map()));
  let triggers = byRole.get(role);
  if (!triggers) byRole.set(role, (triggers = buildTriggers(rules.filter((rule) => (rule.roles ?? ["server"]).includes(role)))));
  return triggers;
}

function buildTriggers(rules: readonly Rule[]): Triggers {
  const listed = new Map<string, Condition[]>();
  const patterns: { pattern: RegExp; condition: Condition }[] = [];
  const all = new Uint8Array(rules.length);
  rules.forEach((rule, position) => {
    conditionsOf(rule).forEach((names, index) => {
      const condition = { position, bit: 1 << index };
      all[position] = (all[position] ?? 0) | condition.bit;
      if (names instanceof RegExp) patterns.push({ pattern: names, condition });
      else for (const name of names) listed.set(name, [...(listed.get(name) ?? []), condition]);
    });
  });
  return { asked: rules.map((rule) => ({ rule, shown: shownTo(rule) })), all, metBy: matcherOf(listed, patterns) };
}

/** Names of which a file must write one each for the rule to have something to look at. Eight at most. */
function conditionsOf({ typescript: { words, callees, kinds } }: Rule): readonly NamesWritten[] {
  const isAboutCalls = kinds.every((kind) => kind === CallExpression || kind === NewExpression);
  const called = callees && isAboutCalls && !(callees instanceof RegExp && callees.test("")) ? [callees] : [];
  if (words === undefined) return called;
  return [...called, ...("allOf" in words ? words.allOf : [words])];
}

/** Rules are chosen anew for each policy; the names that a rule wants to see are registered once. */
function shownTo({ typescript }: Rule): Shown | null {
  if (!typescript.callees) return null;
  let shown = shownOf.get(typescript);
  if (!shown) shownOf.set(typescript, (shown = callsAndNewsLike(typescript.callees)));
  return shown;
}

/** The conditions that a name meets; answers are remembered, for code uses the same names again and again. */
function matcherOf(
  listed: ReadonlyMap<string, readonly Condition[]>,
  patterns: readonly { readonly pattern: RegExp; readonly condition: Condition }[],
): Triggers["metBy"] {
  const known = new Map<string, readonly Condition[] | null>();
  return (name) => {
    let conditions = known.get(name);
    if (conditions !== undefined) return conditions;
    const met = [...(listed.get(name) ?? []), ...patterns.filter(({ pattern }) => pattern.test(name)).map(({ condition }) => condition)];
    conditions = met.length === 0 ? null : met;
    if (name.length > LONGEST) return conditions;
    if (known.size >= REMEMBERED) known.clear();
    known.set(name, conditions);
    return conditions;
  };
}

import { ts } from "ts-morph";
import type { Rule } from "../rubrics/rule.ts";
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

/** Positions of rules. */
type Positions = readonly number[];

/** How the rules of a role are chosen. Each rule stands in one of `always`, `listed`, `matched` and `called`. */
interface Triggers {
  readonly asked: readonly AskedRule[];
  readonly always: Positions;
  /** Asked when the file writes one of these words. */
  readonly listed: readonly { readonly position: number; readonly words: readonly string[] }[];
  /** Asked when a name that the file writes matches; null when there is no such rule. */
  readonly matched: ((name: string) => Positions | null) | null;
  /** Asked when there is something to show. */
  readonly called: readonly { readonly position: number; readonly shown: Shown }[];
}

const triggersOf = new WeakMap<readonly Rule[], Map<FileRole, Triggers>>();
const shownOf = new WeakMap<Rule["typescript"], Shown>();

/** The rules that have something to look at in a file: those of its role of whose names it writes one, in the order given. */
export function selectRules(rules: readonly Rule[], file: SourceFacts): readonly AskedRule[] {
  const triggers = findTriggers(rules, file.role);
  const isAsked = new Uint8Array(triggers.asked.length);
  for (const position of triggers.always) isAsked[position] = 1;
  for (const { position, words } of triggers.listed) if (writesOneOf(file, words)) isAsked[position] = 1;
  for (const { position, shown } of triggers.called) if (shown.calls(file).length + shown.news(file).length > 0) isAsked[position] = 1;
  if (triggers.matched)
    for (const name of file.names.keys()) {
      const positions = triggers.matched(name);
      if (positions) for (const position of positions) isAsked[position] = 1;
    }
  return triggers.asked.filter(({ rule }, position) => isAsked[position] === 1 && !(file.partial && rule.needsWholeFile));
}

/** The rules that look at files of a role whatever their `words` say: what `selectRules` may never fall short of. */
export function selectWithoutWords(rules: readonly Rule[], file: SourceFacts): readonly AskedRule[] {
  return findTriggers(rules, file.role).asked.filter(({ rule }) => !(file.partial && rule.needsWholeFile));
}

function writesOneOf({ names }: SourceFacts, words: readonly string[]): boolean {
  for (const word of words) if (names.has(word)) return true;
  return false;
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
  const listed: { position: number; words: readonly string[] }[] = [];
  const patterns: { position: number; pattern: RegExp }[] = [];
  const called: { position: number; shown: Shown }[] = [];
  const asked = rules.map((rule, position): AskedRule => {
    const shown = shownTo(rule);
    const { words, kinds } = rule.typescript;
    if (words instanceof RegExp) patterns.push({ position, pattern: words });
    else if (words) listed.push({ position, words });
    else if (shown && kinds.every((kind) => kind === CallExpression || kind === NewExpression)) called.push({ position, shown });
    else always.push(position);
    return { rule, shown };
  });
  return { asked, always, listed, called, matched: patterns.length === 0 ? null : matcherOf(patterns) };
}

/** Rules are chosen anew for each policy; the names that a rule wants to see are registered once. */
function shownTo({ typescript }: Rule): Shown | null {
  if (!typescript.callees) return null;
  let shown = shownOf.get(typescript);
  if (!shown) shownOf.set(typescript, (shown = callsAndNewsLike(typescript.callees)));
  return shown;
}

/** Which rules a name means something to; names are remembered, for code uses the same ones again and again. */
function matcherOf(patterns: readonly { readonly position: number; readonly pattern: RegExp }[]): (name: string) => Positions | null {
  const known = new Map<string, Positions | null>();
  return (name) => {
    let positions = known.get(name);
    if (positions !== undefined) return positions;
    const all = patterns.filter(({ pattern }) => pattern.test(name)).map(({ position }) => position);
    positions = all.length === 0 ? null : all;
    if (name.length > LONGEST) return positions;
    if (known.size >= REMEMBERED) known.clear();
    known.set(name, positions);
    return positions;
  };
}

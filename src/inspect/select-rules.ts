import { ts } from "ts-morph";
import type { NamesWritten, Rule } from "../rubrics/rule.ts";
import { callsAndNewsLike, testOfNames, testsMet } from "../rubrics/syntax/named-calls.ts";
import type { FileRole, SourceFacts } from "../rubrics/syntax/source-facts.ts";

const { CallExpression, NewExpression } = ts.SyntaxKind;

/** A rule that is asked about a file. */
export interface AskedRule {
  readonly rule: Rule;
  /** Of the calls and `new`, those that the rule wants to see; null when it wants all. */
  readonly shown: Shown | null;
}

type Shown = ReturnType<typeof callsAndNewsLike>;

/** A rule of a role, and when it is asked. */
interface Choice {
  readonly asked: AskedRule;
  /** Tests of names, of each of which the file must write one. */
  readonly tests: readonly number[];
  readonly when: Rule["typescript"]["when"] | null;
  readonly needsWholeFile: boolean;
  readonly comparesWithBase: boolean;
}

const choicesOf = new WeakMap<readonly Rule[], Map<FileRole, readonly Choice[]>>();
const knownOf = new WeakMap<Rule["typescript"], Pick<Choice, "tests"> & Pick<AskedRule, "shown">>();

/** The rules that have something to look at in a file: those of its role whose names it writes and whose kinds of nodes it holds, in the order given. */
export function selectRules(rules: readonly Rule[], file: SourceFacts): readonly AskedRule[] {
  const chosen: AskedRule[] = [];
  const choices = findChoices(rules, file.role);
  const met = testsMet(file);
  for (const choice of choices)
    if (
      meetsAll(met, choice.tests) &&
      !(choice.needsWholeFile && file.partial) &&
      !(choice.comparesWithBase && !file.before) &&
      (!choice.when || choice.when(file)) &&
      hasSomethingToShow(choice.asked, file)
    )
      chosen.push(choice.asked);
  return chosen;
}

function meetsAll(met: readonly number[], tests: readonly number[]): boolean {
  for (const test of tests) if (met[test] !== 1) return false;
  return true;
}

function hasSomethingToShow(asked: AskedRule, file: SourceFacts): boolean {
  for (const kind of asked.rule.typescript.kinds) if (shownNodes(asked, kind, file).length > 0) return true;
  return false;
}

/** What a rule wants to see of a kind, in source order. */
export function shownNodes({ shown }: AskedRule, kind: ts.SyntaxKind, file: SourceFacts): readonly ts.Node[] {
  if (shown && kind === CallExpression) return shown.calls(file);
  return shown && kind === NewExpression ? shown.news(file) : file.nodes(kind);
}

/** The rules that look at files of a role whatever their `words` and `when` say: what `selectRules` may never fall short of. */
export function selectWithoutWords(rules: readonly Rule[], file: SourceFacts): readonly AskedRule[] {
  return findChoices(rules, file.role).flatMap(({ asked, needsWholeFile }) => (needsWholeFile && file.partial ? [] : [asked]));
}

function findChoices(rules: readonly Rule[], role: FileRole): readonly Choice[] {
  let byRole = choicesOf.get(rules);
  if (!byRole) choicesOf.set(rules, (byRole = new Map()));
  let choices = byRole.get(role);
  if (!choices) byRole.set(role, (choices = rules.filter((rule) => (rule.roles ?? ["server"]).includes(role)).map(choiceOf)));
  return choices;
}

/** Rules are chosen anew for each policy; the names that a rule wants to see are registered once. */
function choiceOf(rule: Rule): Choice {
  const { typescript, needsWholeFile = false, comparesWithBase = false } = rule;
  let known = knownOf.get(typescript);
  if (!known) {
    const shown = typescript.callees ? callsAndNewsLike(typescript.callees) : null;
    knownOf.set(typescript, (known = { shown, tests: namesFor(rule).map(testOfNames) }));
  }
  return { asked: { rule, shown: known.shown }, tests: known.tests, when: typescript.when ?? null, needsWholeFile, comparesWithBase };
}

/** Names of which a file must write one each for the rule to have something to look at. */
function namesFor({ typescript: { words, callees, kinds } }: Rule): readonly NamesWritten[] {
  const isAboutCalls = kinds.every((kind) => kind === CallExpression || kind === NewExpression);
  const called = callees && isAboutCalls && !(callees instanceof RegExp && callees.test("")) ? [callees] : [];
  if (words === undefined) return called;
  return [...called, ...("allOf" in words ? words.allOf : [words])];
}

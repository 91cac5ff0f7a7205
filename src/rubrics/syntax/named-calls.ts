import { ts } from "ts-morph";
import { nameText } from "./functions.ts";
import { isPropertyAssignment, isShorthandPropertyAssignment } from "./guards.ts";
import { perFile } from "./per-file.ts";
import type { SourceFacts } from "./source-facts.ts";

const { PropertyAssignment, ShorthandPropertyAssignment } = ts.SyntaxKind;

/** Names by a list, a pattern, or a test of one name. */
export type NamesLike = readonly string[] | RegExp | ((name: string) => boolean);

/** Names whose answers are remembered; long ones are not worth it. */
const REMEMBERED = 50_000;
const LONGEST = 80;
const NO_IDS: readonly number[] = [];

/**
 * Every test of names that anyone makes. Code uses the same names again and again: a name is put to all tests when it is first seen, and after
 * that one look into a table says which of them it satisfies.
 */
class NameTests {
  readonly #listed = new Map<string, number[]>();
  readonly #tests: { readonly id: number; readonly test: (name: string) => boolean }[] = [];
  readonly #known = new Map<string, readonly number[]>();
  readonly #ids = new Map<unknown, number>();
  /** How many tests there are; ids count from 0. */
  size = 0;

  /** The id of a test; the same list, function or pattern is one test. */
  add(names: NamesLike): number {
    const key = names instanceof RegExp ? String(names) : names;
    const before = this.#ids.get(key);
    if (before !== undefined) return before;
    const id = this.size++;
    this.#ids.set(key, id);
    this.#known.clear();
    if (typeof names === "function") this.#tests.push({ id, test: names });
    else if (names instanceof RegExp) this.#tests.push({ id, test: (name) => names.test(name) });
    else for (const name of new Set(names)) this.#listed.set(name, [...(this.#listed.get(name) ?? []), id]);
    return id;
  }

  /** The ids of the tests that a name satisfies. */
  satisfiedBy(name: string): readonly number[] {
    let ids = this.#known.get(name);
    if (ids) return ids;
    const all = [...(this.#listed.get(name) ?? []), ...this.#tests.filter(({ test }) => test(name)).map(({ id }) => id)];
    ids = all.length === 0 ? NO_IDS : all;
    if (name.length > LONGEST) return ids;
    if (this.#known.size >= REMEMBERED) this.#known.clear();
    this.#known.set(name, ids);
    return ids;
  }
}

/** Nodes of a file by the id of the test that their names satisfy, each list in source order. */
interface Sorted<T> {
  readonly byTest: readonly (readonly T[] | undefined)[];
  /** Tests with a higher id were added later. */
  readonly size: number;
}

function sortByTest<T extends ts.Node>(byName: ReadonlyMap<string, readonly T[]>, tests: NameTests): Sorted<T> {
  const byTest: (readonly T[] | undefined)[] = [];
  const merged: number[] = [];
  for (const [name, nodes] of byName)
    for (const id of tests.satisfiedBy(name)) {
      const before = byTest[id];
      if (before && !merged.includes(id)) merged.push(id);
      byTest[id] = before ? [...before, ...nodes] : nodes;
    }
  for (const id of merged) byTest[id] = byTest[id]?.toSorted(inSourceOrder);
  return { byTest, size: tests.size };
}

type Question<T> = (file: SourceFacts) => readonly T[];

/** A way to ask for the nodes whose name satisfies a test; all such questions share one pass over the names of a file. */
function questionsOn<T extends ts.Node>(
  byName: (file: SourceFacts) => ReadonlyMap<string, readonly T[]>,
  tests: NameTests,
): (id: number) => Question<T> {
  const none: readonly T[] = [];
  const sorted = perFile((file): Sorted<T> => sortByTest(byName(file), tests));
  return (id) => (file) => {
    const { byTest, size } = sorted(file);
    return (id < size ? byTest[id] : sortByTest(byName(file), tests).byTest[id]) ?? none;
  };
}

const callTests = new NameTests();
const callsOf = questionsOn((file) => file.callsByName(), callTests);
const newsOf = questionsOn((file) => file.newsByName(), callTests);

/** The calls of a file whose last name is like these, in source order. Made once, at the top of a module. */
export function callsLike(names: NamesLike): Question<ts.CallExpression> {
  return callsOf(callTests.add(names));
}

/** The calls and the `new` of a file whose last names are like these, each in source order. */
export function callsAndNewsLike(names: NamesLike): {
  readonly calls: Question<ts.CallExpression>;
  readonly news: Question<ts.NewExpression>;
} {
  const id = callTests.add(names);
  return { calls: callsOf(id), news: newsOf(id) };
}

/** `name: value` and `{ name }`. */
type Property = ts.PropertyAssignment | ts.ShorthandPropertyAssignment;

const propertyTests = new NameTests();
const propertiesOf = questionsOn(
  perFile((file): ReadonlyMap<string, readonly Property[]> => {
    const byName = new Map<string, Property[]>();
    for (const kind of [PropertyAssignment, ShorthandPropertyAssignment])
      for (const node of file.nodes(kind)) {
        if (!isPropertyAssignment(node) && !isShorthandPropertyAssignment(node)) continue;
        const name = nameText(node.name);
        const list = byName.get(name);
        if (list) list.push(node);
        else byName.set(name, [node]);
      }
    return byName;
  }),
  propertyTests,
);

/** The properties of object literals in a file whose names are like these, in source order. Made once, at the top of a module. */
export function propertiesLike(names: NamesLike): Question<Property> {
  return propertiesOf(propertyTests.add(names));
}

/** Outer before inner, as the tree is walked. */
export function inSourceOrder(a: ts.Node, b: ts.Node): number {
  return a.pos - b.pos || b.end - a.end;
}

const writtenTests = new NameTests();
let NOT_MET: readonly number[] = [];

/** Registers a test of the names that a file writes; gives its place among `testsMet`. */
export function testOfNames(names: NamesLike): number {
  return writtenTests.add(names);
}

/** By the place of a test, 1 when the file writes a name that satisfies it. All such questions share one look at each name of the file. */
export function testsMet(file: SourceFacts): readonly number[] {
  const met = firstTestsMet(file);
  return met.length < writtenTests.size ? readTests(file) : met;
}

/** Without the tests that were registered later. */
const firstTestsMet = perFile(readTests);

function readTests(file: SourceFacts): readonly number[] {
  if (NOT_MET.length < writtenTests.size) NOT_MET = Array.from({ length: writtenTests.size }, () => 0);
  const met = NOT_MET.slice(); // much cheaper than an array made anew
  for (const name of file.names.keys()) for (const id of writtenTests.satisfiedBy(name)) met[id] = 1;
  return met;
}

/**
 * Whether a file writes any name like these: an identifier, a property's name or the module of an import. Before every identifier of a function
 * is put to a pattern. Made once, at the top of a module.
 */
export function namesLike(names: NamesLike): (file: SourceFacts) => boolean {
  const id = testOfNames(names);
  return (file) => testsMet(file)[id] === 1;
}

/** A test of names that is asked once for each name. */
export function remembered(test: (name: string) => boolean): (name: string) => boolean {
  const known = new Map<string, boolean>();
  return (name) => {
    let answer = known.get(name);
    if (answer !== undefined) return answer;
    answer = test(name);
    if (name.length > LONGEST) return answer;
    if (known.size >= REMEMBERED) known.clear();
    known.set(name, answer);
    return answer;
  };
}

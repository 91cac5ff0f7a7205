import type { Pair, ParsedNode, YAMLError } from "yaml";
import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument } from "yaml";
import { quoteValue, UNPRINTABLE } from "./quote-value.ts";

/** A position in a text, 1-based. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A mistake of a YAML text, before its meaning is looked at. */
export interface YamlMistake extends Position {
  readonly message: string;
}

/** A YAML text as plain values, and where each of them stands. */
export interface YamlReading {
  /** undefined when there are mistakes. null for an empty text. */
  readonly value: unknown;
  readonly mistakes: readonly YamlMistake[];
  /** Position of the value at a key path, or of its key; the nearest parent's when it is not in the text. */
  locate(keyPath: readonly PropertyKey[], atKey: boolean): Position;
}

const MAX_BYTES = 64 * 1024;
const MAX_DEPTH = 8;
const MAX_MISTAKES = 20;
/** Names that reach an object's prototype when they are assigned. */
const REFUSED_KEYS = new Set(["__proto__", "prototype", "constructor"]);
const TOO_DEEP = "nested too deeply to be read; a policy has three levels.";
const START: Position = { line: 1, column: 1 };

type Node = ParsedNode | null | undefined;

interface Walk {
  readonly positionOf: (offset: number) => Position;
  readonly keys: Map<string, Position>;
  readonly values: Map<string, Position>;
  readonly mistakes: YamlMistake[];
}

function report(walk: Walk, at: Position, message: string): void {
  if (walk.mistakes.length < MAX_MISTAKES) walk.mistakes.push({ ...at, message });
}

function keyOf(keyPath: readonly PropertyKey[]): string {
  return JSON.stringify(keyPath.map(String));
}

/** The key of a pair, or undefined when it cannot be one; reports why. */
function readKey(pair: Pair<unknown, unknown>, seen: Set<string>, at: Position, walk: Walk): string | undefined {
  if (!isScalar(pair.key) || typeof pair.key.value !== "string") {
    report(walk, at, "found a key that is not a word; expected a plain key such as `mode`.");
    return undefined;
  }
  const key = pair.key.value;
  if (pair.key.anchor !== undefined || pair.key.tag !== undefined)
    report(walk, at, "found an anchor or tag on a key; expected plain values.");
  if (REFUSED_KEYS.has(key)) report(walk, at, `found the key ${quoteValue(key)}, which is refused everywhere in a policy.`);
  else if (seen.has(key)) report(walk, at, `found the key ${quoteValue(key)} twice in one map; expected each key once.`);
  else {
    seen.add(key);
    return key;
  }
  return undefined;
}

function readMap(pairs: readonly Pair<ParsedNode, Node>[], keyPath: readonly PropertyKey[], here: Position, walk: Walk): unknown {
  const seen = new Set<string>();
  const entries: [string, unknown][] = [];
  for (const pair of pairs) {
    if (walk.mistakes.length >= MAX_MISTAKES) break;
    const at = pair.key?.range ? walk.positionOf(pair.key.range[0]) : here;
    const key = readKey(pair, seen, at, walk);
    if (key === undefined) continue;
    const path = [...keyPath, key];
    walk.keys.set(keyOf(path), at);
    entries.push([key, readNode(pair.value, path, at, walk)]);
  }
  return Object.fromEntries(entries);
}

function readNode(node: Node, keyPath: readonly PropertyKey[], fallback: Position, walk: Walk): unknown {
  const here = node?.range ? walk.positionOf(node.range[0]) : fallback;
  walk.values.set(keyOf(keyPath), here);
  if (!node || walk.mistakes.length >= MAX_MISTAKES) return null;
  if (isAlias(node)) return void report(walk, here, "found an alias (`*name`); expected the value itself, aliases are not read.");
  if (node.anchor !== undefined) report(walk, here, "found an anchor (`&name`); expected plain values, anchors are not read.");
  if (node.tag !== undefined) report(walk, here, `found the tag ${quoteValue(node.tag)}; expected plain values without tags.`);
  if (keyPath.length > MAX_DEPTH)
    return void report(walk, here, `found values nested deeper than ${MAX_DEPTH} levels; a policy has three.`);
  if (isMap(node)) return readMap(node.items, keyPath, here, walk);
  if (isSeq(node)) return node.items.map((item, index) => readNode(item, [...keyPath, index], here, walk));
  return isScalar(node) ? node.value : null;
}

function refused(message: string): YamlReading {
  return { value: undefined, mistakes: [{ ...START, message }], locate: () => START };
}

function wordingOf(error: YAMLError): string {
  if (error.code === "MULTIPLE_DOCS") return "found a second document after `---`; expected one.";
  return `not valid YAML: ${error.message.slice(0, 160).replace(UNPRINTABLE, " ")}.`;
}

/**
 * Reads one YAML 1.2 document of at most 64 KB as plain values. Refuses anchors, aliases, tags,
 * directives, duplicate keys, keys that are not strings or reach an object's prototype, a second
 * document and deep nesting. At most 20 mistakes are reported. Never throws; time is linear in the text.
 */
export function readYaml(text: string): YamlReading {
  if (text.length > MAX_BYTES || new TextEncoder().encode(text).length > MAX_BYTES) {
    return refused("found more than 64 KB; expected a policy of at most 64 KB.");
  }
  const lines = new LineCounter();
  const positionOf = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  const walk: Walk = { positionOf, keys: new Map(), values: new Map(), mistakes: [] };
  let value: unknown;
  try {
    // Level "silent" would also silence the error about a second document.
    const document = parseDocument(text, { version: "1.2", uniqueKeys: false, prettyErrors: false, lineCounter: lines, logLevel: "error" });
    for (const error of [...document.errors, ...document.warnings]) {
      if (error.message.includes("call stack")) return refused(TOO_DEEP);
      report(walk, positionOf(error.pos[0]), wordingOf(error));
    }
    if (document.directives.yaml.explicit) report(walk, START, "found a `%YAML` directive; expected none.");
    value = readNode(document.contents, [], START, walk);
  } catch {
    // The YAML library recurses: what exhausts the stack is nested beyond any policy.
    return refused(TOO_DEEP);
  }
  const locate = (keyPath: readonly PropertyKey[], atKey: boolean): Position => {
    const own = keyOf(keyPath);
    const found = atKey ? walk.keys.get(own) : walk.values.get(own);
    if (found) return found;
    return keyPath.length === 0 ? START : locate(keyPath.slice(0, -1), false);
  };
  return { value: walk.mistakes.length > 0 ? undefined : value, mistakes: walk.mistakes, locate };
}

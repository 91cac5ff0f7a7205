import { ts } from "ts-morph";
import {
  isCallExpression,
  isIdentifier,
  isNewExpression,
  isObjectLiteralExpression,
  isPropertyAssignment,
  isPropertyDeclaration,
  isShorthandPropertyAssignment,
  isSpreadAssignment,
  isVariableDeclaration,
} from "./guards.ts";
import { bareText, calleeKey, MOST_COMPARED, placeOf } from "./former-file.ts";
import { contains, nameText, unwrap } from "./functions.ts";
import { calleeName } from "./origin.ts";
import type { SourceFacts } from "./source-facts.ts";

const { PropertyAssignment, PropertyDeclaration, ShorthandPropertyAssignment, VariableDeclaration } = ts.SyntaxKind;

/** An option that the former file gave to a call or a named set of settings, which is still there without it. */
export interface LostOption {
  /** What had the option, as it is now: a callee, or the name of the settings. */
  readonly owner: ts.Node;
  /** The settings as they are now; null when there are none. */
  readonly settings: ts.Node | null;
  /** The option's name. */
  readonly name: string;
}

type Property = ts.PropertyAssignment | ts.ShorthandPropertyAssignment;
type Holder = ts.CallExpression | ts.NewExpression | ts.VariableDeclaration | ts.PropertyDeclaration;

/**
 * Options of these names that the change took away. Silent where any of the names is new in the file or stands there as often as before: then
 * the option has moved; and where the settings come from somewhere else now.
 */
export function lostOptions(
  file: SourceFacts,
  former: SourceFacts,
  isName: (name: string) => boolean,
  isOwner: (holder: Holder, file: SourceFacts) => boolean = () => true,
): readonly LostOption[] {
  const before = propertiesNamed(former, isName);
  if (before.length === 0 || propertiesNamed(file, isName).length >= before.length || hasNewName(file, former, isName)) return [];
  const done = new Set<string>();
  return before.slice(0, MOST_COMPARED).flatMap((property): LostOption[] => {
    const [holder, settings] = holderOf(property) ?? [];
    if (!holder || !settings || !isOwner(holder, former) || isSchema(holder)) return [];
    const key = keyOf(holder);
    if (done.has(key)) return [];
    done.add(key);
    const has = (each: Holder): boolean => contains(each, (n) => isOption(n) && isName(nameText(n.name)));
    const were = alike(holder, former);
    const are = alike(holder, file);
    const without = are.filter((each) => !has(each));
    if (without.length <= were.filter((each) => !has(each)).length) return [];
    const now = without.find((each) => !isSettledElsewhere(each, were));
    return now ? [{ owner: ownerOf(now), settings: settingsOf(now), name: nameText(property.name) }] : [];
  });
}

function propertiesNamed(file: SourceFacts, isName: (name: string) => boolean): readonly Property[] {
  return [...file.nodes(PropertyAssignment), ...file.nodes(ShorthandPropertyAssignment)].filter(
    (node): node is Property => isOption(node) && isName(nameText(node.name)),
  );
}

/** `timeout: undefined` is no timeout. */
function isOption(node: ts.Node): node is Property {
  if (isShorthandPropertyAssignment(node)) return true;
  return isPropertyAssignment(node) && !/^(?:undefined|null|false|0|Infinity)$/.test(node.initializer.getText());
}

function hasNewName(file: SourceFacts, former: SourceFacts, isName: (name: string) => boolean): boolean {
  for (const name of file.names.keys()) if (isName(name) && !former.names.has(name)) return true;
  return false;
}

/** The call, `new`, variable or property that an option belongs to, with its outermost object. */
function holderOf(property: Property): readonly [Holder, ts.Node] | null {
  let settings: ts.Node = property.parent;
  for (;;) {
    let up: ts.Node = settings.parent;
    while (unwrap(up) !== up) up = up.parent;
    if (isPropertyAssignment(up) && isObjectLiteralExpression(up.parent)) settings = up.parent;
    else if (isCallExpression(up) || isNewExpression(up) || isVariableDeclaration(up) || isPropertyDeclaration(up)) return [up, settings];
    else return null;
  }
}

/** `z.object({ timeout: z.number() })` describes settings and is none. */
function isSchema(holder: Holder): boolean {
  return (
    isCallExpression(holder) &&
    /^(?:object|strictObject|looseObject|Object|interface|shape|extend|keys)$/.test(calleeName(holder)) &&
    !/^(?:got|ky|axios|ofetch)\b/.test(calleeKey(holder))
  );
}

function keyOf(holder: Holder): string {
  return isCallExpression(holder) || isNewExpression(holder)
    ? `${placeOf(holder)} ${holder.kind} ${calleeKey(holder)}`
    : `${placeOf(holder)} ${nameText(holder.name)}`;
}

/** Everything in a file that has the key of a holder. */
function alike(holder: Holder, file: SourceFacts): readonly Holder[] {
  const key = keyOf(holder);
  const all: readonly ts.Node[] = isCallExpression(holder)
    ? file.callsNamed(calleeName(holder))
    : isNewExpression(holder)
      ? file.newsNamed(calleeName(holder))
      : file.nodes(isVariableDeclaration(holder) ? VariableDeclaration : PropertyDeclaration);
  return all.filter((node): node is Holder => isHolder(node) && keyOf(node) === key);
}

function isHolder(node: ts.Node): node is Holder {
  return isCallExpression(node) || isNewExpression(node) || isVariableDeclaration(node) || isPropertyDeclaration(node);
}

/** Settings that are spread in or named, and were not before: they may hold the option. */
function isSettledElsewhere(now: Holder, were: readonly Holder[]): boolean {
  const known = new Set(were.flatMap((each) => borrowedBy(each)));
  return borrowedBy(now).some((text) => !known.has(text));
}

function borrowedBy(holder: Holder): readonly string[] {
  const parts: readonly ts.Node[] =
    isCallExpression(holder) || isNewExpression(holder) ? [...(holder.arguments ?? [])] : holder.initializer ? [holder.initializer] : [];
  return parts.flatMap((part) => {
    const e = unwrap(part);
    if (isObjectLiteralExpression(e)) return e.properties.filter(isSpreadAssignment).map((each) => bareText(each));
    return isIdentifier(e) || isCallExpression(e) ? [bareText(e)] : [];
  });
}

function ownerOf(holder: Holder): ts.Node {
  return isCallExpression(holder) || isNewExpression(holder) ? holder.expression : holder.name;
}

function settingsOf(holder: Holder): ts.Node | null {
  if (!isCallExpression(holder) && !isNewExpression(holder)) return holder.initializer ?? null;
  return holder.arguments?.find((argument) => isObjectLiteralExpression(unwrap(argument))) ?? null;
}

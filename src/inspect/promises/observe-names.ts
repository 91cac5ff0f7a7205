import { ts } from "ts-morph";
import {
  isCallExpression,
  isIdentifier,
  isNewExpression,
  isObjectLiteralExpression,
  isParenthesizedExpression,
  isPropertyAssignment,
  isPropertyDeclaration,
  isVariableDeclaration,
} from "../../rubrics/syntax/guards.ts";
import { enclosingFunction, functionName, nameText, unwrap } from "../../rubrics/syntax/functions.ts";
import { stringOf } from "../../rubrics/syntax/literals.ts";
import { calleeName } from "../../rubrics/syntax/origin.ts";
import type { SourceFacts } from "../../rubrics/syntax/source-facts.ts";
import { followNumber } from "./follow-number.ts";
import type { Quantity } from "./read-promise.ts";

const { CallExpression, PropertyAssignment, PropertyDeclaration, VariableDeclaration } = ts.SyntaxKind;

/** A number whose name says what it bounds: `SMS_TIMEOUT_MS = 30_000`, `auditRetentionDays: 90`. */
export interface NamedNumber {
  readonly quantity: Quantity;
  /** In the units of `Promised`. */
  readonly value: number;
  readonly node: ts.Node;
  readonly name: string;
}

const UNIT_MS: readonly (readonly [RegExp, number])[] = [
  [/(?:_MS|Ms|[mM]illis(?:econds)?|_MILLIS(?:ECONDS)?)$/, 1],
  [/(?:_S|_SECS?|_SECONDS?|Secs?|Seconds?)$/, 1000],
  [/(?:_MINS?|_MINUTES?|Mins?|Minutes?)$/, 60_000],
  [/hours?$/i, 3_600_000],
  [/days?$/i, 86_400_000],
  [/weeks?$/i, 7 * 86_400_000],
  [/months?$/i, 30 * 86_400_000],
  [/years?$/i, 365 * 86_400_000],
];
const OTHER_TIMEOUT =
  /connect|idle|keep_?alive|server|header|body|lock|session|shutdown|drain|acquire|socket|interval|test|debounce|cache/i;
const DATABASE = /db|database|sql|quer(?:y|ies)|pg_|postgres|mysql|mongo|redis|statement|transaction|prisma|knex/i;
const CLEANS = /purge|retention|clean|expire|prune|delete|erase|gdpr/i;

/** Constants, settings and defaults of the file whose names say which number they are; those of an unclear unit are left out. */
export function namedNumbers(file: SourceFacts): readonly NamedNumber[] {
  const found: NamedNumber[] = [];
  const add = (name: string, value: ts.Node | undefined, node: ts.Node): void => {
    if (!value || !SPEAKING.test(name)) return;
    const number = settingNumber(value, file);
    const read = number === null ? null : quantityOf(name, number);
    if (read) found.push({ ...read, node, name });
  };
  for (const node of file.nodes(VariableDeclaration))
    if (isVariableDeclaration(node) && isIdentifier(node.name)) add(node.name.text, node.initializer, node);
  for (const node of file.nodes(PropertyAssignment))
    if (isPropertyAssignment(node) && !isOptionOfCall(node)) add(nameText(node.name), node.initializer, node);
  for (const node of file.nodes(PropertyDeclaration)) if (isPropertyDeclaration(node)) add(nameText(node.name), node.initializer, node);
  for (const node of file.nodes(CallExpression)) if (isCallExpression(node)) addAge(node, file, found);
  return found;
}

/** Names that say nothing without the function that they are handed to. */
const BARE = /^(?:timeout|rate|limit|max|keep|retention)(?:Ms|Millis|Seconds|Minutes|Hours|Days)?$/i;

/** Whether what the number bounds is up to the function that gets it: `new CircuitBreaker(ask, { timeout: 15_000 })`. */
function isOptionOfCall(property: ts.PropertyAssignment): boolean {
  if (!BARE.test(nameText(property.name))) return false;
  let up: ts.Node = property.parent;
  while (isObjectLiteralExpression(up) || isPropertyAssignment(up) || isParenthesizedExpression(up)) up = up.parent;
  return isCallExpression(up) || isNewExpression(up);
}

/** Names that may speak of a quantity. */
export const SPEAKING = /timeout|rate|requests|rpm|calls|limit|max|retention|retain|purge|keep|expireAfter/i;

/** The quantity that a name speaks of, and the value in its units; null for another or an unclear one. */
export function quantityOf(name: string, value: number): { quantity: Quantity; value: number } | null {
  const unit = UNIT_MS.find(([pattern]) => pattern.test(name))?.[1];
  if (/expireAfterSeconds/.test(name)) return value > 0 ? { quantity: "retention", value: value * 1000 } : null;
  if (/retention|retain|purge_?After|keep_?(?:for|days|logs)/i.test(name))
    return unit === undefined ? null : { quantity: "retention", value: value * unit };
  if (/timeout/i.test(name)) {
    const ms = unit === undefined ? (value >= 100 ? value : null) : value * unit;
    if (ms === null || ms === 0 || OTHER_TIMEOUT.test(name)) return null;
    return { quantity: DATABASE.test(name) ? "database-timeout" : "http-timeout", value: ms };
  }
  const per =
    /(?:requests?|calls?|rate|limit|max)\w{0,20}_?per_?(second|minute|hour)/i.exec(name)?.[1]?.toLowerCase() ??
    (/(?:^|_)rpm$|Rpm$/.test(name) ? "minute" : null);
  if (per !== null) return { quantity: "rate", value: per === "second" ? value * 60 : per === "hour" ? value / 60 : value };
  return null;
}

/** The number of a setting: as written, or the default of a schema (`z.coerce.number().default(30_000)`). */
function settingNumber(value: ts.Node, file: SourceFacts): number | null {
  const e = unwrap(value);
  if (isCallExpression(e) && /^(?:default|catch|prefault)$/.test(calleeName(e))) return followNumber(e.arguments[0], file);
  return isCallExpression(e) && !/^(?:Number|parseInt|parseFloat|ms)$/.test(calleeName(e)) ? null : followNumber(e, file);
}

/** `subDays(now, 90)` and `dayjs().subtract(90, "day")` in a function or file that cleans up: what is older goes. */
function addAge(call: ts.CallExpression, file: SourceFacts, found: NamedNumber[]): void {
  const name = calleeName(call);
  const [, unitName] = /^sub(Days|Months|Years|Hours|Weeks)$/.exec(name) ?? [];
  const isSubtract = name === "subtract" && call.arguments.length === 2;
  if (unitName === undefined && !isSubtract) return;
  const around = enclosingFunction(call);
  const place = `${around ? functionName(around) : ""} ${file.path}`;
  if (!CLEANS.test(place)) return;
  const unit = unitName ?? stringOf(call.arguments[1]) ?? "";
  const ms = UNIT_MS.find(([pattern]) => pattern.test(unit))?.[1];
  const value = followNumber(call.arguments[unitName === undefined ? 0 : 1], file);
  if (ms !== undefined && value !== null) found.push({ quantity: "retention", value: value * ms, node: call, name: place });
}

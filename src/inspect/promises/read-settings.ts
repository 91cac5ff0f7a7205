import { ts } from "ts-morph";
import { isNumericLiteral, isObjectLiteralExpression, isPropertyAssignment, isStringLiteralLike } from "../../rubrics/syntax/guards.ts";
import { nameText } from "../../rubrics/syntax/functions.ts";

/** A setting as a file of settings writes it. */
export interface Setting {
  /** Names around it, outermost first. */
  readonly place: string;
  readonly name: string;
  readonly value: number;
  /** 1-based. */
  readonly line: number;
}

/** Lines read of a file, and levels of nesting. */
const MOST_LINES = 5000;
const DEEPEST = 20;
const LONGEST = 400;

const ENVIRONMENT = /(?:^|\/)(?:\.env(?:\.[\w-]+)*|[\w.-]+\.env|[\w.-]+\.properties)$/i;
/** Every setting of a file of settings that is a whole number; none for other files. Never throws. */
export function readSettings(path: string, text: string): readonly Setting[] {
  if (ENVIRONMENT.test(path)) return lines(text).flatMap(([line, at]) => assignment(line, "", at));
  if (/\.json$/i.test(path)) return jsonSettings(path, text);
  if (/\.ya?ml$/i.test(path)) return yamlSettings(text);
  return /\.(?:tf|tfvars)$/i.test(path) ? terraformSettings(text) : [];
}

/** Lines without comments, cut short. */
function lines(text: string): readonly (readonly [string, number])[] {
  return text.split("\n", MOST_LINES).map((line, i) => [withoutComment(line.slice(0, LONGEST)), i + 1] as const);
}

function withoutComment(line: string): string {
  const at = [line.indexOf(" #"), line.indexOf(" //"), /^\s*(?:#|\/\/)/.test(line) ? 0 : -1].filter((each) => each >= 0);
  return at.length === 0 ? line.trimEnd() : line.slice(0, Math.min(...at)).trimEnd();
}

/** `NAME=4000`, `NAME: "4000"`, `name = 4000`. */
function assignment(line: string, place: string, at: number): readonly Setting[] {
  const [left = "", right = ""] = halves(line);
  const name = unquoted(left.replace(/^\s*export /, ""));
  const digits = unquoted(right.replace(/,$/, "")).replaceAll("_", "");
  return /^[A-Za-z_][\w.-]{0,80}$/.test(name) && /^\d{1,12}$/.test(digits) ? [{ place, name, value: Number(digits), line: at }] : [];
}

/** What stands before and after the first `=` or `:` of a line. */
function halves(line: string): readonly string[] {
  const at = [line.indexOf("="), line.indexOf(":")].filter((each) => each >= 0);
  return at.length === 0 ? [line] : [line.slice(0, Math.min(...at)), line.slice(Math.min(...at) + 1)];
}

function unquoted(text: string): string {
  const bare = text.trim();
  return /^["']/.test(bare) && bare.length > 1 && bare.at(-1) === bare[0] ? bare.slice(1, -1) : bare;
}

function jsonSettings(path: string, text: string): readonly Setting[] {
  const found: Setting[] = [];
  const file = ts.parseJsonText(path, text.slice(0, MOST_LINES * 100));
  const visit = (node: ts.Node, place: readonly string[]): void => {
    if (!isObjectLiteralExpression(node) || place.length > DEEPEST) return;
    for (const property of node.properties) {
      if (!isPropertyAssignment(property)) continue;
      const name = nameText(property.name);
      const value = property.initializer;
      const isNumber = isNumericLiteral(value) || (isStringLiteralLike(value) && /^\d{1,12}$/.test(value.text));
      const line = ts.getLineAndCharacterOfPosition(file, property.getStart(file)).line + 1;
      if (isNumber) found.push({ place: place.join(" "), name, value: Number(value.text), line });
      else visit(value, [...place, name]);
    }
  };
  const root = file.statements[0]?.expression;
  if (root) visit(root, []);
  return found;
}

/** Keys by their indentation, `- NAME=value` of Compose, and `name:` with `value:` below it of Kubernetes. */
function yamlSettings(text: string): readonly Setting[] {
  const open: { indent: number; key: string }[] = [];
  let named = "";
  return lines(text).flatMap(([line, at]): readonly Setting[] => {
    const inner = line.trimStart();
    const rest = inner.startsWith("- ") ? inner.slice(2).trimStart() : inner;
    if (rest === "") return [];
    const indent = line.length - rest.length;
    while ((open.at(-1)?.indent ?? -1) >= indent) open.pop();
    const place = open.map(({ key }) => key).join(" ");
    const [left = "", right] = halves(rest);
    const [key, value] = [unquoted(left), right?.trim()];
    if (value === "" && open.length < DEEPEST) open.push({ indent, key });
    if (key === "name" && value !== undefined) named = unquoted(value);
    if (key === "value" && named !== "") return assignment(`${named}=${value ?? ""}`, place, at);
    return assignment(unquoted(rest), place, at);
  });
}

/** Names of blocks by their braces: `resource "aws_cloudwatch_log_group" "api" {`. */
function terraformSettings(text: string): readonly Setting[] {
  const open: string[] = [];
  return lines(text).flatMap(([line, at]) => {
    const place = open.join(" ");
    if (line.endsWith("{") && open.length < DEEPEST) open.push(line.replace(/[^\w-]+/g, " ").trim());
    else if (line.trimStart().startsWith("}")) open.pop();
    return assignment(line, place, at);
  });
}

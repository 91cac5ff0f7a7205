import { ts } from "ts-morph";
import {
  isBinaryExpression,
  isBindingElement,
  isCallExpression,
  isConditionalExpression,
  isElementAccessExpression,
  isExpressionStatement,
  isIdentifier,
  isIfStatement,
  isParameter,
  isPropertyAccessExpression,
  isPropertySignature,
  isStringLiteralLike,
  isSwitchStatement,
  isTemplateExpression,
  isTypeOfExpression,
  isVariableDeclaration,
} from "./guards.ts";
import { declarationOf } from "./declarations.ts";
import { contains, enclosingFunction, isFunction, unwrap, walk } from "./functions.ts";
import { requestPartOf, type RequestPart } from "./requests.ts";
import { isActionArgument } from "./server-actions.ts";
import { isNarrowed, isParsedInput } from "./parsed-input.ts";
import type { SourceFacts } from "./source-facts.ts";

const {
  BarBarToken,
  BinaryExpression,
  EqualsEqualsEqualsToken,
  EqualsEqualsToken,
  EqualsToken,
  ExclamationEqualsEqualsToken,
  ExclamationEqualsToken,
  InKeyword,
  NullKeyword,
  PlusEqualsToken,
  PlusToken,
  QuestionQuestionToken,
} = ts.SyntaxKind;

/** A value that the caller of an endpoint chooses, and how it got here. */
export interface InputFlow {
  /** The expression that reads the request: `req.query.next`, `input.url`. */
  readonly source: ts.Node;
  /** "input" for the parsed input of a procedure or a validator. */
  readonly part: RequestPart | "input";
  /** true when a schema stood between the request and the value: it may have narrowed the value. */
  readonly validated: boolean;
  /** Texts by which the value is known on its way: the source and the variables it went through. */
  readonly names: readonly string[];
}

/** Calls that hand a string on as the caller wrote it. */
const PASSING =
  /^(?:String|decodeURIComponent|decodeURI|atob|trim|trimStart|trimEnd|toString|toLowerCase|toUpperCase|concat|slice|substring|substr|split|join|parse|at|get|pop|shift)$/;
const DEPTH = 8;

/**
 * Follows an expression inside its file to what a request brought: through templates, concatenation, alternatives, variables and
 * calls that only reshape a string. null when it comes from elsewhere, was made a number, or went through any other call.
 */
export function inputIn(node: ts.Node | undefined, file: SourceFacts): InputFlow | null {
  return node ? follow(node, [], file, 0) : null;
}

function follow(node: ts.Node, names: readonly string[], file: SourceFacts, depth: number): InputFlow | null {
  if (depth > DEPTH) return null;
  const e = unwrap(node);
  const next = (inner: ts.Node): InputFlow | null => follow(inner, names, file, depth + 1);
  if (isPropertyAccessExpression(e) && e.name.text === "length") return null;
  const text = e.getText(file.sourceFile).slice(0, 200);
  const part = requestPartOf(e, file);
  if (part) return isNarrowed(e) ? null : { source: e, part, validated: false, names: [...names, text] };
  if (isParsedInput(e, file)) return { source: e, part: "input", validated: true, names: [...names, text] };
  if (isIdentifier(e)) return throughName(e, names, file, depth);
  if (isPropertyAccessExpression(e) || isElementAccessExpression(e)) {
    const from = next(e.expression);
    return from && { ...from, names: [...from.names, text] };
  }
  if (isTemplateExpression(e))
    return firstOf(
      e.templateSpans.map((s) => s.expression),
      next,
    );
  if (isConditionalExpression(e)) return firstOf([e.whenTrue, e.whenFalse], next);
  if (isBinaryExpression(e)) return joins(e.operatorToken.kind) ? firstOf([e.left, e.right], next) : null;
  if (isCallExpression(e)) return throughCall(e, next);
  return null;
}

function firstOf(nodes: readonly ts.Node[], next: (node: ts.Node) => InputFlow | null): InputFlow | null {
  for (const node of nodes) {
    const found = next(node);
    if (found) return found;
  }
  return null;
}

function joins(kind: ts.SyntaxKind): boolean {
  return kind === PlusToken || kind === BarBarToken || kind === QuestionQuestionToken;
}

function throughCall(e: ts.CallExpression, next: (node: ts.Node) => InputFlow | null): InputFlow | null {
  const callee = unwrap(e.expression);
  if (isIdentifier(callee)) return PASSING.test(callee.text) && e.arguments[0] ? next(e.arguments[0]) : null;
  if (!isPropertyAccessExpression(callee) || !PASSING.test(callee.name.text)) return null;
  const receiver = unwrap(callee.expression);
  if (callee.name.text === "parse") return receiver.getText() === "JSON" && e.arguments[0] ? next(e.arguments[0]) : null;
  if (callee.name.text === "get") return null;
  return next(receiver);
}

function throughName(e: ts.Identifier, names: readonly string[], file: SourceFacts, depth: number): InputFlow | null {
  const declaration = declarationOf(e);
  const known = [...names, e.text];
  if (!declaration) return null;
  if (isActionArgument(declaration, file)) return { source: e, part: "body", validated: false, names: known };
  if (isVariableDeclaration(declaration)) {
    const from = declaration.initializer ? follow(declaration.initializer, known, file, depth + 1) : null;
    return from ?? throughAssignment(declaration, e, known, file, depth);
  }
  if (!isBindingElement(declaration)) return null;
  let top: ts.Node = declaration;
  while (isBindingElement(top)) top = top.parent.parent;
  return isVariableDeclaration(top) && top.initializer ? follow(top.initializer, known, file, depth + 1) : null;
}

/** `let url; url = req.query.url`, for assignments before the use that stand in the same function and under no condition. */
function throughAssignment(
  declaration: ts.VariableDeclaration,
  use: ts.Identifier,
  names: readonly string[],
  file: SourceFacts,
  depth: number,
): InputFlow | null {
  for (const node of file.nodes(BinaryExpression)) {
    if (!isBinaryExpression(node) || node.pos >= use.pos || !isIdentifier(node.left) || node.left.text !== use.text) continue;
    if (![EqualsToken, PlusEqualsToken].includes(node.operatorToken.kind)) continue;
    if (declarationOf(node.left) !== declaration) continue;
    const found = follow(node.right, names, file, depth + 1);
    if (found) return found;
  }
  return null;
}

const CHECKING =
  /assert|valid|check|verif|ensure(?!Dir|File|Link)|guard|sanit|allow|safe|permit|match|test|parse|resolve|^is[A-Z]|^has[A-Z]/i;

/** true when the value was looked at before a position: compared, matched, looked up or handed to a check. Presence and type tests do not count. */
export function isExaminedBefore(flow: InputFlow, at: ts.Node, file: SourceFacts): boolean {
  let outer = enclosingFunction(at);
  for (let up = outer; up; up = enclosingFunction(up)) outer = up;
  const names = new Set(flow.names);
  let examined = false;
  const mentions = (node: ts.Node): boolean =>
    contains(node, (n) => (isIdentifier(n) || isPropertyAccessExpression(n)) && names.has(n.getText(file.sourceFile)));
  walk(
    outer?.body ?? file.sourceFile,
    (node) => {
      if (examined || node.pos >= at.end) return false;
      if (isVariableDeclaration(node) && node.initializer && !isFunction(node.initializer) && mentions(node.initializer)) {
        if (contains(node.initializer, (n) => isCheck(n, mentions))) examined = true;
        else if (isIdentifier(node.name)) names.add(node.name.text);
      }
      const condition = conditionOf(node);
      if (condition && contains(condition, (n) => isTest(n, mentions))) examined = true;
      if (isExpressionStatement(node) && node.end <= at.pos && isCheck(unwrap(node.expression), mentions)) examined = true;
      return !examined;
    },
    true,
  );
  return examined;
}

function conditionOf(node: ts.Node): ts.Node | null {
  if (isIfStatement(node)) return node.expression;
  if (isConditionalExpression(node)) return node.condition;
  return isSwitchStatement(node) ? node.expression : null;
}

function isCheck(node: ts.Node, mentions: (node: ts.Node) => boolean): boolean {
  if (!isCallExpression(node)) return false;
  const callee = unwrap(node.expression);
  const name = isIdentifier(callee) ? callee.text : isPropertyAccessExpression(callee) ? callee.name.text : "";
  return (
    CHECKING.test(name) &&
    !/^JSON\.parse$/.test(callee.getText()) &&
    (node.arguments.some(mentions) || (/^(?:match|test)$/.test(name) && mentions(callee)))
  );
}

/** Says that there is something of the name, or of the kind: nothing is refused for what it is. */
const NO_TEST = /^(?:Array\.isArray|isNaN|Number\.isNaN)$|(?:^|\.)(?:existsSync|pathExists|pathExistsSync)$/;

/** A comparison with a value, a call or a lookup that mentions the value. */
function isTest(node: ts.Node, mentions: (node: ts.Node) => boolean): boolean {
  if (isCallExpression(node)) return !NO_TEST.test(node.expression.getText()) && mentions(node);
  if (isElementAccessExpression(node)) return mentions(node.argumentExpression);
  if (!isBinaryExpression(node) || !mentions(node)) return false;
  const kind = node.operatorToken.kind;
  if (kind === InKeyword) return true;
  const isComparison =
    kind === EqualsEqualsEqualsToken ||
    kind === ExclamationEqualsEqualsToken ||
    kind === EqualsEqualsToken ||
    kind === ExclamationEqualsToken;
  return isComparison && ![node.left, node.right].some(isPresence);
}

function isPresence(node: ts.Node): boolean {
  const e = unwrap(node);
  return (
    e.kind === NullKeyword ||
    isTypeOfExpression(e) ||
    (isIdentifier(e) && e.text === "undefined") ||
    (isStringLiteralLike(e) && e.text === "")
  );
}

/** The first place in a function that reads the query, parameters or body of a request; null when there is none. */
export function firstInputRead(fn: ts.Node, file: SourceFacts): ts.Node | null {
  let first: ts.Node | null = null;
  walk(
    fn,
    (n) => {
      if (first) return false;
      if (isPropertyAccessExpression(n) && ["query", "params", "body"].includes(requestPartOf(n, file) ?? "")) first = n;
      if (isCallExpression(n) && ["query", "body"].includes(requestPartOf(n, file) ?? "")) first = n;
      if (isIdentifier(n) && n.text === "params" && !isBindingElement(n.parent) && !isParameter(n.parent) && !isPropertySignature(n.parent))
        first = n;
      return first === null;
    },
    true,
  );
  return first;
}

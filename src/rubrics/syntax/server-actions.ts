import { ts } from "ts-morph";
import {
  canHaveModifiers,
  getModifiers,
  isBindingElement,
  isCallExpression,
  isExpressionStatement,
  isFunctionDeclaration,
  isIdentifier,
  isParameter,
  isStringLiteral,
  isVariableStatement,
} from "./guards.ts";
import { functionOf, isFunction, unwrap, type FunctionWithBody } from "./functions.ts";
import { calleeName, receiverOf } from "./origin.ts";
import { perFile } from "./per-file.ts";
import type { SourceFacts } from "./source-facts.ts";

const { BooleanKeyword, ExportKeyword, NumberKeyword } = ts.SyntaxKind;

/** A function that browsers call by its name: anyone may, with any arguments. */
export interface ServerAction {
  readonly name: string;
  /** Small node to annotate: the action's name. */
  readonly anchor: ts.Node;
  readonly fn: FunctionWithBody;
  /** The client that the action was built with (`authActionClient.schema(...).action(...)`) or wrapped by; "" for a plain function. */
  readonly client: string;
  /** What stands between the client and the action's function: schemas and middleware. */
  readonly chain: readonly ts.Node[];
}

/** Every exported action of a file that begins with "use server", in source order; empty for other files. */
export const serverActionsOf = perFile((file): readonly ServerAction[] =>
  isServerActionFile(file) ? file.sourceFile.statements.flatMap((statement) => actionsIn(statement, file)) : [],
);

/** true when the file exports server actions: for `when`. */
export function hasServerActions(file: SourceFacts): boolean {
  return serverActionsOf(file).length > 0;
}

/** The action whose function this is; null when it is none. */
export function serverActionOf(fn: ts.Node, file: SourceFacts): ServerAction | null {
  return serverActionsOf(file).find((action) => action.fn === fn) ?? null;
}

function isServerActionFile(file: SourceFacts): boolean {
  const first = file.sourceFile.statements[0];
  return first !== undefined && isExpressionStatement(first) && isStringLiteral(first.expression) && first.expression.text === "use server";
}

function actionsIn(statement: ts.Statement, file: SourceFacts): readonly ServerAction[] {
  const modifiers = canHaveModifiers(statement) ? (getModifiers(statement) ?? []) : [];
  if (!modifiers.some((m) => m.kind === ExportKeyword)) return [];
  if (isFunctionDeclaration(statement))
    return statement.body
      ? [{ name: statement.name?.text ?? "", anchor: statement.name ?? statement, fn: statement, client: "", chain: [] }]
      : [];
  if (!isVariableStatement(statement)) return [];
  return statement.declarationList.declarations.flatMap((declaration): ServerAction[] => {
    const value = declaration.initializer && unwrap(declaration.initializer);
    if (!value || !isIdentifier(declaration.name)) return [];
    const { name } = declaration;
    if (isFunction(value)) return [{ name: name.text, anchor: name, fn: value, client: "", chain: [] }];
    if (!isCallExpression(value)) return [];
    const fn = value.arguments.map((a) => functionOf(a)).find((f) => f !== null);
    return fn ? [{ name: name.text, anchor: name, fn, ...builtBy(value, file) }] : [];
  });
}

/** The root of `client.schema(s).use(m).action(f)`, or the wrapper of `withUser(f)`. */
function builtBy(call: ts.CallExpression, file: SourceFacts): Pick<ServerAction, "client" | "chain"> {
  const chain: ts.Node[] = [];
  let e: ts.Node = call;
  while (isCallExpression(e)) {
    const receiver: ts.Expression | null = receiverOf(e);
    if (e !== call) chain.push(...e.arguments);
    if (!receiver) return { client: calleeName(e), chain };
    e = unwrap(receiver);
  }
  return { client: e.getText(file.sourceFile).slice(0, 60), chain };
}

/** An argument of a plain server action: whoever calls it chooses all of them. One that is a number or a boolean by its type is left alone. */
export function isActionArgument(declaration: ts.Node, file: SourceFacts): boolean {
  let top = declaration;
  while (isBindingElement(top)) top = top.parent.parent;
  if (!isParameter(top) || serverActionOf(top.parent, file)?.client !== "") return false;
  return top.type?.kind !== NumberKeyword && top.type?.kind !== BooleanKeyword;
}

/** The callback of an action that a client builds: `client.schema(s).action(async ({ parsedInput }) => ...)`. */
export function isActionCallback(fn: ts.Node): boolean {
  return isCallExpression(fn.parent) && /^(?:action|stateAction)$/.test(calleeName(fn.parent));
}

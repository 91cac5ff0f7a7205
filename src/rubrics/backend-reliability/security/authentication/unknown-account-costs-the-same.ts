import { ts } from "ts-morph";
import {
  isBinaryExpression,
  isBlock,
  isCallExpression,
  isExpressionStatement,
  isIdentifier,
  isIfStatement,
  isPrefixUnaryExpression,
  isPropertyAccessExpression,
  isVariableDeclaration,
} from "../../../syntax/guards.ts";
import type { Problem, Rule } from "../../../rule.ts";
import { declarationOf } from "../../../syntax/declarations.ts";
import { contains, enclosingFunction, unwrap, walk, type FunctionWithBody } from "../../../syntax/functions.ts";
import { callsLike } from "../../../syntax/named-calls.ts";
import { calleeName } from "../../../syntax/origin.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";

const { ExclamationToken, NullKeyword } = ts.SyntaxKind;

/** Compares a password with its stored hash, on purpose slowly. */
const COMPARES =
  /^(?:compare|compareSync|comparePasswords?|(?:verify|validate|check|is|match|test)\w{0,12}Password\w{0,12}|passwordMatches|matchesPassword|verify|verifySync|isPasswordValid|checkPwd)$/i;
const PASSWORD = /pass(?:word|wd|phrase)|hash|bcrypt|argon|scrypt/i;
/** What an account is looked up by when its owner is not known yet. */
const BY_NAME = /e?mail|user_?name|login|identifier|phone|handle|nickname/i;
const ASSERTS = /^(?:assert|ensure|invariant|throwIf)/i;

/** A sign-in that answers an unknown name at once, and a known one after a slow comparison: the time tells which accounts exist. */
export const unknownAccountCostsTheSame: Rule = {
  id: "unknown-account-costs-the-same",
  requirement: "authentication",
  severity: "advisory",
  title: "Signing in takes as long for a name nobody has",
  why: "A password hash takes a tenth of a second: whoever measures the answers learns which addresses have an account, and tries passwords on those alone.",
  fix: "Compare with a fixed hash when there is no account, and give the same answer as for a wrong password.",
  source: "CWE-208, CWE-204; OWASP Authentication Cheat Sheet, Authentication and Error Messages",
  examples: {
    bad: `import bcrypt from "bcrypt";
export async function signIn(email: string, password: string) {
  const user = await users.findByEmail(email);
  if (!user) throw new Error("Wrong address or password");
  if (!(await bcrypt.compare(password, user.passwordHash))) throw new Error("Wrong address or password");
  return user;
}
`,
    good: `import bcrypt from "bcrypt";
export async function signIn(email: string, password: string) {
  const user = await users.findByEmail(email);
  const matches = await bcrypt.compare(password, user?.passwordHash ?? NOBODYS_HASH);
  if (!user || !matches) throw new Error("Wrong address or password");
  return user;
}
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.SourceFile],
    look: (_node, file) => {
      const said = new Map<FunctionWithBody, Problem>();
      for (const call of comparing(file)) {
        const fn = enclosingFunction(call);
        const account = fn?.body && speaksOfPassword(call, file) ? accountOf(call, file) : null;
        if (!fn || !account || said.has(fn)) continue;
        const problem = earlyAnswer(fn, account, call, file);
        if (problem) said.set(fn, problem);
      }
      return [...said.values()];
    },
  },
};

const comparing = callsLike((name) => COMPARES.test(name));

function speaksOfPassword(call: ts.CallExpression, file: SourceFacts): boolean {
  return PASSWORD.test(call.getText(file.sourceFile).slice(0, 300));
}

/** The variable whose hash is compared: `user` of `compare(password, user.hash)` or `user.checkPassword(password)`, looked up by what people type. */
function accountOf(call: ts.CallExpression, file: SourceFacts): ts.Identifier | null {
  const roots = [...call.arguments, call.expression].flatMap((node): ts.Identifier[] => {
    let e = unwrap(node);
    const isMember = isPropertyAccessExpression(e);
    while (isPropertyAccessExpression(e)) e = unwrap(e.expression);
    return isIdentifier(e) && (isMember || /user|account|member|admin|owner|customer/i.test(e.text)) ? [e] : [];
  });
  return (
    roots.find((root) => {
      const declaration = declarationOf(root);
      return (
        declaration !== null &&
        isVariableDeclaration(declaration) &&
        declaration.initializer !== undefined &&
        contains(declaration.initializer, isCallExpression) &&
        BY_NAME.test(declaration.initializer.getText(file.sourceFile).slice(0, 400))
      );
    }) ?? null
  );
}

/** Where the function leaves without the account, before or beside the comparison, and compares nothing on that way. */
function earlyAnswer(fn: FunctionWithBody, account: ts.Identifier, call: ts.CallExpression, file: SourceFacts): Problem | null {
  let place: ts.Node | null = null;
  walk(fn, (n) => {
    if (place) return false;
    if (isExpressionStatement(n) && n.end <= call.pos && isAssertion(n.expression, account.text)) place = n;
    if (!isIfStatement(n)) return true;
    const isAfter = n.pos > call.end;
    if (!isAfter && asksForNone(n.expression, account.text) && leaves(n.thenStatement) && !compares(n.thenStatement)) place = n.expression;
    else if (n.elseStatement && isName(n.expression, account.text) && isInside(call, n.thenStatement) && !compares(n.elseStatement))
      place = firstOf(n.elseStatement);
    return true;
  });
  return place
    ? {
        node: place,
        alsoTouches: [call.expression],
        message: `Without \`${account.text}\` the answer comes at once, with one after \`${calleeName(call)}\`: the time tells which accounts exist.`,
      }
    : null;

  function compares(way: ts.Node): boolean {
    return contains(way, (n) => isCallExpression(n) && COMPARES.test(calleeName(n)) && speaksOfPassword(n, file), true);
  }
}

function isInside(inner: ts.Node, outer: ts.Node): boolean {
  return inner.pos >= outer.pos && inner.end <= outer.end;
}

function firstOf(statement: ts.Statement): ts.Node {
  return isBlock(statement) ? (statement.statements[0] ?? statement) : statement;
}

function isName(node: ts.Node, name: string): boolean {
  const e = unwrap(node);
  return isIdentifier(e) && e.text === name;
}

/** `!user`, `user == null`, `!user || !user.hash`. */
function asksForNone(condition: ts.Expression, name: string): boolean {
  const e = unwrap(condition);
  if (isPrefixUnaryExpression(e)) return e.operator === ExclamationToken && isName(e.operand, name);
  if (!isBinaryExpression(e)) return false;
  const operator = e.operatorToken.getText();
  if (operator === "||") return asksForNone(e.left, name) || asksForNone(e.right, name);
  const right = unwrap(e.right);
  return /^===?$/.test(operator) && isName(e.left, name) && (right.kind === NullKeyword || right.getText() === "undefined");
}

/** `assertThat(user, new NotFound())`. */
function isAssertion(node: ts.Expression, name: string): boolean {
  const e = unwrap(node);
  return isCallExpression(e) && ASSERTS.test(calleeName(e)) && e.arguments[0] !== undefined && isName(e.arguments[0], name);
}

/** A throw, a return, or an answer by callback at the end. */
function leaves(statement: ts.Statement): boolean {
  return contains(statement, (n) => n.kind === ts.SyntaxKind.ThrowStatement || n.kind === ts.SyntaxKind.ReturnStatement);
}

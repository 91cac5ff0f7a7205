import { ts } from "ts-morph";
import {
  isArrayLiteralExpression,
  isAwaitExpression,
  isCallExpression,
  isExpressionStatement,
  isIdentifier,
  isPropertyAccessExpression,
  isTryStatement,
  isVariableDeclaration,
} from "../../../syntax/guards.ts";
import type { Rule } from "../../../rule.ts";
import { enclosingTry, hasRejectionHandler } from "../../../syntax/catches.ts";
import { declarationOf } from "../../../syntax/declarations.ts";
import { contains, enclosingFunction, functionName, functionOf, isAsync, unwrap } from "../../../syntax/functions.ts";
import { calleeName } from "../../../syntax/origin.ts";
import { outboundCallOf } from "../../../syntax/outbound-calls.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";

/** `Promise.all` over calls of other services: the first failure throws away every answer that did arrive. */
export const independentCallsFailAlone: Rule = {
  id: "independent-calls-fail-alone",
  requirement: "graceful-degradation",
  severity: "advisory",
  title: "One failing call does not throw away its siblings' answers",
  why: "`Promise.all` rejects with the first failure: one optional service that is down takes the whole answer with it.",
  fix: "Use `Promise.allSettled` and answer with what arrived, or give each optional call its own `.catch(...)`.",
  source: "https://developer.mozilla.org/docs/Web/JavaScript/Reference/Global_Objects/Promise/allSettled",
  examples: {
    bad: `import axios from "axios";
const http = axios.create({ timeout: 2000 });
export async function dashboard(id) {
  const [profile, offers] = await Promise.all([http.get(\`https://users.example.com/\${id}\`), http.get("https://offers.example.com/today")]);
  return { profile: profile.data, offers: offers.data };
}
`,
    good: `import axios from "axios";
const http = axios.create({ timeout: 2000 });
export async function dashboard(id) {
  const [profile, offers] = await Promise.allSettled([http.get(\`https://users.example.com/\${id}\`), http.get("https://offers.example.com/today")]);
  return { profile: valueOf(profile), offers: valueOf(offers) };
}
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.CallExpression],
    callees: ["all"],
    look: (node, file) => {
      if (!isCallExpression(node) || node.expression.getText(file.sourceFile) !== "Promise.all") return [];
      const list = node.arguments[0] && unwrap(node.arguments[0]);
      if (!list) return [];
      const calls = isArrayLiteralExpression(list) ? list.elements.filter((e) => isExternal(e, file)) : mapped(list, file);
      const needed = isArrayLiteralExpression(list) ? 2 : 1;
      if (calls.length < needed && isBatch(node, list, file))
        return [
          {
            node: node.expression,
            message: "`Promise.all` over the items of a job: the first item that fails ends the job for all that come after it.",
            fix: "Use `Promise.allSettled` and log each failure, or catch inside the callback.",
          },
        ];
      return calls.length >= needed
        ? [
            {
              node: node.expression,
              alsoTouches: calls,
              message: "`Promise.all` over calls of other services: one failure throws away every answer that arrived.",
            },
          ]
        : [];
    },
  },
};

function isExternal(element: ts.Node, file: SourceFacts): boolean {
  return !hasRejectionHandler(element) && !isTolerant(element) && contains(element, (n) => outboundCallOf(n, file) !== null);
}

/** `trySafe(call())`, `settle(call())`: the wrapper's name says that it does not fail. */
function isTolerant(element: ts.Node): boolean {
  const e = unwrap(element);
  return isCallExpression(e) && /^(?:try|safe|settle|optional|fallback|ignore|maybe|to$|tryCatch|withFallback)/i.test(calleeName(e));
}

/** `items.map(async (item) => fetch(...))` whose callback catches nothing. */
function mapped(list: ts.Node, file: SourceFacts): readonly ts.Node[] {
  if (!isCallExpression(list) || !isPropertyAccessExpression(list.expression) || list.expression.name.text !== "map") return [];
  const callback = list.arguments[0];
  if (!callback || contains(callback, (n) => isTryStatement(n) || (isPropertyAccessExpression(n) && n.name.text === "catch"), true))
    return [];
  return contains(callback, (n) => outboundCallOf(n, file) !== null, true) ? [callback.getFirstToken(file.sourceFile) ?? callback] : [];
}

/** A job's statement `await Promise.all(items.map(async ...))` whose callback waits for something and catches nothing. */
function isBatch(call: ts.CallExpression, list: ts.Node, file: SourceFacts): boolean {
  const isStatement = isAwaitExpression(call.parent) && isExpressionStatement(call.parent.parent);
  if (!isStatement || enclosingTry(call)?.catchClause === undefined || !isInJob(call, file)) return false;
  const declaration = isIdentifier(list) ? declarationOf(list) : null;
  const mapping = declaration && isVariableDeclaration(declaration) && declaration.initializer ? unwrap(declaration.initializer) : list;
  if (!isCallExpression(mapping) || calleeName(mapping) !== "map") return false;
  const callback = functionOf(mapping.arguments[0]);
  return (
    callback?.body !== undefined &&
    isAsync(callback) &&
    contains(callback.body, isAwaitExpression) &&
    !contains(callback.body, (n) => isTryStatement(n) || (isPropertyAccessExpression(n) && n.name.text === "catch"), true) &&
    SENDS.test(callback.body.getText(file.sourceFile).slice(0, 2000))
  );
}

/** Work for one recipient, account or subscription at a time. */
const SENDS = /\b(?:send|notify|deliver|publish|email|push|dispatch|sync|process|refresh|import|execute)\w{0,40}\(|\$executeRaw\w{0,10}\(/i;

function isInJob(node: ts.Node, file: SourceFacts): boolean {
  if (/(?:^|\/)(?:jobs?|crons?|workers?|tasks|schedul\w{0,4})\//i.test(file.path)) return true;
  for (let fn = enclosingFunction(node); fn; fn = enclosingFunction(fn))
    if (/(?:Job|Cron|Task)$|^(?:cron|job)[A-Z]/.test(functionName(fn))) return true;
  return false;
}

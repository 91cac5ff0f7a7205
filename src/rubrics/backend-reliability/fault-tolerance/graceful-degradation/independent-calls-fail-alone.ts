import { ts } from "ts-morph";
import { isArrayLiteralExpression, isCallExpression, isPropertyAccessExpression, isTryStatement } from "../../../syntax/guards.ts";
import type { Rule } from "../../../rule.ts";
import { hasRejectionHandler } from "../../../syntax/catches.ts";
import { contains, unwrap } from "../../../syntax/functions.ts";
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

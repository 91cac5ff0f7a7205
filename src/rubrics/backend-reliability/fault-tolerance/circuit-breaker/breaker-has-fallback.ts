import { ts } from "ts-morph";
import { isNewExpression, isPropertyAccessExpression, isReturnStatement } from "../../../syntax/guards.ts";
import type { Rule } from "../../../rule.ts";
import { calleeName, calleeOf } from "../../../syntax/origin.ts";

const { PropertyAccessExpression, TryStatement } = ts.SyntaxKind;

/** opossum rejects at once when open; without a fallback, or a catch where it fires, the user sees that rejection. */
export const breakerHasFallback: Rule = {
  id: "breaker-has-fallback",
  requirement: "circuit-breaker",
  severity: "advisory",
  title: "A circuit breaker has a fallback",
  why: "An open breaker answers every call with an error: without a fallback it only makes the failure faster.",
  fix: "Add `breaker.fallback(() => cached)`, or catch where `fire` is called and answer with what is known.",
  source: "https://nodeshift.dev/opossum/",
  needsWholeFile: true,
  examples: {
    bad: `import CircuitBreaker from "opossum";
const breaker = new CircuitBreaker(loadRates, { timeout: 2000 });
export const rates = (base) => breaker.fire(base);
`,
    good: `import CircuitBreaker from "opossum";
const breaker = new CircuitBreaker(loadRates, { timeout: 2000 });
breaker.fallback((base) => cache.get(base));
export const rates = (base) => breaker.fire(base);
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.NewExpression],
    callees: /breaker|opossum/i,
    look: (node, file) => {
      if (!isNewExpression(node) || !/breaker|opossum/i.test(calleeName(node))) return [];
      const origin = calleeOf(node, file);
      if (origin.module !== "opossum" || origin.path.length > 1) return [];
      const hasFallback = file
        .nodes(PropertyAccessExpression)
        .some((n) => isPropertyAccessExpression(n) && /^(?:fallback|handle)$/.test(n.name.text));
      const isCaughtAtFire =
        file.nodes(TryStatement).some((n) => /\.fire\s*\(/.test(n.getText(file.sourceFile))) ||
        /\.fire\([^]{0,300}?\.catch\(/.test(file.text);
      if (hasFallback || isCaughtAtFire || isReturnStatement(node.parent)) return [];
      return [
        {
          node: node.expression,
          alsoTouches: node.arguments ?? [],
          message: "This breaker has no fallback, and nothing catches where it fires: while it is open, every call fails.",
        },
      ];
    },
  },
};

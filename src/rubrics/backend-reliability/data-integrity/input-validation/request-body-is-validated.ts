import { ts } from "ts-morph";
import { isCallExpression } from "../../../syntax/guards.ts";
import type { Problem, Rule } from "../../../rule.ts";
import { writesIn } from "../../../syntax/database-calls.ts";
import { contains, functionName, type FunctionWithBody } from "../../../syntax/functions.ts";
import { checksPart, isCheckedOnTheWay, reachOf } from "../../../syntax/input-checks.ts";
import { calleeName } from "../../../syntax/origin.ts";
import { holdsWholePart } from "../../../syntax/request-values.ts";
import { routeOf } from "../../../syntax/requests.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";
import { type BodyUse, usesByHandler } from "./body-uses.ts";

/** Fields taken out of a request body that nothing has parsed. A type assertion is not a check. */
export const requestBodyIsValidated: Rule = {
  id: "request-body-is-validated",
  requirement: "input-validation",
  severity: "blocking",
  title: "A request body is parsed before its fields are used",
  why: "A type assertion checks nothing at run time: a missing, mistyped or oversized field is stored, and every later reader has to survive it.",
  fix: "Parse the body with a schema (Zod, Joi, Ajv, class-validator) before its fields are read, and answer 400 or 422 with the names of the bad fields.",
  source: "https://cheatsheetseries.owasp.org/cheatsheets/Input_Validation_Cheat_Sheet.html",
  needsWholeFile: true,
  examples: {
    bad: `import { Router } from "express";
const router = Router();
router.post("/refunds", async (req, res) => {
  const { orderId, amount } = req.body;
  res.status(201).json(await refunds.open(orderId, amount));
});
`,
    good: `import { Router } from "express";
import { z } from "zod";
const router = Router();
const Refund = z.object({ orderId: z.string().uuid(), amount: z.number().int().positive().max(999_999) });
router.post("/refunds", async (req, res) => {
  const { orderId, amount } = Refund.parse(req.body);
  res.status(201).json(await refunds.open(orderId, amount));
});
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.SourceFile],
    words: ["body", "json", "parseBody"],
    look: (_node, file) => {
      const handlers = usesByHandler(file);
      if (handlers.size === 0) return [];
      const isChecked = (fn: FunctionWithBody): boolean => isCheckedOnTheWay(routeOf(fn, file), file) || checksPart(fn, "body", file);
      const open = [...handlers].filter(([fn]) => !isChecked(fn));
      const sibling =
        open.length === handlers.size
          ? null
          : ([...handlers.keys()].find((fn) => isCheckedOnTheWay(routeOf(fn, file), file) || parsesBody(fn, file)) ?? null);
      const problems = open.flatMap(([fn, uses]): Problem[] => {
        const first = uses[0];
        if (!first || (reachOf(fn, file) === "elsewhere" && !sibling)) return [];
        const isSure = sibling !== null && reachOf(fn, file) !== "elsewhere" && writesIn(fn, file).length > 0;
        return [
          {
            node: first.node,
            alsoTouches: uses.slice(1).map((use) => use.node),
            severity: isSure ? "blocking" : "advisory",
            message: `${first.isCast ? "The body is cast to a type, not parsed" : "The body is not parsed"}: ${namesOf(first)} as the client sent ${first.fields.length === 1 ? "it" : "them"}.${sibling ? siblingNote(sibling, file) : " Checks in other files were not followed."}`,
          },
        ];
      });
      return sibling ? problems : asOne(problems);
    },
  },
};

/** Where no handler of the file parses its body, that is said once. */
function asOne(problems: readonly Problem[]): readonly Problem[] {
  const [first, ...others] = problems;
  if (!first || others.length === 0) return problems;
  const message = first.message.replace(
    " Checks in other files",
    ` So it is with ${others.length} more ${others.length === 1 ? "handler" : "handlers"} here. Checks in other files`,
  );
  return [{ ...first, message, alsoTouches: [...(first.alsoTouches ?? []), ...others.flatMap((p) => [p.node, ...(p.alsoTouches ?? [])])] }];
}

/** The whole body goes through a schema: what a neighbour must do before it counts as this file's habit. */
function parsesBody(fn: FunctionWithBody, file: SourceFacts): boolean {
  return (
    fn.body !== undefined &&
    contains(
      fn.body,
      (n) =>
        isCallExpression(n) &&
        /^(?:parse|safeParse|parseAsync|safeParseAsync|validate\w*|decode|assert)$/.test(calleeName(n)) &&
        n.arguments.some((a) => holdsWholePart(a, "body", file)),
      true,
    )
  );
}

function namesOf(use: BodyUse): string {
  const shown = use.fields.slice(0, 3).map((name) => `\`${name}\``);
  const rest = use.fields.length > 3 ? ` and ${use.fields.length - 3} more` : "";
  return shown.length === 0 ? "its fields are used" : `${shown.join(", ")}${rest} ${use.fields.length === 1 ? "is" : "are"} used`;
}

function siblingNote(sibling: FunctionWithBody, file: SourceFacts): string {
  const route = routeOf(sibling, file);
  const name = route ? `${route.method} ${route.path}` : functionName(sibling);
  return name ? ` \`${name}\` in this file parses its body.` : " Another handler in this file parses its body.";
}

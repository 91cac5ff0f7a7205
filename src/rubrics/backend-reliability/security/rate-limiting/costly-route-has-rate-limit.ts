import { ts } from "ts-morph";
import { isCallExpression, isIdentifier, isStringLiteralLike } from "../../../syntax/guards.ts";
import type { Problem, Rule } from "../../../rule.ts";
import { writesIn } from "../../../syntax/database-calls.ts";
import { contains } from "../../../syntax/functions.ts";
import { calleeOf } from "../../../syntax/origin.ts";
import type { Route } from "../../../syntax/route.ts";
import { routesOf, hasRoutes } from "../../../syntax/routes.ts";
import { serverActionsOf, hasServerActions } from "../../../syntax/server-actions.ts";
import { namesLike } from "../../../syntax/named-calls.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";
import { LIMIT, isLimited, amongSiblings, amongHeavy } from "./limited-siblings.ts";

/** Calls that are paid for each time, by module and last member. */
const COSTLY: readonly (readonly [RegExp, RegExp, string])[] = [
  [
    /^(?:openai|@anthropic-ai\/sdk|@google\/generative-ai|@google\/genai|cohere-ai|groq-sdk|replicate|@mistralai\/mistralai)$/,
    /^(?:create|generateContent|chat|run|generate|stream|complete)$/,
    "a language model",
  ],
  [/^ai$/, /^(?:generateText|streamText|generateObject|streamObject|experimental_generateText)$/, "a language model"],
  [/^twilio$/, /^create$/, "a text message"],
];

const CHECKOUT = /\b(?:checkout|billingPortal)\.sessions\.create$/;

/** A route that spends money on every request, or whose siblings have a limit that it lacks. */
export const costlyRouteHasRateLimit: Rule = {
  id: "costly-route-has-rate-limit",
  requirement: "rate-limiting",
  severity: "advisory",
  title: "A route that is costly or changes data has a rate limit",
  why: "One loop on a laptop runs up the bill of a month, or fills the table, before anyone looks.",
  fix: "Limit by account and address in front of the work and answer 429 with Retry-After.",
  source: "OWASP API Security Top 10, API4 Unrestricted Resource Consumption",
  needsWholeFile: true,
  examples: {
    bad: `import express from "express";
import OpenAI from "openai";
const app = express();
const openai = new OpenAI();
app.post("/summaries", async (req, res) => {
  res.json(await openai.chat.completions.create({ model: "gpt-4o-mini", messages: req.body.messages }));
});
`,
    good: `import express from "express";
import OpenAI from "openai";
import { perAccountLimit } from "./limits.ts";
const app = express();
const openai = new OpenAI();
app.post("/summaries", perAccountLimit, async (req, res) => {
  res.json(await openai.chat.completions.create({ model: "gpt-4o-mini", messages: req.body.messages }));
});
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.SourceFile],
    when: (file) => hasRoutes(file) || hasServerActions(file),
    look: (_node, file) => {
      const routes = routesOf(file);
      return [
        ...(routes.length === 0
          ? []
          : [...amongSiblings(routes, file), ...amongHeavy(routes, file), ...ofCost(routes, file), ...ofOpenProcedures(routes, file)]),
        ...ofActions(file),
      ];
    },
  },
};

/** A procedure that anyone may call and that adds a row each time, in a file without a limit. */
function ofOpenProcedures(routes: readonly Route[], file: SourceFacts): readonly Problem[] {
  const [first, ...others] = routes.filter(
    (r) =>
      r.framework === "trpc" &&
      r.method === "MUTATION" &&
      /^(?:public|open|base|guest)\w*Procedure$/i.test(r.owner) &&
      r.handler?.body &&
      !isLimited(r, file) &&
      writesIn(r.handler.body, file).some((w) => /^(?:create|createMany|insert)$/.test(w.verb)),
  );
  if (!first) return [];
  return [
    {
      node: first.anchor,
      alsoTouches: others.map((r) => r.anchor),
      message: `\`${first.path}\` adds a row whenever anyone calls it, and no rate limit is seen; a limit in front of the application was not followed.`,
    },
  ];
}

/** Actions that call a paid service, with no limit anywhere in the file. */
function ofActions(file: SourceFacts): readonly Problem[] {
  const actions = serverActionsOf(file);
  if (actions.length === 0 || !mayCost(file) || speaksOfLimit(file)) return [];
  return actions.flatMap((action): readonly Problem[] => {
    const cost = costIn(action.fn, file);
    return cost
      ? [
          {
            node: cost.call.expression,
            alsoTouches: [action.anchor],
            message: `Every call of the action \`${action.name}\` pays for ${cost.what}, and no rate limit is seen; a limit in front of the application was not followed.`,
          },
        ]
      : [];
  });
}

function speaksOfLimit(file: SourceFacts): boolean {
  return contains(file.sourceFile, (n) => (isIdentifier(n) || isStringLiteralLike(n)) && LIMIT.test(n.text), true);
}

/** A limit anywhere in the file may be the one. */
function ofCost(routes: readonly Route[], file: SourceFacts): readonly Problem[] {
  return routes.flatMap((route): readonly Problem[] => {
    const cost = route.handler && mayCost(file) ? costIn(route.handler, file) : null;
    if (!cost || speaksOfLimit(file)) return [];
    return [
      {
        node: cost.call.expression,
        alsoTouches: [route.anchor],
        message: `Every request to \`${route.path}\` pays for ${cost.what}, and no rate limit is seen; a limit in front of the application was not followed.`,
      },
    ];
  });
}

/** Whether a call of the file may be one that costs, by its last name. */
const mayCost = namesLike((name) => name === "create" || COSTLY.some(([, members]) => members.test(name)));

function costIn(handler: ts.Node, file: SourceFacts): { call: ts.CallExpression; what: string } | null {
  let found: { call: ts.CallExpression; what: string } | null = null;
  contains(
    handler,
    (n) => {
      if (!isCallExpression(n)) return false;
      const name = n.expression.getText(file.sourceFile);
      const member = name.slice(name.lastIndexOf(".") + 1);
      if (CHECKOUT.test(name)) found = { call: n, what: "a call of the payment provider" };
      const kind = COSTLY.find(([, members]) => members.test(member));
      if (!found && kind && kind[0].test(calleeOf(n, file).module ?? "")) found = { call: n, what: kind[2] };
      return found !== null;
    },
    true,
  );
  return found;
}

import { ts } from "ts-morph";
import { isCallExpression } from "../../../syntax/guards.ts";
import type { Rule } from "../../../rule.ts";
import { isInsideRequestHandler } from "../../../syntax/requests.ts";

/** One request must not end the process for all others. */
export const requestDoesNotExitTheProcess: Rule = {
  id: "request-does-not-exit-the-process",
  requirement: "error-handling",
  severity: "blocking",
  title: "A request never ends the process",
  why: "`process.exit` while a request is answered drops every other request in flight, and anyone who can send that request can take the service down.",
  fix: "Answer with an error status, or pass the error to the error middleware; let only start-up and shutdown code end the process.",
  source: "https://nodejs.org/api/process.html#processexitcode",
  examples: {
    bad: `import express from "express";
const app = express();
app.post("/reload", async (req, res) => {
  if (!(await config.load())) process.exit(1);
  res.sendStatus(204);
});
`,
    good: `import express from "express";
const app = express();
app.post("/reload", async (req, res) => {
  if (!(await config.load())) return res.status(503).json({ error: "config_unavailable" });
  res.sendStatus(204);
});
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.CallExpression],
    callees: ["exit", "abort"],
    look: (node, file) => {
      if (!isCallExpression(node) || !/^process\s*\.\s*(?:exit|abort)$/.test(node.expression.getText(file.sourceFile))) return [];
      return isInsideRequestHandler(node, file)
        ? [{ node, message: "`process.exit` inside a request handler drops every other request in flight." }]
        : [];
    },
  },
};

import { ts } from "ts-morph";
import { isStringLiteralLike } from "../../../syntax/guards.ts";
import type { Problem, Rule } from "../../../rule.ts";
import { formerOf } from "../../../syntax/former-file.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";

const { StringLiteral } = ts.SyntaxKind;

/** A change that takes the answer to SIGTERM from a program that had one. */
export const terminationSignalIsKept: Rule = {
  id: "termination-signal-is-kept",
  requirement: "health-checks",
  severity: "advisory",
  title: "A program that answered SIGTERM still does",
  why: "Every deployment sends SIGTERM. Without an answer the process dies in the middle of its requests and jobs.",
  fix: 'Put `process.on("SIGTERM", ...)` back, or say in the pull request which module listens now.',
  source: "https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination",
  needsWholeFile: true,
  comparesWithBase: true,
  examples: {
    bad: `import { worker } from "./worker.ts";
worker.run();
process.on("SIGTERM", () => worker.close()); // removed
process.on("SIGINT", () => process.exit(0));
`,
    good: `import { closeOnSignal } from "./signals.ts"; // added
import { worker } from "./worker.ts";
worker.run();
process.on("SIGTERM", () => worker.close()); // removed
closeOnSignal(worker); // added
process.on("SIGINT", () => process.exit(0));
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.SourceFile],
    look: (_node, file) => {
      const former = formerOf(file);
      if (!former || !speaksOfSigterm(former) || speaksOfSigterm(file) || hasNewModule(file, former)) return [];
      const first = file.sourceFile.statements[0];
      return first ? [problemOf(first, file)] : [];
    },
  },
};

function speaksOfSigterm(file: SourceFacts): boolean {
  return file.nodes(StringLiteral).some((node) => isStringLiteralLike(node) && node.text === "SIGTERM");
}

/** A module that was not imported before may listen in this one's stead. */
function hasNewModule(file: SourceFacts, former: SourceFacts): boolean {
  const known = new Set([...former.imports.values()].map(({ from }) => from));
  return [...file.imports.values()].some(({ from }) => !known.has(from));
}

function problemOf(node: ts.Node, file: SourceFacts): Problem {
  const other = file.callsNamed("on").find((call) => /^["']SIG/.test(call.arguments[0]?.getText(file.sourceFile) ?? ""));
  return {
    node: other?.expression ?? node,
    message: "The change takes the answer to SIGTERM away: a deployment cuts off what is under way.",
  };
}

import { ts } from "ts-morph";
import { isCallExpression } from "../../../syntax/guards.ts";
import type { Rule } from "../../../rule.ts";
import { calleeText } from "../../../syntax/async-calls.ts";
import { HTTP_CLIENTS } from "../../../syntax/http-clients.ts";
import { calleeName, calleeOf } from "../../../syntax/origin.ts";
import { propertyOf } from "../../../syntax/properties.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";

const FACTORIES: ReadonlySet<string> = new Set([...HTTP_CLIENTS.values()].flatMap((client) => client.factories));

/** An instance made without a timeout hands its waiting to every call made through it. Calls of an instance in the same file are told here, once. */
export const httpClientHasTimeout: Rule = {
  id: "http-client-has-timeout",
  requirement: "timeouts",
  severity: "blocking",
  title: "An HTTP client instance is made with a timeout",
  why: "Every call through the instance inherits its silence: one dependency that hangs holds them all.",
  fix: "Give the instance a timeout: `axios.create({ baseURL, timeout: 5_000 })`, `got.extend({ timeout: { request: 5_000 } })`.",
  source: "https://axios-http.com/docs/req_config (timeout: default is 0)",
  examples: {
    bad: `import axios from "axios";
export const ledger = axios.create({ baseURL: process.env.LEDGER_URL });
`,
    good: `import axios from "axios";
export const ledger = axios.create({ baseURL: process.env.LEDGER_URL, timeout: 5_000 });
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.CallExpression],
    callees: [...FACTORIES],
    look: (node, file) => {
      if (!isCallExpression(node) || !FACTORIES.has(calleeName(node))) return [];
      const origin = calleeOf(node, file);
      const client = origin.module === null ? undefined : HTTP_CLIENTS.get(origin.module);
      const isFactory = client !== undefined && origin.path.length === 1 && client.factories.includes(origin.path[0] ?? "");
      const isBent = origin.module === "bent" && origin.path.length === 0 && origin.creation === null;
      if (!client || (!isFactory && !isBent) || client.defaultMs !== null || isSetLater(file)) return [];
      const answer = isBent ? { state: "absent" } : propertyOf(node.arguments[0], ...client.options);
      if (answer.state !== "absent") return [];
      return [
        {
          node: node.expression,
          alsoTouches: node.arguments.slice(0, 1),
          message: `\`${calleeText(node, file)}(...)\` makes a client without a timeout: ${isBent ? "bent has none" : `${client.name} then waits without limit`}.`,
        },
      ];
    },
  },
};

/** `instance.defaults.timeout = ...`, or a request interceptor that sets it. */
function isSetLater(file: SourceFacts): boolean {
  return /\.defaults\.timeout\s*=|config\.timeout\s*=|config\.signal\s*=/.test(file.text);
}

import { ts } from "ts-morph";
import { isArrayLiteralExpression, isCallExpression, isIdentifier, isNewExpression } from "../../../syntax/guards.ts";
import type { Problem, Rule } from "../../../rule.ts";
import { calleeText } from "../../../syntax/async-calls.ts";
import { HTTP_CLIENTS } from "../../../syntax/http-clients.ts";
import { calleeName, calleeOf } from "../../../syntax/origin.ts";
import { propertyOf } from "../../../syntax/properties.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";

/** Clients of AWS end in "Client" or carry the service's name; NestJS registers a module. */
const NAMES =
  /^(?:create|extend|defaults|fetchRetry|bent|register|Module)$|Client$|^(?:S3|SQS|SNS|SES|DynamoDB|Lambda|KMS|SecretsManager|Kinesis|EventBridge)$/;
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
    kinds: [ts.SyntaxKind.CallExpression, ts.SyntaxKind.NewExpression],
    callees: NAMES,
    look: (node, file) => {
      if (isNewExpression(node)) return cloudClient(node, file);
      if (isCallExpression(node) && calleeName(node) === "Module") return bareNestModule(node, file);
      if (isCallExpression(node) && calleeName(node) === "register") return nestModule(node, file);
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
          ...(file.names.has("timeout") ? { severity: "advisory" as const } : {}), // its calls may bring their own
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

/** Clients of AWS SDK 3 wait for an answer without limit unless their request handler is told a time. */
function cloudClient(node: ts.NewExpression, file: SourceFacts): readonly Problem[] {
  const origin = calleeOf(node, file);
  if (!(origin.module ?? "").startsWith("@aws-sdk/client-") || origin.path.length !== 1 || (origin.path[0] ?? "").endsWith("Command"))
    return [];
  if (propertyOf(node.arguments?.[0], "requestHandler").state !== "absent") return [];
  return [
    {
      node: node.expression,
      alsoTouches: node.arguments ?? [],
      severity: "advisory",
      message: `\`${calleeText(node, file)}\` waits for an answer without limit: AWS clients have no request timeout of their own.`,
      fix: "Give it `requestHandler: { requestTimeout: 5_000, connectionTimeout: 2_000 }`.",
    },
  ];
}

/** `HttpModule.register({...})` of NestJS makes an axios instance. */
function nestModule(node: ts.CallExpression, file: SourceFacts): readonly Problem[] {
  const origin = calleeOf(node, file);
  if (origin.module !== "@nestjs/axios" || origin.path[0] !== "HttpModule") return [];
  if (propertyOf(node.arguments[0], "timeout", "signal").state !== "absent" || isSetLater(file)) return [];
  return [
    {
      node: node.expression,
      alsoTouches: node.arguments,
      message: "`HttpModule.register` without `timeout`: every `HttpService` of it waits without limit.",
    },
  ];
}

/** `@Module({ imports: [HttpModule] })`: the module as it comes, whose axios instance was told nothing. */
function bareNestModule(node: ts.CallExpression, file: SourceFacts): readonly Problem[] {
  const imports = propertyOf(node.arguments[0], "imports");
  if (imports.state !== "present" || !isArrayLiteralExpression(imports.value)) return [];
  return imports.value.elements.flatMap((element): Problem[] => {
    const from = isIdentifier(element) ? file.imports.get(element.text) : undefined;
    if (from?.from !== "@nestjs/axios" || from.name !== "HttpModule") return [];
    return [
      {
        node: element,
        severity: "advisory",
        message:
          "`HttpModule` is imported without `register({ timeout })`: what its `HttpService` asks waits without limit unless each call says otherwise.",
        fix: "Import `HttpModule.register({ timeout: 5_000 })`.",
      },
    ];
  });
}

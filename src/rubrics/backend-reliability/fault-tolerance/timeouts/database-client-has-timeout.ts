import { ts } from "ts-morph";
import { remembered } from "../../../syntax/named-calls.ts";
import { isCallExpression, isNewExpression } from "../../../syntax/guards.ts";
import type { Rule } from "../../../rule.ts";
import { isFunction, unwrap } from "../../../syntax/functions.ts";
import { numberOf, textParts } from "../../../syntax/literals.ts";
import { calleeName, calleeOf } from "../../../syntax/origin.ts";
import { propertyOf } from "../../../syntax/properties.ts";
import { mayComeFrom } from "../../../syntax/module-reach.ts";
import { perFile } from "../../../syntax/per-file.ts";

interface Client {
  readonly module: RegExp;
  readonly member: string | null;
  readonly isNew: boolean;
  readonly options: readonly string[];
  /** Which argument holds the options; the last one when null. */
  readonly at: number | null;
  readonly name: string;
  readonly advice: string;
}

/** Clients that wait without limit for a query or a command when told nothing. Options from their own documentation. */
const CLIENTS: readonly Client[] = [
  {
    module: /^(?:pg|pg-pool)$/,
    member: "Pool",
    isNew: true,
    at: 0,
    name: "pg",
    options: ["statement_timeout", "query_timeout", "connectionTimeoutMillis"],
    advice: "`statement_timeout: 5_000, connectionTimeoutMillis: 5_000`",
  },
  {
    module: /^pg$/,
    member: "Client",
    isNew: true,
    at: 0,
    name: "pg",
    options: ["statement_timeout", "query_timeout", "connectionTimeoutMillis"],
    advice: "`statement_timeout: 5_000, connectionTimeoutMillis: 5_000`",
  },
  {
    module: /^ioredis$/,
    member: null,
    isNew: true,
    at: null,
    name: "ioredis",
    options: ["commandTimeout", "connectTimeout", "maxRetriesPerRequest"],
    advice: "`commandTimeout: 2_000, maxRetriesPerRequest: 3`",
  },
  {
    module: /^ioredis$/,
    member: "Redis",
    isNew: true,
    at: null,
    name: "ioredis",
    options: ["commandTimeout", "connectTimeout", "maxRetriesPerRequest"],
    advice: "`commandTimeout: 2_000, maxRetriesPerRequest: 3`",
  },
  {
    module: /^mongodb$/,
    member: "MongoClient",
    isNew: true,
    at: 1,
    name: "mongodb",
    options: ["timeoutMS", "socketTimeoutMS", "serverSelectionTimeoutMS", "waitQueueTimeoutMS"],
    advice: "`timeoutMS: 5_000`",
  },
  {
    module: /^mongodb$/,
    member: "MongoClient.connect",
    isNew: false,
    at: 1,
    name: "mongodb",
    options: ["timeoutMS", "socketTimeoutMS", "serverSelectionTimeoutMS", "waitQueueTimeoutMS", "replset", "server"],
    advice: "`timeoutMS: 5_000`",
  },
  ...["connect", "createConnection"].map((member): Client => ({
    module: /^mongoose$/,
    member,
    isNew: false,
    at: 1,
    name: "mongoose",
    options: ["timeoutMS", "socketTimeoutMS", "serverSelectionTimeoutMS", "waitQueueTimeoutMS"],
    advice: "`socketTimeoutMS: 10_000, serverSelectionTimeoutMS: 5_000`",
  })),
  { module: /^@elastic\/elasticsearch$/, member: "Client", isNew: true, at: 0, name: "none", options: [], advice: "" },
];

const isClient = remembered((module) => CLIENTS.some((client) => client.module.test(module)));
const mayMakeClient = perFile((file) => mayComeFrom(file, isClient));

/** A database or cache client made without any bound on how long it waits. */
export const databaseClientHasTimeout: Rule = {
  id: "database-client-has-timeout",
  requirement: "timeouts",
  severity: "advisory",
  title: "A database or cache client has a timeout",
  why: "One slow query or a lost connection holds every pooled connection, and with it every request that needs one.",
  fix: "Bound queries and connecting where the client is made.",
  source: "https://node-postgres.com/apis/client and https://github.com/redis/ioredis#readme (options)",
  examples: {
    bad: `import { Pool } from "pg";
export const pool = new Pool({ connectionString: process.env.DATABASE_URL, max: 20 });
`,
    good: `import { Pool } from "pg";
export const pool = new Pool({ connectionString: process.env.DATABASE_URL, max: 20, statement_timeout: 5_000, connectionTimeoutMillis: 5_000 });
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.NewExpression, ts.SyntaxKind.CallExpression],
    when: mayMakeClient,
    look: (node, file) => {
      const isCall = isCallExpression(node);
      if ((!isCall && !isNewExpression(node)) || (isCall && !/^(?:connect|createConnection)$/.test(calleeName(node)))) return [];
      const origin = calleeOf(node, file);
      if (origin.module === null || !isClient(origin.module)) return [];
      const client = CLIENTS.find(
        (c) =>
          c.isNew !== isCall &&
          c.module.test(origin.module ?? "") &&
          !(isCall && origin.creation) &&
          origin.path.join(".") === (c.member ?? ""),
      );
      if (!client || client.options.length === 0) return [];
      const last = client.at === null ? node.arguments?.at(-1) : node.arguments?.[client.at];
      const options = last && isFunction(unwrap(last)) ? undefined : last;
      if (textParts(node.arguments?.[0]).some((text) => /timeout/i.test(text))) return [];
      const answer = propertyOf(options, ...client.options);
      const isOff = answer.state === "present" && numberOf(answer.value) === 0;
      if (answer.state === "unknown" || (answer.state === "present" && !isOff)) return [];
      return [
        {
          node: node.expression,
          alsoTouches: node.arguments ?? [],
          message: `This ${client.name} client has no timeout: a query that hangs holds its connection for good.`,
          fix: `Bound it where it is made: ${client.advice}.`,
        },
      ];
    },
  },
};

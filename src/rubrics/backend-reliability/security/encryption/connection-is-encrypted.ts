import { ts } from "ts-morph";
import { isCallExpression, isNewExpression, isStringLiteralLike, isTemplateExpression } from "../../../syntax/guards.ts";
import type { Problem, Rule } from "../../../rule.ts";
import { stringOf } from "../../../syntax/literals.ts";
import { outboundCallOf, outboundCallsOf, callsOut } from "../../../syntax/outbound-calls.ts";
import { calleeOf } from "../../../syntax/origin.ts";
import { propertyOf } from "../../../syntax/properties.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";
import { perFile } from "../../../syntax/per-file.ts";

const { CallExpression, NewExpression } = ts.SyntaxKind;

/** Addresses that never leave the machine or the network. */
const LOCAL_ADDRESS = /^(?:localhost$|127\.|0\.0\.0\.0$|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|169\.254\.)/;
/** Last labels of names that exist only inside a network, or are kept for documentation (RFC 2606). */
const LOCAL_NAMES = new Set([
  "local",
  "localhost",
  "internal",
  "svc",
  "lan",
  "test",
  "example",
  "invalid",
  "home",
  "localdomain",
  "docker",
  "consul",
  "flycast",
]);
const DOCUMENTATION = /(?:^|\.)example\.(?:com|org|net)$/;

/** A call to a public host in the clear. */
export const connectionIsEncrypted: Rule = {
  id: "connection-is-encrypted",
  requirement: "encryption",
  severity: "blocking",
  title: "What leaves the machine is encrypted",
  why: "Everyone between the two ends can read and change what travels in the clear.",
  fix: "Use `https://`, `rediss://`, `amqps://`, or `sslmode=verify-full`.",
  source: "CWE-319; RFC 8446",
  examples: {
    bad: `export const rates = () => fetch("http://api.rates.io/latest");
`,
    good: `export const rates = () => fetch("https://api.rates.io/latest");
export const local = () => fetch("http://localhost:4000/latest");
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.SourceFile],
    when: (file) => importsClient(file) || callsOut(file),
    look: (_node, file) =>
      (importsClient(file)
        ? [...file.nodes(CallExpression), ...file.nodes(NewExpression)]
        : outboundCallsOf(file).map(({ node }) => node)
      ).flatMap((node) => problemsOf(node, file)),
  },
};

function problemsOf(node: ts.Node, file: SourceFacts): readonly Problem[] {
  if (!isCallExpression(node) && !isNewExpression(node)) return [];
  for (const address of addressesOf(node, file)) {
    const host = clearHost(address);
    if (host)
      return [
        {
          node: address,
          message: `The connection to \`${host}\` is not encrypted.`,
          severity: isStringLiteralLike(address) ? "blocking" : "advisory",
        },
      ];
  }
  return [];
}

const CLIENTS = /^(?:ioredis|redis|amqplib|amqp-connection-manager|pg|mysql2?|mongodb|mongoose|nodemailer|axios|ky|got)$/;

function addressesOf(node: ts.CallExpression | ts.NewExpression, file: SourceFacts): readonly ts.Node[] {
  const outbound = outboundCallOf(node, file);
  if (outbound) return outbound.url ? [outbound.url] : [];
  const first = node.arguments?.[0];
  if (!first || !importsClient(file) || !CLIENTS.test(calleeOf(node, file).module ?? "")) return [];
  const named = propertyOf(first, "baseURL", "prefixUrl", "url", "connectionString", "uri");
  return named.state === "present" ? [named.value] : [first];
}

const importsClient = perFile((file) => [...file.imports.values()].some(({ from }) => CLIENTS.test(from)));

/** The host of a clear-text address; null for an encrypted, local or unknown one. */
function clearHost(node: ts.Node): string | null {
  const text = stringOf(node) ?? (isTemplateExpression(node) ? node.head.text : null);
  const scheme = text === null ? null : /^(?:http|ws|ftp|redis|amqp):\/\//i.exec(text);
  if (text === null || !scheme) return null;
  const authority = text.slice(scheme[0].length).split(/[/?#]/, 1)[0] ?? "";
  const host = (authority.slice(authority.lastIndexOf("@") + 1).split(":", 1)[0] ?? "").toLowerCase();
  const labels = host.split(".");
  const last = labels.at(-1) ?? "";
  if (labels.length < 2 || !/^[a-z]{2,24}$/.test(last)) return null;
  return LOCAL_ADDRESS.test(host) || LOCAL_NAMES.has(last) || DOCUMENTATION.test(host) ? null : host;
}

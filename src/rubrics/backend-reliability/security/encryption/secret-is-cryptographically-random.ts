import { ts } from "ts-morph";
import {
  isArrayLiteralExpression,
  isArrowFunction,
  isCallExpression,
  isDoStatement,
  isElementAccessExpression,
  isForStatement,
  isReturnStatement,
  isSourceFile,
  isStatement,
  isWhileStatement,
} from "../../../syntax/guards.ts";
import type { Rule } from "../../../rule.ts";
import { enclosingFunction, functionName, isFunction } from "../../../syntax/functions.ts";
import { calleeName, calleeOf } from "../../../syntax/origin.ts";
import { isSecretName, nameGivenTo } from "../../../syntax/secret-names.ts";

const FUNCTION =
  /^(?:generate|create|make|random|new|get|build|gen|issue)\w*(?:Token|Secret|Password|Otp|OTP|ApiKey|Pin|Nonce|Salt|SessionId|VerificationCode|ResetCode|InviteCode|AccessCode|Passcode|State)$/;
const NAME = /^(?:session_?id|salt|iv|otp|otp_?code|verification_?code|reset_?code|invite_?code|access_?code|pass_?code|csrf|api_?key)$/i;

/** Rows that stand for nobody. */
const SEEDS = /(?:^|\/)seed(?:s|er|ers)?\//i;

/** `Math.random()` where nobody must be able to guess the value. */
export const secretIsCryptographicallyRandom: Rule = {
  id: "secret-is-cryptographically-random",
  requirement: "encryption",
  severity: "blocking",
  title: "A secret comes from a cryptographic random source",
  why: "The state of `Math.random()` can be computed from a few of its values; whoever has one token can then guess the next.",
  fix: 'Use `randomBytes(32).toString("base64url")`, `randomInt` or `randomUUID` of `node:crypto`.',
  source: "CWE-338; https://nodejs.org/api/crypto.html#cryptorandombytessize-callback",
  roles: ["server", "script"],
  examples: {
    bad: `export const resetToken = Math.random().toString(36).slice(2);
`,
    good: `import { randomBytes } from "node:crypto";
export const resetToken = randomBytes(32).toString("base64url");
export const jitterMs = Math.random() * 250;
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.CallExpression],
    callees: ["random", "uniqid"],
    look: (node, file) => {
      if (!isCallExpression(node) || SEEDS.test(file.path)) return [];
      const origin = calleeOf(node, file);
      const isTime = origin.module === "uniqid";
      if (!isTime && (origin.kind !== "global" || origin.path.join(".") !== "Math.random")) return [];
      const use = useOf(node) ?? (isTime ? null : textOf(node));
      if (!use) return [];
      const severity = use.sure && file.role === "server" ? "blocking" : "advisory";
      return [
        {
          node,
          severity,
          message: `\`${use.name}\` is made ${isTime ? "of the time and the machine's address, which can be guessed" : "with `Math.random()`, which can be predicted"}.`,
        },
      ];
    },
  },
};

/** The secret that a random number ends up in: climbs through what reshapes it. A return value goes by its function's name. */
function useOf(call: ts.CallExpression): { name: string; sure: boolean } | null {
  let e: ts.Node = call;
  for (let steps = 0; steps < 14; steps++) {
    const name = nameGivenTo(e);
    if (name && isOfLock(e, name)) return null;
    if (name) return isSecretName(name) || NAME.test(name) ? { name, sure: !/^(?:session_?id|salt|state|nonce|pin)$/i.test(name) } : null;
    const up: ts.Node = e.parent;
    if (isReturnStatement(up) || (isArrowFunction(up) && up.body === e)) {
      const fn = isFunction(up) ? up : enclosingFunction(e);
      const given = (fn ? functionName(fn) : "").replace(/(?:For|Of|From|By)[A-Z]\w*$/, "");
      return FUNCTION.test(given) ? { name: given, sure: !given.endsWith("State") } : null;
    }
    if (isStatement(up) || isFunction(up) || isArrayLiteralExpression(up)) return null;
    if (isElementAccessExpression(up) && up.argumentExpression === e) return null;
    e = up;
  }
  return null;
}

const RANDOM_TEXT =
  /^(?:get|make|generate|gen|create)?_?(?:pseudo)?_?random_?(?:text|string|str|value|hex|chars|characters|bytes|key|alpha\w*)(?![a-z])|^(?:generate|make|create)_?(?:random)?_?(?:string|hex|key|unique_?id|uid)$/i;

/** A function that puts a text together of random numbers, whatever it is used for: `text += chars[Math.floor(Math.random() * chars.length)]`. */
function textOf(call: ts.CallExpression): { name: string; sure: boolean } | null {
  const fn = enclosingFunction(call);
  const name = fn ? functionName(fn) : "";
  if (!RANDOM_TEXT.test(name)) return null;
  for (let up: ts.Node = call.parent; up !== fn && !isSourceFile(up); up = up.parent)
    if (
      isForStatement(up) ||
      isWhileStatement(up) ||
      isDoStatement(up) ||
      (isCallExpression(up) && /^(?:from|map|fill)$/.test(calleeName(up)))
    )
      return { name, sure: false };
  return null;
}

/** A token that only tells holders of a lock apart. */
function isOfLock(node: ts.Node, name: string): boolean {
  const fn = enclosingFunction(node);
  return /^token$/i.test(name) && fn !== null && /lock|lease|mutex/i.test(functionName(fn));
}

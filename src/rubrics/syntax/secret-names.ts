import { ts } from "ts-morph";
import {
  isAsExpression,
  isBinaryExpression,
  isElementAccessExpression,
  isIdentifier,
  isParameter,
  isParenthesizedExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isPropertyDeclaration,
  isStringLiteralLike,
  isVariableDeclaration,
} from "./guards.ts";
import { nameText, unwrap } from "./functions.ts";
import { remembered } from "./named-calls.ts";

const { BarBarToken, EqualsToken, QuestionQuestionToken } = ts.SyntaxKind;

const SECRET =
  /(?:secret|password|passwd|passphrase|api_?key|private_?key|signing_?key|encryption_?key|access_?token|refresh_?token|auth_?token|bearer_?token|reset_?token|verification_?token|internal_?key|service_?key|csrf_?token|session_?token|webhook_?key|jwt_?key|api_?token)s?$/i;
const SHORT = /^(?:token|secret|password|otp|otpCode|pin|signature|hmac|digest|apikey|pwd|pass|nonce)$/i;
/** Words that speak about a secret without being one. */
const ABOUT =
  /(?:type|name|id|label|field|error|message|msg|path|url|uri|header|prefix|length|count|column|regex|pattern|policy|strategy|hint|placeholder|schema|provider|route|status|state|mode|kind|algorithm|expiry|ttl|missing|invalid|required|incorrect|confirm(?:ation)?|mismatch|title|text)$/i;

/** true when a name says that its value is a secret: `clientSecret`, `API_KEY`, `password`; false for names about one (`passwordError`, `tokenType`). */
export const isSecretName = remembered(
  (name) =>
    !ABOUT.test(name) &&
    !/^(?:has|is|use|should|no|show|needs|can|with|without|allow|enable)[A-Z]/.test(name) &&
    (SECRET.test(name.replaceAll("-", "_")) || SHORT.test(name)),
);

/** Keys and tokens of something else than a door. */
const OTHER_KEY =
  /(?:cache|primary|foreign|unique|public|publishable|site|storage|sort|partition|routing|index|search|query|object|map|row|column|group|shard|hash|range|event|lock|redis|queue|job|react|intl|i18n|locale|translation|message|label|idempotency|dedup(?:e|lication)?|record|entity|item|list|node|field|state|context|meta|feature|flag|config|setting|hot|short|arrow|enter|escape|data|path|file|s3|bucket|ssh|host|next|page|cursor|continuation|design|theme|color|css|csrf|test)_?(?:key|token)s?$/i;

/** true when a name may say that its value is a key to some service: `WEATHER_KEY`, `serviceToken`; false for keys of caches, tables and texts. */
export const isServiceKeyName = remembered(
  (name) => /(?:[a-z\d](?:Key|Token)|_KEY|_TOKEN|_key|_token)$/.test(name) && !OTHER_KEY.test(name) && !ABOUT.test(name),
);

/** The name an expression goes by: the last member or the identifier, `process.env.X` by X; "" for anything else. */
export function nameOfValue(node: ts.Node): string {
  const e = unwrap(node);
  if (isIdentifier(e)) return e.text;
  if (isPropertyAccessExpression(e)) return e.name.text;
  if (isElementAccessExpression(e) && isStringLiteralLike(e.argumentExpression)) return e.argumentExpression.text;
  return "";
}

/** The name that a value is given where it stands: `x` of `x = value`, `const x = value`, `{ x: value }`, a class property; "" for none. */
export function nameGivenTo(value: ts.Node): string {
  let child: ts.Node = value;
  let up: ts.Node = value.parent;
  while (isParenthesizedExpression(up) || isAsExpression(up) || isAlternative(up)) {
    child = up;
    up = up.parent;
  }
  if (isVariableDeclaration(up) || isPropertyDeclaration(up) || isPropertyAssignment(up) || isParameter(up))
    return up.initializer === child ? nameText(up.name) : "";
  if (isBinaryExpression(up) && up.operatorToken.kind === EqualsToken && up.right === child) return nameOfValue(up.left);
  return "";
}

function isAlternative(node: ts.Node): boolean {
  return isBinaryExpression(node) && (node.operatorToken.kind === BarBarToken || node.operatorToken.kind === QuestionQuestionToken);
}

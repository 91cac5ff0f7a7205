import type { ts } from "ts-morph";
import {
  isIdentifier,
  isMethodDeclaration,
  isObjectLiteralExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isStringLiteralLike,
} from "../../../syntax/guards.ts";
import type { Problem } from "../../../rule.ts";
import { contains, functionOf, nameText, unwrap } from "../../../syntax/functions.ts";
import { textParts } from "../../../syntax/literals.ts";
import { serverActionsOf } from "../../../syntax/server-actions.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";

/** Paths at which passwords and codes are guessed. */
export const CREDENTIAL =
  /(?:^|[/_.-])(?:log-?in|sign-?in|sign-?up|register|registration|forgot(?:ten)?(?:-?password)?|reset-?password|password[-/]?reset|auth\/reset|request-?reset|otp|send-?(?:otp|code)|verify-?(?:otp|code|authentication|2fa|mfa)|2fa|mfa|totp|two-?factor|magic-?link|resend-?(?:otp|code|verification)|authenticate|anonymous|generate-authentication-options|recover(?:y)?)(?=[/_.:-]|$)/i;

const MOUNT = /(?:^|\/)(?:login|signin|sign-in|signup|auth\/(?:simple|login|local|password|reset|signin|register))(?:\/|$)/i;

/** Words of a limit, a lock or proof that a person asks. */
export const LIMIT = /limit|throttl|slowDown|slow-down|brute|captcha|turnstile|lockout|tooMany|attempts|quota|429/i;

/** NextAuth: `CredentialsProvider({ authorize })` is the sign-in route of its application. */
export const PROVIDERS = ["CredentialsProvider", "Credentials", "CredentialProvider"];

/** NextAuth: sign-in providers whose `authorize` counts nothing. */
export function ofProviders(file: SourceFacts): readonly Problem[] {
  return PROVIDERS.flatMap(file.callsNamed).flatMap((call): Problem[] => {
    const options = call.arguments[0] && unwrap(call.arguments[0]);
    if (!options || !isObjectLiteralExpression(options)) return [];
    return options.properties.flatMap((property): Problem[] => {
      const fn = isMethodDeclaration(property) ? property : isPropertyAssignment(property) ? functionOf(property.initializer) : null;
      if (!property.name || nameText(property.name) !== "authorize" || !fn || !asksForCredential(fn)) return [];
      if (contains(fn, (n) => (isIdentifier(n) || isStringLiteralLike(n)) && LIMIT.test(n.text), true)) return [];
      return [
        {
          node: property.name,
          message:
            "`authorize` takes guesses of a credential and counts none of them here; a limit in front of the application was not followed.",
        },
      ];
    });
  });
}

/** It compares a password or a code, and not a token that was made elsewhere. */
function asksForCredential(fn: ts.Node): boolean {
  return contains(
    fn,
    (n) => isIdentifier(n) && /^(?:password|otp|pin|code|passcode|totpCode)$|comparePassword|verifyPassword|validatePassword/i.test(n.text),
    true,
  );
}

const ACTION =
  /^(?:log_?in|sign_?in|sign_?up|register|authenticate|send(?:\w{0,20})(?:otp|code|email|link)|verify(?:\w{0,12})(?:password|otp|code|pin|token)|create_?(?:user_?)?account|create_?user|forgot_?password|reset_?password|request_?password|resend|check_?password|magic_?link|unlock)/i;

/** Server actions where passwords and codes are guessed, or mails are sent, by people who are not signed in. */
export function ofActions(file: SourceFacts): readonly Problem[] {
  const open = serverActionsOf(file).filter(
    (action) =>
      ACTION.test(action.name) &&
      !/auth|protect|user|member|admin|workspace/i.test(action.client) &&
      !contains(action.fn, (n) => isIdentifier(n) && (LIMIT.test(n.text) || KNOWN_CALLER.test(n.text)), true) &&
      !action.chain.some((node) => LIMIT.test(node.getText(file.sourceFile))),
  );
  return open.map((action) => ({
    node: action.anchor,
    message: `The action \`${action.name}\` answers to anyone's guess or sends to anyone's address and has no rate limit here; a limit in front of the application was not followed.`,
  }));
}

const KNOWN_CALLER = /^(?:get(?:Server)?Session|session|requireUser|currentUser|getUser|getCurrentUser|requireAuth|auth)$/;

/** `this.use("/auth/simple", provider.router)`: a router for credentials, mounted with nothing in front. */
export function ofMounts(file: SourceFacts): readonly Problem[] {
  return file.callsNamed("use").flatMap((node): Problem[] => {
    if (!isPropertyAccessExpression(node.expression)) return [];
    const path = node.arguments[0];
    if (
      !path ||
      node.arguments.length < 2 ||
      !textParts(path).join("").startsWith("/") ||
      !MOUNT.test(textParts(path).join("")) ||
      node.arguments.some((a) => LIMIT.test(a.getText(file.sourceFile)))
    )
      return [];
    return [
      {
        node: path,
        alsoTouches: [node],
        message: `The routes under \`${textParts(path).join("")}\` are mounted without a rate limit; limits inside them were not followed.`,
      },
    ];
  });
}

import { ts } from "ts-morph";
import { isCallExpression, isIdentifier, isObjectBindingPattern } from "../../../syntax/guards.ts";
import type { Problem, Rule } from "../../../rule.ts";
import { mentionsIdentity, mentionsOwner } from "../../../syntax/access-checks.ts";
import { databaseCallsOf } from "../../../syntax/database-calls.ts";
import { contains, nameText } from "../../../syntax/functions.ts";
import { serverActionsOf, type ServerAction, hasServerActions } from "../../../syntax/server-actions.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";

/** Actions that people without an account use, or that make nothing but themselves. */
const PUBLIC =
  /sign_?(?:in|up|out)|log_?(?:in|out)|register|forgot|reset|verif|confirm|contact|subscribe|newsletter|waitlist|feedback|track|view|search|locale|theme|cookie|consent|public|share|otp|magic|invite|oauth|callback|revalidate|redirect|submit|vote/i;
const CLOSED_CLIENT = /auth|protect|private|secure|user|member|admin|team|workspace|org|session|owner/i;
const CHANGES =
  /^(?:create|update|delete|remove|add|save|insert|upsert|archive|cancel|publish|assign|move|rename|import|transfer|revoke|set)[A-Z]/;

const FETCHES = /^(?:find|get|list|search|load|fetch)[A-Z]/;
/** A file of one's own, or of another package of the same code base by its scope. */
const OWN_MODULE = /^(?:[.~#]|@\/|@[\w-]+\/[\w-]+\/)/;

/** Whatever is found in a folder for administrators is not for everyone, searching included. */
function isOfAdmins(file: SourceFacts): boolean {
  return /(?:^|\/)\(?(?:admin|backoffice|staff)\)?(?:\/|$)/i.test(file.path);
}

/** A server action is an endpoint: hiding its button hides nothing. */
export const serverActionChecksItsCaller: Rule = {
  id: "server-action-checks-its-caller",
  requirement: "authentication",
  severity: "advisory",
  title: "A server action asks who calls it",
  why: 'Every exported function of a file with "use server" is an endpoint that anyone can post to, with any arguments, whatever the page shows.',
  fix: "Read the session in the action, or build it with the client that does, and refuse before anything is read or changed.",
  source: "https://nextjs.org/docs/app/guides/data-security; CWE-306",
  needsWholeFile: true,
  examples: {
    bad: `"use server";
import { prisma } from "./prisma.ts";
export async function deleteProject(id: string) {
  await prisma.project.delete({ where: { id } });
}
`,
    good: `"use server";
import { prisma } from "./prisma.ts";
import { requireUser } from "./session.ts";
export async function deleteProject(id: string) {
  const user = await requireUser();
  await prisma.project.delete({ where: { id, ownerId: user.id } });
}
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.SourceFile],
    when: hasServerActions,
    look: (_node, file) => {
      const actions = serverActionsOf(file);
      const open = actions.filter(
        (action) => isOpen(action) && !(PUBLIC.test(action.name) && !isOfAdmins(file)) && !isLimited(action) && reachesData(action, file),
      );
      const [first, ...others] = open;
      if (!first) return [];
      const closed = actions.filter((action) => CLOSED_CLIENT.test(action.client) || mentionsIdentity(action.fn));
      if (closed.length > 0) return open.map((action) => amongOthers(action, closed));
      return [
        {
          node: first.anchor,
          alsoTouches: others.map((action) => action.anchor),
          message: `\`${first.name}\`${others.length > 0 ? ` and ${others.length} more here` : ""} can be called by anyone with any argument, and nothing asks who calls. Checks in what ${others.length > 0 ? "they call" : "it calls"} were not followed.`,
        },
      ];
    },
  },
};

function amongOthers(action: ServerAction, closed: readonly ServerAction[]): Problem {
  const name = closed[0]?.name ?? "";
  return {
    node: action.anchor,
    message: `\`${action.name}\` can be called by anyone with any argument; ${closed.length} other ${closed.length === 1 ? "action" : "actions"} here, such as \`${name}\`, ask${closed.length === 1 ? "s" : ""} who calls. Checks in what it calls were not followed.`,
  };
}

/** Neither the action nor what it was built with speaks of the caller. */
function isOpen(action: ServerAction): boolean {
  if (CLOSED_CLIENT.test(action.client) || takesContext(action) || action.chain.some((node) => mentionsIdentity(node))) return false;
  return !mentionsIdentity(action.fn) && !asksForOwner(action);
}

/** `({ ctx: { accountId } }) =>`: the client found out who calls and hands it on. */
function takesContext(action: ServerAction): boolean {
  const first = action.fn.parameters[0]?.name;
  return (
    action.client !== "" &&
    first !== undefined &&
    isObjectBindingPattern(first) &&
    first.elements.some((element) => /^(?:ctx|context)$/.test(nameText(element.propertyName ?? element.name)))
  );
}

/** Counted by address: it is open on purpose. */
function isLimited(action: ServerAction): boolean {
  return contains(action.fn, (n) => isIdentifier(n) && /rate_?limit|limiter|throttl|captcha|turnstile/i.test(n.text), true);
}

/** A tenant or a user that comes from somewhere else than the arguments. */
function asksForOwner(action: ServerAction): boolean {
  return action.client === ""
    ? contains(action.fn, (n) => isCallExpression(n) && isIdentifier(n.expression) && mentionsOwner(n.expression), true)
    : mentionsOwner(action.fn);
}

/** It takes something from the caller, and reads or changes stored rows by it. */
function reachesData(action: ServerAction, file: SourceFacts): boolean {
  const { fn } = action;
  if (fn.parameters.length === 0) return false;
  if (databaseCallsOf(file).some((call) => call.target !== "" && fn.pos <= call.node.pos && call.node.end <= fn.end)) return true;
  return contains(
    fn,
    (n) =>
      isCallExpression(n) &&
      isIdentifier(n.expression) &&
      (CHANGES.test(n.expression.text) || (isOfAdmins(file) && FETCHES.test(n.expression.text))) &&
      OWN_MODULE.test(file.imports.get(n.expression.text)?.from ?? ""),
    true,
  );
}

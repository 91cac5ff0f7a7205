import { ts } from "ts-morph";
import { isFunctionLike } from "../../../syntax/guards.ts";
import type { Rule } from "../../../rule.ts";
import { databaseCallsOf } from "../../../syntax/database-calls.ts";
import { speaksOf } from "../../../syntax/input-checks.ts";
import { routesOf, hasRoutes } from "../../../syntax/routes.ts";
import type { Route } from "../../../syntax/route.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";

const RECORD =
  /audit|activit|history|journal|eventLog|event_log|changeLog|recordEvent|logEvent|logAction|track|emit|publish|dispatch|outbox/i;
const ADMIN = /(?:^|[/_-])(?:admin|backoffice|back-office|internal|superuser|staff)(?:[/_-]|$)/i;
const ADMIN_GUARD = /admin|superuser|staff|backoffice|owner/i;

/** An administrator's route that deletes or changes rights and writes down nothing about it. */
export const adminDeletionLeavesARecord: Rule = {
  id: "admin-deletion-leaves-a-record",
  requirement: "audit-trail",
  severity: "advisory",
  title: "What an administrator deletes is on record",
  why: "When a customer asks who removed the account, a deleted row answers nothing; an administrator's actions are the first to be asked about.",
  fix: "Write who, what, when and the old value to an append-only table in the same transaction as the deletion.",
  source: "https://cheatsheetseries.owasp.org/cheatsheets/Logging_Cheat_Sheet.html",
  needsWholeFile: true,
  examples: {
    bad: `router.delete("/admin/users/:id", requireAdmin, async (req, res) => {
  await prisma.user.delete({ where: { id: req.params.id } });
  res.sendStatus(204);
});
`,
    good: `router.delete("/admin/users/:id", requireAdmin, async (req, res) => {
  await prisma.$transaction(async (tx) => {
    const user = await tx.user.delete({ where: { id: req.params.id } });
    await tx.auditEntry.create({ data: { actor: req.admin.id, action: "user.deleted", before: user } });
  });
  res.sendStatus(204);
});
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.SourceFile],
    when: hasRoutes,
    look: (_node, file) =>
      routesOf(file).flatMap((route) => {
        const body = route.handler?.body;
        if (!body || !isDeletion(route) || !isAdmin(route, file)) return [];
        const deletion = databaseCallsOf(file).find(
          (call) =>
            call.kind === "write" &&
            /^(?:delete|deleteMany|deleteOne|deleteFrom|del|destroy|remove|findByIdAndDelete|findOneAndDelete|softDelete|softRemove)$/.test(
              call.verb,
            ) &&
            body.pos <= call.node.pos &&
            call.node.end <= body.end,
        );
        const isRecorded =
          speaksOf(body, RECORD) ||
          [...route.middleware, ...route.inherited].some((m) => RECORD.test(m.getText(file.sourceFile).slice(0, 400)));
        if (!deletion || isRecorded) return [];
        const habit = speaksOf(file.sourceFile, /audit/i)
          ? " Other code in this file writes an audit record."
          : " Triggers and called functions were not followed.";
        return [
          {
            node: deletion.node.expression,
            alsoTouches: [route.anchor],
            message: `\`${route.method} ${route.path}\` deletes from \`${deletion.target || "the database"}\` and records nobody who did it.${habit}`,
          },
        ];
      }),
  },
};

/** By its method or its name: an update that replaces rows deletes some on the way. */
function isDeletion(route: Route): boolean {
  return (
    route.method === "DELETE" ||
    route.method === "ALL" ||
    /delet|remov|destroy|discard|purge|revoke|close|ban\b|erase|wipe|terminat/i.test(route.path)
  );
}

function isAdmin(route: Route, file: SourceFacts): boolean {
  if (ADMIN.test(route.path) || ADMIN.test(file.path)) return true;
  return [...route.middleware, ...route.inherited].some(
    (m) => !isFunctionLike(m) && ADMIN_GUARD.test(m.getText(file.sourceFile).slice(0, 120)),
  );
}

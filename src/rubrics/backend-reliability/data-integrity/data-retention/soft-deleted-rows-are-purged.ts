import { ts } from "ts-morph";
import { canHaveDecorators, isCallExpression, isPropertyAssignment, isPropertyDeclaration } from "../../../syntax/guards.ts";
import type { Rule } from "../../../rule.ts";
import { decoratorName, decorators } from "../../../syntax/decorators.ts";
import { nameText } from "../../../syntax/functions.ts";
import { speaksOf } from "../../../syntax/input-checks.ts";
import { calleeName } from "../../../syntax/origin.ts";
import { stringOf } from "../../../syntax/literals.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";

const { PropertyAssignment, PropertyDeclaration, TrueKeyword } = ts.SyntaxKind;

const COLUMN = /^(?:deleted_?at|deleted_?on|removed_?at|deletion_?date)$/i;
const PURGE = /purge|prune|retention|expireAfterSeconds|hardDelete|anonymi[sz]e|cleanup|clean_up|erasure/i;

/** A table that keeps what was deleted, in a file that says nothing of when it goes. */
export const softDeletedRowsArePurged: Rule = {
  id: "soft-deleted-rows-are-purged",
  requirement: "data-retention",
  severity: "advisory",
  title: "A table with soft deletion says when its rows go",
  why: "A row that is only marked as deleted is still there: in backups, in exports and in the next breach, long after the customer was told it was gone.",
  fix: "Add a job that removes rows some days after `deletedAt` and reports how many, and name it beside the column.",
  source: "GDPR article 5(1)(e); GDPR article 17",
  needsWholeFile: true,
  roles: ["server", "script"],
  examples: {
    bad: `import { Column, DeleteDateColumn, Entity } from "typeorm";
@Entity()
export class Customer {
  @Column() email: string;
  @DeleteDateColumn() deletedAt: Date | null;
}
`,
    good: `import { Column, DeleteDateColumn, Entity } from "typeorm";
import { RetentionDays } from "./retention-days.ts";
@Entity()
@RetentionDays(90)
export class Customer {
  @Column() email: string;
  @DeleteDateColumn() deletedAt: Date | null;
}
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.SourceFile],
    words: (name) => COLUMN.test(name) || COLUMN_MAKERS.includes(name) || name === "DeleteDateColumn" || name === "paranoid",
    look: (_node, file) => {
      const columns = [...decoratedColumns(file), ...builtColumns(file), ...paranoidModels(file)].toSorted((a, b) => a.pos - b.pos);
      const first = columns[0];
      if (
        !first ||
        PURGE.test(file.path) ||
        /outbox|queue|jobs?\b/i.test(file.path) ||
        speaksOf(file.sourceFile, PURGE) ||
        /\bpurg|\bretention/i.test(file.text)
      )
        return [];
      const more = columns.length > 1 ? ` (and ${columns.length - 1} more in this file)` : "";
      return [
        {
          node: first,
          alsoTouches: columns.slice(1),
          message: `Rows are marked as deleted and kept${more}; nothing in this file says when they are removed. Jobs in other files were not followed.`,
        },
      ];
    },
  },
};

function decoratedColumns(file: SourceFacts): readonly ts.Node[] {
  return file.nodes(PropertyDeclaration).filter((node) => {
    if (!isPropertyDeclaration(node)) return false;
    if (!canHaveDecorators(node) || !node.modifiers) return false;
    const marks = decorators(node).map(decoratorName);
    return (
      marks.includes("DeleteDateColumn") ||
      (COLUMN.test(nameText(node.name)) && marks.some((m) => /^(?:Column|DeletedAt|Property|Prop)$/.test(m)))
    );
  });
}

const COLUMN_MAKERS = ["timestamp", "timestamptz", "datetime", "dateTime", "integer", "bigint", "addColumn"];

/** `deletedAt: timestamp("deleted_at")` of Drizzle, `table.timestamp("deleted_at")` of Knex, `addColumn("deleted_at")` of Kysely. */
function builtColumns(file: SourceFacts): readonly ts.Node[] {
  return COLUMN_MAKERS.flatMap(file.callsNamed).filter((node) => {
    if (!COLUMN.test(stringOf(node.arguments[0]) ?? "")) return false;
    const isDropped = /\b(?:down|drop)\b/.test(file.text.slice(Math.max(0, node.pos - 200), node.pos));
    return !isDropped && (isInTable(node) || calleeName(node) === "addColumn");
  });
}

/** Inside `pgTable("name", {...})` or a callback of `createTable`. */
function isInTable(node: ts.Node): boolean {
  for (let up: ts.Node | undefined = node.parent; up; up = up.parent)
    if (isCallExpression(up) && /table$/i.test(calleeName(up))) return true;
  return false;
}

/** Sequelize's `paranoid: true`. */
function paranoidModels(file: SourceFacts): readonly ts.Node[] {
  if (!file.names.has("paranoid")) return [];
  return file
    .nodes(PropertyAssignment)
    .filter((node) => isPropertyAssignment(node) && nameText(node.name) === "paranoid" && node.initializer.kind === TrueKeyword);
}

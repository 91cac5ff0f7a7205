import { ts } from "ts-morph";
import {
  isBinaryExpression,
  isBindingElement,
  isCallExpression,
  isIdentifier,
  isIfStatement,
  isObjectBindingPattern,
  isObjectLiteralExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isPropertySignature,
  isReturnStatement,
  isShorthandPropertyAssignment,
  isThrowStatement,
  isTypeLiteralNode,
} from "../../../syntax/guards.ts";
import type { Problem, Rule } from "../../../rule.ts";
import { accessCandidates, dataAccessOf, type DataAccess } from "../../../syntax/data-access.ts";
import { contains, nameText, unwrap, type FunctionWithBody } from "../../../syntax/functions.ts";
import { calleeName } from "../../../syntax/origin.ts";
import { nameOfValue } from "../../../syntax/secret-names.ts";
import { isExported } from "./exposed-functions.ts";
import { isPrivileged, outermost } from "./find-unscoped-client-calls.ts";

const ID = /^[a-z]\w*(?:Id|ID|_id|Slug)$|^(?:id|slug)$/;
const OWNER =
  /^(?:user|owner|caller|viewer|actor|requester|team|org|organi[sz]ation|workspace|project|tenant|account|company|space|member|customer)_?(?:Id|ID|_id|Slug)$/;
/** Ids of what owns other rows: asking for it by its own id is the question whose it is. */
const OWNS = /(?:user|account|team|org(?:ani[sz]ation)?|workspace|tenant|project|company|member|space)(?:Id|ID|_id|Slug)$|^slug$/i;
const SAYS_NOTHING = /^(?:log|info|debug|warn|error|trace|capture\w*|emit|track\w*|set|push|add|parse|safeParse)$/;

/** A row found by its own id where the function was told whose it must be. */
export const lookupNamesItsKnownOwner: Rule = {
  id: "lookup-names-its-known-owner",
  requirement: "authorization",
  severity: "advisory",
  title: "A lookup names the owner that the function was told",
  why: "The check of the parent, or the caller's id that was handed in, says nothing about a row that is found by its own id: the number of a stranger's row passes.",
  fix: "Put the owner or the parent into the condition next to the id, or compare the row's owner before anything is done with it.",
  source: "OWASP API Security Top 10, API1 Broken Object Level Authorization; CWE-639",
  needsWholeFile: true,
  examples: {
    bad: `export const selectCalendar = async (params: { userId: string; calendarId: string; selected: boolean }) => {
  const { calendarId, selected } = params;
  await prisma.calendar.update({ where: { id: calendarId }, data: { selected } });
};
`,
    good: `export const selectCalendar = async (params: { userId: string; calendarId: string; selected: boolean }) => {
  const { userId, calendarId, selected } = params;
  await prisma.calendar.update({ where: { id: calendarId, userId }, data: { selected } });
};
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.SourceFile],
    look: (_node, file) => {
      const said = new Map<FunctionWithBody, Problem>();
      for (const call of accessCandidates(file)) {
        const access = dataAccessOf(call, file);
        const outer = access && outermost(call, file);
        if (!access || !outer?.body || said.has(outer) || isPrivileged(outer, file)) continue;
        const problem = problemOf(access, outer);
        if (problem) said.set(outer, problem);
      }
      return [...said.values()];
    },
  },
};

function problemOf(access: DataAccess, outer: FunctionWithBody): Problem | null {
  const child = access.isScoped || !access.filter ? null : onlyIdName(access.filter);
  if (child === null || OWNS.test(child)) return null;
  const told = toldIds(outer);
  if (!told.has(child)) return null;
  const unused = isExported(outer) && access.isWrite ? [...told].find((name) => OWNER.test(name) && !isMentioned(outer, name)) : undefined;
  const parent = unused ?? [...told].find((name) => name !== child && isParentOf(name, child, access, outer));
  if (parent === undefined) return null;
  return {
    node: access.filter ?? access.node,
    alsoTouches: [access.node.expression],
    message: unused
      ? `\`${access.model}.${access.verb}\` goes by \`${child}\` alone, and \`${parent}\`, which the function is told, is never used. Checks in other files were not followed.`
      : `\`${access.model}.${access.verb}\` goes by \`${child}\` alone: that \`${parent}\` was looked at before says nothing about a row that is not its own. Checks in other files were not followed.`,
  };
}

/** The one field of a condition that is an id handed in: `{ id: calendarId }`, `{ resultId }`. */
function onlyIdName(filter: ts.Node): string | null {
  const e = unwrap(filter);
  if (!isObjectLiteralExpression(e)) {
    if (!isCallExpression(e) || calleeName(e) !== "eq" || !e.arguments[1]) return null;
    const name = nameOfValue(e.arguments[1]);
    return ID.test(name) ? name : null;
  }
  const [property, ...others] = e.properties;
  if (!property || others.length > 0) return null;
  const name = isShorthandPropertyAssignment(property)
    ? property.name.text
    : isPropertyAssignment(property)
      ? nameOfValue(property.initializer)
      : "";
  return ID.test(name) ? name : null;
}

/** Ids that the function takes apart from its parameters, or that their written types name. */
function toldIds(fn: FunctionWithBody): ReadonlySet<string> {
  const names = new Set<string>();
  for (const parameter of fn.parameters) {
    if (isIdentifier(parameter.name)) names.add(parameter.name.text);
    else
      contains(parameter.name, (n) => {
        if (isBindingElement(n) && isIdentifier(n.name)) names.add(n.name.text);
        return false;
      });
    if (parameter.type && isTypeLiteralNode(parameter.type) && !isObjectBindingPattern(parameter.name))
      for (const member of parameter.type.members) if (isPropertySignature(member)) names.add(nameText(member.name));
  }
  return new Set([...names].filter((name) => ID.test(name)));
}

function isMentioned(fn: FunctionWithBody, name: string): boolean {
  return fn.body !== undefined && contains(fn.body, (n) => isIdentifier(n) && n.text === name, true);
}

/** Looked up or checked before with a way out, while nothing before or beside ties the two together. */
function isParentOf(parent: string, child: string, access: DataAccess, outer: FunctionWithBody): boolean {
  if (!outer.body || parent === "id") return false;
  const says = (node: ts.Node, name: string): boolean => contains(node, (n) => isIdentifier(n) && n.text === name, true);
  let isChecked = false;
  let isTied = false;
  contains(
    outer.body,
    (n) => {
      if (isTied) return true;
      if (isCallExpression(n) && !SAYS_NOTHING.test(calleeName(n))) {
        const isAround = n.pos <= access.node.pos && n.end >= access.node.end;
        const [own, other] = [n.arguments.some((a) => says(a, child)), n.arguments.some((a) => says(a, parent))];
        if (own && other && !isAround) isTied = true;
        if (own && !other && !isAround && n.end <= access.node.pos && dataAccessIsRead(n)) isTied = true;
        if (other && !own && n.end <= access.node.pos) isChecked = true;
      }
      if (
        isBinaryExpression(n) &&
        /^[!=]==?$/.test(n.operatorToken.getText()) &&
        says(n, parent) &&
        isPropertyAccessExpression(unwrap(n.left))
      )
        isTied = true;
      return false;
    },
    true,
  );
  return isChecked && !isTied && leavesBefore(outer, access.node);
}

/** The row was fetched before: what is done with it there was not followed. */
function dataAccessIsRead(call: ts.CallExpression): boolean {
  return /^(?:find|get|fetch|load|check|assert|ensure|verify|can|is|has|require|validate)/.test(calleeName(call));
}

function leavesBefore(fn: FunctionWithBody, at: ts.Node): boolean {
  return (
    fn.body !== undefined &&
    contains(
      fn.body,
      (n) => isIfStatement(n) && n.end <= at.pos && contains(n.thenStatement, (x) => isThrowStatement(x) || isReturnStatement(x)),
      true,
    )
  );
}

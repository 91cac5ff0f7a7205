import type { ts } from "ts-morph";
import {
  isCallExpression,
  isExternalModuleReference,
  isIdentifier,
  isImportDeclaration,
  isImportEqualsDeclaration,
  isNamespaceImport,
  isObjectBindingPattern,
  isStringLiteral,
  isStringLiteralLike,
  isVariableStatement,
} from "../rubrics/syntax/guards.ts";
import type { ImportedName } from "../rubrics/syntax/source-facts.ts";

/** What the imports of a file, and each top-level `require`, bring in: local name to module. */
export function importsOf(sourceFile: ts.SourceFile): Map<string, ImportedName> {
  const imports = new Map<string, ImportedName>();
  const add = (local: string, from: string, name: string): void => {
    imports.set(local, { from: from.replace(/^node:/, ""), name });
  };
  for (const statement of sourceFile.statements) {
    if (isImportDeclaration(statement) && isStringLiteral(statement.moduleSpecifier)) {
      const from = statement.moduleSpecifier.text;
      const clause = statement.importClause;
      if (clause?.name) add(clause.name.text, from, "default");
      const bindings = clause?.namedBindings;
      if (bindings && isNamespaceImport(bindings)) add(bindings.name.text, from, "*");
      else bindings?.elements.forEach((e) => add(e.name.text, from, (e.propertyName ?? e.name).text));
    } else if (isImportEqualsDeclaration(statement) && isExternalModuleReference(statement.moduleReference)) {
      const specifier = statement.moduleReference.expression;
      if (isStringLiteralLike(specifier)) add(statement.name.text, specifier.text, "*");
    } else if (isVariableStatement(statement)) statement.declarationList.declarations.forEach((d) => addRequire(d, add));
  }
  return imports;
}

function addRequire(declaration: ts.VariableDeclaration, add: (local: string, from: string, name: string) => void): void {
  const call = declaration.initializer;
  if (!call || !isCallExpression(call) || !isIdentifier(call.expression) || call.expression.text !== "require") return;
  const from = call.arguments[0];
  if (!from || !isStringLiteralLike(from)) return;
  if (isIdentifier(declaration.name)) add(declaration.name.text, from.text, "*");
  else if (isObjectBindingPattern(declaration.name))
    for (const e of declaration.name.elements) {
      if (isIdentifier(e.name))
        add(e.name.text, from.text, e.propertyName && isIdentifier(e.propertyName) ? e.propertyName.text : e.name.text);
    }
}

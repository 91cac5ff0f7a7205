import { ts } from "ts-morph";

/** A node that gives a name its meaning. */
export type Declaration =
  | ts.VariableDeclaration
  | ts.BindingElement
  | ts.ParameterDeclaration
  | ts.FunctionDeclaration
  | ts.FunctionExpression
  | ts.ClassDeclaration
  | ts.EnumDeclaration
  | ts.ImportSpecifier
  | ts.ImportClause
  | ts.NamespaceImport
  | ts.ImportEqualsDeclaration;

const scopes = new WeakMap<ts.Node, Map<string, Declaration>>();

/** The declaration that an identifier refers to by lexical scope in this file; null for globals and unknown names. */
export function declarationOf(identifier: ts.Identifier): Declaration | null {
  for (let scope: ts.Node | undefined = identifier.parent; scope; scope = scope.parent) {
    if (!isScope(scope)) continue;
    const found = namesOf(scope).get(identifier.text);
    if (found) return found;
  }
  return null;
}

/** true when the name means the global of that name: nothing in scope declares it. */
export function isGlobal(identifier: ts.Identifier): boolean {
  return declarationOf(identifier) === null;
}

function isScope(node: ts.Node): boolean {
  return (
    ts.isSourceFile(node) ||
    ts.isBlock(node) ||
    ts.isFunctionLike(node) ||
    ts.isModuleBlock(node) ||
    ts.isCaseBlock(node) ||
    ts.isCatchClause(node) ||
    ts.isForStatement(node) ||
    ts.isForOfStatement(node) ||
    ts.isForInStatement(node)
  );
}

function namesOf(scope: ts.Node): Map<string, Declaration> {
  let names = scopes.get(scope);
  if (!names) {
    names = new Map();
    collect(scope, names);
    scopes.set(scope, names);
  }
  return names;
}

function collect(scope: ts.Node, names: Map<string, Declaration>): void {
  if (ts.isSourceFile(scope) || ts.isBlock(scope) || ts.isModuleBlock(scope)) scope.statements.forEach((s) => addStatement(s, names));
  else if (ts.isCaseBlock(scope)) scope.clauses.forEach((clause) => clause.statements.forEach((s) => addStatement(s, names)));
  else if (ts.isFunctionLike(scope)) {
    if (ts.isFunctionExpression(scope) && scope.name) names.set(scope.name.text, scope);
    scope.parameters.forEach((p) => addBinding(p.name, p, names));
  } else if (ts.isCatchClause(scope) && scope.variableDeclaration)
    addBinding(scope.variableDeclaration.name, scope.variableDeclaration, names);
  else if (ts.isForStatement(scope) || ts.isForOfStatement(scope) || ts.isForInStatement(scope)) {
    if (scope.initializer && ts.isVariableDeclarationList(scope.initializer)) addList(scope.initializer, names);
  }
}

function addStatement(statement: ts.Statement, names: Map<string, Declaration>): void {
  if (ts.isVariableStatement(statement)) addList(statement.declarationList, names);
  else if (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)) {
    if (statement.name) names.set(statement.name.text, statement);
  } else if (ts.isEnumDeclaration(statement)) names.set(statement.name.text, statement);
  else if (ts.isImportEqualsDeclaration(statement)) names.set(statement.name.text, statement);
  else if (ts.isImportDeclaration(statement) && statement.importClause) {
    const clause = statement.importClause;
    if (clause.name) names.set(clause.name.text, clause);
    if (clause.namedBindings && ts.isNamespaceImport(clause.namedBindings)) names.set(clause.namedBindings.name.text, clause.namedBindings);
    else if (clause.namedBindings) clause.namedBindings.elements.forEach((e) => names.set(e.name.text, e));
  }
}

function addList(list: ts.VariableDeclarationList, names: Map<string, Declaration>): void {
  for (const declaration of list.declarations) addBinding(declaration.name, declaration, names);
}

function addBinding(name: ts.BindingName, declaration: Declaration, names: Map<string, Declaration>): void {
  if (ts.isIdentifier(name)) names.set(name.text, declaration);
  else
    for (const element of name.elements) {
      if (ts.isBindingElement(element)) addBinding(element.name, element, names);
    }
}

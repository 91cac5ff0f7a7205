import { ts } from "ts-morph";
import {
  isBindingElement,
  isBlock,
  isCaseBlock,
  isCatchClause,
  isClassDeclaration,
  isEnumDeclaration,
  isForInStatement,
  isForOfStatement,
  isForStatement,
  isFunctionDeclaration,
  isFunctionExpression,
  isFunctionLike,
  isIdentifier,
  isImportDeclaration,
  isImportEqualsDeclaration,
  isModuleBlock,
  isNamespaceImport,
  isSourceFile,
  isVariableDeclarationList,
  isVariableStatement,
} from "./guards.ts";

const {
  ArrowFunction,
  Block,
  CallSignature,
  CaseBlock,
  CatchClause,
  ConstructSignature,
  Constructor,
  ConstructorType,
  ForInStatement,
  ForOfStatement,
  ForStatement,
  FunctionDeclaration,
  FunctionExpression,
  FunctionType,
  GetAccessor,
  IndexSignature,
  MethodDeclaration,
  MethodSignature,
  ModuleBlock,
  SetAccessor,
  SourceFile,
} = ts.SyntaxKind;

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

/** Kinds of nodes that can declare names for what stands in them. */
const SCOPES: ReadonlySet<ts.SyntaxKind> = new Set([
  SourceFile,
  Block,
  ModuleBlock,
  CaseBlock,
  CatchClause,
  ForStatement,
  ForOfStatement,
  ForInStatement,
  FunctionDeclaration,
  FunctionExpression,
  ArrowFunction,
  MethodDeclaration,
  Constructor,
  GetAccessor,
  SetAccessor,
  MethodSignature,
  CallSignature,
  ConstructSignature,
  IndexSignature,
  FunctionType,
  ConstructorType,
]);
const NO_NAMES: ReadonlyMap<string, Declaration> = new Map();
/** The compiler keeps a slot for a scope's names and never fills it here: its binder, which would, is not run. Much cheaper than a map of scopes. */
type Scope = ts.Node & { locals?: ReadonlyMap<string, Declaration> };

/** The declaration that an identifier refers to by lexical scope in this file; null for globals and unknown names. */
export function declarationOf(identifier: ts.Identifier): Declaration | null {
  const name = identifier.text;
  for (let scope: ts.Node | undefined = identifier.parent; scope; scope = scope.parent) {
    if (!SCOPES.has(scope.kind)) continue;
    const found = namesOf(scope).get(name);
    if (found) return found;
  }
  return null;
}

/** true when the name means the global of that name: nothing in scope declares it. */
export function isGlobal(identifier: ts.Identifier): boolean {
  return declarationOf(identifier) === null;
}

function namesOf(scope: Scope): ReadonlyMap<string, Declaration> {
  if (scope.locals) return scope.locals;
  const found = new Map<string, Declaration>();
  collect(scope, found);
  return (scope.locals = found.size > 0 ? found : NO_NAMES);
}

function collect(scope: ts.Node, names: Map<string, Declaration>): void {
  if (isSourceFile(scope) || isBlock(scope) || isModuleBlock(scope)) scope.statements.forEach((s) => addStatement(s, names));
  else if (isCaseBlock(scope)) scope.clauses.forEach((clause) => clause.statements.forEach((s) => addStatement(s, names)));
  else if (isFunctionLike(scope)) {
    if (isFunctionExpression(scope) && scope.name) names.set(scope.name.text, scope);
    scope.parameters.forEach((p) => addBinding(p.name, p, names));
  } else if (isCatchClause(scope) && scope.variableDeclaration)
    addBinding(scope.variableDeclaration.name, scope.variableDeclaration, names);
  else if (isForStatement(scope) || isForOfStatement(scope) || isForInStatement(scope)) {
    if (scope.initializer && isVariableDeclarationList(scope.initializer)) addList(scope.initializer, names);
  }
}

function addStatement(statement: ts.Statement, names: Map<string, Declaration>): void {
  if (isVariableStatement(statement)) addList(statement.declarationList, names);
  else if (isFunctionDeclaration(statement) || isClassDeclaration(statement)) {
    if (statement.name) names.set(statement.name.text, statement);
  } else if (isEnumDeclaration(statement)) names.set(statement.name.text, statement);
  else if (isImportEqualsDeclaration(statement)) names.set(statement.name.text, statement);
  else if (isImportDeclaration(statement) && statement.importClause) {
    const clause = statement.importClause;
    if (clause.name) names.set(clause.name.text, clause);
    if (clause.namedBindings && isNamespaceImport(clause.namedBindings)) names.set(clause.namedBindings.name.text, clause.namedBindings);
    else if (clause.namedBindings) clause.namedBindings.elements.forEach((e) => names.set(e.name.text, e));
  }
}

function addList(list: ts.VariableDeclarationList, names: Map<string, Declaration>): void {
  for (const declaration of list.declarations) addBinding(declaration.name, declaration, names);
}

function addBinding(name: ts.BindingName, declaration: Declaration, names: Map<string, Declaration>): void {
  if (isIdentifier(name)) names.set(name.text, declaration);
  else
    for (const element of name.elements) {
      if (isBindingElement(element)) addBinding(element.name, element, names);
    }
}

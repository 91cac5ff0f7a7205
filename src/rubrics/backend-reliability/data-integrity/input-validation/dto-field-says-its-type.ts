import { ts } from "ts-morph";
import type { Problem, Rule } from "../../../rule.ts";
import { decoratorName, decorators } from "../../../syntax/decorators.ts";
import { nameText } from "../../../syntax/functions.ts";
import { isClassLike, isPropertyDeclaration } from "../../../syntax/guards.ts";
import type { SourceFacts } from "../../../syntax/source-facts.ts";

const { BooleanKeyword, NumberKeyword, StringKeyword } = ts.SyntaxKind;

/** What only asks whether there is a value. */
const PRESENCE = /^(?:IsDefined|IsNotEmpty|IsOptional|Allow|ValidateIf)$/;
/** Decorators of others that give the value its form; GraphQL checks what `@Field` says. */
const FORMS = /^Field$|[tT]ransform|^Type$|[vV]alid|[pP]ars|[sS]anit|Is[A-Z]|Enum|[mM]atch|Length|Min|Max/;

/** A field whose decorators ask that it is there and not what it is. */
export const dtoFieldSaysItsType: Rule = {
  id: "dto-field-says-its-type",
  requirement: "input-validation",
  severity: "advisory",
  title: "A checked class says the type of each field, not only that it is there",
  why: "`@IsNotEmpty() password: string` lets an object or a list through: the type is gone at run time, and what follows fails or is told operators of the database.",
  fix: "Add what the value is: `@IsString()`, `@IsUUID()`, `@IsMongoId()`, `@IsInt()`, with a `@MaxLength` for texts.",
  source: "https://github.com/typestack/class-validator#validation-decorators; CWE-1287",
  examples: {
    bad: `import { IsDefined, IsEmail } from "class-validator";
export class SignInBody {
  @IsEmail()
  email: string;

  @IsDefined()
  password: string;
}
`,
    good: `import { IsDefined, IsEmail, IsString, MaxLength } from "class-validator";
export class SignInBody {
  @IsEmail()
  email: string;

  @IsDefined()
  @IsString()
  @MaxLength(128)
  password: string;
}
`,
  },
  typescript: {
    kinds: [ts.SyntaxKind.ClassDeclaration],
    words: ["IsDefined", "IsNotEmpty", "IsOptional", "Allow", "ValidateIf"],
    look: (node, file) => (isClassLike(node) ? problemOf(node, file) : []),
  },
};

/** So many untyped fields may have been forgotten where no other is typed. */
const FEW = 2;

/** One finding for a class, at its first such field; a class in which none is typed, or few, has another way. */
function problemOf(owner: ts.ClassLikeDeclaration, file: SourceFacts): readonly Problem[] {
  const bare = owner.members.filter(isPropertyDeclaration).filter((field) => isBare(field, file));
  const [first, ...others] = bare;
  const name = owner.name?.text ?? "";
  const isInput = typed(owner, file) === 0 && bare.length <= FEW && /(?:Dto|DTO|Body|Input|Request|Params|Query)$/.test(name);
  if (!first || (bare.length > typed(owner, file) && !isInput) || /Response|Output|Result/.test(name)) return [];
  const names = bare.slice(0, 3).map((field) => `\`${nameText(field.name)}\``);
  return [
    {
      node: first.name,
      alsoTouches: [first, ...others],
      message: `${names.join(", ")}${bare.length > 3 ? ` and ${bare.length - 3} more` : ""} may be anything: the decorators ask whether ${bare.length === 1 ? "it is" : "they are"} there and not what ${bare.length === 1 ? "it is" : "they are"}.`,
    },
  ];
}

/** How many fields of the class say what they are: the habit that the others depart from. */
function typed(owner: ts.ClassLikeDeclaration, file: SourceFacts): number {
  return owner.members.filter(
    (field) =>
      isPropertyDeclaration(field) &&
      decorators(field).some((d) => file.imports.get(decoratorName(d))?.from === "class-validator" && !PRESENCE.test(decoratorName(d))),
  ).length;
}

/** Every decorator is class-validator's and asks for presence alone; the type is one that a client can miss. */
function isBare(field: ts.PropertyDeclaration, file: SourceFacts): boolean {
  const marks = decorators(field).map(decoratorName);
  const own = marks.filter((name) => file.imports.get(name)?.from === "class-validator");
  if (nameText(field.name) === "" || own.length === 0 || !own.every((name) => PRESENCE.test(name))) return false;
  if (marks.some((name) => !own.includes(name) && FORMS.test(name))) return false;
  const kind = field.type?.kind;
  return kind === StringKeyword || kind === NumberKeyword || kind === BooleanKeyword;
}

import { describe, expect, test } from "vitest";
import { checksPart, isCheckedOnTheWay, reachOf } from "../../../src/rubrics/syntax/input-checks.ts";
import { routesOf } from "../../../src/rubrics/syntax/routes.ts";
import { buildSourceFacts } from "../../support/build-source-facts.ts";

/** Whether the only route's handler checks the body itself. */
function checksBody(statement: string): boolean {
  const file = buildSourceFacts(
    `import { Router } from "express";\nconst router = Router();\nrouter.post("/a", async (req, res) => { ${statement} });`,
  );
  const handler = routesOf(file)[0]?.handler;
  if (!handler) throw new Error("the text has no route");
  return checksPart(handler, "body", file);
}

describe("a handler checks its body", () => {
  test.each([
    "Order.parse(req.body)",
    "const order = await validateOrder(req.body)",
    "const order = schema.safeParse({ ...req.body, id: req.params.id })",
    "const { error } = Joi.object(rules).validate(req.body)",
    "const errors = validationResult(req)",
    "const { email } = req.body; if (!isEmail(email)) throw new Error()",
    'const { email } = req.body; if (typeof email !== "string") throw new Error()',
    "if (!Array.isArray(req.body.lines)) throw new Error()",
    "assertAll([req.body.a, req.body.b])",
  ])("%s", (statement) => {
    expect(checksBody(statement)).toBe(true);
  });
});

describe("a handler does not check its body", () => {
  test.each([
    "const { email } = req.body as { email: string }",
    "if (!req.body.email) throw new Error()",
    "const amount = parseInt(req.body.amount, 10)",
    "const { name } = path.parse(req.body.file)",
    "const text = JSON.stringify(req.body)",
    "Order.parse(req.query); await orders.add(req.body)",
    "res.send(req.body)",
  ])("%s", (statement) => {
    expect(checksBody(statement)).toBe(false);
  });
});

/** Whether something checks the input before the only route's handler runs. */
function isChecked(text: string, dependencies: readonly string[] = []): boolean {
  const file = buildSourceFacts(`import { Router } from "express";\nconst router = Router();\n${text}`, dependencies);
  return isCheckedOnTheWay(routesOf(file)[0] ?? null, file);
}

test("middleware, a router's middleware, a schema of the route and an API description check on the way", () => {
  expect(isChecked('router.post("/a", validate(schema), (req, res) => {});')).toBe(true);
  expect(isChecked('router.use(celebrate(rules)); router.post("/a", (req, res) => {});')).toBe(true);
  expect(isChecked('router.post("/a", { schema: bodySchema }, (req, res) => {});')).toBe(true);
  expect(isChecked('router.post("/a", (req, res) => {});', ["express-openapi-validator"])).toBe(true);
  expect(isChecked('router.post("/a", requireLogin, (req, res) => { schema.parse(1); });')).toBe(false);
});

test("a handler is reached directly, by a route of the file, or from elsewhere", () => {
  const reach = (text: string): string[] => {
    const file = buildSourceFacts(text);
    return file.sourceFile.statements.flatMap((s) => ("parameters" in s ? [reachOf(s as Parameters<typeof reachOf>[0], file)] : [])); // only function declarations have parameters
  };
  expect(reach("function a(req: NextApiRequest, res: NextApiResponse) {}\nfunction b(req, res) {}")).toEqual(["direct", "elsewhere"]);
  expect(reach('import { Router } from "express";\nconst router = Router();\nfunction c(req, res) {}\nrouter.get("/c", c);')).toEqual([
    "route",
  ]);
});

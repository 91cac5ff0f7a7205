import type { Requirement } from "../../../requirement.ts";

/** Input is validated at the boundary. */
export const inputValidation: Requirement = {
  id: "input-validation",
  section: "data-integrity",
  label: "validation",
  title: "Input is validated at the boundary",
  question: "Which schema does each input have to satisfy, and what does a bad one get?",
  cues: [
    { pattern: /\b(?:checked|parsed) (?:against|with|by) (?:an? |the |its )?(?:[\p{L}\d-]+ )?schema/u, weight: 3 },
    {
      pattern:
        /\b(?:invalid|malformed|out[\s-]of[\s-]range|missing|unknown|negative|oversized) (?!or |tokens?|credential|signature|session|jwt|api|cert|user|login)(?:[\p{L}\d_-]+ ){1,3}(?:is |are |values? )?(?:reject|refus|denied|fail)/u,
      weight: 4,
    },
    { pattern: /검증|検証|kiểm tra đầu vào|entrada válida|eingaben? (?:prüf|valid)|провер(?:ка|ять) (?:вход|данн)/u, weight: 3 },
    {
      pattern: /validat(?:e|es|ed|ion|or|ors|ing)\b|校验|验证输入|validación|validação|validierung|walidac|バリデーション|validasi/u,
      weight: 4,
    },
    { pattern: /\bschemas?\b/u, weight: 1.5 },
    {
      pattern:
        /\b(?:zod|joi|pydantic|ajv|yup|class-validator|valibot|marshmallow|fluentvalidation|json[\s-]?schema|bean validation|typebox|superstruct|cerberus|go-playground|express-validator|arktype|dry-validation|hibernate validator)\b/u,
      weight: 3,
    },
    { pattern: /\b(?:400|422)\b/u, weight: 3 },
    {
      pattern:
        /\bmalformed|\binvalid (?:input|payload|body|request|json|data|field|amount|value|format)|bad (?:input|request|payload)|missing (?:required )?fields?/u,
      weight: 2.5,
    },
    {
      pattern: /(?:max(?:imum)?|min(?:imum)?) (?:length|size|body)|(?:body|payload|file|upload|request|input)[\s-]?(?:size|limit|length)/u,
      weight: 2.5,
    },
    { pattern: /content-type|\bmime\b|magic bytes?|file types?/u, weight: 2.5 },
    { pattern: /required fields?|whitelist|allow-?list|\benum\b|\bregex\b/u, weight: 1.5 },
    { pattern: /\breject(?:s|ed|ing)?\b|\bstrip(?:s|ped)? unknown/u, weight: 1.2 },
    { pattern: /boundary|monotonic|type check|non-empty|non-negative|positive (?:number|integer)/u, weight: 1 },
    {
      pattern:
        /\bmax_?(?:body|upload|file|request|payload)\w*|\b(?:multipart|body|json|payload|upload|file) (?:size )?limits?\b|\b(?:limit|max)\w* .{0,12}\b(?:rozmiar|json|body|upload|payload|multipart)|\brozmiar/u,
      weight: 5,
    },
    {
      pattern:
        /\bbetween \d+ and \d+ (?:characters?|chars|digits|items?)|\bclamped? (?:to|between)|\b(?:required|mandatory) (?:\x60\w+\x60 )?param|\bmin(?:imum)? lengths?\b|\bparse and validate/u,
      weight: 4.5,
    },
    {
      pattern: /\brejects? (?:dangerous|malformed|oversized|unknown|invalid|unsupported|files?)|\breject if\b|\buuid (?:v\d )?validation/u,
      weight: 3.5,
    },
    {
      pattern:
        /\bhandles? invalid\b|\b(?:body|payload|request|fields?) requires?\b|\bmax (?:file|rows?|items?|body)\b|\bexceeds \d+ (?:characters|chars|bytes|kb|mb|items|rows)/u,
      weight: 3.5,
    },
  ],
  reference: "Joi or Zod at each API boundary",
  why: "What gets in unvalidated is stored, and every later reader has to survive it.",
  fix: "Parse each body, query and message with a schema at the boundary; reject with the names of the bad fields.",
  goodExample:
    "Joi schema on POST /refunds: amount (positive, max 999999), currency (ISO 4217); bad input returns 400 with {error, fields}",
  badExample: "Validate input",
  source: "OWASP Input Validation Cheat Sheet",
  alsoFits: ["security", "error-handling"],
  hints: {
    numbers: { ask: "say which bounds the fields have", example: "amount 1 to 999999" },
    tools: { ask: "name the schema library (Zod, Joi, Pydantic, Bean Validation)", example: "Zod schema" },
    outcome: { ask: "say what bad input gets", example: "bad input returns 400 with {error, fields}" },
  },
};

import type { Requirement } from "../../../requirement.ts";

/** What users send is never executed. */
export const inputSanitization: Requirement = {
  id: "input-sanitization",
  section: "security",
  label: "sanitization",
  title: "What users send is never executed",
  question: "How is user input kept out of SQL, HTML, shells, paths and outbound addresses?",
  cues: [
    {
      pattern:
        /\beval\b|innerhtml|deseriali[sz]|untrusted|malicious|(?:allow|block|deny)-?list(?:ed)? (?:of )?(?:hosts?|domains?|urls?|ips?)|loopback|link-local|internal (?:ips?|addresses|hosts?)|\bshell\b|html (?:encod|strip|tags?|output)|null[\s-]byte|\bcrlf\b|unicode normali|control characters|dns rebinding|directory traversal|zip (?:slip|bomb)|framing|\bframe-ancestors|security\.txt|server header|x-powered-by/u,
      weight: 3.5,
    },
    { pattern: /strict-transport|referrer-policy|permissions-policy|nosniff|x-xss/u, weight: 5 },
    { pattern: /user[\s-](?:controlled|supplied|provided) (?:input|string|url|data|path)|ユーザー制御/u, weight: 4 },
    { pattern: /saniti[sz]/u, weight: 5 },
    {
      pattern:
        /\bxss\b|\bcsrf\b|\bxsrf\b|\bssrf\b|\bsqli\b|(?<!failure )(?<!fault )(?<!dependency )(?<!chaos )(?<!error )injection\b|注入|inyección|injeção/u,
      weight: 5,
    },
    { pattern: /parameteri[sz]ed|prepared statements?|bind(?:ing)? param|bound param/u, weight: 5 },
    { pattern: /\bescap(?:e|es|ing|ed)\b/u, weight: 3 },
    { pattern: /\bcsp\b|content-security-policy|security[\s-]headers?|\bhelmet\b|\bhsts\b|x-frame|x-content-type|clickjack/u, weight: 5 },
    { pattern: /\b(?:dompurify|bleach|sanitize-html|htmlpurifier)\b/u, weight: 4 },
    { pattern: /path[\s-]?travers|prototype pollution|\bxxe\b|open redirect|command injection|mass assignment/u, weight: 5 },
    { pattern: /private (?:ip|address|range)|metadata endpoint|169\.254/u, weight: 3 },
    { pattern: /(?:string|sql) concat|raw (?:sql|query|queries)/u, weight: 3 },
    { pattern: /\bbinds?\b|bound param|placeholders/u, weight: 3.5 },
    { pattern: /<script>|<img|or 1=1|dompurify|strips? (?:scripts|tags)|htmlspecialchars/u, weight: 4 },
    {
      pattern:
        /cross-origin-(?:opener|embedder|resource)-policy|verify_authenticity_token|protect_from_forgery|unsafe[_-]inline|\b(?:style|script)-src\b|\bno user urls?\b|\bsafe_fetch|\bescape all\b|\bhtml (?:interpolation|injection)/u,
      weight: 6,
    },
  ],
  reference: "parameterized SQL, escaped output against XSS",
  why: "One concatenated string lets a stranger read the whole table.",
  fix: "Bind parameters, escape on output, allow-list addresses and paths.",
  goodExample: "Knex binds every parameter and DOMPurify cleans comment HTML; the payload 1' OR 1=1 returns 0 rows in the test suite",
  badExample: "Sanitize input",
  source: "OWASP Top 10, A03 Injection",
  alsoFits: ["data-integrity"],
  hints: {
    numbers: { ask: "say which limit or strength applies", example: "max 255 characters" },
    tools: { ask: "name what binds or cleans (Knex bindings, DOMPurify, helmet)", example: "DOMPurify" },
    outcome: { ask: "say what becomes of a hostile input", example: "a script tag is stored and shown as text" },
  },
};

import type { Requirement } from "../../../requirement.ts";

/** Every caller can do only what is theirs. */
export const authorization: Requirement = {
  id: "authorization",
  section: "security",
  label: "authorization",
  title: "Every caller can do only what is theirs",
  question: "Who may call what, and where is that decided?",
  cues: [
    { pattern: /권한|인가|phân quyền|berechtig|droits d.acc|ownership|доступ/u, weight: 3.5 },
    {
      pattern: /authori[sz]ation|authori[sz](?:e|es|ed|ing)\b(?<!unauthori[sz]ed)|授权|autoris|autorizac|autorizaç|認可|otorisasi/u,
      weight: 4,
    },
    {
      pattern: /\b(?:someone|somebody|anyone) else.s\b|\banother (?:user|customer|tenant|owner).s\b|\bnot (?:your|their) own\b/u,
      weight: 6,
    },
    { pattern: /\b(?:rbac|abac|rebac|acls?)\b/u, weight: 5 },
    { pattern: /\b403\b|forbidden/u, weight: 4.5 },
    { pattern: /(?<![a-z])permissions?\b|权限|permiso/u, weight: 4 },
    { pattern: /\broles?\b|roles-based|role-based/u, weight: 3 },
    { pattern: /\b(?:multi-?)?tenan(?:t|ts|cy)\b|cross-tenant/u, weight: 3 },
    { pattern: /row[\s-]?level[\s-]?security|\brls\b/u, weight: 5.5 },
    { pattern: /\bowner(?:s|ship)?\b/u, weight: 2.5 },
    { pattern: /least[\s-]privilege|moindre|principle of least|mínimo privilegio|privilege escalation/u, weight: 4 },
    { pattern: /\bscopes?\b/u, weight: 1.8 },
    {
      pattern:
        /\bidor\b|\bbola\b|admin[\s-]?only|access[\s-]control|accessible (?:to|only|by)|restricted to|only (?:admins?|owners?)|\bnon-admin/u,
      weight: 3.5,
    },
    { pattern: /\b(?:casbin|opa|cerbos|casl|pundit|cancancan|openfga|spicedb|iam)\b/u, weight: 3 },
    { pattern: /\bpolic(?:y|ies)\b/u, weight: 0.8 },
    {
      pattern:
        /\b(?:data|user|company|org(?:anization)?|multi-\w+) isolation\b|\btheir own (?:profile|data|records?|rows?|orders?|documents?)|\b(?:only )?their (?:assigned|own) \w+|\bbehind authorization|\bscopes? (?:the )?(?:queries|query)|\bminimum (?:scopes?|permissions?)/u,
      weight: 5,
    },
    {
      pattern:
        /\b(?:admin|super ?admin|owner|manager) (?:role )?(?:required|only|can)\b|\bunreachable from (?:the )?public|\bfiltered by caller|\b(?:cannot|can.t|never) (?:see|read|access) (?:another|other)/u,
      weight: 4,
    },
    {
      pattern:
        /\brequires? (?:\w+ )?[\w.:-]{2,30} (?:scope|role|permission)|\b(?:cannot|can only|can.t|may not|may only) (?:be )?(?:read|sent?|see|seen|access|edit|modif|view|delet|list|writ)\w{0,4}\b|\bcross-(?:user|account|org)/u,
      weight: 4,
    },
  ],
  reference: "RBAC",
  why: "A valid token for one customer must not open the data of another.",
  fix: "Decide by role and by ownership next to the data, deny by default.",
  goodExample: "CASL policy on every invoice route: only role finance of the same tenant may read; others get 403 and one audit row",
  badExample: "Add authorization",
  source: "OWASP API Security Top 10, API1 Broken Object Level Authorization",
  alsoFits: ["data-integrity"],
  hints: {
    numbers: { ask: "say which status a stranger gets, or which roles there are", example: "a stranger gets 403" },
    tools: { ask: "name what decides (CASL, OPA, Spring Security, row-level security)", example: "CASL" },
    outcome: { ask: "say what a caller without the right gets", example: "a caller of another tenant gets 403" },
  },
};

// The map of the house as prohibitions. Each comment is the sentence that the offender reads.
const EDGES = "^src/(receive|queue|fetch|publish|database|dashboard|cli|telemetry|github|analysis)/";
const STORIES =
  "^src/(review|reply|accept-risk|run-command|sign-form|signing-desk|read-signatures|read-news|judge-merge-group|judge-again|follow-up|redeliver-missed|sweep-open-heads|discover-repositories|do-round|do-job)\\.ts$";
const STAGES = "^src/(detect|grade|inspect|risks|policy)/";
const PURE = "^src/(model|rubrics|detect|grade|inspect|risks|policy|judge|render)/";

module.exports = {
  forbidden: [
    {
      name: "no-cycles",
      severity: "error",
      comment: "Two files that need each other are one file, or miss a third.",
      from: {},
      to: { circular: true },
    },
    {
      name: "model-imports-nothing",
      severity: "error",
      comment: "The nouns stand on nothing: what they need is a noun too, or belongs to a stage.",
      from: { path: "^src/model/" },
      to: { pathNot: "^src/model/" },
    },
    {
      name: "rubrics-know-only-the-model",
      severity: "error",
      comment: "The catalogue is read by the stages; it may not read them.",
      from: { path: "^src/rubrics/" },
      to: { path: "^src/", pathNot: "^src/(model|rubrics)/" },
    },
    {
      name: "stages-are-siblings",
      severity: "error",
      comment: "Stages hand values to each other through the model; they never call each other.",
      from: { path: STAGES.replace("^src/(", "^src/(") },
      to: { path: STAGES, pathNot: "^src/$1/" },
    },
    {
      name: "stages-know-model-and-rubrics",
      severity: "error",
      comment: "A stage stands on the model and the catalogue; what comes after it may not be known to it.",
      from: { path: STAGES },
      to: { path: "^src/", pathNot: "^src/(model|rubrics|detect|grade|inspect|risks|policy)/" },
    },
    {
      name: "judge-before-render",
      severity: "error",
      comment: "The verdict is decided before a word of it is written.",
      from: { path: "^src/judge/" },
      to: { path: "^src/", pathNot: "^src/(model|rubrics|detect|grade|inspect|risks|policy|judge)/" },
    },
    {
      name: "render-decides-nothing",
      severity: "error",
      comment: "Rendering turns a value into text: it reads the verdict and the catalogue, nothing that writes or fetches.",
      from: { path: "^src/render/" },
      to: { path: "^src/", pathNot: "^src/(model|rubrics|risks|judge|render)/" },
    },
    {
      name: "stories-meet-edges-through-ports",
      severity: "error",
      comment: "A story names a port of the model; main.ts hands the real edge in.",
      from: { path: STORIES },
      to: { path: `${EDGES}|^src/(main|app|environment)\\.ts$` },
    },
    {
      name: "pure-is-pure",
      severity: "error",
      comment: "No network, clock, file system, database or process in a pure folder: the snapshot carries all of it.",
      from: { path: PURE },
      to: {
        path: "^(node:)?(fs|fs/promises|http|https|net|tls|dns|child_process|worker_threads|os|process|timers|timers/promises|readline|cluster|dgram|perf_hooks)$|node_modules/(probot|@octokit|pg|pg-boss|kysely|@electric-sql|pino|hono|@hono|commander)/",
      },
    },
    {
      name: "publish-decides-nothing",
      severity: "error",
      comment: "Publishing writes what was rendered; a decision made here would not be in the preview.",
      from: { path: "^src/publish/" },
      to: { path: "^src/(detect|grade|inspect|judge|risks|policy|rubrics|render)/" },
    },
    {
      name: "no-test-code-in-src",
      severity: "error",
      comment: "Nothing that ships knows the tests, the fixtures or the stand-in.",
      from: { path: "^src/" },
      to: { path: "^(test|fixtures|bench)/" },
    },
    {
      name: "no-development-dependency-in-src",
      severity: "error",
      comment: "What ships may only need what is installed with it.",
      from: { path: "^src/" },
      to: { dependencyTypes: ["npm-dev"], dependencyTypesNot: ["type-only"] },
    },
    {
      name: "nothing-unresolvable",
      severity: "error",
      comment: "An import that leads nowhere.",
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    parser: "swc",
    tsPreCompilationDeps: true,
    combinedDependencies: true,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
      extensions: [".ts", ".js", ".mjs", ".cjs", ".json", ".d.ts"],
    },
  },
};

import { names } from "../names.ts";
import { DISMISSED, type PathSignal } from "../path-signal.ts";

/** Settings of tools and frameworks. */
export const SETTINGS_PATHS: readonly PathSignal[] = [
  {
    says: "configuration of tools",
    kind: "configuration",
    weight: DISMISSED,
    folders: names(`
      .vscode .idea .devcontainer .husky .yarn .run devtools .docker .dagger .config .ddev .gitpod
    `),
    names: names(`
      makefile justfile taskfile.yml taskfile.yaml magefile.go rakefile procfile turbo.json nx.json lerna.json project.json
      biome.json tsconfig.json jsconfig.json vercel.json netlify.toml deno.json tox.ini noxfile.py rustfmt.toml clippy.toml
      deny.toml gulpfile.js gruntfile.js karma.conf.js ecs.php rector.php phpstan.neon psalm.xml cspell.json components.json
      capfile dangerfile setup_env.sh angular.json mkdocs.yml
    `),
    endings: names(".lock .iml .editorconfig .example .sample .dist"),
    pattern:
      /(?:^|\/)\.[^/]*$|(?:^|\/)\.[a-z]+rc\.[cm]?[jt]s(?:on)?$|\.(?:config|conf|setup|workspace)\.[cm]?[jt]s$|(?:^|\/)tsconfig[^/]*\.json$|(?:^|\/)\.env[^/]*$/i,
  },
  {
    says: "configuration",
    kind: "configuration",
    weight: -3,
    folders: names(`
      docker deployment packaging charts chart helm k8s kubernetes deploy ansible nginx grafana prometheus terraform infra
      infrastructure kustomize
    `),
    families: ["config", "other", "view"],
    names: names(`
      docker-compose.yml docker-compose.yaml compose.yml compose.yaml dockerfile dockerfile.dev containerfile
    `),
    pattern: /(?:^|\/)(?:docker-)?compose[^/]*\.ya?ml$|(?:^|\/)[^/]*dockerfile[^/]*$/i,
  },
  {
    says: "settings of a framework",
    kind: "configuration",
    weight: -1.5,
    families: ["php", "elixir"],
    pattern: /(?:^|\/)config\/[^/]*\.(?:php|exs)$/i,
  },
];

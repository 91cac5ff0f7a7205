import type { Family } from "../languages.ts";
import { names } from "../names.ts";
import { DISMISSED, type PathSignal } from "../path-signal.ts";

const CODE: readonly Family[] = ["web", "python", "go", "jvm", "csharp", "ruby", "php", "rust", "elixir", "other"];

/** What lies around code: tests and their data, documentation, continuous integration, scripts, examples. */
export const AROUND_CODE_PATHS: readonly PathSignal[] = [
  {
    says: "a test",
    kind: "tests",
    weight: DISMISSED - 1,
    folders: names(`
      test tests __tests__ __test__ spec specs e2e cypress playwright testdata __mocks__ mocks mock fixtures __fixtures__
      testing testutil testutils test-utils test_utils testing_support testsupport test-support test_helpers behat
      integrationtest integration-tests integration_tests androidtest unittests benchmarks benches jmh
      testfixtures testlib
    `),
    words: names("tests testing e2e unittests integrationtests testutils testkit"),
    names: names(`
      conftest.py test_helper.rb spec_helper.rb rails_helper.rb phpunit.xml phpunit.xml.dist .rspec codecov.yml
    `),
    endings: names(`
      .feature .snap .http _test.go _test.py _tests.py _test.rb _spec.rb _test.exs _test.ex _test.rs _tests.rs _test.php
      test.java tests.java it.java itcase.java test.kt tests.kt test.scala spec.scala suite.scala test.groovy spec.groovy
      test.php tests.cs test.cs cest.php spec.kt _test.ts _test.js _test.tsx _test.dart _test.cc _test.clj
    `),
    pattern:
      /(?:^|[._-])(?:test|tests|spec|e2e|e2e-ee|cy|bench|mock|test-utils|test-helpers?)\.[cm]?[jt]sx?$|(?:^|\/)(?:test|tests|mock)_[^/]*\.py$|(?:^|\/)[^/]*[.-](?:unit|integration|functional)?tests?\/|(?:^|\/)tests\.(?:py|rs)$|(?:^|\/)(?:api|e2e|integration|unit|acceptance|contract|load|smoke)[_-]?tests?\//i,
  },
  {
    says: "documentation",
    kind: "docs",
    weight: DISMISSED - 1,
    folders: names(`
      docs doc documentation docsite wiki adr .changeset changelogs changelog.d changes.d .agents .cursor .claude skills
    `),
    names: names(`
      license licence authors codeowners notice copying changelog changes readme contributors llms.txt
    `),
    endings: names(".md .mdx .rst .adoc .asciidoc .markdown"),
  },
  {
    says: "continuous integration",
    kind: "CI",
    weight: DISMISSED - 1,
    folders: names(`
      .github .circleci .gitlab .woodpecker .buildkite .azure-pipelines .azuredevops .ci ci .drone .tekton .gitea .forgejo
      .semaphore
    `),
    names: names(`
      .gitlab-ci.yml .travis.yml .woodpecker.yml .drone.yml azure-pipelines.yml jenkinsfile appveyor.yml
      bitbucket-pipelines.yml cloudbuild.yaml renovate.json renovate.json5 .pre-commit-config.yaml sonar-project.properties
      .cirrus.yml
    `),
  },
  {
    says: "a script or build tool",
    kind: "tools",
    weight: -2.5,
    families: CODE,
    folders: names(`
      scripts script tools tooling hack build buildsrc dev ci-scripts codemods codegen eslint-rules eslint xtask webpack
      packaging release installer docker
    `),
    words: ["dev"],
    names: ["build.rs", "setup.rb"],
    pattern: /(?:^|\/)(?:regen|generate|release|bump|install|lint|build|setup|publish)[_-][^/]*\.(?:py|rb|js|mjs|ts|go|php)$/i,
  },
  {
    says: "an example",
    kind: "examples",
    weight: -5,
    folders: names(`
      examples example samples sample demo demos playground playgrounds sandbox starters boilerplate quickstart quickstarts
      templates-examples
    `),
  },
  {
    says: "test data",
    kind: "tests",
    weight: -2.5,
    families: ["php", "ruby", "python", "jvm", "csharp", "web"],
    folders: names("factories seeders"),
  },
];

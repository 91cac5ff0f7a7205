import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { detectTouch } from "../../src/detect/detect-touch.ts";
import { buildPullRequest } from "../support/build-pull-request.ts";
import { buildFile, type WrittenFile } from "./build-file.ts";

interface Fixture {
  readonly id: string;
  readonly why: string;
  readonly title: string;
  readonly body?: string;
  readonly files: readonly WrittenFile[];
  readonly backend: boolean;
  readonly payments: boolean;
}

const FOLDER = join(import.meta.dirname, "../../fixtures/detection");
const CLASSES = readdirSync(FOLDER).toSorted();

function loadFixtures(name: string): readonly Fixture[] {
  return JSON.parse(readFileSync(join(FOLDER, name), "utf8")) as Fixture[]; // as: our own files, checked below by use
}

describe.each(CLASSES)("%s", (name) => {
  test.each(loadFixtures(name))("$id: $why", ({ title, body = "", files, backend, payments }) => {
    const touch = detectTouch(buildPullRequest(files.map(buildFile), { title, body }));
    expect({ backend: touch.backend.touched, payments: touch.payments.touched }, JSON.stringify(touch.backend.evidence, null, 1)).toEqual({
      backend,
      payments,
    });
  });
});

test("there are 80 fixtures or more, each of its own name", () => {
  const ids = CLASSES.flatMap((name) => loadFixtures(name).map(({ id }) => `${name} ${id}`));
  expect(ids.length).toBeGreaterThanOrEqual(80);
  expect(new Set(ids).size).toBe(ids.length);
});

import { notFound } from "./refusal.ts";
import type { Repository } from "./model/repository.ts";

/** The commit that a branch, tag, "heads/…", "pull/N/head" or SHA names, or null. */
async function findCommit(repository: Repository, ref: string): Promise<string | null> {
  const name = ref.replace(/^refs\//, "");
  const pull = /^pull\/(\d+)\/head$/.exec(name);
  if (pull !== null) return repository.issues.get(Number(pull[1]))?.pull?.head.sha ?? null;
  if (name === "HEAD") return repository.branches.get(repository.defaultBranch) ?? null;
  return (
    repository.branches.get(name.replace(/^heads\//, "")) ??
    repository.tags.get(name.replace(/^tags\//, "")) ??
    (await repository.objects.resolveCommit(ref))
  );
}

/** Throws 404 when nothing has that name. */
export async function resolveRef(repository: Repository, ref: string): Promise<string> {
  const sha = await findCommit(repository, ref);
  if (sha === null) throw notFound();
  return sha;
}

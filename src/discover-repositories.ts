import type { RepositoryStore } from "./model/repository-store.ts";
import type { InstallationListing, InstalledRepositoryStore } from "./model/recovery.ts";

/** The edges that discovery meets. */
export interface DiscoveryPorts {
  readonly listing: InstallationListing;
  readonly installed: InstalledRepositoryStore;
  readonly repositories: RepositoryStore;
}

/**
 * Learns from GitHub which repositories the app is installed on: for the day that the events which tell so were missed, or
 * the database is new. Those that are no longer listed count as gone. Rejects when GitHub does not answer.
 */
export async function discoverRepositories({ listing, installed, repositories }: DiscoveryPorts): Promise<void> {
  for (const installationId of await listing.fetchInstallations()) {
    const { repos, complete } = await listing.fetchRepositories(installationId);
    const known = await installed.findRepositories(installationId);
    await installed.saveRepositories(repos.map((repo) => ({ installationId, repo })));
    if (!complete) continue;
    const listed = new Set(repos.map((repo) => repo.toLowerCase()));
    await repositories.closeRepositories(
      installationId,
      known.filter((repo) => !listed.has(repo.toLowerCase())),
    );
  }
}

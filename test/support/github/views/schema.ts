import type { components } from "@octokit/openapi-types";

/** A shape of GitHub's own API description: what is rendered as one must have its every field. */
export type Schema<Name extends keyof components["schemas"]> = components["schemas"][Name];

/** An opaque id of GitHub's kind. */
export const nodeId = (kind: string, id: number): string => `${kind}_${Buffer.from(String(id)).toString("base64url")}`;

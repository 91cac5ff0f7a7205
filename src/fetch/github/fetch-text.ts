import { type GitHubClient, ownerAndName, statusOf } from "../../github/client.ts";
import { decodeContent } from "../text-content.ts";

/** The text of one file: at a commit, or at the default branch when `ref` is null. Null when it is not there or not text. */
export async function fetchText(
  client: GitHubClient,
  repo: string,
  path: string,
  ref: string | null,
): Promise<{ text: string; sha: string } | null> {
  try {
    const { data } = await client.request("GET /repos/{owner}/{repo}/contents/{path}", {
      ...ownerAndName(repo),
      path,
      ...(ref === null ? {} : { ref }),
    });
    if (Array.isArray(data) || data.type !== "file" || !("content" in data)) return null;
    const content = decodeContent(Buffer.from(data.content, "base64"));
    return "text" in content ? { text: content.text, sha: data.sha } : null;
  } catch (error) {
    if (statusOf(error) === 404) return null;
    throw error;
  }
}

import { prose, strong } from "./document.ts";
import { LIMITS } from "./limits.ts";
import { writeMarkdown } from "./write-markdown.ts";

/** What a command on a closed pull request is answered: why nothing came of it, and what to do. */
export function renderClosedReply({ isMerged, isWithdrawal }: { readonly isMerged: boolean; readonly isWithdrawal: boolean }): string {
  const next = isMerged
    ? "It was merged: risks that were accepted before stay in the register until they are paid."
    : isWithdrawal
      ? "The withdrawal is kept: it counts once the pull request is reopened."
      : "Once it is reopened, post the command again.";
  const line = [strong("This pull request is closed"), prose(`, so nothing is reviewed or signed here. ${next}`)];
  return writeMarkdown([{ kind: "paragraph", line }], LIMITS.commentBytes);
}

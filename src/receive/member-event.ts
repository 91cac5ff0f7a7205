import { z } from "zod";
import type { JobOrigin } from "../model/job.ts";
import { envelope, type Outcome, readPayload } from "./outcome.ts";

const person = z.object({ id: z.number().int() });

const memberEvent = envelope.extend({ member: person });
const membershipEvent = envelope.omit({ repository: true }).extend({ member: person });
const organizationEvent = envelope.omit({ repository: true }).extend({ membership: z.object({ user: person.nullish() }).nullish() });
const teamEvent = envelope.omit({ repository: true });

/** `member`: a collaborator was added, removed or given another role. */
export function readMemberEvent(payload: unknown, origin: JobOrigin): Outcome {
  return readPayload(memberEvent, payload, ({ installation, repository, member }) => ({
    job: { kind: "signers", installationId: installation.id, repo: repository.full_name, personId: member.id, ...origin },
  }));
}

/** `membership`: somebody joined or left a team. */
export function readMembershipEvent(payload: unknown, origin: JobOrigin): Outcome {
  return readPayload(membershipEvent, payload, ({ installation, member }) => ({
    job: { kind: "signers", installationId: installation.id, repo: null, personId: member.id, ...origin },
  }));
}

/** `organization`: member_removed. */
export function readOrganizationEvent(payload: unknown, origin: JobOrigin): Outcome {
  return readPayload(organizationEvent, payload, ({ installation, membership }) =>
    membership?.user
      ? { job: { kind: "signers", installationId: installation.id, repo: null, personId: membership.user.id, ...origin } }
      : { ignored: "nobody's membership changed" },
  );
}

/** `team`: deleted, or given another parent or other repositories: anybody's authority may have changed. */
export function readTeamEvent(payload: unknown, origin: JobOrigin): Outcome {
  return readPayload(teamEvent, payload, ({ installation }) => ({
    job: { kind: "signers", installationId: installation.id, repo: null, personId: null, ...origin },
  }));
}

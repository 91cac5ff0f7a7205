/** GitHub says no: the status and message of its answer, with `errors` where validation failed. */
export class Refusal extends Error {
  readonly status: number;
  readonly errors: readonly unknown[] | undefined;

  constructor(status: number, message: string, errors?: readonly unknown[]) {
    super(message);
    this.name = "Refusal";
    this.status = status;
    this.errors = errors;
  }
}

/** 404 in GitHub's words: also said for what the caller may not see. */
export const notFound = (): Refusal => new Refusal(404, "Not Found");

/** 422 in GitHub's shape. */
export const invalid = (resource: string, field: string, code: string, message = "Validation Failed"): Refusal =>
  new Refusal(422, message, [{ resource, field, code }]);

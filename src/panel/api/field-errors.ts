/** Where a refusal belongs in a form: beside its field where the server names one, else above the form. */
import { ProblemError } from './problem';

/**
 * The messages by field: those of `issues` by path, and where `byCode` names the refusal's code, its detail at that field.
 * Empty where the refusal is about no field; a `ProblemAlert` shows it then.
 *
 * @param paths fields that the form has; issues of others are left to the alert
 */
export function fieldErrors<Path extends string>(
  error: unknown,
  paths: readonly Path[],
  byCode: Partial<Record<string, Path>> = {},
): Partial<Record<Path, string>> {
  if (!(error instanceof ProblemError)) return {};
  const { code, detail, issues = [] } = error.problem;
  const field = byCode[code];
  if (field !== undefined) return { [field]: detail } as Partial<Record<Path, string>>;
  const known = issues.filter(({ path }) => (paths as readonly string[]).includes(path));
  return Object.fromEntries(known.map(({ path, message }) => [path, sentence(message)])) as Partial<
    Record<Path, string>
  >;
}

/** The error where not all of it stands beside a field of the form, to be shown above it; else null. */
export function formError<Path extends string>(
  error: unknown,
  paths: readonly Path[],
  byCode: Partial<Record<string, Path>> = {},
): unknown {
  const shown = Object.keys(fieldErrors(error, paths, byCode)).length;
  if (error === null || shown === 0) return error;
  const { code, issues = [] } = (error as ProblemError).problem;
  const isElsewhere =
    byCode[code] === undefined && issues.some(({ path }) => !(paths as readonly string[]).includes(path));
  return isElsewhere ? error : null;
}

/** The server's issue (“must have at least 8 characters”) as a sentence of its own. */
function sentence(message: string): string {
  const first = message.charAt(0).toUpperCase() + message.slice(1);
  return /[.!?]$/.test(first) ? first : `${first}.`;
}

/** Requests to `/v1` of the server that this page came from, typed by its description. Whatever is refused is thrown as a `ProblemError`. */
import createClient from 'openapi-fetch';
import { noteConnection } from './connection';
import { problemOf, sessionEnded, unreachable } from './problem';
import type { paths } from './schema';

let onUnauthenticated = (): void => {};

/** What to do when a request other than signing in itself is refused for want of a session. */
export function whenUnauthenticated(listener: () => void): void {
  onUnauthenticated = listener;
}

const signingIn = /^\/v1\/(?:session|invitations)(?:\/|$)/;

/** Whether an answer says that a session is over which the request counted on. */
function isSessionOver({ status, url }: Response): boolean {
  return status === 401 && !signingIn.test(new URL(url).pathname);
}

async function send(request: Request): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(request);
  } catch (error) {
    if (request.signal.aborted) throw error;
    noteConnection(false);
    throw unreachable();
  }
  noteConnection(true);
  if (isSessionOver(response)) onUnauthenticated();
  return response;
}

/** The client: `client.GET('/v1/licenses/{id}', …)`, to be handed to `taken`. */
export const client = createClient<paths>({ fetch: send });

/** The body of an answer. Throws a `ProblemError` where it is not a success. */
export async function taken<Result extends { data?: unknown; error?: unknown; response: Response }>(
  request: Promise<Result>,
): Promise<Exclude<Result['data'], undefined>> {
  const { data, error, response } = await request;
  if (isSessionOver(response)) throw sessionEnded();
  if (!response.ok) throw problemOf(error, response.status, response.headers.get('retry-after'));
  return data as Exclude<Result['data'], undefined>;
}

/** Talks to the server as anybody does, over HTTP. It decides nothing, and what is refused where it must not be stops the story. */

/** An answer: `body` as JSON, or an empty object. */
export interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

/** What a request says of who asks. */
export type Credentials = Readonly<Record<string, string>>;

/** The server has refused what a story needs, or does not answer; the message says what. */
export class StoryStopped extends Error {
  override readonly name = 'StoryStopped';

  /** @param isAnswer whether the server has said no */
  constructor(
    message: string,
    readonly isAnswer: boolean,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

export class Client {
  constructor(private readonly url: string) {}

  /** Sends a request and gives whatever is answered. */
  async ask(method: string, path: string, credentials: Credentials, body?: object): Promise<Answer> {
    return (await this.send(method, path, credentials, body)).answer;
  }

  /** As `ask`; throws where it is refused. */
  async must(method: string, path: string, credentials: Credentials, body?: object): Promise<Record<string, unknown>> {
    const answer = await this.ask(method, path, credentials, body);
    if (isRefused(answer)) throw refusedError(method, path, answer);
    return answer.body;
  }

  /** Signs a person in, as their browser does; gives the session as credentials. */
  async signIn(email: string, password: string): Promise<Credentials> {
    const path = '/v1/session';
    const { answer, cookies } = await this.send('POST', path, {}, { email, password });
    if (isRefused(answer)) throw refusedError('POST', path, answer);
    // What a browser sends along with what a page of the panel asks for.
    return { cookie: cookies.join('; '), origin: this.url };
  }

  private async send(
    method: string,
    path: string,
    credentials: Credentials,
    body: object | undefined,
  ): Promise<{ answer: Answer; cookies: string[] }> {
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: { ...credentials, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      body: body === undefined ? null : JSON.stringify(body),
    }).catch((error: unknown) => {
      throw new StoryStopped(`${this.url} does not answer ${method} ${path}: ${String(error)}.`, false, {
        cause: error,
      });
    });
    const text = await response.text();
    return {
      answer: { status: response.status, body: jsonIn(text) },
      cookies: response.headers.getSetCookie().map((cookie) => cookie.split(';')[0] ?? ''),
    };
  }
}

/** Whether an answer is a refusal. */
export function isRefused({ body }: Answer): boolean {
  return typeof body['code'] === 'string';
}

function refusedError(method: string, path: string, { status, body }: Answer): Error {
  return new StoryStopped(`The story was refused ${method} ${path}: ${status} ${JSON.stringify(body)}`, true);
}

function jsonIn(text: string): Record<string, unknown> {
  if (text === '') return {};
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    throw new StoryStopped('What has answered is no Seatkeeper server: it speaks no JSON.', false);
  }
}

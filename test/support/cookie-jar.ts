/**
 * A browser as far as cookies go: it keeps what it is given, sends it back, and says where its requests come from. It follows no
 * redirects and runs nothing.
 */
import { type SessionView } from './representations.js';
import { type MemberScene, accepted } from './scene.js';
import { type Answer, type RequestOptions, type TestServer } from './server.js';

export class CookieJar {
  /** Values by name. */
  readonly cookies = new Map<string, string>();

  constructor(
    private readonly server: TestServer,
    /** Where its pages come from; null says nothing, as a program does. */
    public origin: string | null = server.url,
  ) {}

  /** The header `Cookie`. */
  get header(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  /** Sends one request with its cookies and without any other credential, unless `auth` is given. */
  async request<Body = Record<string, unknown>>(
    method: string,
    path: string,
    options: RequestOptions = {},
  ): Promise<Answer<Body>> {
    const headers: Record<string, string> = {};
    if (this.cookies.size > 0) headers.cookie = this.header;
    if (this.origin !== null && method !== 'GET') headers.origin = this.origin;
    const answer = await this.server.request<Body>(method, path, {
      ...options,
      auth: options.auth ?? null,
      headers: { ...headers, ...options.headers },
    });
    for (const line of answer.headers.getSetCookie()) this.keep(line);
    return answer;
  }

  /** Signs somebody in; throws where that is refused. */
  async signIn(who: MemberScene | { token: string } | { link: string }): Promise<SessionView> {
    const body =
      'email' in who
        ? { email: who.email, password: who.password }
        : 'token' in who
          ? { token: who.token }
          : { link: who.link };
    return accepted(await this.request<SessionView>('POST', '/v1/session', { body }));
  }

  /** Whether somebody is signed in. */
  async isSignedIn(): Promise<boolean> {
    return (await this.request('GET', '/v1/session')).status === 200;
  }

  private keep(line: string): void {
    const [, name = '', value = '', rest = ''] = /^([^=]+)=([^;]*);(.*)$/.exec(line) ?? [];
    if (/\bMax-Age=0\b/.test(rest)) this.cookies.delete(name);
    else this.cookies.set(name, value);
  }
}

/** A browser in which somebody is signed in. */
export async function signedIn(
  server: TestServer,
  who: MemberScene | { token: string } | { link: string },
): Promise<CookieJar> {
  const jar = new CookieJar(server);
  await jar.signIn(who);
  return jar;
}

/**
 * The cookies of people who are signed in: one with the session's secret, one by which a browser is known again. It reads and writes
 * them, and knows neither whether a secret is any good.
 */
import { Inject, Injectable } from '@nestjs/common';
import { Configuration } from '../config/configuration.js';
import { sessionMillis } from './session.queries.js';

/** How long a browser is known again. */
export const knownBrowserMillis = 180 * 86_400_000;

/** What the session's cookie is called. Over https its prefix has browsers refuse it from anywhere but this very host (RFC 6265bis). */
export function sessionCookieName(publicUrl: string): string {
  return `${prefixFor(publicUrl)}seatkeeper_session`;
}

function prefixFor(publicUrl: string): string {
  return publicUrl.startsWith('https:') ? '__Host-' : '';
}

@Injectable()
export class SessionCookies {
  private readonly session: string;
  private readonly known: string;
  private readonly attributes: string;

  constructor(@Inject(Configuration) { publicUrl }: Pick<Configuration, 'publicUrl'>) {
    this.session = sessionCookieName(publicUrl);
    this.known = `${prefixFor(publicUrl)}seatkeeper_known`;
    this.attributes = `Path=/; HttpOnly; SameSite=Strict${publicUrl.startsWith('https:') ? '; Secure' : ''}`;
  }

  /** The session's secret in a header `Cookie`; null where there is none. */
  sessionIn(header: string | undefined): string | null {
    return valueOf(header, this.session);
  }

  /** The secret by which a browser is known again, likewise. */
  knownIn(header: string | undefined): string | null {
    return valueOf(header, this.known);
  }

  /** The header `Set-Cookie` that keeps a session. */
  keepSession(secret: string): string {
    return this.keep(this.session, secret, sessionMillis);
  }

  /** The header `Set-Cookie` by which a browser is known again. */
  keepKnown(secret: string): string {
    return this.keep(this.known, secret, knownBrowserMillis);
  }

  /** The header `Set-Cookie` that has a browser forget its session. */
  forgetSession(): string {
    return this.keep(this.session, '', 0);
  }

  private keep(name: string, value: string, millis: number): string {
    return `${name}=${value}; Max-Age=${millis / 1000}; ${this.attributes}`;
  }
}

/**
 * The one value of a cookie. Null also where several values come under its name: a neighbouring host can set one of them, and which of
 * them is ours cannot be told.
 */
function valueOf(header: string | undefined, name: string): string | null {
  if (header === undefined) return null;
  const values = new Set<string>();
  for (const pair of header.split(';')) {
    const equals = pair.indexOf('=');
    if (equals >= 0 && pair.slice(0, equals).trim() === name) values.add(pair.slice(equals + 1).trim());
  }
  const [value = ''] = values;
  return values.size === 1 && /^[\w-]{1,100}$/.test(value) ? value : null;
}

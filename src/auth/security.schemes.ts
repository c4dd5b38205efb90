/** The credentials of the contract as the description of the interface names them. It checks none. */
import type { DocumentBuilder } from '@nestjs/swagger';
import { sessionCookieName } from './session.cookies.js';

type SecuritySchemeObject = Parameters<DocumentBuilder['addSecurity']>[1];

/** By the names that operations refer to. */
const securitySchemes = {
  licenseKey: {
    type: 'apiKey',
    in: 'header',
    name: 'Authorization',
    description: '`License <license key>`: client software that has no device yet',
  },
  deviceToken: {
    type: 'http',
    scheme: 'bearer',
    description: 'The token of a device (`skd_…`), from its activation: a device, for itself only',
  },
  accessToken: {
    type: 'http',
    scheme: 'bearer',
    description: 'An access token (`ska_…`) of an operator, a support agent or a member, as issued',
  },
  session: {
    type: 'apiKey',
    in: 'cookie',
    name: sessionCookieName(''),
    description:
      'The cookie of a person who is signed in. Requests that change something need the header `Origin` of this server, which a browser sends by itself',
  },
} as const satisfies Record<string, SecuritySchemeObject>;

export type SecurityScheme = keyof typeof securitySchemes;

/** The same for a server at this address, on which the name of the cookie depends. */
export function securitySchemesFor(publicUrl: string): Record<SecurityScheme, SecuritySchemeObject> {
  return { ...securitySchemes, session: { ...securitySchemes.session, name: sessionCookieName(publicUrl) } };
}

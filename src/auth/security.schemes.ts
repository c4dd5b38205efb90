/** The credentials of the contract as the description of the interface names them. It checks none. */
import type { DocumentBuilder } from '@nestjs/swagger';

type SecuritySchemeObject = Parameters<DocumentBuilder['addSecurity']>[1];

/** By the names that operations refer to; to be added to the document as they are. */
export const securitySchemes = {
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
} as const satisfies Record<string, SecuritySchemeObject>;

export type SecurityScheme = keyof typeof securitySchemes;

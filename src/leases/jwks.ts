/** The public keys as verifiers of leases read them: a JSON Web Key Set (RFC 7517). It holds no private half. */
import { z } from 'zod';
import type { SigningKey } from './signing-key.js';

const thumbprint = /^[\w-]{43}$/;

export const jsonWebKeySet = z
  .strictObject({
    keys: z.array(
      z.strictObject({
        kty: z.literal('OKP'),
        crv: z.literal('Ed25519'),
        x: z.string().regex(thumbprint).meta({ description: 'The public key, base64url' }),
        kid: z.string().regex(thumbprint).meta({ description: 'The `kid` in the header of the leases under this key' }),
        use: z.literal('sig'),
        alg: z.literal('EdDSA'),
      }),
    ),
  })
  .meta({
    id: 'JsonWebKeySet',
    description: 'The public keys that leases are verified with',
    examples: [
      {
        keys: [
          {
            kty: 'OKP',
            crv: 'Ed25519',
            x: 'w286G4LLSBMCozJcGpAFY15Gu0ULu1zwnUX3c3cjdkE',
            kid: 'wKgm1uWSfkXZWEn-PfF7Ucn5OkC1wr8yMg45eeMyAEU',
            use: 'sig',
            alg: 'EdDSA',
          },
        ],
      },
    ],
  });

export type JsonWebKeySet = z.infer<typeof jsonWebKeySet>;

/** The key set of these keys. */
export function jwksOf(keys: readonly SigningKey[]): JsonWebKeySet {
  return { keys: keys.map(({ kid, publicJwk }) => ({ ...publicJwk, kid, use: 'sig', alg: 'EdDSA' })) };
}

/**
 * The steps of a random walk, as plain data that fast-check can shrink and print. A step names its subject by numbers that the walk takes modulo what there
 * is; a step without a subject is passed over. Knows neither the server nor the rules.
 */
import fc from 'fast-check';
import { type IfMatch } from './license-life.js';

export const fingerprints = [
  'workstation-1',
  'workstation-2',
  'laptop-3333',
  'ci-runner-4',
  'plug-in-55555',
  'tablet-666666',
];
export const licenseCount = 3;

/** To which of the moments to come the clock moves: a deactivation date or a validity end, just before, exactly or just after. */
export interface Advance {
  kind: 'advance';
  to: 'deactivationDate' | 'validityEnd' | 'fixed';
  which: number;
  offsetMillis: number;
  fixedMillis: number;
}

export type LicenseStep =
  | {
      kind: 'activate';
      license: number;
      fingerprint: number;
      name?: string;
      platform?: string;
      appVersion?: string;
      oldKey: boolean;
      dryRun: boolean;
    }
  | { kind: 'checkIn'; license: number; device: number; token: number; appVersion?: string; dryRun: boolean }
  | { kind: 'logOut'; license: number; device: number; token: number; dryRun: boolean }
  | { kind: 'readSelf'; license: number; device: number; token: number }
  | { kind: 'register'; license: number; fingerprint: number; name?: string }
  | { kind: 'rename'; license: number; device: number; name: string }
  | {
      kind: 'remotelyDeactivate';
      license: number;
      device: number;
      byOperator: boolean;
      reason?: string;
      dryRun: boolean;
    }
  | { kind: 'setSetting'; license: number; enabled: boolean; byOperator: boolean; dryRun: boolean }
  | { kind: 'openTicket'; license: number; topic: 'deviceDeactivation' | 'technical'; bySupport: boolean }
  | { kind: 'moveTicket'; license: number; ticket: number; status: 'open' | 'resolved' | 'closed' }
  | { kind: 'forceDeactivate'; license: number; device: number; ticket: number; byOperator: boolean; dryRun: boolean }
  | { kind: 'forceEnable'; license: number; ticket: number; byOperator: boolean; dryRun: boolean }
  | { kind: 'changeStanding'; license: number; event: 'suspend' | 'reinstate' | 'revoke' }
  | { kind: 'renew'; license: number; inMillis: number | null }
  | { kind: 'resize'; license: number; seats: number; ifMatch: IfMatch }
  | { kind: 'changePeriod'; license: number; checkInPeriod: string; ifMatch: IfMatch }
  | { kind: 'replaceKey'; license: number; byOperator: boolean }
  | { kind: 'stranger'; license: number; does: 'read' | 'set' | 'deactivate'; device: number };

export type Step = Advance | LicenseStep;

/** What a license of the walk starts as. */
export interface Terms {
  seats: number;
  checkInPeriod: string;
  remoteDeactivation: 'enabled' | 'disabled';
  validForMillis: number | null;
  supported: boolean;
}

const periods = ['PT90S', 'PT1H', 'P1D', 'P30D'];
const license = fc.constantFrom(0, 0, 0, 1, 1, 2);
const device = fc.nat({ max: 14 });
const ticket = fc.nat({ max: 9 });
const name = fc.constantFrom('Ada’s laptop', 'Build machine', 'Büro 2');
const rarely = fc.oneof({ weight: 5, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) });
const dryRun = rarely;
const token = fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat({ max: 3 }) });
const ifMatch = fc.oneof(
  { weight: 6, arbitrary: fc.constant<IfMatch>('current') },
  { weight: 1, arbitrary: fc.constantFrom<IfMatch>('any', 'stale', 'missing') },
);
const optional = <Value>(arbitrary: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> =>
  fc.option(arbitrary, { nil: undefined, freq: 2 });

function of<Kind extends Step['kind']>(
  kind: Kind,
  fields: {
    [Field in keyof Omit<Extract<Step, { kind: Kind }>, 'kind'>]-?: fc.Arbitrary<Extract<Step, { kind: Kind }>[Field]>;
  },
): fc.Arbitrary<Step> {
  return fc.record({ kind: fc.constant(kind), ...fields }) as fc.Arbitrary<unknown> as fc.Arbitrary<Step>;
}

const activate = of('activate', {
  license,
  fingerprint: fc.nat({ max: fingerprints.length - 1 }),
  name: optional(name),
  platform: optional(fc.constantFrom('windows', 'linux')),
  appVersion: optional(fc.constantFrom('4.8.0', '4.9.1')),
  oldKey: rarely,
  dryRun,
});

const advance = of('advance', {
  to: fc.oneof(
    { weight: 4, arbitrary: fc.constant('deactivationDate' as const) },
    { weight: 2, arbitrary: fc.constant('validityEnd' as const) },
    { weight: 2, arbitrary: fc.constant('fixed' as const) },
  ),
  which: fc.nat({ max: 3 }),
  offsetMillis: fc.constantFrom(0, -1, 1),
  fixedMillis: fc.constantFrom(1, 999, 61_000, 3_600_000, 86_400_000),
});

export const anyStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 18, arbitrary: activate },
  { weight: 5, arbitrary: advance },
  {
    weight: 5,
    arbitrary: of('checkIn', {
      license,
      device,
      token,
      appVersion: optional(fc.constantFrom('4.9.2', '5.0.0')),
      dryRun,
    }),
  },
  { weight: 5, arbitrary: of('logOut', { license, device, token, dryRun }) },
  { weight: 1, arbitrary: of('readSelf', { license, device, token }) },
  {
    weight: 1,
    arbitrary: of('register', { license, fingerprint: fc.nat({ max: fingerprints.length - 1 }), name: optional(name) }),
  },
  { weight: 1, arbitrary: of('rename', { license, device, name }) },
  {
    weight: 7,
    arbitrary: of('remotelyDeactivate', {
      license,
      device,
      byOperator: rarely,
      reason: optional(fc.constant('Stolen on the train')),
      dryRun,
    }),
  },
  {
    weight: 5,
    arbitrary: of('setSetting', { license, enabled: fc.constantFrom(true, true, false), byOperator: rarely, dryRun }),
  },
  {
    weight: 2,
    arbitrary: of('openTicket', {
      license,
      topic: fc.constantFrom('deviceDeactivation', 'deviceDeactivation', 'technical'),
      bySupport: rarely,
    }),
  },
  {
    weight: 1,
    arbitrary: of('moveTicket', { license, ticket, status: fc.constantFrom('open', 'resolved', 'closed') }),
  },
  { weight: 4, arbitrary: of('forceDeactivate', { license, device, ticket, byOperator: rarely, dryRun }) },
  { weight: 4, arbitrary: of('forceEnable', { license, ticket, byOperator: rarely, dryRun }) },
  {
    weight: 2,
    arbitrary: of('changeStanding', {
      license,
      event: fc.oneof(
        { weight: 3, arbitrary: fc.constant('suspend' as const) },
        { weight: 4, arbitrary: fc.constant('reinstate' as const) },
        { weight: 1, arbitrary: fc.constant('revoke' as const) },
      ),
    }),
  },
  {
    weight: 2,
    arbitrary: of('renew', { license, inMillis: fc.constantFrom(null, 60_000, 86_400_000, 2_592_000_000, 0, -1) }),
  },
  { weight: 3, arbitrary: of('resize', { license, seats: fc.integer({ min: 1, max: 5 }), ifMatch }) },
  { weight: 1, arbitrary: of('changePeriod', { license, checkInPeriod: fc.constantFrom(...periods), ifMatch }) },
  { weight: 1, arbitrary: of('replaceKey', { license, byOperator: rarely }) },
  { weight: 1, arbitrary: of('stranger', { license, does: fc.constantFrom('read', 'set', 'deactivate'), device }) },
);

export const anyTerms: fc.Arbitrary<Terms> = fc.record({
  seats: fc.integer({ min: 1, max: 4 }),
  checkInPeriod: fc.constantFrom(...periods),
  remoteDeactivation: fc.constantFrom('enabled', 'disabled'),
  validForMillis: fc.constantFrom(null, null, 3_600_000, 86_400_500, 5_184_000_000),
  supported: fc.boolean(),
});

/** The calls of an owner in the Licenses panel, and of an owner of another organization, who sees nothing (R14). */
import { register, rename } from './activation.js';
import { type Call, nothingToLearn, operator, pick, request } from './call.js';
import { type PersonKind, remotelyDeactivate, setSetting } from './deactivation.js';
import { notFound, type Reply } from './reply.js';
import { fingerprints, type LicenseStep } from './step.js';
import { deviceOf, known, type OracleLicense, statusOf, type World } from './world.js';

type PersonStep = Extract<LicenseStep, { kind: 'register' | 'rename' | 'remotelyDeactivate' | 'setSetting' }>;

export function byPerson(step: PersonStep, license: OracleLicense, world: World): Call | null {
  const owner = `Bearer ${known(world.organizations[license.organization], 'organization').owner}`;
  if (step.kind === 'register') {
    if (statusOf(license, world.now) !== 'active') return null;
    const fingerprint = known(fingerprints[step.fingerprint], 'fingerprint');
    return {
      ...request('POST', `/v1/licenses/${license.id}/devices`, owner, { fingerprint, name: step.name }),
      decide: (at) => register(at, step.license, fingerprint, step.name),
      learn: (at, answer) => {
        const device = known(deviceOf(known(at.licenses[step.license], 'license'), fingerprint), 'device');
        device.id ??= (answer as { id: string }).id;
      },
    };
  }
  if (step.kind === 'setSetting') {
    return {
      ...request(
        'PUT',
        `/v1/licenses/${license.id}/remote-deactivation`,
        step.byOperator ? operator : owner,
        { enabled: step.enabled },
        step.dryRun,
      ),
      decide: (at) => setSetting(at, step.license, step.enabled, step.byOperator ? 'operator' : 'member'),
      learn: nothingToLearn,
    };
  }
  const device = pick(license, step.device);
  if (device === null) return null;
  const { fingerprint, id } = device;
  if (step.kind === 'rename') {
    return {
      ...request('PATCH', `/v1/devices/${id}`, owner, { name: step.name }),
      decide: (at) => rename(at, step.license, fingerprint, step.name),
      learn: nothingToLearn,
    };
  }
  const by: PersonKind = step.byOperator ? 'operator' : 'member';
  return {
    ...request(
      'POST',
      `/v1/devices/${id}/remote-deactivation`,
      step.byOperator ? operator : owner,
      { reason: step.reason },
      step.dryRun,
    ),
    decide: (at) => remotelyDeactivate(at, step.license, fingerprint, by, step.reason ?? null),
    learn: nothingToLearn,
  };
}

export function byStranger(
  step: Extract<LicenseStep, { kind: 'stranger' }>,
  license: OracleLicense,
  world: World,
): Call | null {
  const stranger = `Bearer ${known(world.organizations[1 - license.organization], 'organization').owner}`;
  const device = pick(license, step.device);
  const hidden = { decide: (): Reply => notFound, learn: nothingToLearn };
  if (step.does === 'read') return { ...request('GET', `/v1/licenses/${license.id}`, stranger), ...hidden };
  if (step.does === 'set') {
    return {
      ...request('PUT', `/v1/licenses/${license.id}/remote-deactivation`, stranger, { enabled: false }),
      ...hidden,
    };
  }
  return device === null
    ? null
    : { ...request('POST', `/v1/devices/${device.id}/remote-deactivation`, stranger), ...hidden };
}

/** The calls of client software: with the license key, and with a device token that may have ended. */
import { type Activation } from '../../support/representations.js';
import { activate, checkIn, logOut, readSelf, takeToken } from './activation.js';
import { type Call, nothingToLearn, pick, request } from './call.js';
import { fingerprints, type LicenseStep } from './step.js';
import { deviceOf, known, type OracleDevice, type OracleLicense } from './world.js';

export function activation(step: Extract<LicenseStep, { kind: 'activate' }>, license: OracleLicense): Call {
  const fingerprint = known(fingerprints[step.fingerprint], 'fingerprint');
  const { name, platform, appVersion } = step;
  const oldKey = step.oldKey && license.keys.length > 1;
  const key = known(oldKey ? license.keys[0] : license.keys.at(-1), 'key');
  const body = { fingerprint, name, platform, appVersion };
  return {
    ...request('POST', '/v1/devices', `License ${key}`, body, step.dryRun),
    decide: (world) => activate(world, step.license, body, !oldKey),
    learn: (world, answer) => {
      const device = known(deviceOf(known(world.licenses[step.license], 'license'), fingerprint), 'device');
      const { device: seen, token } = answer as Activation;
      device.id ??= seen.id;
      takeToken(device, token);
    },
  };
}

export function byDevice(
  step: Extract<LicenseStep, { kind: 'checkIn' | 'logOut' | 'readSelf' }>,
  license: OracleLicense,
): Call | null {
  const device = pick(license, step.device);
  const token = device === null ? null : pickToken(device, step.token);
  if (device === null || token === null) return null;
  const { fingerprint } = device;
  const path = `/v1/devices/${device.id}`;
  if (step.kind === 'readSelf') {
    return {
      ...request('GET', path, `Bearer ${token}`),
      decide: (world) => readSelf(world, step.license, fingerprint, token),
      learn: nothingToLearn,
    };
  }
  // Whether a dry run counts as the first use of a token is left open, so a dry run is done with a used one.
  const dryRun = step.dryRun && token === device.tokens.inUse;
  const checksIn = step.kind === 'checkIn';
  const body = checksIn ? { appVersion: step.appVersion } : undefined;
  return {
    ...request('POST', `${path}/${checksIn ? 'check-in' : 'log-out'}`, `Bearer ${token}`, body, dryRun),
    decide: (world) =>
      checksIn
        ? checkIn(world, step.license, fingerprint, token, step.appVersion)
        : logOut(world, step.license, fingerprint, token),
    learn: nothingToLearn,
  };
}

/** 0 is the newest token; the others go back from there. */
function pickToken(device: OracleDevice, number: number): string | null {
  const { inUse, waiting, ended } = device.tokens;
  const tokens = [waiting, inUse, ...ended.toReversed()].filter((token) => token !== null);
  return tokens[number % Math.max(tokens.length, 1)] ?? null;
}

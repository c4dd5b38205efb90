/** The calls of an operator about a license, its terms and its key. */
import { type License } from '../../support/representations.js';
import { type Call, nothingToLearn, operator, request } from './call.js';
import { instant } from './duration.js';
import { changeStanding, changeTerms, type IfMatch, renew, replaceKey } from './license-life.js';
import { type LicenseStep } from './step.js';
import { known, type OracleLicense, type World } from './world.js';

type VendorStep = Extract<LicenseStep, { kind: 'changeStanding' | 'renew' | 'resize' | 'changePeriod' | 'replaceKey' }>;

export function byVendor(step: VendorStep, license: OracleLicense, world: World): Call | null {
  const path = `/v1/licenses/${license.id}`;
  if (step.kind === 'changeStanding') {
    return {
      ...request('POST', `${path}/${step.event}`, operator),
      decide: (at) => changeStanding(at, step.license, step.event),
      learn: nothingToLearn,
    };
  }
  if (step.kind === 'renew') {
    const validUntil = step.inMillis === null ? null : world.now + step.inMillis;
    return {
      ...request('POST', `${path}/renew`, operator, { validUntil: instant(validUntil) }),
      decide: (at) => renew(at, step.license, validUntil),
      learn: nothingToLearn,
    };
  }
  // What a revoked license's terms and key can still do is left open.
  if (license.revoked) return null;
  if (step.kind === 'replaceKey') {
    const owner = `Bearer ${known(world.organizations[license.organization], 'organization').owner}`;
    return {
      ...request('POST', `${path}/key`, step.byOperator ? operator : owner),
      decide: (at) => replaceKey(at, step.license, step.byOperator ? 'operator' : 'member'),
      learn: (at, answer) => {
        const { license: seen, key } = answer as { license: License; key: string };
        const learner = known(at.licenses[step.license], 'license');
        learner.keys.push(key);
        learner.keyHint = seen.keyHint;
      },
    };
  }
  const terms = step.kind === 'resize' ? { seats: step.seats } : { checkInPeriod: step.checkInPeriod };
  const call = request('PATCH', path, operator, terms);
  return {
    ...call,
    options: { ...call.options, headers: ifMatchHeader(step.ifMatch, license) },
    decide: (at) => changeTerms(at, step.license, terms, step.ifMatch),
    learn: nothingToLearn,
  };
}

function ifMatchHeader(ifMatch: IfMatch, license: OracleLicense): Record<string, string> {
  if (ifMatch === 'missing') return {};
  if (ifMatch === 'any') return { 'if-match': '*' };
  return { 'if-match': `"${ifMatch === 'current' ? license.version : license.version + 1}"` };
}

/** One thing that lives by a machine: which it is, and to whom it can be seen (R14). */
import type { MachineId } from '../../machines/index.js';
import type { TokenPrincipal } from '../auth/principal.js';
import type { Address } from '../coordinator/submission.js';
import { licenseOfSeenDevice, organizationSeenBy, requireSeenLicense } from '../licenses/seen-license.queries.js';
import type { Session } from '../persistence/session.js';
import { ProblemError } from '../problems/problem.js';
import { findTicket } from '../support/support-ticket.queries.js';

/** A device or ticket by its own id, a license or its setting by the license's. */
export interface SubjectOf {
  readonly machine: MachineId;
  readonly id: string;
}

/** The license that a subject is of. Throws `notFound` unless the asker sees it. */
export async function licenseOfSubject(
  session: Session,
  asker: TokenPrincipal,
  { machine, id }: SubjectOf,
): Promise<string> {
  switch (machine) {
    case 'device':
      return licenseOfSeenDevice(session, asker, id);
    case 'remoteDeactivation':
    case 'license':
      return requireSeenLicense(session, asker, id);
    case 'supportTicket': {
      const ticket = await findTicket(session, id, organizationSeenBy(asker));
      if (ticket === null) throw new ProblemError('notFound', 'There is no such ticket.');
      return ticket.licenseId;
    }
  }
}

/** Where the coordinator finds it. */
export function addressOfSubject({ machine, id }: SubjectOf): Address {
  const by = { device: 'device', supportTicket: 'ticket', remoteDeactivation: 'license', license: 'license' } as const;
  return { by: by[machine], id };
}

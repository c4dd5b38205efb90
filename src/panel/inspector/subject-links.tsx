/** The ways from one subject to what belongs to it. */
import type { Inspection } from '../api/schema';
import { TextLink } from '../shell/text-link';

export function SubjectLinks({ inspection }: { inspection: Inspection }) {
  const { machine, licenseId, subjectId } = inspection;
  const inspector = '/inspector/$machineId/$subjectId';
  return (
    <nav className="machine-nav" aria-label="Around it">
      {machine === 'remoteDeactivation' ? null : (
        <TextLink to={inspector} params={{ machineId: 'remoteDeactivation', subjectId: licenseId }}>
          Its remote deactivation
        </TextLink>
      )}
      {machine === 'license' ? null : (
        <TextLink to={inspector} params={{ machineId: 'license', subjectId: licenseId }}>
          Its license
        </TextLink>
      )}
      {machine === 'supportTicket' ? (
        <TextLink to="/support/$ticketId" params={{ ticketId: subjectId }}>
          Ticket page
        </TextLink>
      ) : null}
      <TextLink to="/licenses/$licenseId" params={{ licenseId }}>
        License page
      </TextLink>
    </nav>
  );
}

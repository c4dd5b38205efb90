/** The way from a moment of the past to what is now. */
import { ButtonLink } from '../shell/button-link';
import type { SubjectRef } from './inspections.queries';

export function BackToLive({ subject: { machine, id } }: { subject: SubjectRef }) {
  return (
    <ButtonLink
      size="compact-sm"
      variant="default"
      to="/inspector/$machineId/$subjectId"
      params={{ machineId: machine, subjectId: id }}
      search={{}}
      resetScroll={false}
    >
      Back to live
    </ButtonLink>
  );
}

/** The name of a state, an event or a guard, which leads to its row on the page of its machine: the address to hand on. */
import { TextLink } from '../shell/text-link';

export function RuleLink({ machine, name }: { machine: string; name: string }) {
  return (
    <TextLink
      to="/inspector/$machineId"
      params={{ machineId: machine }}
      search={(now) => now}
      hash={name}
      hashScrollIntoView={{ block: 'center' }}
    >
      {name}
    </TextLink>
  );
}

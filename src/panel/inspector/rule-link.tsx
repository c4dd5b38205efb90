/** The name of a state, an event or a guard, which leads to its row on the page of its machine: the address to hand on. */
import { CamelWord } from '../shell/camel-word';
import { TextLink } from '../shell/text-link';

/** @param isInText it stands among words, and is told from them by more than its colour */
export function RuleLink({ machine, name, isInText = false }: { machine: string; name: string; isInText?: boolean }) {
  return (
    <TextLink
      inherit
      underline={isInText ? 'always' : undefined}
      to="/inspector/$machineId"
      params={{ machineId: machine }}
      hash={name}
      hashScrollIntoView={{ block: 'center' }}
    >
      {isInText ? name : <CamelWord name={name} />}
    </TextLink>
  );
}

/** The name of a state, an event or a guard, which leads to its row on the page of its machine: the address to hand on. */
import { CamelWord } from '../shell/camel-word';
import { TextLink } from '../shell/text-link';

interface Props {
  machine: string;
  name: string;
  /** It stands among words, and is told from them by more than its colour. */
  isInText?: boolean;
  /** It has room, and stays in one piece. */
  isWhole?: boolean;
}

export function RuleLink({ machine, name, isInText = false, isWhole = isInText }: Props) {
  return (
    <TextLink
      inherit
      underline={isInText ? 'always' : undefined}
      to="/inspector/$machineId"
      params={{ machineId: machine }}
      hash={name}
      hashScrollIntoView={{ block: 'center' }}
    >
      {isWhole ? name : <CamelWord name={name} />}
    </TextLink>
  );
}

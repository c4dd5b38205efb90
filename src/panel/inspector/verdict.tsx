/** What a machine would do, in words. */
import { Text } from '@mantine/core';
import type { Imagination } from '../api/schema';
import { Facts } from '../shell/facts';
import { Reason } from './reason';

const words = {
  changed: 'It would change.',
  connected: 'It would connect: its dates would move.',
  unchanged: 'Nothing would change: it holds already.',
  refused: 'It would be refused.',
} as const satisfies Record<Imagination['outcome'], string>;

/** What a decision says, whether it was imagined or tried. */
type Decided = Pick<Imagination, 'machine' | 'from' | 'event' | 'outcome' | 'context' | 'guard' | 'remedy'> & {
  to: string;
  reason: string | null;
};

export function Verdict({ imagined }: { imagined: Decided }) {
  const { machine, from, to, event, outcome, context, guard, reason, remedy } = imagined;
  const remembered = Object.entries(context);
  return (
    <div className="verdict">
      <Text>
        <strong>{words[outcome]}</strong> {event}: {from === to ? `it stays ${from}` : `${from} → ${to}`}.
      </Text>
      {reason === null ? null : (
        <Text>
          {guard === null ? `In ${from} there is no such event.` : `This does not hold: ${guard.description}`}{' '}
          <Reason machine={machine} code={reason} /> <span className="soft">{remedy}</span>
        </Text>
      )}
      {remembered.length === 0 ? null : (
        <Facts facts={remembered.map(([name, value]) => [name, value === null ? '—' : String(value)] as const)} />
      )}
    </div>
  );
}

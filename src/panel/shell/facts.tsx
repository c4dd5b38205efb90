/** Facts about one thing: names with their values, side by side where there is room. */
import type { CSSProperties, ReactNode } from 'react';

/** So many fit into one row of the widest page; more are in two rows of about the same length. */
const inOneRow = 5;

export function Facts({ facts }: { facts: readonly (readonly [name: string, value: ReactNode])[] }) {
  const columns = facts.length > inOneRow ? Math.ceil(facts.length / 2) : facts.length;
  return (
    <dl className="facts" style={{ '--columns': columns } as CSSProperties}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

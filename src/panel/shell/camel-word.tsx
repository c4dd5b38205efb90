/** A name such as `remoteDeactivationDisabled`, which breaks between its words where there is no room, and nowhere else. */
import { Fragment } from 'react';

export function CamelWord({ name }: { name: string }) {
  return (
    <>
      {name.split(/(?=[A-Z])/).map((part, index) => (
        <Fragment key={index}>
          {index === 0 ? null : <wbr />}
          {part}
        </Fragment>
      ))}
    </>
  );
}

/**
 * A machine as SCXML (W3C, 2015), to be run by any interpreter with the ECMAScript data model. What a guard asks is not in a chart: who
 * sends an event says in its data, under `guards`, which of them hold.
 */
import type { DescribedMachine, DescribedTransition } from '../../machines/index.js';
import { escapedXml } from './xml.js';

/** The document. Of the transitions of a state for an event the first counts whose guards hold, as in the machine. */
export function scxmlOf({ id, description, initial, states, transitions }: DescribedMachine): string {
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<!-- ${commentOf(description)} Guards: _event.data.guards.<name> is true where the guard holds. -->`,
    `<scxml xmlns="http://www.w3.org/2005/07/scxml" version="1.0" datamodel="ecmascript" name="${escapedXml(id)}" initial="${escapedXml(initial)}">`,
    ...states.map((state) => {
      // A final state of SCXML takes no event; one that answers repeats is a state that nothing leads out of.
      const own = transitions.filter(({ from }) => from === state.name);
      return [
        `  <!-- ${commentOf(state.description)} -->`,
        `  <state id="${escapedXml(state.name)}">`,
        ...own.map(transitionMarkup),
        '  </state>',
      ].join('\n');
    }),
    '</scxml>',
    '',
  ].join('\n');
}

function transitionMarkup({ event, to, guards }: DescribedTransition): string {
  const condition = guards.map((guard) => `_event.data.guards.${guard}`).join(' && ');
  return [
    `    <transition event="${escapedXml(event)}"`,
    condition === '' ? '' : ` cond="${escapedXml(condition)}"`,
    to === null ? '' : ` target="${escapedXml(to)}"`,
    '/>',
  ].join('');
}

/** Two hyphens end a comment. */
function commentOf(text: string): string {
  return text.replace(/-{2,}/g, '-');
}

/**
 * The setting that lets an owner deactivate devices remotely (R5 to R7). It never names the blocking devices: those are
 * the active devices whose epoch is not the setting's.
 */
import { assign, setup } from 'xstate';
import type { StateMeta } from '../decision.js';
import type { RemoteDeactivationEvent } from './remote-deactivation.events.js';

export interface RemoteDeactivationContext {
  /** Counts the enablings: devices that activated under the present one can be deactivated remotely. */
  epoch: number;
}

export const remoteDeactivationMachine = setup({
  types: {
    context: {} as RemoteDeactivationContext,
    events: {} as RemoteDeactivationEvent,
    meta: {} as StateMeta,
    input: {} as RemoteDeactivationContext | undefined,
  },
  guards: {
    noDeviceIsActive: ({ event }) => event.type === 'enable' && event.activeDevices === 0,
    noBlockingDeviceRemains: ({ event }) => event.type === 'blockingDeviceLeft' && event.remaining === 0,
  },
  actions: {
    beginEpoch: assign(({ context }) => ({ epoch: context.epoch + 1 })),
  },
}).createMachine({
  id: 'remoteDeactivation',
  description: 'Whether the owner of a license may deactivate its devices remotely.',
  context: ({ input }) => input ?? { epoch: 1 },
  initial: 'enabled',
  states: {
    disabled: {
      description: 'No device can be deactivated remotely. Older licenses begin here.',
      meta: { refusal: 'eventNotAllowed' },
      on: {
        enable: [
          {
            description: 'Nothing is active: the option is on at once.',
            guard: 'noDeviceIsActive',
            target: 'enabled',
            actions: ['beginEpoch'],
          },
          {
            description: 'The devices active now are the blocking devices; the option waits for them.',
            target: 'enabling',
            actions: ['beginEpoch'],
          },
        ],
        disable: { description: 'It is off already.' },
        forceEnable: {
          description: 'On at once; devices active now cannot be deactivated remotely until they log in again.',
          target: 'enabled',
          actions: ['beginEpoch'],
        },
      },
    },
    enabling: {
      description: 'Waits until every blocking device has logged out, expired or been deactivated by support.',
      meta: { refusal: 'eventNotAllowed' },
      on: {
        enable: { description: 'It is being enabled already.' },
        blockingDeviceLeft: [
          {
            description: 'That was the last one: the option is on.',
            guard: 'noBlockingDeviceRemains',
            target: 'enabled',
          },
          { description: 'Others remain.' },
        ],
        disable: { description: 'The owner calls it off.', target: 'disabled' },
        forceEnable: { description: 'Support no longer waits for the blocking devices.', target: 'enabled' },
      },
    },
    enabled: {
      description: 'Devices that activated under this enabling can be deactivated remotely. New licenses begin here.',
      meta: { refusal: 'eventNotAllowed' },
      on: {
        enable: { description: 'It is on already.' },
        disable: { description: 'No device can be deactivated remotely any more.', target: 'disabled' },
        forceEnable: { description: 'It is on already.' },
      },
    },
  },
});

/** `seatkeeper device watch`: stays connected as client software does, and prints each change as it happens. */
import { systemNow } from '../clock/clock.js';
import { formatInstant } from '../clock/instant.js';
import type { SeatAnswer } from '../client/node.js';
import type { Command } from './command.js';
import { seatSentences, shownSeat, statusAnswer } from './device.answer.js';
import { deviceOptions, openSeat } from './device.session.js';
import { exitsOfDevices } from './help.js';

/** Only keeps the process: the timers of the kit let a program end. */
const forEver = 2 ** 30;

export const deviceWatchCommand: Command = {
  name: 'device watch',
  summary: 'Stay connected and print each change of the seat as it happens, until Ctrl-C',
  description: [
    'Lives as the software does: checks in by itself, listens to the device’s stream, and goes by the lease while the server is away. A deactivation by the owner, a suspended license, a lost server: each is a line at the moment at which the software would know.',
  ],
  options: deviceOptions,
  examples: [
    { line: 'seatkeeper device watch', meaning: 'watch the seat of this machine' },
    {
      line: 'seatkeeper device watch --json',
      meaning: 'one JSON a line: {"at", "state", "mayRun", "until", "whyNot", "detail", "whatToDo", "endedBy", …}',
    },
  ],
  hasJson: true,
  exits: [
    ['0', 'it was told to stop'],
    ['1', 'no seat is held on this machine, so there is nothing to watch'],
    ['2', 'wrong usage'],
    ...exitsOfDevices,
  ],
  async run({ print, untilStopped }, options, isJson) {
    const seat = await openSeat(options, true);
    if (seat.lease === null) {
      seat.close();
      return statusAnswer(seat);
    }
    const stopped = untilStopped();
    const stay = setInterval(() => undefined, forEver);
    const show = (answer: SeatAnswer): void => {
      const at = formatInstant(systemNow());
      if (isJson) print(JSON.stringify({ at, ...shownSeat(seat, answer) }));
      else print(`${at}  ${seatSentences(answer).join(' ')}`);
    };
    show(seat.answer);
    seat.subscribe(show);
    await new Promise<void>((resolve) => {
      if (stopped.aborted) resolve();
      stopped.addEventListener('abort', () => resolve(), { once: true });
    });
    clearInterval(stay);
    seat.close();
    await seat.whenKept();
    return null;
  },
};

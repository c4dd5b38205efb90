/**
 * Runs a command on a seat, and gives the seat back when the command ends, also where something is killed (SIGKILL) and can do nothing
 * any more. So there are two processes: the runner, which the CI starts, and the holder, which holds the seat and starts the
 * command. Each notices the end of the other; whichever is left ends the command and gives the seat back.
 *
 *   SEATS_URL=https://seats.example LICENSE_KEY=skl_… RUNNER_NAME=linux-7 node ci-runner.js make release
 *
 * Where the whole machine goes, nobody is left to do it, and the check-in period of the license frees the seat: give a license for
 * runners a short one, such as an hour (`PT1H`).
 */
import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createSeat, fileStore } from 'seatkeeper/client';

const { SEATS_URL, LICENSE_KEY, RUNNER_NAME, SEAT_FILE } = process.env;
const [, thisFile, ...words] = process.argv;

process.exit(words[0] === '--hold' ? await hold(words[1], words.slice(2)) : await run());

function openSeat() {
  return createSeat({
    serverUrl: SEATS_URL,
    licenseKey: LICENSE_KEY,
    // One device for each runner, not for each job: a job after one that was lost goes on with the same seat.
    fingerprint: `ci-runner-${RUNNER_NAME}`,
    name: `CI ${RUNNER_NAME}`,
    store: fileStore(SEAT_FILE ?? join(tmpdir(), `seat-of-${RUNNER_NAME}.json`)),
  });
}

/** The runner. Gives the exit code of the command. */
async function run() {
  // Detached: it leads a group of its own, so what ends the group of the runner does not end it.
  const holder = fork(thisFile, ['--hold', ...words], { detached: true });
  const [code, signal] = await once(holder, 'exit');
  if (signal === null) return code;
  endGroup(holder.pid);
  await giveBack(await openSeat());
  return 1;
}

/** The holder. It checks in by itself as long as the command runs. */
async function hold(command, given) {
  // The operating system says so, however the runner has ended.
  const runnerIsGone = once(process, 'disconnect');
  const seat = await openSeat();
  const { answer, error } = await seat.activate({ askedByPerson: true });
  if (!answer.mayRun) {
    console.error(`No seat (${error.code}): ${error.detail} ${error.remedy ?? ''}`);
    return 1;
  }
  const job = spawn(command, given, { stdio: 'inherit' });
  const code = await Promise.race([endOf(job), runnerIsGone]);
  job.kill('SIGKILL');
  await giveBack(seat);
  // Nobody waits for a code any more; what the command has started itself must not go on without a seat.
  if (!process.connected) endGroup(process.pid);
  return code;
}

/** Gives the exit code. */
async function endOf(job) {
  try {
    const [code, signal] = await once(job, 'exit');
    if (signal !== null) console.error(`The command was ended by ${signal}.`);
    return code ?? 1;
  } catch (error) {
    console.error(error.message);
    return 127;
  }
}

async function giveBack(seat) {
  for (let attempt = 1; attempt <= 10; attempt += 1) {
    const { accepted } = await seat.logOut();
    if (accepted) return;
    await pause(attempt * 1_000);
  }
  console.error('The seat could not be given back: it is free when its check-in period ends.');
}

function endGroup(leader) {
  try {
    process.kill(-leader, 'SIGKILL');
  } catch {
    // It has ended.
  }
}

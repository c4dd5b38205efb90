/**
 * The past from the history alone: what held right after a row of it. Only the rows are asked, never the present ones, so that it can
 * be compared with them.
 */
import { settingAtBirth } from './issue.js';
import type { Step } from './step.js';

/** The last rows, up to the moment, of what is asked about; null where there is none. */
export interface LastSteps {
  /** The license's own. */
  readonly license: Step | null;
  /** The license's, that says how many seats there are. */
  readonly seats: Step | null;
  /** The setting's. */
  readonly setting: Step | null;
  /** The license's birth. */
  readonly birth: Step | null;
  /** The setting's first one after the moment. */
  readonly nextOfSetting: Step | null;
  /** The device's or ticket's, refused ones too: they tell its state as well. */
  readonly subject: Step | null;
}

/** What held. What nobody has recorded is null. */
export interface Moment {
  readonly license: { readonly status: string | null; readonly seats: number | null };
  readonly setting: { readonly state: string; readonly epoch: number } | null;
  /** The device or ticket; null before its birth, and where none is asked about. */
  readonly subject: {
    readonly state: string;
    readonly seat: number | null;
    readonly epoch: number | null;
    readonly deactivationDate: number | null;
  } | null;
}

/** What held after these rows. */
export function momentOf(last: LastSteps): Moment {
  const { license, seats, subject } = last;
  return {
    license: { status: license?.to ?? null, seats: seats?.seats ?? null },
    setting: settingOf(last),
    subject:
      subject === null || subject.to === null
        ? null
        : {
            state: subject.to,
            seat: subject.seat,
            epoch: subject.epoch,
            deactivationDate: subject.deactivationDate,
          },
  };
}

/** Licenses that were issued before the history told how their settings began are known by the first row that moved them (R5). */
function settingOf({ setting, birth, nextOfSetting }: LastSteps): Moment['setting'] {
  if (setting !== null) return { state: String(setting.to), epoch: setting.epoch ?? 0 };
  if (birth !== null && birth.epoch !== null) return settingAtBirth(birth.epoch);
  if (nextOfSetting === null) return null;
  const { from, to, epoch } = nextOfSetting;
  const hasGrown = from === 'disabled' && to !== 'disabled';
  return { state: String(from), epoch: (epoch ?? 0) - (hasGrown ? 1 : 0) };
}

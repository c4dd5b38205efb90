/**
 * One stream of a license: what happens to it, as it happens. It comes back by itself after it was lost, and tells when it is open
 * again, since what was missed has to be asked for then.
 */
import { noteConnection } from '../api/connection';
import type { License, RemoteDeactivation, Transition } from '../api/schema';

/** What is done with what the stream tells. */
export interface Listener {
  /** It is open, for the first time or again. */
  onOpen: () => void;
  onLicense: (license: License) => void;
  onSetting: (setting: RemoteDeactivation) => void;
  onDevice: () => void;
  onTransition: (transition: Transition) => void;
  /** It was lost; it is tried again. */
  onLost: () => void;
}

const tryAgainMillis = 1_000;

/** Opens the stream. Returns how to end it for good. */
export function listenToLicense(id: string, listener: Listener): () => void {
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const open = (): void => {
    const opened = new EventSource(`/v1/licenses/${id}/stream`);
    source = opened;
    const on = <Data>(name: string, tell: (data: Data) => void): void =>
      opened.addEventListener(name, ({ data }: MessageEvent<string>) => tell(JSON.parse(data) as Data));
    opened.onopen = () => {
      noteConnection(true);
      listener.onOpen();
    };
    opened.onerror = () => {
      opened.close();
      listener.onLost();
      timer = setTimeout(open, tryAgainMillis);
    };
    on('license', listener.onLicense);
    on('remoteDeactivation', listener.onSetting);
    on('device', listener.onDevice);
    on('transition', listener.onTransition);
  };
  open();
  return () => {
    clearTimeout(timer);
    source?.close();
  };
}

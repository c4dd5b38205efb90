/** What `build/event-requests.ts` gives: the request that puts an event to a machine, by `machine.event`. */
declare module 'virtual:event-requests' {
  export const eventRequests: Readonly<Record<string, { request: string; page: string } | undefined>>;
}

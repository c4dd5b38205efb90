/** Ends the PostgreSQL of this run of Jest. */
export default async function stopPostgres() {
  await globalThis.stopPostgres?.();
}

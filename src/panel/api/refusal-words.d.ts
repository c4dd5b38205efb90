/** What `build/refusal-words.ts` gives: the server's words for each refusal, by its code. */
declare module 'virtual:refusal-words' {
  export const refusalWords: Readonly<
    Record<string, { title: string; remedy: string | null; page: string } | undefined>
  >;
}

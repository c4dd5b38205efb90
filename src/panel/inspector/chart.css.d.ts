/** What `build/chart-style.ts` gives: the rules for charts. */
declare module 'virtual:chart.css';

/** How the panel is built: into `dist/panel`, with hashed and precompressed assets, and a place for the server's nonce in its page. */
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { chartStyle } from './build/chart-style.ts';
import { eventRequests } from './build/event-requests.ts';
import { precompress } from './build/precompress.ts';
import { refusalWords } from './build/refusal-words.ts';

const api = process.env.PANEL_API ?? 'http://127.0.0.1:3000';

/** The path of something that the build makes. */
const built = (name: string): string => fileURLToPath(new URL(`../../dist/${name}`, import.meta.url));

export default defineConfig({
  root: import.meta.dirname,
  plugins: [
    refusalWords(built('openapi.json')),
    eventRequests(built('openapi.json')),
    chartStyle(built('src/inspector/chart.style.js'), built('chart.css')),
    precompress(),
  ],
  // The server writes a fresh nonce over this word in each answer (src/panel-host/panel.page.ts).
  html: { cspNonce: 'NONCE_OF_THIS_ANSWER' },
  build: {
    outDir: built('panel'),
    emptyOutDir: true,
    target: 'es2022',
    // An inlined asset would need `data:` in the security policy where it has no place.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    // What counts is the compressed first load, 300 kB at most.
    chunkSizeWarningLimit: 800,
    rolldownOptions: {
      onLog: (level, log, print) => {
        // Packages say "use client" for frameworks that render on servers; this one does not.
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') print(level, log);
      },
    },
  },
  // For `npx vite src/panel` beside a running server; the panel's own origin stays the one that the server is told.
  server: {
    proxy: Object.fromEntries(
      ['/v1', '/health', '/problems', '/docs', '/openapi.json'].map((path) => [path, { target: api }]),
    ),
  },
});
